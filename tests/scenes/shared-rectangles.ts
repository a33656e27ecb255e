import { rect } from '../../src/geometry/index.js';
import type { Color, Shape } from '../../src/paint/index.js';
import { type Scene, smoothEdges } from './scene.js';

const ink: Color = [0.13, 0.16, 0.22, 1];
const accent: Color = [0.15, 0.39, 0.92, 1];
const line: Color = [0.75, 0.78, 0.83, 1];

/** Buttons of several radii and borders, a pill, a circle, hairlines and a slanted cross, at fractional places. */
const shapes: readonly Shape[] = [
  ...[0, 3, 6, 12].map(
    (radius, i): Shape => ({
      tag: 'rounded',
      rect: rect(8.2 + i * 46, 8.4, 38, 24),
      radius,
      fill: [1, 1, 1, 1],
      border: { width: 1, color: line },
    }),
  ),
  ...[1, 2, 3, 5].map(
    (width, i): Shape => ({
      tag: 'rounded',
      rect: rect(8.2 + i * 46, 40.6, 38, 24),
      radius: 6,
      fill: [0.9, 0.94, 1, 1],
      border: { width, color: accent },
    }),
  ),
  { tag: 'rounded', rect: rect(8, 73, 60, 20), radius: 99, fill: accent },
  {
    tag: 'rounded',
    rect: rect(76, 73, 20, 20),
    radius: 10,
    fill: [1, 1, 1, 1],
    border: { width: 2, color: ink },
  },
  { tag: 'rounded', rect: rect(104, 73, 8, 20), radius: 2, fill: ink },
  { tag: 'rounded', rect: rect(116, 73, 1, 20), radius: 4, fill: ink },
  ...[0, 1, 2, 3, 4].map((i): Shape => ({ tag: 'quad', rect: rect(124.3 + i * 7.3, 73, 1, 20), color: ink })),
  { tag: 'line', from: { x: 164, y: 76 }, to: { x: 178, y: 90 }, width: 1.5, color: ink },
  { tag: 'line', from: { x: 178, y: 76 }, to: { x: 164, y: 90 }, width: 1.5, color: ink },
  { tag: 'line', from: { x: 8, y: 100 }, to: { x: 184, y: 100 }, width: 1, color: line },
];

/** The same rectangles at one ratio of device to CSS px. */
export const rectanglesAt = (scale: number): Scene => ({
  size: { width: 192, height: 108 },
  scale,
  background: [0.97, 0.97, 0.98, 1],
  tolerance: smoothEdges,
  picture: () => shapes,
});
