import { InnotaterError } from '../errors/index.js';
import { bytesPerElement, type DType, type ElementArray } from '../kernels/index.js';
import { elementCount } from './npy-header.js';

/** An array to write: strides in elements, row-major where absent. Uint16Array holds float16 where `dtype` is 'f16', Uint8Array bool. */
export type NpyArray = {
  readonly data: ElementArray;
  readonly shape: readonly number[];
  readonly strides?: readonly number[];
  readonly offset?: number;
  readonly dtype?: DType;
};

const dtypes: Readonly<Record<string, DType>> = {
  Uint8Array: 'u8',
  Uint8ClampedArray: 'u8',
  Int8Array: 'i8',
  Uint16Array: 'u16',
  Int16Array: 'i16',
  Float16Array: 'f16',
  Uint32Array: 'u32',
  Int32Array: 'i32',
  Float32Array: 'f32',
  BigUint64Array: 'u64',
  BigInt64Array: 'i64',
  Float64Array: 'f64',
};

const descrOf = (dtype: DType): string => {
  if (dtype === 'bool') return '|b1';
  const size = bytesPerElement(dtype);
  return `${size === 1 ? '|' : '<'}${dtype[0]}${size}`;
};

const rowMajor = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
const columnMajor = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => elementCount(shape.slice(0, axis)));

/** Axes of length 1 may have any stride. */
const isLaidOut = (shape: readonly number[], strides: readonly number[], as: readonly number[]): boolean =>
  shape.every((n, axis) => n <= 1 || strides[axis] === as[axis]);

const gathered = ({ data, shape, offset = 0 }: NpyArray, strides: readonly number[]): ElementArray => {
  const count = elementCount(shape);
  const out = new (data.constructor as new (length: number) => ElementArray)(count);
  const place = shape.map(() => 0);
  for (let i = 0, at = offset; i < count; i++) {
    out[i] = data[at]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis]!;
      place[axis]! += 1;
      if (place[axis]! < shape[axis]!) break;
      at -= strides[axis]! * shape[axis]!;
      place[axis] = 0;
    }
  }
  return out;
};

/** Version 1.0 of numpy.lib.format, version 2.0 where the header is longer than 65,535 bytes; data begin at a multiple of 64. */
const headerOf = (
  descr: string,
  fortranOrder: boolean,
  shape: readonly number[],
): Uint8Array<ArrayBuffer> => {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': ${fortranOrder ? 'True' : 'False'}, 'shape': (${axes}), }`;
  const prefix = text.length > 65_000 ? 12 : 10;
  const total = Math.ceil((prefix + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(total).fill(0x20);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, prefix === 12 ? 2 : 1, 0]);
  const view = new DataView(bytes.buffer);
  if (prefix === 12) view.setUint32(8, total - prefix, true);
  else view.setUint16(8, total - prefix, true);
  bytes.set(new TextEncoder().encode(text), prefix);
  bytes[total - 1] = 0x0a;
  return bytes;
};

/**
 * An array as a `.npy` file, little-endian: the bytes as they lie where they are row-major or in Fortran order, else row by row. Throws
 * `InnotaterError` 'data' where the data is shorter than its shape, or of a kind that numpy has not.
 */
export const writeNpy = (array: NpyArray): Blob => {
  const { data, shape, offset = 0 } = array;
  const dtype = array.dtype ?? dtypes[data.constructor.name];
  const wrong = (what: string) => new InnotaterError('data', `writeNpy: ${what}`);
  if (!dtype || bytesPerElement(dtype) !== data.BYTES_PER_ELEMENT) {
    throw wrong(`${data.constructor.name} does not hold ${array.dtype ?? 'numbers that numpy knows'}`);
  }
  if (!shape.every((n) => Number.isSafeInteger(n) && n >= 0))
    throw wrong(`(${shape.join(', ')}) is no shape`);
  const count = elementCount(shape);
  const strides = array.strides ?? rowMajor(shape);
  const reach = (sign: 1 | -1) =>
    shape.reduce((sum, n, axis) => sum + Math.max(0, sign * strides[axis]!) * (n - 1), 0);
  if (
    count > 0 &&
    (strides.length !== shape.length || offset + reach(1) >= data.length || offset < reach(-1))
  ) {
    throw wrong(`the shape (${shape.join(', ')}) needs more than the ${data.length} elements there are`);
  }
  const isRowMajor = isLaidOut(shape, strides, rowMajor(shape));
  const fortranOrder = !isRowMajor && isLaidOut(shape, strides, columnMajor(shape));
  const values =
    isRowMajor || fortranOrder ? data.subarray(offset, offset + count) : gathered(array, strides);
  return new Blob([headerOf(descrOf(dtype), fortranOrder, shape), values as unknown as BufferSource]);
};
