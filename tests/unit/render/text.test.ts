import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directionOf } from '../../../src/paint/index.js';
import { RecentMap } from '../../../src/paint/recent-map.js';
import { fitText } from '../../../src/render/text/ellipsis.js';
import { hasOwnColors } from '../../../src/render/text/script.js';
import { Shelves } from '../../../src/render/text/shelves.js';

describe('fitText', () => {
  const width = (text: string) => [...text].length * 10;

  it('keeps what fits, cuts the rest at the last grapheme that does', () => {
    expect(fitText('abcdef', 60, width)).toBe('abcdef');
    expect(fitText('abcdef', 59, width)).toBe('abcd…');
    expect(fitText('ab cdef', 40, width)).toBe('ab…');
    expect(fitText('abcdef', 9, width)).toBe('');
  });

  it('never splits what is seen as one letter', () => {
    const family = '👩‍👩‍👧';
    expect(fitText(`a${family}b`, 30, width)).toBe('a…');
    expect(fitText('ne\u0301e', 30, width)).toBe('n…');
  });

  it('is the longest that fits (seed 41)', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 40 }),
        fc.integer({ min: 10, max: 400 }),
        (text, most) => {
          const shown = fitText(text, most, width);
          expect(width(shown)).toBeLessThanOrEqual(most);
          const longest = Array.from(
            new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text),
            ({ index }) => `${text.slice(0, index).trimEnd()}…`,
          ).filter((cut) => width(cut) <= most);
          expect(shown).toBe(width(text) <= most ? text : (longest.at(-1) ?? ''));
        },
      ),
      { seed: 41 },
    );
  });
});

describe('script', () => {
  it('finds the direction by the first letter', () => {
    expect(['abc', '12 abc', 'שלום', '(42) مرحبا abc', '', '123'].map(directionOf)).toEqual([
      'ltr',
      'ltr',
      'rtl',
      'rtl',
      'ltr',
      'ltr',
    ]);
  });

  it('knows emoji from digits and signs', () => {
    expect(['🙂', 'a 🇩🇪', '❤️', '1️⃣'].map(hasOwnColors)).toEqual([true, true, true, true]);
    expect(['123 # *', 'a → b', '©', '❤'].map(hasOwnColors)).toEqual([false, false, false, false]);
  });
});

describe('RecentMap', () => {
  it('forgets what was not asked for, keeps what was', () => {
    const map = new RecentMap<number, number>(10);
    let made = 0;
    const ask = (key: number) =>
      map.ensure(key, () => {
        made += 1;
        return key;
      });
    for (let i = 1; i <= 100; i += 1) {
      ask(0);
      ask(i);
    }
    expect(made).toBe(101);
    ask(1);
    expect(made).toBe(102);
  });
});

describe('Shelves', () => {
  const overlap = (a: { x: number; y: number; width: number; height: number }, b: typeof a) =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

  it('never lets cells that are in use overlap or leave the atlas (seed 42)', () => {
    const size = fc.record({
      width: fc.integer({ min: 1, max: 90 }),
      height: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(fc.array(size, { maxLength: 12 }), { maxLength: 12 }), (frames) => {
        const shelves = new Shelves(128, 128);
        let n = 0;
        for (const frame of frames) {
          shelves.nextFrame();
          const used = frame.flatMap((wanted) => {
            n += 1;
            const cell = shelves.add(`${n}`, wanted);
            return cell ? [cell] : [];
          });
          for (const [i, a] of used.entries()) {
            expect(a.x + a.width <= 128 && a.y + a.height <= 128).toBe(true);
            expect(a.height).toBeLessThanOrEqual(a.shelf.height);
            for (const b of used.slice(0, i)) expect(overlap(a, b)).toBe(false);
          }
        }
      }),
      { seed: 42 },
    );
  });

  it('gives the row unused for longest to new cells, and forgets what stood there', () => {
    const shelves = new Shelves(10, 16);
    const size = { width: 10, height: 8 };
    shelves.nextFrame();
    shelves.add('old', size);
    shelves.nextFrame();
    shelves.add('newer', size);
    expect(shelves.add('no room', size)).toBeUndefined();
    shelves.nextFrame();
    expect(shelves.find('newer')).toBeDefined();
    shelves.nextFrame();
    expect(shelves.add('next', size)?.y).toBe(0);
    expect(shelves.find('old')).toBeUndefined();
    expect(shelves.find('newer')).toBeDefined();
  });

  it('tells how much of it is in use', () => {
    const shelves = new Shelves(10, 16);
    shelves.nextFrame();
    shelves.add('a', { width: 5, height: 8 });
    expect(shelves.liveShare).toBe(0.25);
    shelves.nextFrame();
    shelves.nextFrame();
    expect(shelves.liveShare).toBe(0);
  });
});
