import { InnotaterError } from '../errors/index.js';
import { isTensor, type TensorData, tensorOf } from './tensor.js';

/** Anything with rows: an array, nested arrays, a typed array, a tensor, or a source with `length` and `get`. */
export type Rows = TensorData | { readonly length: number };

const asRows = (data: unknown): { readonly length: number; readonly [row: number]: unknown } | null =>
  typeof data === 'object' && data !== null && typeof (data as { length?: unknown }).length === 'number'
    ? (data as { readonly length: number })
    : null;

/** How many samples anything has. Throws `InnotaterError` 'data', naming `who`, for what has none. */
export const lengthOf = (data: unknown, who: string): number => {
  if (isTensor(data)) return tensorOf(data, who).shape[0] ?? 0;
  const rows = asRows(data);
  if (rows) return rows.length;
  throw new InnotaterError(
    'data',
    `${who}: data must be an array, a typed array, a tensor {data, shape} or a source {length, get}, not ${describe(data)}`,
  );
};

const describe = (data: unknown): string => {
  if (data === null) return 'null';
  if (typeof data === 'string') return `the text "${data.slice(0, 40)}"`;
  return typeof data === 'object'
    ? `an object with ${Object.keys(data).join(', ') || 'no keys'}`
    : typeof data;
};

/** Rows of repeats that the data has room for: the length of its second axis, of its shortest sample in nested arrays. */
export const repeatCapacity = (data: unknown, who: string): number => {
  const wrong = (what: string) =>
    new InnotaterError('data', `${who}: data in repeats needs a second axis for the rows, ${what}`);
  if (isTensor(data)) {
    const { shape } = tensorOf(data, who);
    if (shape.length < 2) throw wrong(`its shape is (${shape.join(', ')})`);
    return shape[1]!;
  }
  const samples = asRows(data);
  if (!samples) throw wrong(`and it is ${describe(data)}`);
  let least = Number.POSITIVE_INFINITY;
  for (let uindex = 0; uindex < samples.length; uindex++) {
    const rows = asRows(samples[uindex]);
    if (!rows) throw wrong(`sample ${uindex} is ${describe(samples[uindex])}`);
    least = Math.min(least, rows.length);
  }
  return Number.isFinite(least) ? least : 0;
};

/**
 * Row `row` of every sample of (n,r), (n,r,k) or (n,r,4) data, as data of (n,), (n,k) or (n,4): a tensor for a tensor, else something
 * to be indexed like an array. Reads and writes go to the caller's memory.
 */
export const rowView = (data: unknown, row: number, who: string): Rows => {
  if (isTensor(data)) {
    const { shape, strides, offset, elementType, data: elements } = tensorOf(data, who);
    return {
      data: elements,
      shape: [shape[0]!, ...shape.slice(2)],
      strides: [strides[0]!, ...strides.slice(2)],
      offset: offset + row * strides[1]!,
      ...(elementType === '' ? {} : { dtype: elementType }),
    };
  }
  return nestedRow(data as Record<string, { [row: number]: unknown }> & { readonly length: number }, row);
};

/** Where a row of nested data tells the memory that its values lie in. */
export const memoryKey: unique symbol = Symbol('memory');

const isPosition = (key: string | symbol): key is string => typeof key === 'string' && /^\d+$/.test(key);

const nestedRow = (samples: Record<string, { [row: number]: unknown }> & { length: number }, row: number) =>
  new Proxy<{ readonly length: number }>(
    { length: 0 },
    {
      get: (_, key) => {
        if (key === 'length') return samples.length;
        if (key === memoryKey) return samples[0];
        return isPosition(key) ? samples[key]?.[row] : undefined;
      },
      set: (_, key, value) => {
        if (!isPosition(key) || !samples[key]) return false;
        samples[key][row] = value;
        return true;
      },
    },
  );
