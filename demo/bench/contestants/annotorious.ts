import { type Contestant, frame, viewAfter, wholeView } from './viewer.js';

/** Annotorious on an `img`: one SVG element for each box. It has no zoom of its own, so the whole is moved by a CSS transform. */
export const annotorious: Contestant = {
  name: 'Annotorious',
  mostBoxes: 10_000,
  why: 'it draws an SVG element for each box',
  open: async (host, { picture, width, height, boxes }) => {
    const { createImageAnnotator } = await import('@annotorious/annotorious');
    await import('@annotorious/annotorious/annotorious.css');
    const url = URL.createObjectURL(picture);
    const clip = document.createElement('div');
    clip.style.cssText = `width: ${frame.width}px; height: ${frame.height}px; overflow: hidden; position: relative`;
    const moved = document.createElement('div');
    moved.style.cssText = 'transform-origin: 0 0; position: absolute';
    const image = Object.assign(document.createElement('img'), { src: url, alt: '', width, height });
    moved.append(image);
    clip.append(moved);
    host.append(clip);
    await image.decode();
    const annotator = createImageAnnotator(image);
    const annotation = (i: number) => {
      const [x, y, w, h] = boxes!.rows.subarray(i * 4, i * 4 + 4) as unknown as readonly [
        number,
        number,
        number,
        number,
      ];
      const bounds = { minX: x, minY: y, maxX: x + w, maxY: y + h };
      const selector = { type: 'RECTANGLE', geometry: { x, y, w, h, bounds } };
      return { id: String(i), bodies: [], target: { annotation: String(i), selector } };
    };
    const { store } = annotator.state;
    const all = Array.from({ length: boxes?.count ?? 0 }, (_, i) => annotation(i));
    store.bulkAddAnnotations(all as never);
    let view = wholeView({ width, height });
    const draw = () => {
      moved.style.transform = `matrix(${view.scale}, 0, 0, ${view.scale}, ${view.x}, ${view.y})`;
    };
    draw();
    return {
      canvas: () => null,
      move: (motion) => {
        view = viewAfter(view, motion);
        draw();
      },
      drag: (dx, dy) => {
        boxes!.rows[0]! += dx;
        boxes!.rows[1]! += dy;
        store.updateAnnotation(annotation(0) as never);
      },
      settled: async () => {},
      dispose: () => {
        annotator.destroy();
        clip.remove();
        URL.revokeObjectURL(url);
      },
    };
  },
};
