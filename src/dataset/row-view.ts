import { InnotaterError } from '../errors/index.js';
import { NestedRows } from './nested-rows.js';
import { isTensor, type TensorData, tensorOf } from './tensor.js';

/** Anything with rows: an array, nested arrays, a typed array, a tensor, or a source with `length` and `get`. */
export type Rows = TensorData | { readonly length: number };

/** A list or source with a `length`, whatever that is. */
type Counted = { readonly length?: unknown };

/** How many samples a list or a source says that it has. Throws `InnotaterError` 'data', naming `who`, for what is no count. */
export const checkedLength = (data: Counted, who: string): number => {
  const { length } = data;
  if (Number.isSafeInteger(length) && (length as number) >= 0) return length as number;
  const found = typeof length === 'string' ? JSON.stringify(length) : String(length);
  throw new InnotaterError(
    'data',
    data instanceof Map
      ? `${who}: data must not be ${describe(data)}`
      : `${who}: length of the data must be a whole number from 0, not ${found}`,
  );
};

/** A source whose entries are fetched one by one; tensors may have a `get` of their own, which is another. */
export const isAsyncSource = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  !isTensor(data) &&
  typeof (data as { get?: unknown }).get === 'function';

const asRows = (data: unknown): { readonly length: number; readonly [row: number]: unknown } | null =>
  typeof data === 'object' && data !== null && typeof (data as { length?: unknown }).length === 'number'
    ? (data as { readonly length: number })
    : null;

/** How many samples anything has. Throws `InnotaterError` 'data', naming `who`, for what has none. */
export const lengthOf = (data: unknown, who: string): number => {
  if (isTensor(data)) return tensorOf(data, who).shape[0] ?? 0;
  const rows = asRows(data);
  if (rows || isAsyncSource(data)) return checkedLength(data as Counted, who);
  throw new InnotaterError(
    'data',
    `${who}: data must be an array, a typed array, a tensor {data, shape} or a source {length, get}, not ${describe(data)}`,
  );
};

/** What was found in place of data, with the way to data where it is near. */
export const describe = (data: unknown): string => {
  if (data === null) return 'null';
  if (typeof data === 'string') return `the text "${data.slice(0, 40)}"`;
  if (typeof data !== 'object') return typeof data;
  if ('then' in data) return 'a Promise; write await before it';
  if (data instanceof Map) return 'a Map; [...map.values()] makes an array of it';
  if (data instanceof Set) return 'a Set; [...set] makes an array of it';
  return `an object with ${Object.keys(data).join(', ') || 'no keys'}`;
};

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

/** One row of every sample: where it lies in nested data. */
export type RowPlace = { readonly rows: NestedRows; readonly row: number };

/** Under which a row of nested data tells its place. */
export const placeKey: unique symbol = Symbol('place');

const isPosition = (key: string | symbol): key is string => typeof key === 'string' && /^\d+$/.test(key);

const nestedRow = (rows: NestedRows, row: number) =>
  new Proxy<{ readonly length: number }>(
    { length: 0 },
    {
      get: (_, key) => {
        if (key === 'length') return rows.length;
        if (key === placeKey) return { rows, row } satisfies RowPlace;
        return isPosition(key) ? rows.read(Number(key), row) : undefined;
      },
      set: (_, key, value) => {
        if (!isPosition(key) || Number(key) >= rows.length) return false;
        rows.put(Number(key), row, value);
        return true;
      },
    },
  );
