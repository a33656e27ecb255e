import type { Boxes } from '../data/boxes.js';

/** The frame in which every contestant shows its picture, in CSS px. */
export const frame = { width: 1000, height: 700 };

/** What a hand does to a view, in CSS px of the frame. */
export type Motion =
  | { readonly tag: 'pan'; readonly dx: number; readonly dy: number }
  | { readonly tag: 'zoom'; readonly factor: number; readonly x: number; readonly y: number };

/** What all contestants show: a picture, and boxes on it. */
export type Subject = {
  readonly picture: Blob;
  readonly width: number;
  readonly height: number;
  readonly boxes: Boxes | null;
  /** Each box has its class written at it. */
  readonly isLabelled: boolean;
};

/** A contestant with its subject on screen, whole. */
export interface Viewer {
  /** Where it draws; null where it draws with elements. */
  canvas(): HTMLCanvasElement | null;
  /** Begins a frame: what it shows moves at once or in the next animation frame. */
  move(motion: Motion): void;
  /** Takes hold of box 0, before it is dragged. */
  hold?(): Promise<void>;
  /** Moves box 0 by so many px of the image, as in the middle of a drag. Absent: it cannot. */
  drag?(dx: number, dy: number): void;
  /** Kept when nothing is left to be drawn. */
  settled(): Promise<void>;
  dispose(): void;
}

export type Contestant = {
  readonly name: string;
  /** Above so many boxes it is left out, and why. */
  readonly mostBoxes: number;
  readonly why: string;
  /** It makes so many objects that the browser is busy with them in anyone's turn: it meets Innotater alone. */
  readonly isHeavy?: true;
  open(host: HTMLElement, subject: Subject): Promise<Viewer>;
};

/** CSS px of the frame = px of the image × scale + (x, y). */
export type View = { readonly scale: number; readonly x: number; readonly y: number };

export const wholeView = ({ width, height }: { readonly width: number; readonly height: number }): View => {
  const scale = Math.min(1, frame.width / width, frame.height / height);
  return { scale, x: (frame.width - width * scale) / 2, y: (frame.height - height * scale) / 2 };
};

export const viewAfter = (view: View, motion: Motion): View =>
  motion.tag === 'pan'
    ? { ...view, x: view.x + motion.dx, y: view.y + motion.dy }
    : {
        scale: view.scale * motion.factor,
        x: motion.x + (view.x - motion.x) * motion.factor,
        y: motion.y + (view.y - motion.y) * motion.factor,
      };

/** One way there and back, twelve frames long: in by 4, about, and out again, so that any number of whole ways ends as it began. */
export const way: readonly Motion[] = (() => {
  const { width, height } = frame;
  const [x, y] = [width / 2, height / 2];
  const pan = (dx: number, dy: number): Motion => ({ tag: 'pan', dx, dy });
  return [
    { tag: 'zoom', factor: 2, x, y },
    pan(-60, -40),
    pan(60, -40),
    { tag: 'zoom', factor: 2, x, y },
    pan(-150, 90),
    pan(-150, 90),
    pan(300, -120),
    pan(0, -60),
    { tag: 'zoom', factor: 0.5, x, y },
    pan(-40, 60),
    pan(40, 20),
    { tag: 'zoom', factor: 0.5, x, y },
  ];
})();

/** A canvas of the frame's size in device pixels. */
export const frameCanvas = (host: HTMLElement): HTMLCanvasElement => {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(frame.width * devicePixelRatio);
  canvas.height = Math.round(frame.height * devicePixelRatio);
  canvas.style.width = `${frame.width}px`;
  canvas.style.height = `${frame.height}px`;
  host.append(canvas);
  return canvas;
};
