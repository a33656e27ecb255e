import { sendKeys } from '@web/test-runner-commands';
import { MultiClassInnotation } from '../../../src/innotater/index.js';
import { equal, isTrue, waitFor } from '../expect.js';
import { clear, one, show } from './support.js';

const million = 1_000_000;
const wanted = 800_000;
const from = 3;

/** A million words; `reads` counts how many were read. */
const countedWords = () => {
  const state = { reads: 0 };
  const words = Array.from({ length: million }, (_, i) => `class ${i}`);
  words[wanted] = 'Zebra';
  const counted = new Proxy(words, {
    get(target, property, receiver) {
      if (typeof property === 'string' && property.charCodeAt(0) <= 57) state.reads += 1;
      return Reflect.get(target, property, receiver);
    },
  });
  return { state, counted };
};

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

describe('type-ahead over a million words', () => {
  afterEach(clear);

  for (const dropdown of [false, true]) {
    it(`${dropdown ? 'dropdown' : 'list'}: finds the word, and no task tries more than a slice of them`, async () => {
      const { state, counted } = countedWords();
      const data = [from, 4];
      const mounted = await show(
        [],
        new MultiClassInnotation(data, { name: 'class', classes: counted, dropdown }),
      );
      one(mounted.host, dropdown ? 'combobox' : 'listbox', 'class').focus();
      const perFrame: number[] = [];
      let isOver = false;
      const watch = async (): Promise<void> => {
        while (!isOver) {
          state.reads = 0;
          await nextFrame();
          perFrame.push(state.reads);
        }
      };
      const watched = watch();
      await sendKeys({ press: 'z' });
      await waitFor(() => data[0] === wanted, 'the word is chosen');
      isOver = true;
      await watched;
      const most = Math.max(...perFrame);
      isTrue(most < 400_000, `${most} words were read between two frames`);
      const all = perFrame.reduce((sum, reads) => sum + reads, 0);
      isTrue(all >= wanted - from, `${all} words were read in all frames together`);
      equal(data, [wanted, 4]);
    });
  }
});
