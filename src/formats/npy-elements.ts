import type { DType, ElementArray } from '../kernels/index.js';

const arrays = {
  bool: Uint8Array,
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  f16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  u64: BigUint64Array,
  i64: BigInt64Array,
  f64: Float64Array,
} as const satisfies Record<DType, new (buffer: ArrayBuffer) => ElementArray>;

const reverseEach = (bytes: Uint8Array, size: number): void => {
  for (let i = 0; i + size <= bytes.length; i += size) bytes.subarray(i, i + size).reverse();
};

/** Bytes of a file as elements in this machine's byte order. Takes ownership: the buffer is changed in place where it must be swapped. */
export const elementsOf = (
  buffer: ArrayBuffer,
  dtype: DType,
  bytesPerElement: number,
  littleEndian: boolean,
): ElementArray => {
  if (!littleEndian && bytesPerElement > 1) reverseEach(new Uint8Array(buffer), bytesPerElement);
  return new arrays[dtype](buffer);
};
