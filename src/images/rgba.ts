import type { PixelRect, RgbaPixels } from '../kernels/index.js';

/** Copies pixels into larger ones, their corner at (x, y). */
export const pasteRgba = (part: RgbaPixels, whole: RgbaPixels, x: number, y: number): void => {
  const rowBytes = part.width * 4;
  if (part.width === whole.width) {
    whole.rgba.set(part.rgba, y * rowBytes);
    return;
  }
  for (let row = 0; row < part.height; row++) {
    const from = row * rowBytes;
    whole.rgba.set(part.rgba.subarray(from, from + rowBytes), ((y + row) * whole.width + x) * 4);
  }
};

/** A copy of a part of the pixels. */
export const cutRgba = (whole: RgbaPixels, { x, y, width, height }: PixelRect): RgbaPixels => {
  const rgba = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * whole.width + x) * 4;
    rgba.set(whole.rgba.subarray(from, from + width * 4), row * width * 4);
  }
  return { width, height, rgba };
};
