import { rect } from '../../../src/geometry/index.js';
import type { Shape } from '../../../src/paint/index.js';
import type { Scene } from '../scene.js';

/** A face of a clock in 16×16: a ring, a hand, corners that are clear. */
const pixels = () => {
  const rgba = new Uint8Array(16 * 16 * 4);
  for (let i = 0; i < 256; i += 1) {
    const [x, y] = [(i % 16) - 7.5, Math.floor(i / 16) - 7.5];
    const r = Math.hypot(x, y);
    const hand = Math.abs(x - y) < 1.2 && x > 0;
    const color =
      r > 8
        ? [255, 0, 255, 0]
        : r > 6
          ? [20, 60, 140, 255]
          : hand
            ? [200, 30, 30, 255]
            : [250, 240, 200, 255];
    rgba.set(color, i * 4);
  }
  return { width: 16, height: 16, rgba };
};

const at = (x: number, y: number, size: number, filter: 'nearest' | 'linear', opacity = 1): Shape => ({
  tag: 'tile',
  key: 'clock',
  source: rect(0, 0, 16, 16),
  target: rect(x, y, size, size),
  filter,
  opacity,
});

/** One tile enlarged with either filter, whole and in quarters put together again, reduced, and half clear. */
export const scene: Scene = {
  size: { width: 208, height: 76 },
  scale: 1.5,
  background: [1, 1, 1, 1],
  tolerance: {
    channel: 4,
    pixels: 0,
    reason: 'Linear filters of GPUs interpolate with 8 bits of fraction, a step or two apart.',
  },
  prepare: (renderer) => renderer.uploadTile('clock', pixels()),
  picture: () => [
    { tag: 'quad', rect: rect(0, 38, 208, 38), color: [0.2, 0.2, 0.25, 1] },
    at(4.3, 6.1, 64, 'nearest'),
    at(72.3, 6.1, 64, 'linear'),
    ...[0, 1, 2, 3].map(
      (i): Shape => ({
        tag: 'tile',
        key: 'clock',
        source: rect((i % 2) * 8, (i >> 1) * 8, 8, 8),
        target: rect(140.7 + (i % 2) * 21.1, 6.1 + (i >> 1) * 21.1, 21.1, 21.1),
        filter: 'linear',
        opacity: 1,
      }),
    ),
    at(188, 8, 8, 'linear'),
    at(188, 24, 16, 'nearest'),
    at(144, 52, 20, 'linear', 0.5),
    at(170, 52, 20, 'nearest', 0.5),
  ],
};
