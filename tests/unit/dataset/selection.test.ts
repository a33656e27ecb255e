import { expect, test } from 'vitest';
import { selectRows } from '../../../src/dataset/index.js';

const notIndexes = 'indexes must be a non-empty array-like containing integers or booleans';

test('no indexes: every row', () => {
  expect(selectRows(undefined, 3)).toEqual([0, 1, 2]);
  expect(selectRows(null, 2)).toEqual([0, 1]);
});

test('X1: integers keep their order and may repeat', () => {
  expect(selectRows([4, 0, 4], 5)).toEqual([4, 0, 4]);
  expect(selectRows(BigInt64Array.of(1n, 0n), 2)).toEqual([1, 0]);
  expect(selectRows({ data: Int32Array.of(2, 1), shape: [2] }, 3)).toEqual([2, 1]);
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
    expect(selectRows(mask, 3)).toEqual([1, 2]);
  }
  expect(selectRows(bytes, 3)).toEqual([0, 1, 1]);
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
