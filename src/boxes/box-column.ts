import {
  type BoxValue,
  type Cells,
  isTensor,
  lengthOf,
  numberIn,
  putNumber,
  type TensorData,
  uncheckedCells,
} from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';

/** A list of anything that can be indexed. */
type List = { readonly length: number; readonly [position: number]: unknown };

/** One sample's boxes: a tensor (k,4), nested arrays, or x, y, w, h after one another in an array; null for none. */
export type BoxRowsData = TensorData | List | null | undefined;

/** One number a box of a sample: (k,). */
export type BoxNumbersData = TensorData | List | null | undefined;

/** Samples that are fetched when they are shown. */
export type AsyncRowsSource<T> = {
  readonly length: number;
  get(uindex: number, options: { readonly signal: AbortSignal }): Promise<T>;
};

/** One entry a sample: a list of entries, one tensor (n,k,4) or (n,k), or an asynchronous source. */
export type BoxLayerData = TensorData | ArrayLike<BoxRowsData> | AsyncRowsSource<BoxRowsData>;
export type BoxLayerNumbers = TensorData | ArrayLike<BoxNumbersData> | AsyncRowsSource<BoxNumbersData>;

export type LayerColumn = {
  readonly length: number;
  /** True where entries are fetched, and must be kept as long as what was written into them is to last. */
  readonly isAsync: boolean;
  entry(uindex: number, signal: AbortSignal): unknown;
  /** Equal as long as the caller did not put another entry in this place. */
  identity(uindex: number): unknown;
};

/** The column as one entry a sample. Throws `InnotaterError` 'data', naming `who`, where it is none. */
export const layerColumn = (data: unknown, shape: '(n,k,4)' | '(n,k)', who: string): LayerColumn => {
  if (isTensor(data)) return tensorColumn(data, shape, who);
  const length = lengthOf(data, who);
  if (typeof (data as AsyncRowsSource<unknown>).get === 'function') {
    const source = data as AsyncRowsSource<unknown>;
    return {
      length,
      isAsync: true,
      entry: (uindex, signal) => source.get(uindex, { signal }),
      identity: () => data,
    };
  }
  const entry = (uindex: number) => (data as List)[uindex];
  return { length, isAsync: false, entry, identity: entry };
};

const tensorColumn = (tensor: TensorData, wanted: string, who: string): LayerColumn => {
  const shape = Array.from(tensor.shape ?? tensor.dims ?? [], Number);
  const axes = wanted.split(',').length;
  if (shape.length !== axes || (axes === 3 && shape[2] !== 4)) {
    throw new InnotaterError(
      'data',
      `${who}: a tensor of all samples needs the shape ${wanted}, not (${shape.join(',')})`,
    );
  }
  const rowMajor = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1));
  const strides = Array.from(tensor.strides ?? tensor.stride ?? rowMajor, Number);
  const { data, offset = 0, dtype, type } = tensor;
  return {
    length: shape[0]!,
    isAsync: false,
    identity: () => data,
    entry: (uindex) => ({
      data,
      shape: shape.slice(1),
      strides: strides.slice(1),
      offset: offset + uindex * strides[0]!,
      ...(dtype === undefined ? {} : { dtype }),
      ...(type === undefined ? {} : { type }),
    }),
  };
};

/** One sample's boxes in the caller's memory. */
export interface BoxRows {
  readonly length: number;
  read(row: number): BoxValue;
  /** All or nothing. Throws `InnotaterError` 'range' where the memory cannot hold the value. */
  write(row: number, value: BoxValue): void;
  /** The memory exactly as it is, and its way back. */
  capture(row: number): readonly unknown[];
  restore(row: number, captured: readonly unknown[]): void;
  /** Rows `from` to `to` (not included) as floats, in new memory; what is no number becomes NaN. */
  copy(from: number, to: number): Float32Array<ArrayBuffer>;
}

const coordinates = [0, 1, 2, 3] as const;

const isList = (entry: unknown): entry is List =>
  typeof entry === 'object' && entry !== null && typeof (entry as List).length === 'number';

const boxCells = (entry: unknown, who: string): Cells => {
  if (isTensor(entry) || !isList(entry) || isList(entry[0])) return uncheckedCells(entry, who);
  if (entry.length % 4 === 0) return uncheckedCells({ data: entry, shape: [entry.length / 4, 4] }, who);
  throw new InnotaterError(
    'data',
    `${who}: a list of numbers must hold x, y, w, h of each box, and its length ${entry.length} is no multiple of 4`,
  );
};

/** Where the floats of all rows lie one after another; null where they do not. */
const plainFloats = (entry: unknown): Float32Array | null => {
  const data = isTensor(entry) ? entry.data : entry;
  if (!(data instanceof Float32Array)) return null;
  if (!isTensor(entry)) return data;
  const { shape, dims, offset = 0 } = entry;
  const [count = 0] = shape ?? dims ?? [];
  const [along = 4, across = 1] = entry.strides ?? entry.stride ?? [];
  return along === 4 && across === 1 ? data.subarray(offset, offset + count * 4) : null;
};

/** Boxes of one entry. Throws `InnotaterError` 'data' that names `who` for what is no list of boxes. */
export const boxRows = (entry: BoxRowsData, who: string): BoxRows => {
  const cells = boxCells(entry ?? [], who);
  if (cells.length > 0 && cells.width !== 4) {
    const found = cells.width === 0 ? '(k,)' : `(k,${cells.width})`;
    throw new InnotaterError(
      'data',
      `${who}: boxes must have the shape (k,4), x, y, w, h a row, not ${found}`,
    );
  }
  const capture = (row: number) => coordinates.map((at) => cells.read(row, at));
  const restore = (row: number, captured: readonly unknown[]) => {
    for (const at of coordinates) cells.put(row, at, captured[at]);
  };
  const floats = plainFloats(entry);
  return {
    length: cells.length,
    capture,
    restore,
    read: (row) => coordinates.map((at) => numberIn(cells, row, at)) as unknown as BoxValue,
    write(row, value) {
      const before = capture(row);
      try {
        for (const at of coordinates) putNumber(cells, row, at, value[at], who);
      } catch (error) {
        restore(row, before);
        throw error;
      }
    },
    copy(from, to) {
      if (floats) return floats.slice(from * 4, to * 4) as Float32Array<ArrayBuffer>;
      const copied = new Float32Array((to - from) * 4);
      for (let row = from, i = 0; row < to; row++) {
        for (const at of coordinates) copied[i++] = numberIn(cells, row, at);
      }
      return copied;
    },
  };
};

/** One number a box of one sample, in the caller's memory. */
export interface BoxNumbers {
  readonly length: number;
  /** NaN where there is none, and where `isWrong`. */
  read(row: number): number;
  /** What is there is neither such a number nor a way to say that there is none. */
  isWrong(row: number): boolean;
  write(row: number, value: number): void;
  capture(row: number): unknown;
  restore(row: number, captured: unknown): void;
}

/** Which numbers they are; each may also be absent: null, undefined or NaN. */
export type BoxNumberKind = 'class' | 'score';

/** The greatest that workers hold. */
const greatestClass = 0x7fffffff;

const fits: Record<BoxNumberKind, (value: number) => boolean> = {
  class: (value) => Number.isInteger(value) && value >= -1 && value <= greatestClass,
  score: Number.isFinite,
};

const isNumber = (value: unknown): value is number | bigint | boolean =>
  typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';

/** Whether the value is such a number, or says that there is none. */
export const isNumberOf = (kind: BoxNumberKind, value: unknown): boolean => {
  if (value === null || value === undefined || Number.isNaN(value)) return true;
  return isNumber(value) && fits[kind](Number(value));
};

/** Numbers of one entry, as many as boxes. Throws `InnotaterError` 'data' that names `who` and both lengths. */
export const boxNumbers = (
  entry: BoxNumbersData,
  boxes: number,
  kind: BoxNumberKind,
  who: string,
): BoxNumbers => {
  const cells = uncheckedCells(entry ?? [], who);
  if (cells.width > 1 || cells.length !== boxes) {
    const found = cells.width > 1 ? `(${cells.length},${cells.width})` : `(${cells.length},)`;
    throw new InnotaterError(
      'data',
      `${who} must have the shape (${boxes},), one for each box, not ${found}`,
    );
  }
  const isWrong = (row: number) => !isNumberOf(kind, cells.read(row, 0));
  return {
    length: cells.length,
    isWrong,
    read: (row) => (isWrong(row) ? Number.NaN : numberIn(cells, row, 0)),
    write: (row, value) => putNumber(cells, row, 0, value, who),
    capture: (row) => cells.read(row, 0),
    restore: (row, captured) => cells.put(row, 0, captured),
  };
};
