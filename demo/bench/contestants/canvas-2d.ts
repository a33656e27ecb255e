import { classNames } from '../data/boxes.js';
import {
  type Contestant,
  frame,
  frameCanvas,
  type Subject,
  type View,
  viewAfter,
  wholeView,
} from './viewer.js';

/** One path of thin rectangles for all boxes in view: the quickest way found to draw outlines in a 2D canvas. */
const drawBoxes = (context: CanvasRenderingContext2D, { boxes, isLabelled }: Subject, view: View): void => {
  if (!boxes) return;
  const { rows, classes } = boxes;
  const ratio = devicePixelRatio;
  const [right, bottom] = [frame.width * ratio, frame.height * ratio];
  const line = 1.5 * ratio;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = '#ffb000';
  context.beginPath();
  for (let i = 0; i < rows.length; i += 4) {
    const x = (rows[i]! * view.scale + view.x) * ratio;
    const y = (rows[i + 1]! * view.scale + view.y) * ratio;
    const w = rows[i + 2]! * view.scale * ratio;
    const h = rows[i + 3]! * view.scale * ratio;
    if (x > right || y > bottom || x + w < 0 || y + h < 0) continue;
    context.rect(x, y, w, line);
    context.rect(x, y + h - line, w, line);
    context.rect(x, y, line, h);
    context.rect(x + w - line, y, line, h);
  }
  context.fill();
  if (!isLabelled) return;
  context.font = `${12 * ratio}px system-ui`;
  classes.forEach((name, i) => {
    const x = (rows[i * 4]! * view.scale + view.x) * ratio;
    const y = (rows[i * 4 + 1]! * view.scale + view.y) * ratio;
    context.fillText(classNames[name]!, x, y - 3 * ratio);
  });
};

/** An ImageBitmap and one path, drawn anew at every frame. */
export const canvas2d: Contestant = {
  name: 'canvas 2D',
  mostBoxes: Number.POSITIVE_INFINITY,
  why: '',
  open: async (host, subject) => {
    const bitmap = await createImageBitmap(subject.picture);
    const canvas = frameCanvas(host);
    const context = canvas.getContext('2d', { alpha: false })!;
    let view = wholeView(subject);
    const draw = () => {
      const ratio = devicePixelRatio;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.setTransform(view.scale * ratio, 0, 0, view.scale * ratio, view.x * ratio, view.y * ratio);
      context.drawImage(bitmap, 0, 0);
      drawBoxes(context, subject, view);
    };
    draw();
    return {
      canvas: () => canvas,
      move: (motion) => {
        view = viewAfter(view, motion);
        draw();
      },
      drag: (dx, dy) => {
        subject.boxes!.rows[0]! += dx;
        subject.boxes!.rows[1]! += dy;
        draw();
      },
      settled: async () => {},
      dispose: () => {
        bitmap.close();
        canvas.remove();
      },
    };
  },
};
