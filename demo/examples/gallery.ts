import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  ImageInnotation,
  Innotater,
  MultiClassInnotation,
} from 'innotater';
import { Gallery } from 'innotater/gallery';
import { drawDiscs, mostDiscs } from '../samples/discs.js';

const length = 100_000;
const counts = Array.from({ length: mostDiscs + 1 }, (_, i) => `${i} ${i === 1 ? 'disc' : 'discs'}`);

// The data: pictures that are made when they are asked for, a box, a class and a flag for each.
const pictures = { length, get: async (uindex: number) => drawDiscs(uindex) };
const boxes = { data: new Int32Array(length * 4), shape: [length, 4] };
const classOf = new Int8Array(length).fill(-1);
const isDone = new Uint8Array(length);
for (let i = 0; i < 40; i++) boxes.data.set([20 + i, 20, 60, 50], i * 4);

/** The gallery reads what the view edits: the same data, Innotations of their own. */
const innotations = () =>
  [
    new ImageInnotation(pictures, { name: 'picture', desc: 'Picture', width: 400 }),
    [
      new BoundingBoxInnotation(boxes, { name: 'box', desc: 'Largest disc' }),
      new MultiClassInnotation(classOf, { name: 'count', desc: 'How many', classes: counts, dropdown: true }),
      new BinaryClassInnotation(isDone, { name: 'done', desc: 'Done' }),
    ],
  ] as const;

export const view = new Innotater(...innotations(), { label: 'Sample', vertical: true });
const gallery = new Gallery(...innotations(), { label: 'Samples', thumbnailSize: 112 });

export const others = [gallery];

view.mount(document.querySelector<HTMLElement>('#view')!);
gallery.mount(document.querySelector<HTMLElement>('#gallery')!);
gallery.attach(view);

document.querySelector<HTMLSelectElement>('#filter')!.addEventListener('change', ({ target }) => {
  const wanted = (target as HTMLSelectElement).value;
  gallery.filter = wanted === 'all' ? null : (uindex) => (isDone[uindex] === 1) === (wanted === 'done');
});
document.querySelector<HTMLSelectElement>('#sort')!.addEventListener('change', ({ target }) => {
  gallery.sortBy = (target as HTMLSelectElement).value === 'count' ? (uindex) => classOf[uindex]! : null;
});
