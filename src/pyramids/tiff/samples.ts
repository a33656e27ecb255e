import type { DType, ElementArray } from '../../kernels/index.js';

const views = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f16: Uint16Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;
export type TiffDType = keyof typeof views;

export const sampleBytes = (dtype: DType): number => views[dtype as TiffDType].BYTES_PER_ELEMENT;

/** Decoded bytes read as elements, as many as are whole. */
export const elementsIn = (bytes: ArrayBuffer, dtype: DType): ElementArray => {
  const View = views[dtype as TiffDType];
  return new View(bytes, 0, Math.floor(bytes.byteLength / View.BYTES_PER_ELEMENT));
};
export const newSamples = (dtype: DType, length: number): ElementArray =>
  new views[dtype as TiffDType](length);

/** Turns the bytes of each element around, in place. */
export const swapBytes = (bytes: ArrayBuffer, size: number): void => {
  const all = new Uint8Array(bytes);
  for (let at = 0; at + size <= all.length; at += size) all.subarray(at, at + size).reverse();
};

/** Samples of 1 to 15 bits that do not fill bytes, row by row from a whole byte on: each to an element of its own. */
export const unpackBits = (
  packed: ArrayBuffer,
  bits: number,
  rowSamples: number,
  rows: number,
  dtype: DType,
): ElementArray => {
  const bytes = new Uint8Array(packed);
  const rowBytes = Math.ceil((rowSamples * bits) / 8);
  const out = newSamples(dtype, rowSamples * rows);
  for (let row = 0; row < rows; row++) {
    let held = 0;
    let count = 0;
    let at = row * rowBytes;
    for (let i = 0; i < rowSamples; i++) {
      while (count < bits) {
        held = ((held << 8) | (bytes[at++] ?? 0)) & 0xff_ff_ff;
        count += 8;
      }
      count -= bits;
      out[row * rowSamples + i] = (held >> count) & ((1 << bits) - 1);
    }
  }
  return out;
};

/** Undoes horizontal differencing (TIFF 6.0, section 14), in place. `step`: samples of a pixel that lie together. */
export const undoDifferences = (data: ElementArray, rowSamples: number, step: number): void => {
  const values = data as Uint16Array;
  for (let row = 0; row + rowSamples <= values.length; row += rowSamples) {
    for (let i = row + step; i < row + rowSamples; i++) values[i] = values[i]! + values[i - step]!;
  }
};

/** Undoes the floating point predictor (TIFF Technical Note 3), in place: bytes by significance, differenced; big end first. */
export const undoFloatDifferences = (
  bytes: ArrayBuffer,
  rowSamples: number,
  step: number,
  size: number,
): void => {
  const all = new Uint8Array(bytes);
  const rowBytes = rowSamples * size;
  const row = new Uint8Array(rowBytes);
  for (let from = 0; from + rowBytes <= all.length; from += rowBytes) {
    for (let i = from + step; i < from + rowBytes; i++) all[i] = all[i]! + all[i - step]!;
    row.set(all.subarray(from, from + rowBytes));
    for (let i = 0; i < rowSamples; i++) {
      for (let b = 0; b < size; b++) all[from + i * size + b] = row[(size - 1 - b) * rowSamples + i]!;
    }
  }
};
