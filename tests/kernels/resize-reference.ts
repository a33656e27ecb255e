import type { ResizeTo, RgbaPixels } from '../../src/kernels/index.js';
import { seeded } from './seeded.js';

/** A picture of smooth waves, hard edges and noise, opaque. */
export const picture = (width: number, height: number, seed: number): RgbaPixels => {
  const next = seeded(seed);
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wave = Math.sin(x / 9) * Math.cos(y / 7) * 70;
      const edge = (x >> 4) % 2 === (y >> 4) % 2 ? 60 : -60;
      for (let c = 0; c < 3; c++)
        rgba[(y * width + x) * 4 + c] = Math.min(
          255,
          Math.max(0, 128 + wave + edge + (next() % 41) - 20 + c * 9),
        );
      rgba[(y * width + x) * 4 + 3] = 255;
    }
  }
  return { width, height, rgba };
};

const lanczos = (x: number): number => {
  if (x === 0) return 1;
  if (Math.abs(x) >= 3) return 0;
  const px = Math.PI * x;
  return (3 * Math.sin(px) * Math.sin(px / 3)) / (px * px);
};
const triangle = (x: number): number => Math.max(1 - Math.abs(x), 0);

/** The weight of every source position for target position `i`, edges repeated, by the definition and slowly. */
const weightsAt = (
  filter: ResizeTo['filter'],
  i: number,
  source: number,
  target: number,
): Map<number, number> => {
  const ratio = source / target;
  const blur = ratio > 1 ? ratio : 1;
  const middle = ratio * (i + 0.5);
  const weights = new Map<number, number>();
  let total = 0;
  for (let x = Math.floor(middle - 4 * blur); x <= Math.ceil(middle + 4 * blur); x++) {
    const covered = Math.min(x + 1, ratio * (i + 1)) - Math.max(x, ratio * i);
    const distance = (x + 0.5 - middle) / blur;
    const weight =
      filter === 'box'
        ? Math.max(0, covered)
        : filter === 'bilinear'
          ? triangle(distance)
          : lanczos(distance);
    const at = x < 0 ? 0 : x >= source ? source - 1 : x;
    weights.set(at, (weights.get(at) ?? 0) + weight);
    total += weight;
  }
  return new Map([...weights].map(([at, weight]) => [at, weight / total]));
};

/** Straight RGBA in 64-bit floats, clamped to 0…255 and not rounded; rows first, then columns, colours times alpha. */
export const floatResize = ({ width, height, rgba }: RgbaPixels, to: ResizeTo): Float64Array => {
  const wide = new Float64Array(to.width * height * 4);
  for (let x = 0; x < to.width; x++) {
    for (const [at, weight] of weightsAt(to.filter, x, width, to.width)) {
      for (let y = 0; y < height; y++) {
        const from = (y * width + at) * 4;
        const into = (y * to.width + x) * 4;
        const alpha = rgba[from + 3]! / 255;
        for (let c = 0; c < 3; c++) wide[into + c]! += rgba[from + c]! * alpha * weight;
        wide[into + 3]! += rgba[from + 3]! * weight;
      }
    }
  }
  const result = new Float64Array(to.width * to.height * 4);
  for (let y = 0; y < to.height; y++) {
    for (const [at, weight] of weightsAt(to.filter, y, height, to.height)) {
      for (let i = 0; i < to.width * 4; i++) {
        result[y * to.width * 4 + i]! += wide[at * to.width * 4 + i]! * weight;
      }
    }
  }
  for (let i = 0; i < result.length; i += 4) {
    const alpha = result[i + 3]! / 255;
    for (let c = 0; c < 3; c++) result[i + c] = alpha > 0 ? result[i + c]! / alpha : 0;
  }
  return result.map((value) => Math.min(255, Math.max(0, value)));
};

/** Peak signal to noise in dB; colours count by the reference's alpha, as they are seen. */
export const psnr = (got: ArrayLike<number>, wanted: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < wanted.length; i += 4) {
    const [gotAlpha, alpha] = [got[i + 3]! / 255, wanted[i + 3]! / 255];
    for (let c = 0; c < 3; c++) sum += (got[i + c]! * gotAlpha - wanted[i + c]! * alpha) ** 2;
    sum += (got[i + 3]! - wanted[i + 3]!) ** 2;
  }
  return 10 * Math.log10((255 * 255 * wanted.length) / sum);
};
