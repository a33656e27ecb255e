import { classNames } from '../data/boxes.js';
import { type Contestant, frame, viewAfter, wholeView } from './viewer.js';

/** Konva with what its guide to performance asks for: no hit graph, no perfect drawing, strokes that keep their width. */
export const konva: Contestant = {
  name: 'Konva',
  mostBoxes: 10_000,
  why: 'a frame of 10,000 takes about a second',
  open: async (host, { picture, width, height, boxes, isLabelled }) => {
    const { default: Konva } = await import('konva');
    const bitmap = await createImageBitmap(picture);
    const container = document.createElement('div');
    host.append(container);
    const stage = new Konva.Stage({ container, ...frame });
    const layer = new Konva.Layer({ listening: false });
    layer.add(new Konva.Image({ image: bitmap, width, height }));
    const rects = Array.from({ length: boxes?.count ?? 0 }, (_, i) => {
      const [x, y, w, h] = boxes!.rows.subarray(i * 4, i * 4 + 4);
      return new Konva.Rect({
        x: x!,
        y: y!,
        width: w!,
        height: h!,
        stroke: '#ffb000',
        strokeWidth: 1.5,
        strokeScaleEnabled: false,
        perfectDrawEnabled: false,
        listening: false,
      });
    });
    for (const rect of rects) layer.add(rect);
    if (isLabelled) {
      boxes?.classes.forEach((name, i) => {
        const [x, y] = boxes.rows.subarray(i * 4, i * 4 + 2);
        layer.add(
          new Konva.Text({ x: x!, y: y! - 100, text: classNames[name]!, fontSize: 96, fill: '#ffb000' }),
        );
      });
    }
    stage.add(layer);
    let view = wholeView({ width, height });
    const draw = () => {
      stage.scale({ x: view.scale, y: view.scale });
      stage.position({ x: view.x, y: view.y });
      layer.draw();
    };
    draw();
    return {
      canvas: () => layer.getNativeCanvasElement(),
      move: (motion) => {
        view = viewAfter(view, motion);
        draw();
      },
      drag: (dx, dy) => {
        const [rect] = rects;
        rect!.position({ x: rect!.x() + dx, y: rect!.y() + dy });
        layer.draw();
      },
      settled: async () => {},
      dispose: () => {
        stage.destroy();
        bitmap.close();
        container.remove();
      },
    };
  },
};
