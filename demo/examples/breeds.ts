import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  ImageInnotation,
  Innotater,
  MultiClassInnotation,
  RepeatInnotation,
} from 'innotater';
import { breeds, meadows } from '../samples/meadows.js';

const pictures = meadows(12);
const most = 6; // dogs on one picture

// A second axis for the rows: (12, 6, 4) boxes, (12, 6) breeds and flags.
const boxes = { data: new Int32Array(12 * most * 4), shape: [12, most, 4] };
const breedOf = pictures.map(() => new Array<number>(most).fill(-1));
const exclude = pictures.map(() => new Array<boolean>(most).fill(false));

const dogs = new RepeatInnotation(
  [BoundingBoxInnotation, boxes, { name: 'box', desc: 'Box', layout: { width: 180 } }],
  [MultiClassInnotation, breedOf, { name: 'breed', desc: 'Breed', classes: breeds, dropdown: true }],
  [BinaryClassInnotation, exclude, { name: 'exclude', desc: 'Exclude' }],
  { name: 'dogs', desc: 'Dog', minRepeats: 1, maxRepeats: most },
);

export const view = new Innotater(
  new ImageInnotation(pictures, { name: 'picture', desc: 'Picture', width: 720 }),
  dogs,
  { label: 'Dogs', vertical: true },
);
view.mount(document.querySelector<HTMLElement>('#view')!);
