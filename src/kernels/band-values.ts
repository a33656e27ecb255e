import type { Affine, Band } from './contract.js';

/** Scales and offsets that leave values as they are. */
export const identityAffine: Affine = { scale: [1, 1, 1, 1], offset: [0, 0, 0, 0] };

/** Index of the scale and offset of each of R, G, B, A of a result; grey takes the first for its three. */
export const affineIndexes = (channels: number): readonly [number, number, number, number] =>
  channels <= 2 ? [0, 0, 0, 3] : [0, 1, 2, 3];

/** The number that IEEE 754 binary16 bits stand for. */
export const numberFromHalf = (bits: number): number => {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

let halves: Float32Array | undefined;

const floatsFromHalves = (bits: ArrayLike<number>): Float32Array<ArrayBuffer> => {
  halves ??= Float32Array.from({ length: 65_536 }, (_, half) => numberFromHalf(half));
  const floats = new Float32Array(bits.length);
  for (let i = 0; i < floats.length; i++) floats[i] = halves[bits[i]!]!;
  return floats;
};

/** By halves of 32 bits, the lower first (as wherever wasm memory is shared with typed arrays): a BigInt each is three times slower. */
const floatsFromBigInts = (integers: BigInt64Array | BigUint64Array): Float32Array<ArrayBuffer> => {
  const words = new Int32Array(integers.buffer, integers.byteOffset, integers.length * 2);
  const signed = integers instanceof BigInt64Array;
  const floats = new Float32Array(integers.length);
  for (let i = 0; i < floats.length; i++) {
    const high = words[i * 2 + 1]!;
    floats[i] = (signed ? high : high >>> 0) * 2 ** 32 + (words[i * 2]! >>> 0);
  }
  return floats;
};

/** Samples as 32-bit floats: what the float kernels take. Integers beyond 2²⁴ are rounded, which clamping hides. */
export const floatsOf = ({ data, dtype }: Band): Float32Array<ArrayBuffer> => {
  if (data instanceof Float32Array) return data as Float32Array<ArrayBuffer>;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return floatsFromBigInts(data);
  return dtype === 'f16' ? floatsFromHalves(data) : new Float32Array(data);
};

/** Whether samples are bytes that can go to the byte kernels as they are. */
export const isBytes = ({ data, dtype }: Band): boolean =>
  (dtype === 'u8' || dtype === 'bool') && (data instanceof Uint8Array || data instanceof Uint8ClampedArray);
