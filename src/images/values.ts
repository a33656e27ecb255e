import { InnotaterError } from '../errors/index.js';
import type { Size } from '../geometry/index.js';
import type { DType } from '../kernels/index.js';
import type { Histogram } from './contract.js';

/** Whether values of this dtype reach beyond 8 bits. */
export const isWideDType = (dtype: DType): boolean => !['u8', 'i8', 'bool'].includes(dtype);

/** Most pixels that a histogram looks at. */
export const mostSampledPixels = 1 << 15;

/** Rows or columns for a sample: so many, evenly spaced, each in the middle of its share. */
export const evenly = (length: number, most: number): number[] => {
  const count = Math.min(length, most);
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * length) / count));
};

/** Columns and rows whose crossings are a bounded sample of an image's pixels. */
export const sampledGrid = ({ width, height }: Size) => {
  const rows = Math.min(
    height,
    mostSampledPixels,
    Math.ceil(Math.sqrt((mostSampledPixels * height) / width)),
  );
  return { rows: evenly(height, rows), columns: evenly(width, Math.floor(mostSampledPixels / rows)) };
};

/** Counts values that lie side by side a pixel, `channels` each. Throws `InnotaterError` 'range' for a number of bins that is none. */
export const histogramOf = (values: ArrayLike<number>, channels: number, bins: number): Histogram => {
  if (!Number.isInteger(bins) || bins < 1 || bins > 65_536) {
    throw new InnotaterError('range', `A histogram has 1 to 65,536 bins, not ${bins}`);
  }
  let [lo, hi] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    lo = Math.min(lo, value);
    hi = Math.max(hi, value);
  }
  if (lo > hi) [lo, hi] = [0, 1];
  if (lo === hi) hi = lo + 1;
  const counts = Array.from({ length: channels }, () => new Uint32Array(bins));
  const perValue = bins / (hi - lo);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    counts[i % channels]![Math.min(bins - 1, Math.floor((value - lo) * perValue))]!++;
  }
  return { lo, hi, counts };
};
