import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  booleanColumn,
  boxColumn,
  type Column,
  classColumn,
  lengthOf,
  numberColumn,
  type Rows,
  repeatRoom,
  rowView,
  textColumn,
} from '../../../src/dataset/index.js';
import { TextInnotation } from '../../../src/innotations/index.js';

const tensor = (data: object, shape: number[], extra: object = {}) => ({ data, shape, ...extra }) as Rows;

describe('M1: class encodings from the first row', () => {
  const cases: [string, Rows, string, number[]][] = [
    ['array', [2, 0, 1], 'simple', [2, 0, 1]],
    ['typed array', Uint8Array.of(2, 0, 1), 'simple', [2, 0, 1]],
    ['column vector', [[2], [0], [1]], 'column vector', [2, 0, 1]],
    [
      'one-hot lists',
      [
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 0],
      ],
      'one-hot',
      [2, 0, 1],
    ],
    ['one-hot typed rows', [Float32Array.of(0, 0.9), Float32Array.of(0.8, 0.1)], 'one-hot', [1, 0]],
    ['bigint tensor', tensor(BigInt64Array.of(2n, 0n, 1n), [3]), 'simple', [2, 0, 1]],
    ['one-hot tensor', tensor(Float32Array.of(0, 1, 1, 0), [2, 2]), 'one-hot', [1, 0]],
    [
      'transposed tensor',
      tensor(Float32Array.of(0, 1, 1, 0), [2, 2], { strides: [1, 2] }),
      'one-hot',
      [1, 0],
    ],
  ];
  for (const [name, data, encoding, values] of cases) {
    test(name, () => {
      const column = classColumn(data, 'c');
      expect(column.encoding).toBe(encoding);
      expect(values.map((_, i) => column.get(i))).toEqual(values);
    });
  }
});

test('M2: one-hot choosing sets the old maximum to 0 and the new to 1, and nothing else', () => {
  const data = [[0.2, 0.7, 0.1]];
  const column = classColumn(data, 'c');
  column.set(0, 2);
  expect(data).toEqual([[0.2, 0, 1]]);
  const before = column.capture(0);
  column.set(0, 0);
  column.restore(0, before);
  expect(data).toEqual([[0.2, 0, 1]]);
});

test('M2: a one-hot row that takes only half of a choice is put back', () => {
  const row = [0, 1, 0];
  Object.defineProperty(row, 2, { writable: false });
  const column = classColumn([row], 'c');
  expect(() => column.set(0, 2)).toThrow();
  expect([row, column.get(0)]).toEqual([[0, 1, 0], 1]);
});

test('M3: zeros in one-hot, -1, null and NaN are unset, and class 0 can be chosen', () => {
  const oneHot = [[0, 0, 0]];
  const simple: (number | null)[] = [-1, null, Number.NaN, 2];
  expect(classColumn(oneHot, 'c').get(0)).toBe(-1);
  const column = classColumn(simple, 'c');
  expect([0, 1, 2, 3].map((i) => column.get(i))).toEqual([-1, -1, -1, 2]);
  classColumn(oneHot, 'c').set(0, 0);
  for (const i of [0, 1, 2]) column.set(i, 0);
  expect(oneHot).toEqual([[1, 0, 0]]);
  expect(simple).toEqual([0, 0, 0, 2]);
});

test('M4: classes inferred over all rows', () => {
  expect(classColumn([0, 4, 1], 'c').classCount).toBe(5);
  expect(classColumn([[0, 0, 0, 0]], 'c').classCount).toBe(4);
});

test('M7: yes or no over all three encodings', () => {
  for (const data of [
    [true, false],
    [1, 0],
    [[1], [0]],
    [
      [0, 1],
      [1, 0],
    ],
  ] as Rows[]) {
    const column = booleanColumn(data, 'b');
    expect([column.get(0), column.get(1)]).toEqual([true, false]);
    column.set(1, true);
    column.set(0, false);
    expect([column.get(0), column.get(1)]).toEqual([false, true]);
  }
  expect(() => booleanColumn([0, 2], 'b flag')).toThrow(/b flag.*true or false/);
});

describe('M6, S9: written in the memory of the caller', () => {
  const kept: [string, () => [Rows, Column<number>, () => unknown], unknown][] = [
    ['array', () => at([5, 6]), [5, 9]],
    ['column vector', () => at([[5], [6]]), [[5], [9]]],
    ['typed array', () => at(Int16Array.of(5, 6)), Int16Array.of(5, 9)],
    ['bigints', () => at(BigInt64Array.of(5n, 6n)), BigInt64Array.of(5n, 9n)],
  ];
  const at = (data: Rows): [Rows, Column<number>, () => unknown] => [
    data,
    numberColumn(data, 'n'),
    () => data,
  ];
  for (const [name, make, after] of kept) {
    test(name, () => {
      const [, column, read] = make();
      column.set(1, 9);
      expect(read()).toEqual(after);
      expect(column.get(1)).toBe(9);
    });
  }
  test('tensor with strides and offset', () => {
    const data = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7);
    const column = numberColumn(tensor(data, [3], { stride: [-2], offset: 6 }), 'n');
    expect([0, 1, 2].map((i) => column.get(i))).toEqual([6, 4, 2]);
    column.set(2, 9);
    expect([...data]).toEqual([0, 1, 9, 3, 4, 5, 6, 7]);
  });
  test('strides of 0 that name more than can be looked at are refused, with the limit', () => {
    const endless = (shape: number[]) => tensor(Float64Array.of(1), shape, { strides: shape.map(() => 0) });
    for (const column of [numberColumn, classColumn, boxColumn]) {
      expect(() => column(endless([1e9, 1e9]), 'n')).toThrow(
        'n: a tensor of shape (1000000000, 1000000000) names 1000000000000000000 elements of data that has 1; at most 67108864 can be named',
      );
    }
    expect(numberColumn(endless([100]), 'n').get(99)).toBe(1);
  });
  test('half floats', () => {
    const data = Uint16Array.of(0x3c00, 0xc000, 0x3555);
    const column = numberColumn(tensor(data, [3], { dtype: 'float16' }), 'n');
    expect([0, 1].map((i) => column.get(i))).toEqual([1, -2]);
    expect(column.get(2)).toBe(0.333251953125);
    column.set(0, 0);
    column.set(2, 1);
    expect([...data]).toEqual([0, 0xc000, 0x3c00]);
  });
  test('a number the array type cannot hold is refused and changes nothing', () => {
    const data = [Uint8Array.of(1, 2, 3, 4)];
    const column = boxColumn(data, 'box');
    expect(() => column.set(0, [9, 9, 300, 9])).toThrow(/box: row 0 cannot hold 300/);
    expect([...data[0]!]).toEqual([1, 2, 3, 4]);
  });
});

describe('T7: boxes (n,4), in repeats (n,r,4)', () => {
  test('nested, typed rows and tensors', () => {
    const nested = [
      [1, 2, 3, 4],
      [0, 0, 0, 0],
    ];
    const typed = nested.map((row) => Int32Array.from(row));
    const whole = tensor(Int32Array.from(nested.flat()), [2, 4]);
    for (const data of [nested, typed, whole]) {
      const column = boxColumn(data, 'boxes');
      expect(column.get(0)).toEqual([1, 2, 3, 4]);
      column.set(1, [5, 6, 7, 8]);
      expect(column.get(1)).toEqual([5, 6, 7, 8]);
    }
    expect(nested[1]).toEqual([5, 6, 7, 8]);
    expect([...typed[1]!]).toEqual([5, 6, 7, 8]);
  });
  test('a row of repeats writes to the caller, nested and tensor alike', () => {
    const nested = [
      [
        [1, 1, 1, 1],
        [2, 2, 2, 2],
      ],
      [
        [3, 3, 3, 3],
        [4, 4, 4, 4],
      ],
    ];
    const flat = Float32Array.from(nested.flat(2));
    for (const data of [nested, tensor(flat, [2, 2, 4])]) {
      const column = boxColumn(rowView(data, 1, 'boxes'), 'boxes');
      expect(column.length).toBe(2);
      expect(column.get(1)).toEqual([4, 4, 4, 4]);
      column.set(0, [9, 8, 7, 6]);
    }
    expect(nested[0]).toEqual([
      [1, 1, 1, 1],
      [9, 8, 7, 6],
    ]);
    expect([...flat.slice(4, 8)]).toEqual([9, 8, 7, 6]);
    expect(repeatRoom(nested, 'boxes').axis).toBe(2);
  });
  test('classes of a row: (n,r), (n,r,1), (n,r,k)', () => {
    const simple = [
      [0, 1],
      [2, 0],
    ];
    classColumn(rowView(simple, 1, 'c'), 'c').set(1, 2);
    expect(simple).toEqual([
      [0, 1],
      [2, 2],
    ]);
    expect(classColumn(rowView([[[1], [0]]], 0, 'c'), 'c').encoding).toBe('column vector');
    expect(
      classColumn(
        rowView(
          [
            [
              [0, 1],
              [0, 0],
            ],
          ],
          1,
          'c',
        ),
        'c',
      ).get(0),
    ).toBe(-1);
  });
  test('a joint target [isFruit, x, y, w, h] seen as columns', () => {
    const data = Float32Array.of(1, 10, 20, 30, 40, 0, 0, 0, 0, 0);
    const fruit = booleanColumn(tensor(data, [2, 1], { strides: [5, 1] }), 'fruit');
    const box = boxColumn(tensor(data, [2, 4], { strides: [5, 1], offset: 1 }), 'box');
    box.set(1, [1, 2, 3, 4]);
    fruit.set(1, true);
    expect([...data]).toEqual([1, 10, 20, 30, 40, 1, 1, 2, 3, 4]);
  });
});

describe('errors name the column, the row and what would be right', () => {
  const cases: [string, () => unknown, RegExp][] = [
    [
      'ragged boxes',
      () =>
        boxColumn(
          [
            [1, 2, 3, 4],
            [1, 2, 3],
          ],
          'Box b',
        ),
      /Box b: row 1 must have 4 values.*not 3/,
    ],
    [
      'boxes of three',
      () => boxColumn([[1, 2, 3]], 'Box b'),
      /Box b: boxes must have the shape \(n,4\).*not \(n,3\)/,
    ],
    [
      'a box with text',
      () => boxColumn([[1, 2, 'x', 4]], 'Box b'),
      /Box b: row 0 must be four numbers.*number 3 is "x"/,
    ],
    [
      'a class word',
      () => classColumn([0, 'cat'] as unknown as Rows, 'Class c'),
      /Class c: row 1 must be the number of a class.*"cat"/,
    ],
    ['a fraction', () => classColumn([0.5], 'Class c'), /Class c: row 0 must be the number of a class/],
    ['no rows', () => lengthOf(7, 'X x'), /X x: data must be an array/],
    ['text for a column', () => lengthOf('abc', 'X x'), /not the text "abc"/],
    [
      'short tensor',
      () => numberColumn(tensor(new Uint8Array(3), [4]), 'N n'),
      /N n: a tensor of shape \(4\) reaches elements 0 to 3, its data has 3/,
    ],
    [
      'wide numbers',
      () => numberColumn([[1, 2]], 'N n'),
      /N n: data must have the shape \(n,\) or \(n,1\), not \(n,2\)/,
    ],
    ['a box of texts', () => boxColumn([['1', 2, 3, 4]], 'Box b'), /Box b: row 0 .*number 1 is "1"/],
    [
      'no box at all',
      () => boxColumn([null, [1, 2, 3, 4]] as Rows, 'Box b'),
      /Box b: row 0 .*row 1, not null/,
    ],
    ['a class below -1', () => classColumn([1, -2], 'Class c'), /Class c: row 1 must be .* not -2/],
    [
      'an object as a text',
      () => textColumn(['a', { b: 1 }] as Rows, 'Text t'),
      /Text t: row 1 is an object/,
    ],
    [
      'texts and numbers',
      () => textColumn([null, 'a', 2] as Rows, 'Text t'),
      /Text t: row 2 is the number 2.*row 1/,
    ],
    ['repeats without rows', () => repeatRoom([1, 2], 'R r'), /R r: data in repeats needs a second axis/],
  ];
  for (const [name, action, message] of cases) {
    test(name, () => {
      expect(action).toThrow(message);
      expect(action).toThrow(expect.objectContaining({ code: 'data' }));
    });
  }
});

test('texts read null as empty and are written in place', () => {
  const data: (string | null)[] = ['a', null];
  const column = textColumn(data, 't');
  expect([column.get(0), column.get(1)]).toEqual(['a', '']);
  column.set(1, 'b');
  expect(data).toEqual(['a', 'b']);
});

test('numbers are shown as texts and never written', () => {
  for (const data of [Float32Array.of(1.5, 2), [1.5, 2], [true, null]] as Rows[]) {
    const column = textColumn(data, 'Text t');
    expect([column.isWritable, column.get(0)]).toEqual([false, String((data as unknown[])[0])]);
    expect(() => column.set(0, 'x')).toThrow(/Text t: row 0 holds no text/);
    expect(new TextInnotation(data).disabled).toBe(true);
  }
  expect(new TextInnotation([null, undefined, 'a'] as Rows).disabled).toBe(false);
});

test('M3, P8: the blank of a class column is what its unset rows hold, else what its memory can', () => {
  const cells = (data: Rows) => classColumn(data, 'c').blank.cells;
  expect(cells([1, null, 2] as never)).toEqual([null]);
  expect(cells([[1], [-1]] as never)).toEqual([-1]);
  expect(cells(BigInt64Array.of(1n, 2n))).toEqual([-1n]);
  expect(cells(BigUint64Array.of(1n, 2n))).toEqual([0n]);
  expect(cells(Uint16Array.of(1, 2))).toEqual([0]);
  expect(cells([true, true] as never)).toEqual([false]);
  expect(cells(tensor(Float32Array.of(1, 0, 0, 1), [2, 2]))).toEqual([0, 0]);
});

test('M6: a row of nested typed arrays refuses what its memory cannot hold', () => {
  const samples = [Uint8Array.of(1, 2), Uint8Array.of(0, 0)];
  const column = classColumn(rowView(samples, 1, 'c'), 'c');
  expect(() => column.set(0, 300)).toThrow(/c: row 0 cannot hold 300/);
  column.set(0, 7);
  expect([...samples[0]!]).toEqual([1, 7]);
});

describe('very many rows in one typed array', () => {
  const types = [
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
  ];
  const facts = (data: Rows) => {
    try {
      const { classCount, blank, encoding } = classColumn(data, 'x');
      return { classCount, blank, encoding };
    } catch (error) {
      return (error as Error).message;
    }
  };

  test('classes are read as from a list of the same numbers, whatever is among them [seed 3]', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.array(fc.constantFrom(0, 1, 2, 5, -1, 2.5, Number.NaN, -2, -0.5), { minLength: 1, maxLength: 6 }),
        (Type, list) => {
          const typed = new Type(list);
          const plain = facts(Array.from(typed));
          const found = facts(typed);
          // What no row holds as unset is told by the memory's type, which a list does not have.
          const isFound = typeof found === 'object' && found.blank.isFound;
          if (typeof found === 'string' || isFound) expect(found).toEqual(plain);
          else expect(found.classCount).toBe((plain as typeof found).classCount);
          expect(facts({ data: typed, shape: [list.length, 1] })).toEqual(
            typeof found === 'string' ? found : { ...found, encoding: 'column vector' },
          );
        },
      ),
      { seed: 3 },
    );
  });

  test('a box that is no box is named, with an offset and with strides too', () => {
    const data = new Float32Array(24).fill(1);
    data[18] = Number.NaN;
    expect(() => boxColumn({ data, shape: [6, 4] }, 'x')).toThrow(
      'row 4 must be four numbers x, y, w, h; number 3 is NaN',
    );
    expect(() => boxColumn({ data, shape: [3, 4], offset: 8 }, 'x')).toThrow('row 2 must');
    expect(() => boxColumn({ data, shape: [3, 4], strides: [8, 1] }, 'x')).toThrow('row 2 must');
    expect(boxColumn({ data, shape: [4, 4] }, 'x').length).toBe(4);
  });
});
