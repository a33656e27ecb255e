import { expect, test } from 'vitest';
import { type Selection, selectRows } from '../../../src/dataset/index.js';

const rowsIn = (selection: Selection): readonly number[] =>
  Array.from({ length: selection.length }, (_, index) => selection.at(index));

const notIndexes = 'indexes must be a non-empty array-like containing integers or booleans';

test('no indexes: every row', () => {
  expect(rowsIn(selectRows(undefined, 3))).toEqual([0, 1, 2]);
  expect(rowsIn(selectRows(null, 2))).toEqual([0, 1]);
});

test('X1: integers keep their order and may repeat', () => {
  expect(rowsIn(selectRows([4, 0, 4], 5))).toEqual([4, 0, 4]);
  expect(rowsIn(selectRows(BigInt64Array.of(1n, 0n), 2))).toEqual([1, 0]);
  expect(rowsIn(selectRows({ data: Int32Array.of(2, 1), shape: [2] }, 3))).toEqual([2, 1]);
});

test('X1: out of range or not whole is a RangeError that names value and position', () => {
  for (const wrong of [5, -1, 1.5, Number.NaN]) {
    expect(() => selectRows([0, wrong], 5)).toThrow(RangeError);
    expect(() => selectRows([0, wrong], 5)).toThrow(`indexes[1] is ${wrong}`);
  }
});

test('X2: boolean masks as array, tensor and column vector', () => {
  const bytes = Uint8Array.of(0, 1, 1);
  for (const mask of [
    [false, true, true],
    [[false], [true], [true]],
    { data: bytes, shape: [3], dtype: 'bool' },
    { data: bytes, shape: [3, 1], dtype: 'bool' },
    { data: bytes, dims: [3], type: 'bool' },
  ]) {
    expect(rowsIn(selectRows(mask, 3))).toEqual([1, 2]);
  }
  expect(rowsIn(selectRows(bytes, 3))).toEqual([0, 1, 1]);
});

test('X3: the length of a mask is checked', () => {
  expect(() => selectRows([true, false], 3)).toThrow(
    'indexes as a boolean mask must have same len as the inputs',
  );
});

test('X4: messages', () => {
  for (const wrong of [[], 'abc', 7, ['a'], [0, true], [null], {}]) {
    expect(() => selectRows(wrong, 3)).toThrow(notIndexes);
  }
  expect(() => selectRows([false, false], 2)).toThrow('indexes as a boolean mask must have some True values');
});

test('X1: a long typed array is neither copied nor looked through; a wrong row is told when it is asked for', () => {
  const rows = new Int32Array(200_000).map((_, i) => 199_999 - i);
  rows[7] = -3;
  const selection = selectRows(rows, 200_000);
  expect(selection.length).toBe(200_000);
  expect([selection.at(0), selection.at(199_999)]).toEqual([199_999, 0]);
  expect(() => selection.at(7)).toThrow('indexes[7] is -3');
  expect(selection.find(199_990, 0)).toBe(9);
  expect(selection.find(199_992, 0)).toBeNull();
  rows[1000] = 5;
  expect(selection.at(1000)).toBe(5);
  expect(selection.find(5, 1200)).toBe(1000);
  expect(selection.find(5, 180_000)).toBe(199_994);
});

test('the nearest position of a row that is shown several times', () => {
  const selection = selectRows([3, 1, 3, 0, 3], 4);
  expect([0, 1, 2, 3, 4].map((near) => selection.find(3, near))).toEqual([0, 0, 2, 2, 4]);
  expect(selection.find(2, 0)).toBeNull();
  expect([selectRows(null, 4).find(3, 0), selectRows(null, 4).find(4, 0)]).toEqual([3, null]);
});
