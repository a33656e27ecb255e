import { InnotaterError } from '../errors/index.js';
import { isNumbers, type Numbers } from './cells.js';
import { isBoolean, isTensor, readElement, tensorOf } from './tensor.js';

/** What `indexes` may be: integers or booleans in an array, a typed array or a tensor, (n,) or (n,1). */
export type Indexes = ArrayLike<unknown> | { readonly data: unknown };

/** Of a longer list, entries at even distances are looked at. */
const mostLookedAt = 10_000;

/** Whether integers look like a mask: one for each row, 0 and 1 alone. Two rows may well be shown the other way round. */
export const looksLikeMask = (indexes: unknown, length: number): boolean => {
  const list = indexes as ArrayLike<unknown> | null | undefined;
  if (length < 3 || typeof list !== 'object' || list?.length !== length) return false;
  const step = Math.ceil(length / mostLookedAt);
  for (let at = 0; at < length; at += step) if (list[at] !== 0 && list[at] !== 1) return false;
  return true;
};

const notIndexes = 'indexes must be a non-empty array-like containing integers or booleans';
const wrongLength = 'indexes as a boolean mask must have same len as the inputs';
const noneTrue = 'indexes as a boolean mask must have some True values';

/** The rows to show, in order, by position. */
export interface Selection {
  readonly length: number;
  /** The row at a position from 0 to length−1. Throws a RangeError where a long typed array names no row there. */
  at(index: number): number;
  /** The position nearest to `near` that shows this row; null where none does. */
  find(uindex: number, near: number): number | null;
}

/** Typed arrays up to this length are looked through at construction, longer ones row by row as they are shown. */
const longArray = 100_000;

/**
 * The rows to show as uindexes into `length` rows; all of them where `indexes` is null or undefined (X1–X4). Throws the original's
 * messages, and a RangeError that names value and position for an integer that is no row. All rows, and long typed arrays, which are
 * not copied, are taken without a pass over them.
 */
export const selectRows = (indexes: unknown, length: number): Selection => {
  if (indexes === null || indexes === undefined) return everyRow(length);
  if (isIntegers(indexes) && indexes.length > longArray) return longRows(indexes, length);
  const values = valuesOf(indexes);
  if (values.length === 0) throw new InnotaterError('data', notIndexes);
  if (values.every((value) => typeof value === 'boolean')) return listedRows(masked(values, length));
  if (!values.every((value) => typeof value === 'number' || typeof value === 'bigint')) {
    throw new InnotaterError('data', notIndexes);
  }
  return listedRows(values.map((value, position) => checked(Number(value), position, length)));
};

const everyRow = (length: number): Selection => ({
  length,
  at: (index) => index,
  find: (uindex) => (uindex >= 0 && uindex < length ? uindex : null),
});

/** Typed arrays of which every element may be a row: single floats end at 2²⁴. */
type Integers = Exclude<Numbers, Float32Array>;

const isIntegers = (indexes: unknown): indexes is Integers =>
  isNumbers(indexes) && !(indexes instanceof Float32Array);

const longRows = (rows: Integers, length: number): Selection => ({
  ...listedRows(rows),
  at: (index) => checked(rows[index]!, index, length),
});

const listedRows = (rows: readonly number[] | Integers): Selection => ({
  length: rows.length,
  at: (index) => rows[index]!,
  find: (uindex, near) => {
    const after = rows.indexOf(uindex, near);
    const before = rows.lastIndexOf(uindex, near);
    if (after < 0 || before < 0) return after < 0 && before < 0 ? null : Math.max(after, before);
    return near - before <= after - near ? before : after;
  },
});

const valuesOf = (indexes: unknown): readonly unknown[] => {
  if (isTensor(indexes)) return tensorValues(indexes);
  if (typeof indexes !== 'object' || typeof (indexes as ArrayLike<unknown>).length !== 'number') {
    throw new InnotaterError('data', notIndexes);
  }
  return Array.from(indexes as ArrayLike<unknown>, onlyOf);
};

/** A row of a column vector stands for its one value. */
const onlyOf = (entry: unknown): unknown =>
  typeof entry === 'object' && entry !== null && (entry as ArrayLike<unknown>).length === 1
    ? (entry as ArrayLike<unknown>)[0]
    : entry;

const tensorValues = (indexes: Parameters<typeof tensorOf>[0]): readonly unknown[] => {
  const tensor = tensorOf(indexes, 'indexes');
  const { shape, strides, offset } = tensor;
  if (shape.length < 1 || shape.slice(1).some((extent) => extent !== 1)) {
    throw new InnotaterError('data', notIndexes);
  }
  const read = (row: number) => readElement(tensor, offset + row * strides[0]!);
  return Array.from({ length: shape[0]! }, (_, row) => (isBoolean(tensor) ? Boolean(read(row)) : read(row)));
};

const masked = (mask: readonly unknown[], length: number): readonly number[] => {
  if (mask.length !== length) throw new InnotaterError('data', wrongLength);
  const rows = mask.flatMap((wanted, uindex) => (wanted ? [uindex] : []));
  if (rows.length === 0) throw new InnotaterError('data', noneTrue);
  return rows;
};

const checked = (value: number, position: number, length: number): number => {
  if (Number.isInteger(value) && value >= 0 && value < length) return value;
  const wanted = length > 0 ? `a whole number from 0 to ${length - 1}` : 'absent, as there are no rows';
  throw new RangeError(`indexes[${position}] is ${value}; it must be ${wanted}`);
};
