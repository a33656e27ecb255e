/**
 * Planes of bytes → RGBA.
 *
 * Layout: `red`, `green`, `blue` (and `alpha`) point at planes of `pixels` bytes each, in the order of the result.
 * Alias: planes may be one and the same; the target must not overlap any.
 * Tail: one by one; nothing is read or written beyond the ends.
 */

/** Opaque. */
export function planarU8ToRgba(red: usize, green: usize, blue: usize, target: usize, pixels: usize): void {
  const opaque = i8x16.splat(-1);
  while (pixels >= 16) {
    interleave(v128.load(red), v128.load(green), v128.load(blue), opaque, target);
    red += 16;
    green += 16;
    blue += 16;
    target += 64;
    pixels -= 16;
  }
  while (pixels > 0) {
    const rgb = <u32>load<u8>(red) | ((<u32>load<u8>(green)) << 8) | ((<u32>load<u8>(blue)) << 16);
    store<u32>(target, rgb | 0xff000000);
    red += 1;
    green += 1;
    blue += 1;
    target += 4;
    pixels -= 1;
  }
}

/** With a plane of alpha. */
export function planarU8AlphaToRgba(
  red: usize,
  green: usize,
  blue: usize,
  alpha: usize,
  target: usize,
  pixels: usize,
): void {
  while (pixels >= 16) {
    interleave(v128.load(red), v128.load(green), v128.load(blue), v128.load(alpha), target);
    red += 16;
    green += 16;
    blue += 16;
    alpha += 16;
    target += 64;
    pixels -= 16;
  }
  while (pixels > 0) {
    const rgb = <u32>load<u8>(red) | ((<u32>load<u8>(green)) << 8) | ((<u32>load<u8>(blue)) << 16);
    store<u32>(target, rgb | ((<u32>load<u8>(alpha)) << 24));
    red += 1;
    green += 1;
    blue += 1;
    alpha += 1;
    target += 4;
    pixels -= 1;
  }
}

/** Sixteen pixels: bytes to pairs, pairs to pixels. */
function interleave(r: v128, g: v128, b: v128, a: v128, target: usize): void {
  const rgLow = v128.shuffle<u8>(r, g, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const rgHigh = v128.shuffle<u8>(r, g, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  const baLow = v128.shuffle<u8>(b, a, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const baHigh = v128.shuffle<u8>(b, a, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  v128.store(target, v128.shuffle<u16>(rgLow, baLow, 0, 8, 1, 9, 2, 10, 3, 11));
  v128.store(target, v128.shuffle<u16>(rgLow, baLow, 4, 12, 5, 13, 6, 14, 7, 15), 16);
  v128.store(target, v128.shuffle<u16>(rgHigh, baHigh, 0, 8, 1, 9, 2, 10, 3, 11), 32);
  v128.store(target, v128.shuffle<u16>(rgHigh, baHigh, 4, 12, 5, 13, 6, 14, 7, 15), 48);
}
