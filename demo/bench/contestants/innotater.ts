import { BoundingBoxInnotation } from 'innotater';
import { mountImages } from '../opened.js';
import { hands, pointer } from './hands.js';
import { type Contestant, wholeView } from './viewer.js';

/** The public component, moved by the events that a person's hands make. */
export const innotater: Contestant = {
  name: 'Innotater',
  mostBoxes: 1,
  why: 'not there yet',
  open: async (host, { picture, width, height, boxes }) => {
    const row = boxes && [...boxes.rows.subarray(0, 4)];
    const targets = row ? [new BoundingBoxInnotation([row], { name: 'box' })] : [];
    const { signal } = new AbortController();
    const opened = mountImages({ host, signal }, [picture], {}, targets);
    const { view, dispose } = opened;
    await opened.sharp();
    const { image } = opened;
    const { move, letGo } = hands(image);
    const whole = wholeView({ width, height });
    let at: { x: number; y: number } | null = null;
    return {
      canvas: () => view.canvas,
      move,
      drag: (dx, dy) => {
        if (!at) {
          const [x, y, w, h] = row!;
          at = { x: (x! + w! / 2) * whole.scale + whole.x, y: (y! + h! / 2) * whole.scale + whole.y };
          pointer(image, 'pointerdown', at.x, at.y, { altKey: true });
        }
        at = { x: at.x + dx * whole.scale, y: at.y + dy * whole.scale };
        pointer(image, 'pointermove', at.x, at.y, { altKey: true });
      },
      settled: async () => {
        if (at) pointer(image, 'pointerup', at.x, at.y);
        at = null;
        letGo();
        await opened.sharp();
      },
      dispose,
    };
  },
};
