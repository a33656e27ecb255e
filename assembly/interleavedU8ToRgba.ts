/**
 * Interleaved bytes of 1, 2, 3 or 4 channels → RGBA.
 *
 * Layout: `source` holds `pixels` times C bytes, `target` takes 4 bytes a pixel. The colour order is that of the name.
 * Alias: source and target must not overlap, but for `bgraToRgba`, which may work in place.
 * Tail: pixels beyond a multiple of the bulk step are done one by one; nothing is read or written beyond the ends.
 */

const OPAQUE: u32 = 0xff000000;

/** Grey. */
export function greyToRgba(source: usize, target: usize, pixels: usize): void {
  const alpha = i32x4.splat(OPAQUE);
  while (pixels >= 16) {
    const v = v128.load(source);
    v128.store(
      target,
      v128.or(v128.shuffle<u8>(v, v, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3), alpha),
    );
    v128.store(
      target,
      v128.or(v128.shuffle<u8>(v, v, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7), alpha),
      16,
    );
    v128.store(
      target,
      v128.or(v128.shuffle<u8>(v, v, 8, 8, 8, 8, 9, 9, 9, 9, 10, 10, 10, 10, 11, 11, 11, 11), alpha),
      32,
    );
    v128.store(
      target,
      v128.or(v128.shuffle<u8>(v, v, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 15), alpha),
      48,
    );
    source += 16;
    target += 64;
    pixels -= 16;
  }
  while (pixels > 0) {
    store<u32>(target, OPAQUE | (<u32>load<u8>(source) * 0x010101));
    source += 1;
    target += 4;
    pixels -= 1;
  }
}

/** Grey and alpha. */
export function greyAlphaToRgba(source: usize, target: usize, pixels: usize): void {
  while (pixels >= 8) {
    const v = v128.load(source);
    v128.store(target, v128.shuffle<u8>(v, v, 0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 6, 6, 7));
    v128.store(
      target,
      v128.shuffle<u8>(v, v, 8, 8, 8, 9, 10, 10, 10, 11, 12, 12, 12, 13, 14, 14, 14, 15),
      16,
    );
    source += 16;
    target += 32;
    pixels -= 8;
  }
  while (pixels > 0) {
    store<u32>(target, (<u32>load<u8>(source) * 0x010101) | ((<u32>load<u8>(source, 1)) << 24));
    source += 2;
    target += 4;
    pixels -= 1;
  }
}

/** Three channels by a swizzle that picks each pixel's bytes; loads overlap at steps of 12 bytes. */
function colourToRgba(source: usize, target: usize, pixels: usize, pick: v128, first: u32, third: u32): void {
  const alpha = i32x4.splat(OPAQUE);
  // The last load of a round reads 4 bytes past its pixels: 16 pixels need 52 bytes, so 18 must be left.
  while (pixels >= 18) {
    const a = v128.load(source);
    const b = v128.load(source, 12);
    const c = v128.load(source, 24);
    const d = v128.load(source, 36);
    v128.store(target, v128.or(v128.swizzle(a, pick), alpha));
    v128.store(target, v128.or(v128.swizzle(b, pick), alpha), 16);
    v128.store(target, v128.or(v128.swizzle(c, pick), alpha), 32);
    v128.store(target, v128.or(v128.swizzle(d, pick), alpha), 48);
    source += 48;
    target += 64;
    pixels -= 16;
  }
  while (pixels > 0) {
    store<u32>(
      target,
      OPAQUE |
        ((<u32>load<u8>(source)) << first) |
        ((<u32>load<u8>(source, 1)) << 8) |
        ((<u32>load<u8>(source, 2)) << third),
    );
    source += 3;
    target += 4;
    pixels -= 1;
  }
}

export function rgbToRgba(source: usize, target: usize, pixels: usize): void {
  colourToRgba(source, target, pixels, i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1), 0, 16);
}

export function bgrToRgba(source: usize, target: usize, pixels: usize): void {
  colourToRgba(source, target, pixels, i8x16(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1), 16, 0);
}

export function bgraToRgba(source: usize, target: usize, pixels: usize): void {
  while (pixels >= 4) {
    const v = v128.load(source);
    v128.store(target, v128.shuffle<u8>(v, v, 2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15));
    source += 16;
    target += 16;
    pixels -= 4;
  }
  while (pixels > 0) {
    const v = load<u32>(source);
    store<u32>(target, (v & 0xff00ff00) | ((v >> 16) & 0xff) | ((v & 0xff) << 16));
    source += 4;
    target += 4;
    pixels -= 1;
  }
}
