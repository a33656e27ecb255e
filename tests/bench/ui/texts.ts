import { Innotater, TextInnotation } from 'innotater';
import { Samples } from './samples.js';
import { frameOver } from './script-clock.js';
import { rootOf } from './shell-pointer.js';

const size = 1_000_000;

/** Texts of a megabyte, by their kind. */
const texts: Readonly<Record<string, string>> = {
  'of words': 'word '.repeat(size / 5),
  'of short lines': 'a short line of it.\n'.repeat(size / 20),
  'in Arabic': 'ارسم مربعًا حول الكلب ثم '.repeat(size / 25),
  'without a break': 'x'.repeat(size),
};

/** From the call to the frame that shows what it does, ms; script, the browser's layout and painting. */
const shownMs = async (act: () => void): Promise<number> => {
  await frameOver();
  const startMs = performance.now();
  act();
  await frameOver();
  return performance.now() - startMs;
};

/** Stepping on to a sample with a long text, and putting the text into a text area of the browser of the same size, in turn. */
export const longTexts = async (rounds: number) => {
  const samples = new Samples();
  for (const [name, text] of Object.entries(texts)) {
    for (let round = -1; round < rounds; round++) {
      const host = document.body.appendChild(document.createElement('div'));
      host.className = 'host';
      const view = new Innotater(null, new TextInnotation(['short', text], { desc: 'Note' }));
      view.mount(host);
      await view.ready;
      const ours = rootOf(host).querySelector('textarea')!;
      const { width, height } = ours.getBoundingClientRect();
      const { font, lineHeight } = getComputedStyle(ours);
      const oursMs = await shownMs(() => view.next());
      view.dispose();
      host.remove();
      const area = document.body.appendChild(document.createElement('textarea'));
      Object.assign(area.style, { width: `${width}px`, height: `${height}px`, font, lineHeight });
      area.value = 'short';
      const plainMs = await shownMs(() => {
        area.value = text;
      });
      area.remove();
      if (round < 0) continue;
      samples.add(`${name}: ours`, oursMs);
      samples.add(`${name}: plain`, plainMs);
    }
  }
  return samples.spreads();
};
