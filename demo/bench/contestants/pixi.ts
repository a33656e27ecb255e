import { classNames } from '../data/boxes.js';
import { type Contestant, frame, viewAfter, wholeView } from './viewer.js';

/** Boxes of one Graphics: more of them and its buffers outgrow what a draw call takes. */
const boxesAGraphics = 50_000;

/** PixiJS 8 on WebGL: a Sprite and Graphics of pixel lines, with BitmapText for labels; the dragged box has a Graphics of its own. */
export const pixi: Contestant = {
  name: 'PixiJS Graphics',
  mostBoxes: 1_000_000,
  why: '',
  isHeavy: true,
  open: async (host, { picture, width, height, boxes, isLabelled }) => {
    const { Application, BitmapText, Container, Graphics, Sprite, Texture } = await import('pixi.js');
    const app = new Application();
    await app.init({
      ...frame,
      preference: 'webgl',
      autoStart: false,
      sharedTicker: false,
      resolution: devicePixelRatio,
      autoDensity: true,
    });
    host.append(app.canvas);
    const bitmap = await createImageBitmap(picture);
    const texture = Texture.from(bitmap);
    const world = new Container();
    world.addChild(new Sprite(texture));
    const style = { width: 1, color: 0xffb000, pixelLine: true };
    const dragged = new Graphics();
    if (boxes) {
      const { rows, classes, count } = boxes;
      const box = (i: number) =>
        [rows[i * 4]!, rows[i * 4 + 1]!, rows[i * 4 + 2]!, rows[i * 4 + 3]!] as const;
      for (let from = 1; from < count; from += boxesAGraphics) {
        const graphics = new Graphics();
        for (let i = from; i < Math.min(count, from + boxesAGraphics); i++) graphics.rect(...box(i));
        world.addChild(graphics.stroke(style));
      }
      world.addChild(dragged.rect(...box(0)).stroke(style));
      if (isLabelled) {
        classes.forEach((name, i) => {
          const text = new BitmapText({ text: classNames[name]!, style: { fontSize: 96, fill: 0xffb000 } });
          text.position.set(rows[i * 4]!, rows[i * 4 + 1]! - 100);
          world.addChild(text);
        });
      }
    }
    app.stage.addChild(world);
    let view = wholeView({ width, height });
    const draw = () => {
      world.scale.set(view.scale);
      world.position.set(view.x, view.y);
      app.render();
    };
    draw();
    return {
      canvas: () => app.canvas,
      move: (motion) => {
        view = viewAfter(view, motion);
        draw();
      },
      drag: (dx, dy) => {
        dragged.position.set(dragged.x + dx, dragged.y + dy);
        draw();
      },
      settled: async () => {},
      dispose: () => {
        app.destroy({ removeView: true }, { children: true, texture: true, textureSource: true });
        bitmap.close();
      },
    };
  },
};
