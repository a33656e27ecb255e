import { type Band, floatsOf, type MeanValues } from '../src/kernels/index.js';
import { reducedLength } from './bands.js';

/**
 * Means over squares of `2^level` pixels of the values themselves, before any window, as 32-bit floats (sums as 64-bit ones). NaN and
 * infinities are left out, `[height, width, channels]` in the order R, G, B, A; a square of nothing else is NaN. Squares at the right and bottom edge average what they have.
 */
export const meanValues = (band: Band, level: number): MeanValues => {
  const { width, rows } = band;
  const { channels, layout, order } = band.recipe;
  /** Where the band has the result's channel. */
  const sourceOf = (c: number) => (order === 'BGR' && channels > 2 && c < 3 ? 2 - c : c);
  const floats = floatsOf(band);
  const size = { width: reducedLength(width, level), height: reducedLength(rows, level) };
  const values = new Float32Array(size.width * size.height * channels);
  const [step, plane] = layout === 'planar' ? [1, width * rows] : [channels, 1];
  const sums = new Float64Array(size.width);
  const counts = new Float64Array(size.width);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < size.height; y++) {
      sums.fill(0);
      counts.fill(0);
      const last = Math.min(rows, (y + 1) << level);
      for (let row = y << level; row < last; row++) {
        addRow(floats, sourceOf(c) * plane + row * width * step, step, width, level, sums, counts);
      }
      for (let x = 0; x < size.width; x++) {
        values[(y * size.width + x) * channels + c] = sums[x]! / counts[x]!;
      }
    }
  }
  return { ...size, values };
};

const addRow = (
  floats: Float32Array,
  from: number,
  step: number,
  width: number,
  level: number,
  sums: Float64Array,
  counts: Float64Array,
): void => {
  const side = 1 << level;
  let at = from;
  for (let x = 0, left = width; left > 0; x++, left -= side) {
    let sum = 0;
    let count = 0;
    for (let i = Math.min(side, left); i > 0; i--, at += step) {
      const value = floats[at]!;
      // False for NaN and infinities.
      if (value - value === 0) {
        sum += value;
        count++;
      }
    }
    sums[x]! += sum;
    counts[x]! += count;
  }
};
