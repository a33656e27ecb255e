import { describe, expect, it } from 'vitest';
import { boxNumbers, boxRows, layerColumn } from '../../../src/boxes/index.js';

const three = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const nested = () => [three.slice(0, 4), three.slice(4, 8), three.slice(8)];

describe('boxes of one sample, whatever they lie in', () => {
  const ways: readonly (readonly [string, () => unknown])[] = [
    ['nested arrays', nested],
    ['an array of typed arrays', () => nested().map((row) => Int16Array.from(row))],
    ['a flat array', () => [...three]],
    ['a flat typed array', () => Float64Array.from(three)],
    ['floats', () => Float32Array.from(three)],
    ['a tensor of floats', () => ({ data: Float32Array.from(three), shape: [3, 4] })],
    ['a tensor of whole numbers', () => ({ data: Int32Array.from(three), shape: [3, 4] })],
    ['a tensor of 64-bit numbers', () => ({ data: BigInt64Array.from(three, BigInt), shape: [3, 4] })],
    [
      'a tensor with strides and an offset',
      () => ({
        data: Float32Array.from({ length: 13 }, (_, i) =>
          i === 0 ? 99 : three[((i - 1) % 3) * 4 + Math.floor((i - 1) / 3)]!,
        ),
        shape: [3, 4],
        strides: [1, 3],
        offset: 1,
      }),
    ],
  ];
  for (const [name, make] of ways) {
    it(`${name}: read, copied and written in place`, () => {
      const data = make();
      const rows = boxRows(data as never, 'boxes');
      expect(rows.length).toBe(3);
      expect(rows.read(1)).toEqual([5, 6, 7, 8]);
      expect([...rows.copy(0, 3)]).toEqual(three);
      expect([...rows.copy(1, 2)]).toEqual([5, 6, 7, 8]);
      const before = rows.capture(2);
      rows.write(2, [20, 21, 22, 23]);
      expect(boxRows(data as never, 'boxes').read(2)).toEqual([20, 21, 22, 23]);
      expect([...rows.copy(2, 3)]).toEqual([20, 21, 22, 23]);
      rows.restore(2, before);
      expect([...boxRows(data as never, 'boxes').copy(0, 3)]).toEqual(three);
    });
  }

  it('nothing is no boxes', () => {
    for (const none of [
      null,
      undefined,
      [],
      new Float32Array(0),
      { data: new Float32Array(0), shape: [0, 4] },
    ]) {
      expect(boxRows(none as never, 'boxes').length).toBe(0);
    }
  });

  it('a copy is the reader’s: changing it leaves the caller’s memory alone', () => {
    const data = Float32Array.from(three);
    boxRows(data, 'boxes').copy(0, 3).fill(0);
    expect([...data]).toEqual(three);
  });

  it('what is no number is copied as NaN, missing rows too', () => {
    const copied = boxRows([[1, 2, 3, 4], null, [1, 'x', 3, 4]] as never, 'boxes').copy(0, 3);
    expect([...copied.subarray(0, 4)]).toEqual([1, 2, 3, 4]);
    expect([...copied.subarray(4, 8)].every(Number.isNaN)).toBe(true);
    expect(copied[9]).toBeNaN();
  });

  it('a value that the memory cannot hold is refused and changes nothing', () => {
    const data = Uint8Array.from(three);
    expect(() => boxRows(data, 'boxes').write(0, [9, 300, 1, 1])).toThrow(/cannot hold 300/);
    expect([...data]).toEqual(three);
  });

  it('says what is wrong with a shape', () => {
    expect(() => boxRows({ data: new Float32Array(6), shape: [2, 3] }, 'cells')).toThrow(
      /cells: boxes must have the shape \(k,4\), x, y, w, h a row, not \(k,3\)/,
    );
    expect(() => boxRows([1, 2, 3, 4, 5] as never, 'cells')).toThrow(/its length 5 is no multiple of 4/);
    expect(() => boxRows(7 as never, 'cells')).toThrow(/cells: data must be/);
  });

  it('numbers go one with each box', () => {
    const numbers = boxNumbers({ data: Int8Array.of(1, -1), shape: [2, 1] }, 2, 'class', 'classData');
    numbers.write(0, 3);
    expect([numbers.read(0), numbers.read(1)]).toEqual([3, -1]);
    expect(() => boxNumbers([1, 2, 3], 2, 'class', 'classData')).toThrow(
      /must have the shape \(2,\), one for each box, not \(3,\)/,
    );
    expect(() => boxNumbers({ data: new Int8Array(6), shape: [2, 3] }, 2, 'score', 'scores')).toThrow(
      /not \(2,3\)/,
    );
  });
});

describe('what a row of numbers holds', () => {
  const wrongOf = (kind: 'class' | 'score', values: readonly unknown[]) => {
    const numbers = boxNumbers(values, values.length, kind, 'data');
    return values.filter((_, row) => numbers.isWrong(row));
  };

  it('a class is a whole number from 0 that workers hold, or says that there is none', () => {
    const right = [0, 7, 2 ** 31 - 1, 3n, true, -1, null, undefined, Number.NaN];
    const wrong = ['cat', '3', '', 1.5, -2, 2 ** 31, Number.POSITIVE_INFINITY, {}, [2]];
    expect(wrongOf('class', [...right, ...wrong])).toEqual(wrong);
  });

  it('a score is any finite number, or says that there is none', () => {
    const right = [0, -3.5, 1e9, null, undefined, Number.NaN];
    const wrong = ['high', '0.5', Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, {}];
    expect(wrongOf('score', [...right, ...wrong])).toEqual(wrong);
  });

  it('what is wrong reads as none, and can be written over and put back', () => {
    const data: unknown[] = ['cat', 2];
    const numbers = boxNumbers(data, 2, 'class', 'data');
    const [captured] = [numbers.capture(0)];
    expect([numbers.read(0), numbers.read(1)]).toEqual([Number.NaN, 2]);
    numbers.write(0, 4);
    expect([numbers.read(0), numbers.isWrong(0)]).toEqual([4, false]);
    numbers.restore(0, captured);
    expect(data).toEqual(['cat', 2]);
  });
});

describe('one entry a sample', () => {
  const { signal } = new AbortController();

  it('of a tensor (n,k,4), on the same memory', () => {
    const data = Float32Array.from({ length: 24 }, (_, i) => i);
    const column = layerColumn({ data, shape: [3, 2, 4] }, '(n,k,4)', 'boxes');
    expect(column.length).toBe(3);
    const rows = boxRows(column.entry(1, signal) as never, 'boxes');
    expect(rows.read(1)).toEqual([12, 13, 14, 15]);
    rows.write(1, [0, 0, 0, 0]);
    expect([...data.subarray(12, 16)]).toEqual([0, 0, 0, 0]);
    expect(() => layerColumn({ data, shape: [6, 4] }, '(n,k,4)', 'boxes')).toThrow(
      /needs the shape \(n,k,4\), not \(6,4\)/,
    );
  });

  it('of a list, and of an asynchronous source', async () => {
    const list = [nested(), null];
    const column = layerColumn(list, '(n,k,4)', 'boxes');
    expect([column.length, column.isAsync, column.entry(0, signal), column.identity(1)]).toEqual([
      2,
      false,
      list[0],
      null,
    ]);
    const source = { length: 5, get: async (uindex: number) => [[uindex, 0, 1, 1]] };
    const fetched = layerColumn(source, '(n,k,4)', 'boxes');
    expect([fetched.length, fetched.isAsync, await fetched.entry(4, signal)]).toEqual([
      5,
      true,
      [[4, 0, 1, 1]],
    ]);
  });
});
