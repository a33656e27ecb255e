import { ImageInnotation, Innotater, MultiClassInnotation, TextInnotation } from 'innotater';
import { drawDiscs } from '../samples/discs.js';

const length = 100_000;
const discs = new Int8Array(length).fill(-1); // the answers: 100 kB

// Nothing is held but what is shown and the next few: `get` is asked when a sample comes up, and its signal tells when it is
// no longer wanted.
const pictures = { length, get: async (uindex: number) => drawDiscs(uindex) };
const captions = {
  length,
  get: async (uindex: number) => `Drawn from seed ${uindex.toLocaleString('en')}`,
};

export const view = new Innotater(
  [
    new ImageInnotation(pictures, { name: 'picture', desc: 'Picture', width: 360, height: 270 }),
    new TextInnotation(captions, {
      name: 'caption',
      desc: 'Caption',
      multiline: false,
      layout: { width: 360, maxWidth: '100%' },
    }),
  ],
  new MultiClassInnotation(discs, { name: 'discs', desc: 'Discs', classes: ['0', '1', '2', '3', '4', '5'] }),
  { label: 'Discs', prefetch: 4 },
);
view.mount(document.querySelector<HTMLElement>('#view')!);
