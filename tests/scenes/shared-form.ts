import { rect } from '../../src/geometry/index.js';
import type { Shape } from '../../src/paint/index.js';
import { inter, loadInter } from './font.js';
import { type Scene, text } from './scene.js';

const button = (x: number, label: string): Shape[] => [
  {
    tag: 'rounded',
    rect: rect(x, 10, 86, 28),
    radius: 5,
    fill: [0.95, 0.96, 0.97, 1],
    border: { width: 1, color: [0.7, 0.73, 0.78, 1] },
  },
  {
    tag: 'text',
    text: label,
    at: { x: x + 43, y: 28.5 },
    align: 'center',
    font: inter(13),
    color: [0.1, 0.1, 0.12, 1],
  },
];

const cut = (maxWidth: number, y: number): Shape => ({
  tag: 'text',
  text: 'holiday-photograph-0042.jpeg',
  at: { x: 10, y },
  align: 'left',
  font: inter(13),
  color: [0.1, 0.1, 0.12, 1],
  maxWidth,
});

/** Buttons with labels, a file name cut to several widths, a field whose text runs out of its clip. */
export const formAt = (scale: number): Scene => ({
  size: { width: 200, height: 130 },
  scale,
  background: [1, 1, 1, 1],
  tolerance: text,
  prepare: loadInter,
  picture: () => [
    ...button(10, '< Previous'),
    ...button(104, 'Next >'),
    cut(400, 58),
    cut(120, 76),
    cut(60, 94),
    cut(24, 112),
    cut(5, 124),
    {
      tag: 'rounded',
      rect: rect(104, 92, 86, 26),
      radius: 4,
      fill: [1, 1, 1, 1],
      border: { width: 1, color: [0.15, 0.39, 0.92, 1] },
    },
    {
      tag: 'clip',
      rect: rect(110, 92, 74, 26),
      shapes: [
        {
          tag: 'text',
          text: '120, 80, 300, 200',
          at: { x: 84, y: 109.5 },
          align: 'left',
          font: inter(13),
          color: [0.1, 0.1, 0.12, 1],
        },
      ],
    },
  ],
});
