import { parseColor } from '../../../src/paint/index.js';
import { namedColors } from '../../../src/paint/named-colors.js';
import { assert, assertEqual } from './kit.js';

const context = document.createElement('canvas').getContext('2d')!;

/** What the browser makes of a colour, as bytes and alpha; null where it does not take it. */
const browserColor = (text: string): number[] | null => {
  if (!CSS.supports('color', text)) return null;
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  return Array.from(context.getImageData(0, 0, 1, 1).data);
};

const ours = (text: string) => parseColor(text)?.map((value) => Math.round(value * 255)) ?? null;

describe('parseColor against the browser', () => {
  it('knows all 148 names and transparent as the browser does', () => {
    assertEqual(namedColors.size, 149, 'number of names');
    for (const name of namedColors.keys()) assertEqual(ours(name), browserColor(name), name);
  });

  it('takes and refuses the same notations', () => {
    const texts = [
      '#abc',
      '#abcf',
      '#aabbcc',
      '#AABBCCFF',
      '#ab',
      '#abcde',
      'rgb(1,2,3)',
      'rgb(1 2 3)',
      'rgb(1, 2 3)',
      'rgba(9,8,7,1)',
      'rgb(9 8 7 / 1)',
      'rgb(9,8,7/1)',
      'rgb(50%,0%,100%)',
      'rgb(300,-4,2)',
      'rgb(1,2)',
      'rgb()',
      'rgb(1 2 3 4)',
      'RED',
      'not-a-colour',
      '12',
      'rgb(1e1, 2, 3)',
      'rgb(.5,1.5,2.)',
    ];
    for (const text of texts) {
      const [a, b] = [ours(text), browserColor(text)];
      assert((a === null) === (b === null), `${text}: ${a} and ${b}`);
      if (a && b)
        assert(
          a.every((value, i) => Math.abs(value - b[i]!) <= 1),
          `${text}: ${a} and ${b}`,
        );
    }
  });
});
