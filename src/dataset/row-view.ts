import { InnotaterError } from '../errors/index.js';
import { type OwnCells, ownCells } from './cells.js';
import { NestedRows } from './nested-rows.js';
import { repeatedCells } from './repeated-cells.js';
import { asRows, describe, type Rows } from './rows.js';
import { isTensor, type TensorData, tensorOf } from './tensor.js';

/** Rows of repeats that data has. */
export type RepeatRoom = {
  /** The second axis; null where samples have different numbers of rows, or none. */
  readonly axis: number | null;
  /** Rows of the longest sample. */
  readonly most: number;
  /** The rows of nested arrays; null for a tensor. */
  readonly nested: NestedRows | null;
};

/**
 * Reads which rows of repeats the data has. Throws `InnotaterError` 'data' that names `who` for data without a second axis, and for
 * typed arrays of different lengths.
 */
export const repeatRoom = (data: unknown, who: string): RepeatRoom => {
  const wrong = (what: string) =>
    new InnotaterError('data', `${who}: data in repeats needs a second axis for the rows, ${what}`);
  if (isTensor(data)) {
    const { shape } = tensorOf(data, who);
    if (shape.length < 2) throw wrong(`its shape is (${shape.join(', ')})`);
    return { axis: shape[1]!, most: shape[1]!, nested: null };
  }
  const samples = asRows(data);
  if (!samples) throw wrong(`and it is ${describe(data)}`);
  for (let uindex = 0; uindex < samples.length; uindex++) {
    if (!asRows(samples[uindex])) throw wrong(`sample ${uindex} is ${describe(samples[uindex])}`);
  }
  const nested = new NestedRows(samples as unknown as ArrayLike<unknown[]>, who);
  return { axis: nested.axis, most: nested.most, nested };
};

/**
 * Row `row` of every sample of (n,r), (n,r,k) or (n,r,4) data, as data of (n,), (n,k) or (n,4): a tensor for a tensor, else something
 * to be indexed like an array, undefined where a sample has no such row. Reads and writes go to the caller's memory. All rows of one
 * data share its `room`.
 */
export const rowView = (data: unknown, row: number, who: string, room = repeatRoom(data, who)): Rows => {
  if (room.nested) return nestedRow(room.nested, row);
  const { shape, strides, offset, elementType, data: elements } = tensorOf(data as TensorData, who);
  return {
    data: elements,
    shape: [shape[0]!, ...shape.slice(2)],
    strides: [strides[0]!, ...strides.slice(2)],
    offset: offset + row * strides[1]!,
    ...(elementType === '' ? {} : { dtype: elementType }),
  };
};

const isPosition = (key: string | symbol): key is string => typeof key === 'string' && /^\d+$/.test(key);

const nestedRow = (rows: NestedRows, row: number) =>
  new Proxy<{ readonly length: number }>(
    { length: 0 },
    {
      get: (_, key) => {
        if (key === 'length') return rows.length;
        if (key === ownCells)
          return ((width, who) => repeatedCells(rows, row, width, who)) satisfies OwnCells;
        return isPosition(key) ? rows.read(Number(key), row) : undefined;
      },
      set: (_, key, value) => {
        if (!isPosition(key) || Number(key) >= rows.length) return false;
        rows.put(Number(key), row, value);
        return true;
      },
    },
  );
