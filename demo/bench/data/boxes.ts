import { seededRandom } from '../../samples/random.js';

/** Boxes as rows of x, y, w, h in pixels of the image, and a class each. */
export type Boxes = {
  readonly rows: Float32Array<ArrayBuffer>;
  readonly classes: Uint8Array<ArrayBuffer>;
  readonly count: number;
};

export const classNames = ['cell', 'car', 'house', 'tree', 'ship', 'plane', 'person', 'other'];

/** `count` seeded boxes all over an image, the smaller the more there are, so that they cover about as much of it. */
export const seededBoxes = (count: number, width: number, height: number, seed: number): Boxes => {
  const random = seededRandom(seed);
  const most = Math.max(6, Math.sqrt((width * height) / count) * 0.9);
  const rows = new Float32Array(count * 4);
  for (let i = 0; i < rows.length; i += 4) {
    const [w, h] = [4 + random() * (most - 4), 4 + random() * (most - 4)];
    rows.set([random() * (width - w), random() * (height - h), w, h], i);
  }
  const classes = Uint8Array.from({ length: count }, () => Math.floor(random() * classNames.length));
  return { rows, classes, count };
};
