import { describe, expect, it } from 'vitest';
import { countPress, type Press } from '../../../src/shell/click-count.js';

const press = (x: number, timeMs: number, more: Partial<Press> = {}) => ({
  at: { x, y: 10 },
  timeMs,
  button: 0,
  pointerType: 'mouse',
  ...more,
});

const clicksOf = (presses: readonly ReturnType<typeof press>[]): number[] => {
  let last: Press | null = null;
  return presses.map((next) => {
    last = countPress(last, next);
    return last.clicks;
  });
};

describe('presses in a row', () => {
  it('are counted at one place within half a second of each other', () => {
    expect(clicksOf([press(10, 0), press(13, 300), press(10, 800), press(10, 1301)])).toEqual([1, 2, 3, 1]);
  });
  it('start anew elsewhere, with another button, with another kind of pointer', () => {
    expect(clicksOf([press(10, 0), press(16, 10)])).toEqual([1, 1]);
    expect(clicksOf([press(10, 0), press(10, 10, { button: 2 })])).toEqual([1, 1]);
    expect(clicksOf([press(10, 0), press(10, 10, { pointerType: 'pen' })])).toEqual([1, 1]);
  });
  it('of a finger may lie further apart', () => {
    const pointerType = 'touch';
    expect(clicksOf([press(10, 0, { pointerType }), press(30, 100, { pointerType })])).toEqual([1, 2]);
  });
});
