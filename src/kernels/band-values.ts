import { InnotaterError } from '../errors/index.js';
import type { Affine, Band } from './contract.js';

/** Scales and offsets that leave values as they are. */
export const identityAffine: Affine = { scale: [1, 1, 1, 1], offset: [0, 0, 0, 0] };

/** The number that IEEE 754 binary16 bits stand for. */
export const numberFromHalf = (bits: number): number => {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

/** Samples as 32-bit floats: what the float kernels take. Integers beyond 2²⁴ are rounded, which clamping hides. */
export const floatsOf = ({ data, dtype }: Band): Float32Array<ArrayBuffer> => {
  if (data instanceof Float32Array) return data as Float32Array<ArrayBuffer>;
  const floats = new Float32Array(data.length);
  if (dtype === 'f16') for (let i = 0; i < floats.length; i++) floats[i] = numberFromHalf(data[i] as number);
  else for (let i = 0; i < floats.length; i++) floats[i] = Number(data[i]);
  return floats;
};

/** Whether samples are bytes that can go to the byte kernels as they are. */
export const isBytes = ({ data, dtype }: Band): boolean =>
  (dtype === 'u8' || dtype === 'bool') && (data instanceof Uint8Array || data instanceof Uint8ClampedArray);

/** Throws `InnotaterError` 'data' when there are fewer samples than the band's size says. */
export const checkBand = ({ data, width, rows, recipe }: Band): void => {
  const needed = width * rows * recipe.channels;
  if (data.length >= needed) return;
  throw new InnotaterError(
    'data',
    `A band of ${rows} rows of ${width} pixels with ${recipe.channels} channels needs ${needed} values, not ${data.length}`,
  );
};
