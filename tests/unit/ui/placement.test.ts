import { describe, expect, it } from 'vitest';
import { createUi, lightTheme, type Ui } from '../../../src/ui/index.js';
import { evenText } from './drive.js';

/** Counts how often a text is measured, by whoever. */
const counted = (build: (ui: Ui) => void) => {
  const count = { measured: 0 };
  const text = {
    ...evenText,
    width: (...args: Parameters<typeof evenText.width>) => {
      count.measured += 1;
      return evenText.width(...args);
    },
  };
  const ui = createUi({ text, theme: lightTheme });
  const frame = (width: number) => {
    count.measured = 0;
    const input = { events: [], width, height: 300, devicePixelRatio: 1, timeMs: 0, coarsePointer: false };
    const output = ui.frame(input, build);
    return { measured: count.measured, output };
  };
  return { ui, frame };
};

describe('placement', () => {
  it('measures nothing in a frame without change, and again when fonts or the width changed', () => {
    const { ui, frame } = counted((u) => void u.row('r', {}, () => void u.button('b', 'Button')));
    expect(frame(300).measured).toBeGreaterThan(0);
    expect(frame(300).measured).toBe(0);
    ui.forgetMeasures();
    expect(frame(300).measured).toBeGreaterThan(0);
    expect(frame(200).measured).toBeGreaterThan(0);
  });

  it('follows a text, a style and a widget that changes', () => {
    let [text, gap, more] = ['a', 4, false] as [string, number, boolean];
    const { frame } = counted((u) => {
      u.row('r', { layout: { gap } }, () => {
        u.button('x', text);
        if (more) u.button('y', 'more');
        u.button('z', 'end');
      });
    });
    const last = () => frame(400).output.semantics.children!.at(-1)!.rect.x;
    const first = last();
    text = 'a much longer text';
    const second = last();
    expect(second).toBeGreaterThan(first);
    gap = 24;
    const third = last();
    expect(third).toBe(second + 20);
    more = true;
    expect(last()).toBeGreaterThan(third);
  });

  it('tells the height that the content needs', () => {
    const { frame } = counted((u) => {
      for (let i = 0; i < 3; i++) u.button(String(i), 'b');
    });
    expect(frame(300).output.contentHeight).toBe(3 * 32 + 2 * lightTheme.spacePx);
  });
});
