import { describe, expect, it } from 'vitest';
import { boxStyles } from '../../../src/innotations/annotation-styles.js';
import { imageKeyAction } from '../../../src/innotations/image-keys.js';
import { brokenLines } from '../../../src/innotations/image-paint.js';
import { Keymap } from '../../../src/innotations/keymap.js';

describe('annotation styles', () => {
  it('I12: the defaults', () => {
    const common = { lineDash: [2], lineWidth: 1, opacity: 0.9 };
    expect(boxStyles()).toEqual({
      normal: { ...common, color1: [1, 1, 1, 1], color2: [0, 0, 0, 1] },
      selected: { ...common, color1: [1, 1, 1, 1], color2: [0, 128 / 255, 0, 1] },
    });
  });
  it('I12: missing keys take the default; a dash may be one number', () => {
    const { normal, selected } = boxStyles({ lineDash: 6, color1: '#F00', selected_color2: '#00F' });
    expect(normal.lineDash).toEqual([6]);
    expect(normal.color1).toEqual([1, 0, 0, 1]);
    expect(selected.color2).toEqual([0, 0, 1, 1]);
    expect(normal.lineWidth).toBe(1);
  });
  it('I12: a name is taken where there is no canvas, as nothing is painted there', () => {
    expect(boxStyles({ color1: 'rebeccapurple' }).normal.color1).toEqual([0, 0, 0, 1]);
  });
  it('I12: what is no colour or number is refused by its key', () => {
    expect(() => boxStyles({ color2: 'no colour' })).toThrow(/annotationStyles\.color2/);
    expect(() => boxStyles({ lineWidth: Number.NaN })).toThrow(/annotationStyles\.lineWidth/);
    expect(() => boxStyles({ lineDash: [3, -1] })).toThrow(/annotationStyles\.lineDash/);
  });
});

describe('keys of an image', () => {
  const key = (name: string, over: Partial<Record<'shift' | 'ctrl' | 'alt' | 'meta', boolean>> = {}) =>
    imageKeyAction(
      {
        tag: 'key',
        phase: 'down',
        key: name,
        code: '',
        repeat: false,
        modifiers: { shift: false, ctrl: false, alt: false, meta: false, ...over },
      },
      new Keymap(),
    );
  it('B8: arrows nudge by 1, with Shift by 10; Delete blanks; Esc cancels', () => {
    expect(key('ArrowLeft')).toEqual({ tag: 'nudge', dx: -1, dy: 0 });
    expect(key('ArrowDown', { shift: true })).toEqual({ tag: 'nudge', dx: 0, dy: 10 });
    expect(key('Delete')).toEqual({ tag: 'blank' });
    expect(key('Escape')).toEqual({ tag: 'cancel' });
  });
  it('C7: n, p, s and anything with Ctrl or Meta are left to others', () => {
    for (const name of ['n', 'p', 's', 'Tab']) expect(key(name)).toBeNull();
    expect(key('0', { ctrl: true })).toBeNull();
    expect(key('ArrowLeft', { meta: true })).toBeNull();
  });
});

it('a note is broken at blanks, and a word longer than the line stays whole', () => {
  const measure = (text: string) => text.length;
  expect(brokenLines('one two three extraordinarily four', 9, measure)).toEqual([
    'one two',
    'three',
    'extraordinarily',
    'four',
  ]);
});
