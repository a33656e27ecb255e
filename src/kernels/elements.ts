import { numberFromHalf } from './band-values.js';
import type { DType, ElementArray } from './contract.js';

type ElementArrayConstructor = {
  new (length: number): ElementArray;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): ElementArray;
  readonly BYTES_PER_ELEMENT: number;
  readonly name: string;
};

const constructors: Readonly<Record<DType, ElementArrayConstructor>> = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
  f16: Uint16Array,
  f32: Float32Array,
  f64: Float64Array,
  bool: Uint8Array,
};

/** Whether this is the name of a dtype. */
export const isDType = (name: string): name is DType => Object.hasOwn(constructors, name);

/** What holds its elements. */
export const arrayNameOf = (dtype: DType): string => constructors[dtype].name;

/** A new array of zeros that holds elements of this dtype. */
export const newElements = (dtype: DType, length: number): ElementArray => new constructors[dtype](length);

/** Elements whose content does not matter yet, in the given memory where it is large enough. */
export const roomFor = (dtype: DType, length: number, spare: ArrayBuffer | undefined): ElementArray =>
  spare && spare.byteLength >= length * bytesPerElement(dtype)
    ? new constructors[dtype](spare, 0, length)
    : newElements(dtype, length);

/** The same memory read as this dtype; copied where its address does not fit the element size. */
export const elementsOf = (view: ArrayBufferView, dtype: DType): ElementArray => {
  const size = constructors[dtype].BYTES_PER_ELEMENT;
  const length = Math.floor(view.byteLength / size);
  if (view.byteOffset % size === 0) return new constructors[dtype](view.buffer, view.byteOffset, length);
  const bytes = new Uint8Array(view.buffer, view.byteOffset, length * size).slice();
  return new constructors[dtype](bytes.buffer, 0, length);
};

export const bytesPerElement = (dtype: DType): number => constructors[dtype].BYTES_PER_ELEMENT;

/** Element `i` as a number; 64-bit integers beyond 2⁵³ are rounded. */
export const numberAt = (data: ElementArray, dtype: DType, i: number): number =>
  dtype === 'f16' ? numberFromHalf(Number(data[i])) : Number(data[i]);

/** Turns each element's bytes around in place: from one byte order into the other. */
export const reverseElements = (bytes: Uint8Array, bytesPerElement: number): void => {
  for (let from = 0; from + bytesPerElement <= bytes.length; from += bytesPerElement) {
    for (let a = from, b = from + bytesPerElement - 1; a < b; a++, b--) {
      const byte = bytes[a]!;
      bytes[a] = bytes[b]!;
      bytes[b] = byte;
    }
  }
};
