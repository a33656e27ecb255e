import { describe, expect, it } from 'vitest';
import { initialHeight, settleHeight } from '../../../src/shell/settle-height.js';

/** A page that takes 15 px of width for its scrollbar when the view is higher than it. */
const settleOnPage = (wantedAt: (width: number) => number, roomPx: number, steps: number): number[] => {
  let state = initialHeight;
  const heights: number[] = [];
  for (let i = 0; i < steps; i++) {
    const width = state.height > roomPx ? 285 : 300;
    state = settleHeight(state, width, wantedAt(width), i * 16);
    heights.push(state.height);
  }
  return heights;
};

describe('the height given to the container', () => {
  it('is what the content wants, in whole px', () => {
    expect(settleHeight(initialHeight, 300, 120.2, 0).height).toBe(121);
    expect(settleHeight(initialHeight, 300, 120.0001, 0).height).toBe(120);
  });
  it('comes to rest where a scrollbar that comes and goes would make it swing', () => {
    const heights = settleOnPage((width) => width - 10, 280, 12);
    expect(new Set(heights.slice(4))).toEqual(new Set([290]));
  });
  it('follows the content down at an unchanged width', () => {
    const first = settleHeight(initialHeight, 300, 400, 0);
    expect(settleHeight(first, 300, 200, 16).height).toBe(200);
  });
  it('follows a person who drags the width back and forth slowly', () => {
    let state = settleHeight(initialHeight, 300, 300, 0);
    state = settleHeight(state, 400, 400, 1000);
    state = settleHeight(state, 300, 300, 2000);
    expect(state.height).toBe(300);
  });
  it('lets go of a held height when the width is another one', () => {
    let state = settleHeight(initialHeight, 300, 290, 0);
    state = settleHeight(state, 285, 275, 16);
    state = settleHeight(state, 300, 290, 32);
    expect(state.held).toBe(true);
    state = settleHeight(state, 200, 190, 48);
    expect([state.height, state.held]).toEqual([190, false]);
  });
});
