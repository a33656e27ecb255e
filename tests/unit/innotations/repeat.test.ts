import { describe, expect, test } from 'vitest';
import {
  BoundingBoxInnotation,
  ButtonInnotation,
  GroupedInnotation,
  Innotater,
  type Innotation,
  MultiClassInnotation,
  RepeatInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';

const boxes = (samples: number, rows: number) =>
  Array.from({ length: samples }, () => Array.from({ length: rows }, () => [0, 0, 0, 0]));
const names = (innotation: Innotation) => innotation.children.map(({ name }) => name);
const words = (samples: number, rows: number) =>
  Array.from({ length: samples }, () => Array.from({ length: rows }, () => ''));

describe('P3, R10: limits', () => {
  const make = (options: object) => () =>
    new RepeatInnotation([TextInnotation, words(2, 4)], { name: 'r', ...options });

  test('maxRepeats above the second axis is an error at construction', () => {
    expect(make({ maxRepeats: 5 })).toThrow(
      /RepeatInnotation r: maxRepeats \(5\) is greater than the second axis of the data, which has room for 4/,
    );
    expect(make({ maxRepeats: 4 })).not.toThrow();
  });
  test('without a limit it is 10, or what the data has room for', () => {
    expect(make({})().children).toHaveLength(4);
    expect(new RepeatInnotation([TextInnotation, words(2, 40)]).children).toHaveLength(10);
  });
  test('the narrowest of several columns counts, and of ragged samples', () => {
    const two = new RepeatInnotation([TextInnotation, words(2, 6)], [BoundingBoxInnotation, boxes(2, 3)]);
    expect(two.children).toHaveLength(6);
    expect(
      new RepeatInnotation([
        TextInnotation,
        [
          ['a', 'b', 'c'],
          ['d', 'e'],
        ],
      ]).children,
    ).toHaveLength(2);
  });
  test('limits that are no counts', () => {
    expect(make({ minRepeats: -1 })).toThrow(/whole numbers/);
    expect(make({ maxRepeats: 1.5 })).toThrow(/whole numbers/);
    expect(() => new RepeatInnotation({ name: 'r' })).toThrow(/at least one/);
  });
});

describe('P4: names', () => {
  test('name_0, name_1, …; the options of the caller are not touched', () => {
    const options = Object.freeze({ name: 'box', desc: 'Box' });
    const button = Object.freeze({ desc: 'X' });
    const repeat = new RepeatInnotation(
      [BoundingBoxInnotation, boxes(1, 2), options],
      [ButtonInnotation, null, button],
    );
    expect(names(repeat)).toEqual(['box_0', '', 'box_1', '']);
    expect([options.name, button]).toEqual(['box', { desc: 'X' }]);
    expect(repeat.children.map(({ repeatIndex }) => repeatIndex)).toEqual([0, 0, 1, 1]);
  });
  test('default names count once a column', () => {
    const repeat = new RepeatInnotation([TextInnotation, words(1, 2)], [TextInnotation, words(1, 2)]);
    const last = new TextInnotation(['a']);
    new Innotater(null, [repeat, last]);
    expect(names(repeat)).toEqual(['data1_0', 'data2_0', 'data1_1', 'data2_1']);
    expect([repeat.name, last.name]).toEqual(['data3', 'data4']);
  });
});

describe('P2: rows belong to the sample', () => {
  test('minRepeats, and up to the last row that holds data', () => {
    const data = words(3, 5);
    data[1]![2] = 'x';
    const repeat = new RepeatInnotation([TextInnotation, data], { minRepeats: 1 });
    expect([0, 1, 2].map((uindex) => repeat.shownRows(uindex))).toEqual([1, 3, 1]);
    data[2]![4] = 'y';
    expect(repeat.shownRows(2)).toBe(5);
  });
  test('zeros, -1, null, false and empty texts are no data', () => {
    const classes = [[-1, null, Number.NaN, 0, 2]] as number[][];
    const repeat = new RepeatInnotation([MultiClassInnotation, classes, { classes: ['a', 'b', 'c'] }]);
    expect(repeat.shownRows(0)).toBe(5);
    classes[0]![4] = 0;
    expect(repeat.shownRows(0)).toBe(0);
  });
  test('rows beyond maxRepeats that hold data are shown as well', () => {
    const data = words(2, 8);
    data[1]![5] = 'x';
    const repeat = new RepeatInnotation([TextInnotation, data], { maxRepeats: 2 });
    expect([repeat.shownRows(0), repeat.shownRows(1)]).toEqual([0, 6]);
  });
  test('what is in a row knows whether its sample has the row', () => {
    const data = words(2, 3);
    data[1]![0] = 'x';
    const repeat = new RepeatInnotation([TextInnotation, data]);
    const [first, second] = repeat.children;
    expect([0, 1].map((uindex) => first?.isShown(uindex))).toEqual([false, true]);
    expect(second?.isShown(1)).toBe(false);
  });
});

test('M4: classes are inferred over all rows and repeats', () => {
  const repeat = new RepeatInnotation([
    MultiClassInnotation,
    [
      [0, 0],
      [0, 3],
    ],
    { name: 'c' },
  ]);
  const [first] = repeat.children as readonly MultiClassInnotation[];
  expect(first?.classes).toEqual(['0', '1', '2', '3']);
  expect(() => new RepeatInnotation([MultiClassInnotation, [[0, 0]], { name: 'c' }])).toThrow(
    /MultiClassInnotation c: the data has a single class value/,
  );
});

test('M4: words fewer than the data needs', () => {
  expect(() => new MultiClassInnotation([0, 2], { name: 'c', classes: ['a', 'b'] })).toThrow(
    /MultiClassInnotation c: classes has 2 words, and the data needs 3/,
  );
});

test('tensors in repeats: (n,r,4) and (n,r) write to the same memory', () => {
  const data = new Int32Array(2 * 3 * 4);
  const repeat = new RepeatInnotation([BoundingBoxInnotation, { data, shape: [2, 3, 4] }]);
  const [, second] = repeat.children as readonly BoundingBoxInnotation[];
  second?.write(1, [1, 2, 3, 4]);
  expect([...data.slice(16, 20)]).toEqual([1, 2, 3, 4]);
  expect([repeat.length, repeat.shownRows(1)]).toEqual([2, 2]);
});

test('G3: groups in groups and repeats in groups are one tree', () => {
  const repeat = new RepeatInnotation([TextInnotation, words(2, 1), { name: 'w' }]);
  const inner = new GroupedInnotation(new TextInnotation(['a', 'b'], { name: 't' }), repeat);
  const view = new Innotater(null, new GroupedInnotation(inner, { desc: 'All', layout: { width: 300 } }));
  expect([view.length, names(inner)]).toEqual([2, ['t', 'data1']]);
});
