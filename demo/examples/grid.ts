import { BinaryClassInnotation, ImageInnotation, Innotater } from 'innotater';
import { drawDiscs } from '../samples/discs.js';

const count = 1000;
/** What is edited: a byte a picture, 1 where it is kept. */
export const isKept = new Uint8Array(count);
const grid = document.querySelector<HTMLElement>('#view')!;

// Each is a view of its own. They share one WebGL2 context, the workers and the memory budget; those out of sight sleep.
const views = Array.from({ length: count }, (_, i) => {
  const view = new Innotater(
    new ImageInnotation({ length: 1, get: async () => drawDiscs(i) }, { name: 'picture', width: 150 }),
    new BinaryClassInnotation(isKept.subarray(i, i + 1), { name: 'keep', desc: 'Keep' }),
    { label: `Picture ${i + 1}`, vertical: true },
  );
  view.mount(grid.appendChild(document.createElement('div')));
  return view;
});

export const [view, ...others] = views as [Innotater, ...Innotater[]];
