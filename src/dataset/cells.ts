import { InnotaterError } from '../errors/index.js';
import { describe, isAsyncSource, lengthOf } from './rows.js';
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
  /** False for a row that a sample of a repeat does not have; its values read as undefined. */
  has(uindex: number): boolean;
  /** Makes a row that is not there, blank. */
  add(uindex: number): void;
  /** Takes a row of a repeat away, where it may be; else it becomes blank. */
  remove(uindex: number): void;
  /** No sample of a repeat has any row. */
  readonly isWithoutRows: boolean;
  /** All numbers, row after row, where they lie so in one typed array; null elsewhere. To look through very many of them. */
  readonly numbers: Numbers | null;
  /** What rows that are made hold; `isFound`: rows of the data do. */
  blankIs(cells: readonly unknown[], isFound: boolean): void;
}

/** A typed array of numbers, as wide as a number holds exactly. */
export type Numbers =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

export const isNumbers = (data: unknown): data is Numbers =>
  ArrayBuffer.isView(data) &&
  !(data instanceof DataView) &&
  !(data instanceof BigInt64Array) &&
  !(data instanceof BigUint64Array);

const nothing = () => {};

/** For data whose rows are all there and stay. */
const allThere = { has: () => true, add: nothing, remove: nothing, isWithoutRows: false, blankIs: nothing };

/** Under which data that only looks like an array makes its cells; so the rows of repeats do. */
export const ownCells: unique symbol = Symbol('cells');
/** `width` is that of data without any row. */
export type OwnCells = (width: number, who: string) => Cells;

export type Indexable = {
  readonly length: number;
  [position: number]: unknown;
  readonly [ownCells]?: OwnCells;
};

export const isRow = (entry: unknown): entry is Indexable =>
  typeof entry === 'object' && entry !== null && typeof (entry as Indexable).length === 'number';

/**
 * Cells over (n,) or (n,k) data: arrays, arrays of arrays or of typed arrays, typed arrays, tensors, rows of repeats. Every row is checked
 * to have the length of the others. `width` is that of repeats without any row. Throws `InnotaterError` 'data' that names `who`, the
 * row, and what would be right; so for asynchronous sources, which have no memory to edit.
 */
export const cellsOf = (data: unknown, who: string, width = 0): Cells => {
  if (isTensor(data)) return tensorCells(tensorOf(data, who), who);
  if (isAsyncSource(data)) throw notInMemory(data, who);
  const length = lengthOf(data, who);
  const rows = data as Indexable;
  const own = rows[ownCells];
  if (own) return own(width, who);
  const model = firstGiven(rows, length);
  if (isRow(rows[model])) checkNested(rows, length, model, who);
  else if (!ArrayBuffer.isView(rows)) checkFlat(rows, length, model, who);
  return plainCells(rows, length, model);
};

const notInMemory = (data: unknown, who: string): InnotaterError => {
  const isMap = data instanceof Map;
  const way =
    typeof (data as { read?: unknown }).read === 'function'
      ? 'give it the array that await source.read() makes'
      : 'give it an array of all its entries, such as await Promise.all(…)';
  const found = isMap ? describe(data) : `an asynchronous source {length, get}; ${way}`;
  return new InnotaterError(
    'data',
    `${who}: data is edited in place and must be an array, a typed array or a tensor, not ${found}`,
  );
};

/** The same without a look at every row, for data with very many of them: what a row lacks reads as undefined. */
export const uncheckedCells = (data: unknown, who: string): Cells =>
  isTensor(data)
    ? tensorCells(tensorOf(data, who), who)
    : plainCells(data as Indexable, lengthOf(data, who), 0);

const plainCells = (rows: Indexable, length: number, model: number): Cells =>
  isRow(rows[model]) ? nestedCells(rows, length, model) : flatCells(rows, length, model);

/** The first row that is neither null nor undefined, by which the others are judged. */
const firstGiven = (rows: Indexable, length: number): number => {
  let uindex = 0;
  while (uindex < length && (rows[uindex] === null || rows[uindex] === undefined)) uindex += 1;
  return uindex < length ? uindex : 0;
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
    numbers: numbersOf(tensor),
    ...allThere,
  };
};

const numbersOf = (tensor: Tensor): Numbers | null => {
  const { data, shape, strides, offset } = tensor;
  const width = shape[1] ?? 1;
  const isDense = strides[0] === width && (strides[1] ?? 1) === 1;
  if (!isDense || !isNumbers(data) || isBoolean(tensor) || isHalf(tensor)) return null;
  return data.subarray(offset, offset + shape[0]! * width);
};

const checkFlat = (rows: Indexable, length: number, model: number, who: string): void => {
  for (let uindex = 0; uindex < length; uindex++) {
    if (isRow(rows[uindex])) {
      throw new InnotaterError(
        'data',
        `${who}: row ${uindex} is a list, row ${model} is one value; all must be alike`,
      );
    }
  }
};

const flatCells = (rows: Indexable, length: number, model: number): Cells => ({
  length,
  width: 0,
  isBoolean: typeof rows[model] === 'boolean',
  read: (uindex) => rows[uindex],
  put: (uindex, _at, value) => {
    rows[uindex] = value;
  },
  canHold: (value) => holds(rows, value),
  numbers: isNumbers(rows) ? rows : null,
  ...allThere,
});

/** A row in words. */
export const found = (row: unknown): string => (isRow(row) ? `${row.length} values` : `${row}`);

const checkNested = (rows: Indexable, length: number, model: number, who: string): void => {
  const width = (rows[model] as Indexable).length;
  for (let uindex = 0; uindex < length; uindex++) {
    const row = rows[uindex];
    if (isRow(row) && row.length === width) continue;
    throw new InnotaterError(
      'data',
      `${who}: row ${uindex} must have ${width} values like row ${model}, not ${found(row)}`,
    );
  }
};

const nestedCells = (rows: Indexable, length: number, model: number): Cells => {
  const row = (uindex: number) => rows[uindex] as Indexable | undefined;
  const first = row(model)!;
  return {
    length,
    width: first.length,
    isBoolean: typeof first[0] === 'boolean',
    read: (uindex, at) => row(uindex)?.[at],
    put: (uindex, at, value) => {
      row(uindex)![at] = value;
    },
    canHold: (value) => holds(row(model), value),
    numbers: null,
    ...allThere,
  };
};

/** Whether an array of this type gives the number back as it was put. */
export const holds = (array: unknown, value: number): boolean => {
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
  cells.add(uindex);
  const there = cells.read(uindex, at);
  if (typeof there === 'bigint') cells.put(uindex, at, BigInt(value));
  else if (typeof there === 'boolean') cells.put(uindex, at, value !== 0);
  else cells.put(uindex, at, value);
};
