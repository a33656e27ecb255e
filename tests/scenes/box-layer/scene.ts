import { rect } from '../../../src/geometry/index.js';
import { classColor } from '../../../src/innotations/class-colors.js';
import { rasteriseBoxesScalar } from '../../../src/kernels/index.js';
import { seeded } from '../../kernels/seeded.js';
import { exact, type Scene } from '../scene.js';

const [width, height, count, scale] = [300, 180, 400, 1.5];

const colorOf = (number: number) =>
  new Uint32Array(Uint8Array.from(classColor(number), (part) => Math.round(part * 255)).buffer)[0]!;

/** 400 boxes in five classes as a worker draws them (seed 2), in device px. */
const tile = () => {
  const next = seeded(2);
  const unit = () => next() / 2 ** 32;
  const boxes = new Float32Array(count * 4);
  const colors = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const [w, h] = [2 + unit() ** 3 * 60, 2 + unit() ** 3 * 40];
    boxes.set([unit() * (200 - w), unit() * (120 - h), w, h], row * 4);
    colors[row] = colorOf(next() % 5);
  }
  const target = new Uint32Array(width * height);
  const columns = { boxes, colors, shown: new Uint8Array(count).fill(1) };
  rasteriseBoxesScalar(columns, null, { scale, left: 0, top: 0, width, height, thick: 1 }, target);
  return { width, height, rgba: new Uint8Array(target.buffer), isPremultiplied: true } as const;
};

const look = { lineDash: [2], lineWidth: 1, opacity: 0.9 };

/** Very many boxes: their picture as a tile, and over it an edited box in its class's colour and the active one. */
export const scene: Scene = {
  size: { width: 216, height: 136 },
  scale,
  background: [0.2, 0.22, 0.25, 1],
  tolerance: exact,
  prepare: (renderer) => renderer.uploadTile('boxes', tile()),
  picture: () => [
    {
      tag: 'tile',
      key: 'boxes',
      source: rect(0, 0, width, height),
      target: rect(8, 8, width / scale, height / scale),
      filter: 'nearest',
      opacity: 0.9,
    },
    {
      tag: 'box',
      rect: rect(40, 30, 50, 40),
      style: { ...look, color1: classColor(2), color2: classColor(2) },
    },
    {
      tag: 'box',
      rect: rect(110, 60, 70, 50),
      style: { ...look, color1: [1, 1, 1, 1], color2: [0, 0.5, 0, 1] },
    },
  ],
};
