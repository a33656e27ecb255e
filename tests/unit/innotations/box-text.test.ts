import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBox, parseBox } from '../../../src/innotations/box-text.js';

describe('box text', () => {
  it('T1: a box is shown as "x, y, w, h" in whole numbers', () => {
    expect(formatBox([1.9, 2, 30.2, 40])).toBe('1, 2, 30, 40');
  });

  it('T2: commas or blanks separate, decimals are truncated', () => {
    for (const text of ['1,2,30,40', ' 1 2  30 40 ', '1, 2.9 30,40.5', '1\t2,30 ,40', '1.0,2e0,3e1,40']) {
      expect(parseBox(text), text).toEqual([1, 2, 30, 40]);
    }
    expect(parseBox('-3.7, -0.5, 1, 1')).toEqual([-3, 0, 1, 1]);
  });

  it('T3: text that is not four numbers is refused', () => {
    for (const text of [
      '1,2,3',
      '1,2,3,4,5',
      'a,b,c,d',
      '1,,2,3,4',
      '1,2,3,4px',
      '0x1,2,3,4',
      'NaN,1,2,3',
      '1,2,-3,4',
      '1,2,3,1e400',
      ',1,2,3,4',
    ]) {
      expect(parseBox(text), text).toBeNull();
    }
  });

  it('T7: an empty field is the blank box', () => {
    expect(parseBox('  ')).toEqual([0, 0, 0, 0]);
  });

  it('T1: what is shown is read back as the same box (seed 21)', () => {
    const whole = fc.integer({ min: -100_000, max: 100_000 });
    const extent = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(whole, whole, extent, extent, (x, y, w, h) => {
        expect(parseBox(formatBox([x, y, w, h]))).toEqual([x, y, w, h]);
      }),
      { seed: 21 },
    );
  });
});
