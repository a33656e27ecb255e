import type { Band, RgbaPixels } from './contract.js';

/** What the kernels do, whoever computes it. Arguments are never changed; results are new and the caller's. */
export interface PixelKernels {
  /** Samples of a band as straight RGBA, by its recipe. */
  toRgba(band: Band): RgbaPixels;
  /** Area average over squares of `2^level` pixels, 0 ≤ level ≤ 8; squares at the right and bottom edge average what they have. */
  reduce(pixels: RgbaPixels, level: number): RgbaPixels;
  /** Area average to any size from 1 × 1 to that of the pixels; source pixels count by the part of them that is covered. */
  reduceTo(pixels: RgbaPixels, width: number, height: number): RgbaPixels;
  /** `reduce(toRgba(band), level)` without the step between. */
  convertReduced(band: Band, level: number): RgbaPixels;
}

/** The most that `reduce` divides by: 2^8 pixels a side keep every sum within 32 bits. */
export const mostReduction = 8;
