import { InnotaterError } from '../errors/index.js';
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

/** A list of anything, by its `length`; null for anything else. */
export const asRows = (data: unknown): { readonly length: number; readonly [row: number]: unknown } | null =>
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
