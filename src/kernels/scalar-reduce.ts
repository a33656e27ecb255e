import type { RgbaPixels } from './contract.js';
import { checkLevel, checkPixels } from './pixel-kernels.js';

const isOpaque = (rgba: Uint8Array): boolean => {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255) return false;
  return true;
};

/** Sums of a square; colours times alpha where `weighted`. */
const sums = (
  { rgba, width }: RgbaPixels,
  x: number,
  y: number,
  columns: number,
  rows: number,
  weighted: boolean,
) => {
  const sum: [number, number, number, number] = [0, 0, 0, 0];
  for (let row = y; row < y + rows; row++) {
    for (let column = x; column < x + columns; column++) {
      const at = (row * width + column) * 4;
      const weight = weighted ? rgba[at + 3]! : 1;
      for (let c = 0; c < 3; c++) sum[c]! += rgba[at + c]! * weight;
      sum[3] += rgba[at + 3]!;
    }
  }
  return sum;
};

const rounded = (sum: number, count: number): number =>
  count === 0 ? 0 : Math.floor((sum + Math.floor(count / 2)) / count);

/** The twin of `assembly/reduceStrip.ts`: squares of `across` by `down` pixels. */
export const averageScalar = (pixels: RgbaPixels, across: number, down: number): RgbaPixels => {
  const width = Math.ceil(pixels.width / across);
  const height = Math.ceil(pixels.height / down);
  const rgba = new Uint8Array(width * height * 4);
  const weighted = !isOpaque(pixels.rgba);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const columns = Math.min(across, pixels.width - x * across);
      const rows = Math.min(down, pixels.height - y * down);
      const sum = sums(pixels, x * across, y * down, columns, rows, weighted);
      const at = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) rgba[at + c] = rounded(sum[c]!, weighted ? sum[3] : columns * rows);
      rgba[at + 3] = rounded(sum[3], columns * rows);
    }
  }
  return { width, height, rgba };
};

/** Squares of 2^level pixels. */
export const reduceScalar = (pixels: RgbaPixels, level: number): RgbaPixels => {
  checkLevel(level);
  checkPixels(pixels);
  if (level === 0) return { ...pixels, rgba: pixels.rgba.slice() };
  return averageScalar(pixels, 2 ** level, 2 ** level);
};
