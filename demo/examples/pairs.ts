import { BinaryClassInnotation, GroupedInnotation, ImageInnotation, Innotater } from 'innotater';
import { middle, pairCount, pairs } from '../samples/pairs.js';

const areEqual = new Uint8Array(pairCount); // 0: they differ, 1: they are equal
const size = { width: 240, height: 180 };
const closeUp = { ...size, transform: middle }; // any function from entry to entry

export const view = new Innotater(
  [
    new GroupedInnotation(
      new ImageInnotation(pairs.left, { ...size, name: 'left', desc: 'Left' }),
      new ImageInnotation(pairs.right, { ...size, name: 'right', desc: 'Right' }),
    ),
    new GroupedInnotation(
      new ImageInnotation(pairs.left, { ...closeUp, name: 'leftMiddle', desc: 'Left, close' }),
      new ImageInnotation(pairs.right, { ...closeUp, name: 'rightMiddle', desc: 'Right, close' }),
    ),
  ],
  new BinaryClassInnotation(areEqual, { name: 'equal', desc: 'Are Equal' }),
  { label: 'Pairs' },
);
view.mount(document.querySelector<HTMLElement>('#view')!);
