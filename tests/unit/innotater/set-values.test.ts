import { describe, expect, test } from 'vitest';
import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  BoxLayerInnotation,
  ImageInnotation,
  Innotater,
  InnotaterError,
  MultiClassInnotation,
  RepeatInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';

const scene = () => {
  const data = {
    classes: [0, 1, -1],
    flags: [false, false, false],
    notes: ['a', 'b', 'c'],
    boxes: Uint8Array.of(1, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    rows: [[[1, 2, 3, 4]], [], []] as number[][][],
  };
  const view = new Innotater(new ImageInnotation(['a', 'b', 'c'], { name: 'image' }), [
    new MultiClassInnotation(data.classes, { name: 'class', classes: ['x', 'y'] }),
    new BinaryClassInnotation(data.flags, { name: 'flag' }),
    new TextInnotation(data.notes, { name: 'note' }),
    new BoundingBoxInnotation({ data: data.boxes, shape: [3, 4] }, { name: 'box' }),
    new RepeatInnotation([BoundingBoxInnotation, data.rows, { name: 'row' }]),
  ]);
  const changes: unknown[] = [];
  view.addEventListener('change', ({ detail }) => changes.push(detail));
  return { data, view, changes };
};

describe('values set by the host', () => {
  test('each kind is written into the data, dirty, told, and one undo step', () => {
    const { data, view, changes } = scene();
    expect(view.setValue(1, 'class', 0)).toBe(true);
    expect(view.setValue(2, 'flag', true)).toBe(true);
    expect(view.setValue(0, 'note', 'z')).toBe(true);
    expect(view.setValue(1, 'box', [5, 6, 7, 8])).toBe(true);
    expect([data.classes[1], data.flags[2], data.notes[0], [...data.boxes.slice(4, 8)]]).toEqual([
      0,
      true,
      'z',
      [5, 6, 7, 8],
    ]);
    expect(view.dirtyUindexes).toEqual([0, 1, 2]);
    expect(changes[0]).toEqual({ uindex: 1, name: 'class', repeatIndex: -1, value: 0, previous: 1 });
    for (let i = 0; i < 4; i++) view.undo();
    expect([data.classes, data.flags, data.notes[0], data.boxes[4]]).toEqual([
      [0, 1, -1],
      [false, false, false],
      'a',
      0,
    ]);
    view.redo();
    expect(data.classes[1]).toBe(0);
  });

  test('setting what is there is no edit', () => {
    const { view, changes } = scene();
    expect([view.setValue(0, 'class', 0), view.isDirty, view.undo(), changes]).toEqual([
      false,
      false,
      false,
      [],
    ]);
  });

  test('several values of several samples are one step', () => {
    const { data, view } = scene();
    view.setValues([
      { uindex: 0, name: 'note', value: 'one' },
      { uindex: 2, name: 'note', value: 'three' },
      { uindex: 2, name: 'class', value: 1 },
    ]);
    expect([data.notes, data.classes[2], view.dirtyUindexes]).toEqual([['one', 'b', 'three'], 1, [0, 2]]);
    view.undo();
    expect([data.notes, data.classes[2], view.index]).toEqual([['a', 'b', 'c'], -1, 0]);
    expect(view.undo()).toBe(false);
  });

  test('a row of a repeat by its own name, or by repeatIndex; plain arrays grow', () => {
    const { data, view } = scene();
    view.setValue(0, 'row_0', [4, 3, 2, 1]);
    view.setValue(1, 'row', [9, 9, 9, 9], { repeatIndex: 1 });
    expect(data.rows).toEqual([
      [[4, 3, 2, 1]],
      [
        [0, 0, 0, 0],
        [9, 9, 9, 9],
      ],
      [],
    ]);
    view.undo();
    expect(data.rows[1]).toEqual([]);
  });

  test.each([
    ['class', 2, /The value of class must be the number of a class, 0 to 1, or -1 for none, not 2/],
    ['class', 'x', /must be the number of a class.*not x/],
    ['flag', 1, /flag must be true or false, not 1/],
    ['note', 5, /note must be a text, not 5/],
    ['box', [1, 2, 3], /box must be a box \[x, y, width, height\] of four numbers, not 1,2,3/],
    ['box', [1, 2, 3, Number.NaN], /must be a box/],
    ['box', [1, 2, 300, 4], /cannot hold 300/],
    ['nope', 1, /There is no value named “nope”; there are: class, flag, note, box, row_0/],
    ['image', 'b', /There is no value named “image”/],
  ])('%s = %j is refused by name, and nothing of the batch is changed', (name, value, message) => {
    const { data, view } = scene();
    const act = () =>
      view.setValues([
        { uindex: 0, name: 'note', value: 'changed' },
        { uindex: 0, name, value },
      ]);
    expect(act).toThrow(message);
    expect(act).toThrow(InnotaterError);
    expect([data.notes[0], view.isDirty, view.undo()]).toEqual(['a', false, false]);
  });

  test('what is no row of the data is a RangeError; a frozen array is told; a disposed view takes nothing', () => {
    const { view } = scene();
    for (const uindex of [-1, 3, 0.5, Number.NaN]) {
      expect(() => view.setValue(uindex, 'note', 'x')).toThrow(RangeError);
    }
    expect(() => view.setValue(0, 'row', [1, 1, 1, 1], { repeatIndex: 10 })).toThrow(/no value named “row”/);
    const frozen = new Innotater(null, new TextInnotation(Object.freeze(['a']), { name: 'note' }));
    expect(() => frozen.setValue(0, 'note', 'b')).toThrow(/The data of note cannot be written/);
    view.dispose();
    expect(() => view.setValue(0, 'note', 'x')).toThrow(/disposed/);
  });

  test('of all rows, whatever indexes selects; texts of a source cannot be written', () => {
    const notes = ['a', 'b', 'c'];
    const view = new Innotater(null, new TextInnotation(notes, { name: 'note' }), { indexes: [2] });
    view.setValue(0, 'note', 'z');
    expect([notes, view.length, view.dataLength]).toEqual([['z', 'b', 'c'], 1, 3]);
    const source = { length: 1, get: async () => 'x' };
    const shown = new Innotater(null, new TextInnotation(source, { name: 'note' }));
    expect(() => shown.setValue(0, 'note', 'y')).toThrow(
      /TextInnotation note: texts of an asynchronous source/,
    );
  });

  test('a view over a part of a typed array writes into the whole', () => {
    const isKept = new Uint8Array(3);
    const part = isKept.subarray(1, 2);
    new Innotater(null, new BinaryClassInnotation(part, { name: 'keep' })).setValue(0, 'keep', true);
    expect([...isKept]).toEqual([0, 1, 0]);
  });

  test('boxes of a layer by their number; those not fetched are told', () => {
    const boxes = Float32Array.of(1, 1, 2, 2, 3, 3, 4, 4);
    const classes = [0, 0];
    const viewOf = (data: unknown) =>
      new Innotater(
        new ImageInnotation(['a']),
        new BoxLayerInnotation(data as never, { name: 'cell', classData: [classes] }),
      );
    const view = viewOf([{ data: boxes, shape: [2, 4] }]);
    view.setValue(0, 'cell', [5, 5, 5, 5], { repeatIndex: 1 });
    view.setValue(0, 'cell.class', 3, { repeatIndex: 0 });
    expect([[...boxes.slice(4)], classes]).toEqual([
      [5, 5, 5, 5],
      [3, 0],
    ]);
    expect(() => view.setValue(0, 'cell', [1, 1, 1, 1], { repeatIndex: 2 })).toThrow(
      /cell: sample 0 has 2 boxes, and so no row 2/,
    );
    expect(() => view.setValue(0, 'cell', [1, 1, 1, 1])).toThrow(/There is no value named “cell”/);
    const source = viewOf({ length: 1, get: async () => ({ data: boxes, shape: [2, 4] }) });
    expect(() => source.setValue(0, 'cell', [1, 1, 1, 1], { repeatIndex: 0 })).toThrow(/not fetched yet/);
  });
});
