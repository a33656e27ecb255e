import { InnotaterError } from '../errors/index.js';
import { lengthOf, memoryKey } from './row-view.js';
import { isBoolean, isHalf, isTensor, readElement, type Tensor, tensorOf, writeElement } from './tensor.js';

/** The caller's values by row and position in the row, whatever they lie in. Writes go into the caller's memory. */
export interface Cells {
  readonly length: number;
  /** 0: one value a row without an axis of its own, as in (n,); else the length of each row, as k in (n,k). */
  readonly width: number;
  read(uindex: number, at: number): unknown;
  /** Exactly this value, as `read` gave it. */
  put(uindex: number, at: number, value: unknown): void;
  /** True where the values are booleans by their type. */
  readonly isBoolean: boolean;
  /** Whether the memory can hold the number unchanged. */
  canHold(value: number): boolean;
}

type Indexable = {
  readonly length: number;
  [position: number]: unknown;
  readonly [memoryKey]?: Indexable;
};

const isRow = (entry: unknown): entry is Indexable =>
  typeof entry === 'object' && entry !== null && typeof (entry as Indexable).length === 'number';

/**
 * Cells over (n,) or (n,k) data: arrays, arrays of arrays or of typed arrays, typed arrays, tensors. Every row is checked to have the
 * first one's length. Throws `InnotaterError` 'data' that names `who`, the row, and what would be right.
 */
export const cellsOf = (data: unknown, who: string): Cells => {
  const cells = uncheckedCells(data, who);
  if (isTensor(data)) return cells;
  const rows = data as Indexable;
  if (cells.length > 0 && isRow(rows[0])) checkNested(rows, cells, who);
  else checkFlat(rows, cells, who);
  return cells;
};

/** The same without a look at every row, for data with very many of them: what a row lacks reads as undefined. */
export const uncheckedCells = (data: unknown, who: string): Cells => {
  if (isTensor(data)) return tensorCells(tensorOf(data, who), who);
  const length = lengthOf(data, who);
  const rows = data as Indexable;
  const first = length > 0 ? rows[0] : undefined;
  return isRow(first) ? nestedCells(rows, length, first.length) : flatCells(rows, length);
};

const tensorCells = (tensor: Tensor, who: string): Cells => {
  const { shape, strides, offset } = tensor;
  if (shape.length < 1 || shape.length > 2) {
    throw new InnotaterError(
      'data',
      `${who}: data must have the shape (n,) or (n,k), not (${shape.join(', ')})`,
    );
  }
  const place = (uindex: number, at: number) => offset + uindex * strides[0]! + at * (strides[1] ?? 0);
  return {
    length: shape[0]!,
    width: shape[1] ?? 0,
    isBoolean: isBoolean(tensor),
    read: (uindex, at) => readElement(tensor, place(uindex, at)),
    put: (uindex, at, value) => writeElement(tensor, place(uindex, at), value),
    canHold: (value) => (isHalf(tensor) ? Math.abs(value) <= 2048 : holds(tensor.data, value)),
  };
};

const checkFlat = (rows: Indexable, { length }: Cells, who: string): void => {
  for (let uindex = 0; uindex < length; uindex++) {
    if (isRow(rows[uindex])) {
      throw new InnotaterError(
        'data',
        `${who}: row ${uindex} is a list, row 0 is one value; all must be alike`,
      );
    }
  }
};

const flatCells = (rows: Indexable, length: number): Cells => ({
  length,
  width: 0,
  isBoolean: typeof rows[0] === 'boolean',
  read: (uindex) => rows[uindex],
  put: (uindex, _at, value) => {
    rows[uindex] = value;
  },
  canHold: (value) => holds(rows[memoryKey] ?? rows, value),
});

const checkNested = (rows: Indexable, { length, width }: Cells, who: string): void => {
  for (let uindex = 1; uindex < length; uindex++) {
    const row = rows[uindex];
    if (!isRow(row) || row.length !== width) {
      const found = isRow(row) ? `${row.length} values` : `${row}`;
      throw new InnotaterError(
        'data',
        `${who}: row ${uindex} must have ${width} values like row 0, not ${found}`,
      );
    }
  }
};

const nestedCells = (rows: Indexable, length: number, width: number): Cells => {
  const row = (uindex: number) => rows[uindex] as Indexable | undefined;
  return {
    length,
    width,
    isBoolean: typeof row(0)![0] === 'boolean',
    read: (uindex, at) => row(uindex)?.[at],
    put: (uindex, at, value) => {
      row(uindex)![at] = value;
    },
    canHold: (value) => holds(row(0)!, value),
  };
};

/** Whether an array of this type gives the number back as it was put. */
const holds = (array: Indexable, value: number): boolean => {
  if (!ArrayBuffer.isView(array)) return true;
  if (array instanceof BigInt64Array || array instanceof BigUint64Array) {
    return Number.isInteger(value) && (value >= 0 || array instanceof BigInt64Array);
  }
  const one = new (array.constructor as new (length: number) => Indexable)(1);
  one[0] = value;
  return one[0] === value;
};

/** A cell as a number: booleans 0 and 1, null and undefined NaN. */
export const numberIn = (cells: Cells, uindex: number, at: number): number => {
  const value = cells.read(uindex, at);
  return value === null || value === undefined ? Number.NaN : Number(value);
};

/** Writes a number as the kind of value that is there: boolean, bigint or number. Throws 'range' where it does not fit. */
export const putNumber = (cells: Cells, uindex: number, at: number, value: number, who: string): void => {
  if (!cells.canHold(value)) {
    throw new InnotaterError(
      'range',
      `${who}: row ${uindex} cannot hold ${value}; its array type is too narrow, a wider one such as Int32Array or Float32Array would do`,
      { uindex },
    );
  }
  const there = cells.read(uindex, at);
  if (typeof there === 'bigint') cells.put(uindex, at, BigInt(value));
  else if (typeof there === 'boolean') cells.put(uindex, at, value !== 0);
  else cells.put(uindex, at, value);
};
