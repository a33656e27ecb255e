import { InnotaterError } from '../errors/index.js';
import type { Band, RgbaPixels } from './contract.js';

/** What the kernels do, whoever computes it. Arguments are never changed; results are new and the caller's. */
export interface PixelKernels {
  /** Samples of a band as straight RGBA, by its recipe. */
  toRgba(band: Band): RgbaPixels;
  /**
   * Area average over squares of `2^level` pixels, 0 ≤ level ≤ `mostReduction`; squares at the right and bottom edge average what
   * they have. Throws `InnotaterError` 'range' for other levels.
   */
  reduce(pixels: RgbaPixels, level: number): RgbaPixels;
  /**
   * Area average to any size from 1 × 1 to that of the pixels; source pixels count by the part of them that is covered. Throws
   * `InnotaterError` 'range' for other sizes.
   */
  reduceTo(pixels: RgbaPixels, width: number, height: number): RgbaPixels;
  /** `reduce(toRgba(band), level)` without the step between. */
  convertReduced(band: Band, level: number): RgbaPixels;
}

/** The highest level of `reduce`: 2^12 pixels a side keep the sums of bytes within 32 bits. */
export const mostReduction = 12;

/** Throws `InnotaterError` 'range' when the level is not an integer from 0 to `mostReduction`. */
export const checkLevel = (level: number): void => {
  if (Number.isInteger(level) && level >= 0 && level <= mostReduction) return;
  throw new InnotaterError('range', `A level is an integer from 0 to ${mostReduction}, not ${level}`);
};

/** Throws `InnotaterError` 'data' when there are fewer bytes than width and height say. */
export const checkPixels = ({ width, height, rgba }: RgbaPixels): void => {
  const needed = width * height * 4;
  if (rgba.length >= needed) return;
  const message = `RGBA of ${width}×${height} pixels needs ${needed} bytes, not ${rgba.length}`;
  throw new InnotaterError('data', message);
};

/** Throws `InnotaterError` 'range' when the size is not whole, not positive, or larger than that of the pixels. */
export const checkSmaller = (pixels: RgbaPixels, width: number, height: number): void => {
  const fits = (length: number, most: number) => Number.isInteger(length) && length >= 1 && length <= most;
  if (fits(width, pixels.width) && fits(height, pixels.height)) return;
  const most = `${pixels.width}×${pixels.height}`;
  throw new InnotaterError('range', `A reduced size is from 1×1 to ${most} pixels, not ${width}×${height}`);
};
