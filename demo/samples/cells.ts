import { seededRandom } from './random.js';

export const cellKinds: readonly string[] = ['Round', 'Long', 'Small', 'Pale', 'Dark'];

/** Hue, lightness, and the two radii of a kind, px. */
const looks = [
  [280, 52, 6, 6],
  [200, 45, 9, 4],
  [330, 55, 3, 3],
  [40, 78, 7, 6],
  [250, 28, 5, 5],
] as const;

/** Cells on a slide: the picture, a box [x, y, width, height] around each, its kind, and how sure a detector were of it. */
export type Slide = {
  readonly picture: ImageData;
  readonly boxes: Float32Array<ArrayBuffer>;
  readonly kinds: Uint8Array<ArrayBuffer>;
  readonly scores: Float32Array<ArrayBuffer>;
};

/** A slide of `count` cells, in clusters; the same for the same seed. The less sure a cell is, the fainter it is drawn. */
export const drawSlide = (count: number, seed: number, width = 4800, height = 3200): Slide => {
  const random = seededRandom(seed);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = 'hsl(330 35% 91%)';
  context.fillRect(0, 0, width, height);
  const clusters = Array.from({ length: 60 }, () => [
    random() * width,
    random() * height,
    150 + 500 * random(),
  ]);
  const boxes = new Float32Array(count * 4);
  const kinds = new Uint8Array(count);
  const scores = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const [cx, cy, spread] = clusters[Math.floor(random() * clusters.length)]!;
    const [away, angle] = [spread! * Math.sqrt(random()), 2 * Math.PI * random()];
    const kind = Math.floor(random() * looks.length);
    const [hue, light, across, down] = looks[kind]!;
    const x = Math.min(width - 12, Math.max(12, cx! + away * Math.cos(angle)));
    const y = Math.min(height - 12, Math.max(12, cy! + away * Math.sin(angle)));
    scores[i] = Math.round(100 * (0.25 + 0.75 * random())) / 100;
    kinds[i] = kind;
    boxes.set([Math.round(x - across) - 1, Math.round(y - down) - 1, 2 * across + 2, 2 * down + 2], i * 4);
    context.fillStyle = `hsl(${hue} 45% ${light}% / ${scores[i]})`;
    context.beginPath();
    context.ellipse(x, y, across, down, 0, 0, 2 * Math.PI);
    context.fill();
  }
  return { picture: context.getImageData(0, 0, width, height), boxes, kinds, scores };
};
