import type { RgbaPixels } from './contract.js';
import { checkLevel, checkPixels, checkSmaller } from './pixel-kernels.js';

const f32 = Math.fround;

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

/** The twin of `assembly/reduceOpaque.ts` and `reduceTransparent.ts`. */
export const reduceScalar = (pixels: RgbaPixels, level: number): RgbaPixels => {
  checkLevel(level);
  checkPixels(pixels);
  if (level === 0) return { ...pixels, rgba: pixels.rgba.slice() };
  const n = 2 ** level;
  const width = Math.ceil(pixels.width / n);
  const height = Math.ceil(pixels.height / n);
  const rgba = new Uint8Array(width * height * 4);
  const weighted = !isOpaque(pixels.rgba);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const columns = Math.min(n, pixels.width - x * n);
      const rows = Math.min(n, pixels.height - y * n);
      const sum = sums(pixels, x * n, y * n, columns, rows, weighted);
      const at = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) rgba[at + c] = rounded(sum[c]!, weighted ? sum[3] : columns * rows);
      rgba[at + 3] = rounded(sum[3], columns * rows);
    }
  }
  return { width, height, rgba };
};

/** The part of pixel `at` between `from` and `to`. */
const covered = (at: number, from: number, to: number): number => Math.min(to, at + 1) - Math.max(from, at);

/** One row of sums, 4 a column: rows from `from` to `to` weighted by their covered part, colours by alpha. */
const sumRows = ({ rgba, width, height }: RgbaPixels, from: number, to: number): Float32Array => {
  const sum = new Float32Array(width * 4);
  for (let y = Math.floor(from); y < Math.min(height, Math.ceil(to)); y++) {
    const weight = f32(covered(y, from, to));
    for (let i = 0; i < width * 4; i++) {
      const at = y * width * 4 + i;
      const alpha = (i & 3) === 3 ? 1 : rgba[at | 3]!;
      sum[i] = f32(sum[i]! + f32(f32(rgba[at]! * alpha) * weight));
    }
  }
  return sum;
};

/** The twin of `assembly/resampleArea.ts`. */
export const resampleScalar = (pixels: RgbaPixels, width: number, height: number): RgbaPixels => {
  checkPixels(pixels);
  checkSmaller(pixels, width, height);
  const rgba = new Uint8Array(width * height * 4);
  const stepX = pixels.width / width;
  const stepY = pixels.height / height;
  const area = f32(f32(stepX) * f32(stepY));
  for (let j = 0; j < height; j++) {
    const row = sumRows(pixels, j * stepY, (j + 1) * stepY);
    for (let i = 0; i < width; i++) {
      const sum = [0, 0, 0, 0];
      const [from, to] = [i * stepX, (i + 1) * stepX];
      for (let x = Math.floor(from); x < Math.min(pixels.width, Math.ceil(to)); x++) {
        const weight = f32(covered(x, from, to));
        for (let c = 0; c < 4; c++) sum[c] = f32(sum[c]! + f32(row[x * 4 + c]! * weight));
      }
      if (!(sum[3]! > 0)) continue;
      for (let c = 0; c < 4; c++) {
        const average = f32(f32(sum[c]! / (c === 3 ? area : sum[3]!)) + 0.5);
        rgba[(j * width + i) * 4 + c] = Math.min(255, Math.trunc(average));
      }
    }
  }
  return { width, height, rgba };
};
