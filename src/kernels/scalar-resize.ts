import type { Band, RgbaPixels } from './contract.js';
import { resizeTaps, type Taps } from './filters.js';
import {
  checkResize,
  type ResizePart,
  type ResizeTo,
  resizeAxes,
  wholeFactors,
  wholePart,
} from './pixel-kernels.js';
import { quantize } from './quantize.js';
import { averageScalar } from './scalar-reduce.js';

const f32 = Math.fround;

/** 16 bits hold what a filter may overshoot by, and no more. */
const clampShort = (value: number): number => Math.min(Math.max(value, -32_768), 32_767);
const clampByte = (value: number): number => Math.min(Math.max(value, 0), 255);
/** `(sum + half) >> shift`. */
const shifted = (sum: number, shift: number): number => Math.floor((sum + 2 ** (shift - 1)) / 2 ** shift);

/** Rows of the source that one target row is made of, and their weights. */
type RowTaps = { readonly first: number; readonly weights: Int16Array; readonly shift: number };

const rowTaps = ({ count, starts, weights, shift }: Taps, row: number, sourceTop: number): RowTaps => ({
  first: starts[row]! - sourceTop,
  weights: weights.subarray(row * count, (row + 1) * count),
  shift,
});

const rowIsOpaque = ({ rgba, width }: RgbaPixels, row: number): boolean => {
  for (let x = 0; x < width; x++) if (rgba[(row * width + x) * 4 + 3] !== 255) return false;
  return true;
};

/** Of the rows that count. */
const rowsAreOpaque = (pixels: RgbaPixels, { first, weights }: RowTaps): boolean =>
  weights.every((weight, k) => weight === 0 || rowIsOpaque(pixels, first + k));

/** The twin of `assembly/verticalTaps.ts`; `value` of a byte at a place of the source. */
const verticalRow = (
  { width }: RgbaPixels,
  { first, weights }: RowTaps,
  shift: number,
  value: (at: number) => number,
): Int16Array => {
  const row = new Int16Array(width * 4);
  for (let i = 0; i < row.length; i++) {
    let sum = 0;
    for (let k = 0; k < weights.length; k++) {
      if (weights[k] !== 0) sum += weights[k]! * value((first + k) * width * 4 + i);
    }
    row[i] = clampShort(shifted(sum, shift));
  }
  return row;
};

/** The twin of `assembly/horizontalTaps.ts`: sums of one target pixel. */
const horizontalSums = (row: Int16Array, { count, starts, weights }: Taps, x: number): number[] =>
  [0, 1, 2, 3].map((c) => {
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const weight = weights[x * count + k]!;
      if (weight !== 0) sum += weight * row[(starts[x]! + k) * 4 + c]!;
    }
    return sum;
  });

const opaquePixel = (sums: readonly number[], shift: number): number[] =>
  sums.map((sum, c) => (c === 3 ? 255 : clampByte(shifted(sum, shift + 6))));

const weightedPixel = (sums: readonly number[], shift: number): number[] => {
  const alpha = f32(sums[3]!);
  if (!(alpha > 0)) return [0, 0, 0, 0];
  const part = f32(255 / alpha);
  const scale = f32(255 / f32(16_256 * 2 ** shift));
  return sums.map((sum, c) => quantize(c === 3 ? alpha : f32(sum), c === 3 ? scale : part, 0));
};

/** The twin of the resampling in `workers/wasm-resize.ts`; `pixels` are the band's RGBA. */
export const resizeScalar = (
  band: Band,
  pixels: RgbaPixels,
  to: ResizeTo,
  part: ResizePart = wholePart(band.rows, to.height),
): RgbaPixels => {
  checkResize(band, to, part);
  const { width, filter } = to;
  const { top, rows, sourceTop, sourceRows } = part;
  const factors = wholeFactors(band.width, sourceRows, to);
  if (factors)
    return averageScalar(rowsOf(pixels, top * factors[1] - sourceTop, rows * factors[1]), ...factors);
  const axes = resizeAxes(band.width, sourceRows, to);
  const down = resizeTaps(filter, axes.down, top, top + rows);
  const across = resizeTaps(filter, axes.across);
  const { rgba: source } = pixels;
  const colour = (at: number) => source[at]!;
  const weighted = (at: number) => (source[at]! * ((at & 3) === 3 ? 255 : source[at | 3]!) + 2) >> 2;
  const rgba = new Uint8Array(width * rows * 4);
  for (let y = 0; y < rows; y++) {
    const taps = rowTaps(down, y, sourceTop);
    const opaque = rowsAreOpaque(pixels, taps);
    const row = opaque
      ? verticalRow(pixels, taps, down.shift - 6, colour)
      : verticalRow(pixels, taps, down.shift, weighted);
    for (let x = 0; x < width; x++) {
      const sums = horizontalSums(row, across, x);
      rgba.set((opaque ? opaquePixel : weightedPixel)(sums, across.shift), (y * width + x) * 4);
    }
  }
  return { width, height: rows, rgba };
};

const rowsOf = ({ width, rgba }: RgbaPixels, from: number, height: number): RgbaPixels => ({
  width,
  height,
  rgba: rgba.subarray(from * width * 4, (from + height) * width * 4),
});
