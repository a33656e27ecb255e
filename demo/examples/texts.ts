import { Innotater, MultiClassInnotation, TextInnotation } from 'innotater';
import { letters } from '../samples/letters.js';

const texts = letters(60, 7);
const classes = ['0 - Praise', '1 - Complaint', '2 - Question', '3 - Advertisement'];
const kinds = new Int8Array(texts.length).fill(-1); // −1: no class chosen yet

export const view = new Innotater(
  new TextInnotation(texts, { name: 'letter', desc: 'Letter', layout: { width: 360, maxWidth: '100%' } }),
  new MultiClassInnotation(kinds, { name: 'kind', desc: 'Kind', classes }),
  { label: 'Letters' },
);
view.mount(document.querySelector<HTMLElement>('#view')!);
