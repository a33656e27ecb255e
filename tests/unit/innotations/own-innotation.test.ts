import { BoundingBoxInnotation, Innotation, TextInnotation } from 'innotater';
import { describe, expect, it } from 'vitest';
import { givenWidget } from '../../../src/ui/given-widgets.js';
import { areas, choices, extras, sheets } from '../../../src/ui/index.js';

class Note extends Innotation {
  readonly kind = 'Note';
  readonly length = null;
  build(): void {}
}
class LongNote extends Note {}

describe('the base of Innotations of one’s own', () => {
  it('every widget is there for what they build, as soon as there is one', () => {
    expect(() => givenWidget('separator')).toThrow('is for classes that extend Innotation');
    new Note({});
    for (const [name, widget] of Object.entries({ ...areas, ...choices, ...extras, ...sheets }))
      expect(givenWidget(name as 'separator'), name).toBe(widget);
  });

  it('every Innotation is an instance of it, and of no other class than its own', () => {
    const [box, text, note, long] = [
      new BoundingBoxInnotation([[1, 2, 3, 4]]),
      new TextInnotation(['a']),
      new Note({}),
      new LongNote({}),
    ];
    expect([box, text, note, long].map((one) => one instanceof Innotation)).toEqual([true, true, true, true]);
    expect([box, text, note, long].map((one) => one instanceof Note)).toEqual([false, false, true, true]);
    expect([box, text, note, long].map((one) => one instanceof LongNote)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect([{}, null, 'x'].map((one) => (one as unknown) instanceof Innotation)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
