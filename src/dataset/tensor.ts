import { InnotaterError } from '../errors/index.js';
import { halfFromNumber, numberFromHalf } from './half.js';

/** A typed array of any kind, or a plain array. */
export type Elements = { readonly length: number; [position: number]: unknown };

/** A tensor as callers hold it: scijs ndarray, ONNX Runtime, transformers.js, zarrita. Shape, strides and offset in elements. */
export type TensorData = {
  readonly data: Elements;
  readonly shape?: readonly number[];
  readonly dims?: readonly number[];
  readonly strides?: readonly number[];
  readonly stride?: readonly number[];
  readonly offset?: number;
  readonly dtype?: unknown;
  readonly type?: unknown;
};

export const isTensor = (data: unknown): data is TensorData =>
  typeof data === 'object' && data !== null && ('shape' in data || 'dims' in data);

/** A tensor with nothing left open. `data` is the caller's own memory. */
export type Tensor = {
  readonly data: Elements;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly elementType: string;
};

/** Throws `InnotaterError` 'data', naming `who`, where shape, strides and data do not fit each other. */
export const tensorOf = (given: TensorData, who: string): Tensor => {
  const shape = Array.from(given.shape ?? given.dims ?? [], Number);
  const strides = Array.from(given.strides ?? given.stride ?? rowMajorStrides(shape), Number);
  const offset = given.offset ?? 0;
  const elementType = String(given.dtype ?? given.type ?? '');
  const { data } = given;
  if (typeof data?.length !== 'number') {
    throw new InnotaterError('data', `${who}: a tensor needs a typed array as its data`);
  }
  const tensor = { data, shape, strides, offset, elementType };
  checkFit(tensor, who);
  return tensor;
};

const rowMajorStrides = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1));

/** Strides of 0 name an element more than once; so many at most where the data hold fewer. */
const mostNamed = 2 ** 26;

const checkFit = ({ data, shape, strides, offset }: Tensor, who: string): void => {
  const wrong = (what: string) =>
    new InnotaterError('data', `${who}: a tensor of shape (${shape.join(', ')}) ${what}`);
  if (strides.length !== shape.length) {
    throw wrong(`needs one stride an axis, not (${strides.join(', ')})`);
  }
  if (!shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0)) {
    throw wrong('needs whole numbers as its shape');
  }
  if (shape.some((extent) => extent === 0)) return;
  const ends = strides.map((stride, axis) => stride * (shape[axis]! - 1));
  const last = ends.reduce((sum, end) => sum + Math.max(0, end), offset);
  const first = ends.reduce((sum, end) => sum + Math.min(0, end), offset);
  if (first < 0 || last >= data.length) {
    throw wrong(`reaches elements ${first} to ${last}, its data has ${data.length}`);
  }
  const named = shape.reduce((product, extent) => product * extent, 1);
  if (named > Math.max(mostNamed, data.length)) {
    throw wrong(`names ${named} elements of data that has ${data.length}; at most ${mostNamed} can be named`);
  }
};

/** Half floats in a Uint16Array, told by the dtype's name. */
export const isHalf = ({ data, elementType }: Tensor): boolean =>
  data instanceof Uint16Array && /f(loat)?16|half/.test(elementType);

export const isBoolean = ({ elementType }: Tensor): boolean => /bool|\bb1$/.test(elementType);

export const readElement = (tensor: Tensor, position: number): unknown => {
  const value = tensor.data[position];
  return isHalf(tensor) ? numberFromHalf(value as number) : value;
};

export const writeElement = (tensor: Tensor, position: number, value: unknown): void => {
  tensor.data[position] = isHalf(tensor) ? halfFromNumber(value as number) : value;
};
