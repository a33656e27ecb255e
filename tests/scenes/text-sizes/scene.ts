import type { Shape } from '../../../src/paint/index.js';
import { inter, loadInter } from '../font.js';
import { type Scene, text } from '../scene.js';

const sizes = [10, 12, 13, 14, 18, 28];

/** Sizes of a form and larger, regular and bold, three alignments at one place, light on dark below. */
export const scene: Scene = {
  size: { width: 360, height: 200 },
  scale: 1,
  background: [1, 1, 1, 1],
  tolerance: text,
  prepare: loadInter,
  picture: () => [
    ...sizes.map(
      (sizePx, i): Shape => ({
        tag: 'text',
        text: `Ångström ${sizePx} px, AV fi 0123`,
        at: { x: 8, y: 16 + i * 18 + Math.max(0, i - 3) * 8 },
        align: 'left',
        font: inter(sizePx, i % 2 === 0 ? 400 : 600),
        color: [0.13, 0.16, 0.22, 1],
      }),
    ),
    ...(['left', 'center', 'right'] as const).map(
      (align, i): Shape => ({
        tag: 'text',
        text: align,
        at: { x: 150, y: 142 + i * 12 },
        align,
        font: inter(11),
        color: [0.85, 0.1, 0.2, 1],
      }),
    ),
    { tag: 'quad', rect: { x: 0, y: 174, width: 360, height: 26 }, color: [0.1, 0.12, 0.15, 1] },
    {
      tag: 'text',
      text: 'Light on dark, half clear',
      at: { x: 8, y: 191 },
      align: 'left',
      font: inter(13),
      color: [1, 1, 1, 0.6],
    },
  ],
};
