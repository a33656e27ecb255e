import { rect } from '../../../src/geometry/index.js';
import { type Scene, smoothEdges } from '../scene.js';

/** Three half-clear discs over a light and a dark ground, and a translucent border over a fill. */
export const scene: Scene = {
  size: { width: 130, height: 80 },
  scale: 2,
  background: [1, 1, 1, 1],
  tolerance: smoothEdges,
  picture: () => [
    { tag: 'quad', rect: rect(0, 40, 130, 40), color: [0.1, 0.1, 0.1, 1] },
    { tag: 'rounded', rect: rect(8, 8, 40, 40), radius: 20, fill: [1, 0, 0, 0.5] },
    { tag: 'rounded', rect: rect(28, 8, 40, 40), radius: 20, fill: [0, 1, 0, 0.5] },
    { tag: 'rounded', rect: rect(18, 28, 40, 40), radius: 20, fill: [0, 0, 1, 0.5] },
    {
      tag: 'rounded',
      rect: rect(76, 16, 46, 48),
      radius: 12,
      fill: [1, 0.6, 0, 0.6],
      border: { width: 6, color: [0, 0.3, 0.9, 0.5] },
    },
  ],
};
