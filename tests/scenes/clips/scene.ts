import { rect } from '../../../src/geometry/index.js';
import type { Shape } from '../../../src/paint/index.js';
import { type Scene, smoothEdges } from '../scene.js';

const contents = (depth: number): readonly Shape[] => [
  { tag: 'quad', rect: rect(0, 0, 200, 200), color: [0.2 * depth, 0.5, 1 - 0.2 * depth, 1] },
  {
    tag: 'rounded',
    rect: rect(10 * depth, 10 * depth, 50, 50),
    radius: 16,
    fill: [1, 0.8, 0.2, 1],
    border: { width: 3, color: [0, 0, 0, 1] },
  },
  { tag: 'line', from: { x: 0, y: 100 }, to: { x: 120, y: 0 }, width: 4, color: [1, 1, 1, 0.7] },
];

const nested = (depth: number): Shape => ({
  tag: 'clip',
  rect: rect(6 + depth * 13.4, 4 + depth * 9.7, 70, 60),
  shapes: depth === 4 ? contents(depth) : [...contents(depth), nested(depth + 1)],
});

/** Five clips one in the other, each shifted, so that each step shows what it has in common with those around it. */
export const scene: Scene = {
  size: { width: 90, height: 70 },
  scale: 2,
  background: [1, 1, 1, 1],
  tolerance: smoothEdges,
  picture: () => [nested(0)],
};
