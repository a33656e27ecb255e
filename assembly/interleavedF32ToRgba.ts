import { quantize1, quantize4 } from './lib/quantize';

/**
 * Interleaved f32 of 3 or 4 channels → RGBA, each value `clamp(round(v · scale + offset), 0, 255)`.
 *
 * Layout: `source` holds `pixels` times C floats in the order R, G, B(, A), or B, G, R(, A) where `swap` is not 0; `affine` points at
 * eight floats: four scales, then four offsets, for the channels in the order of the *source*.
 * Alias: source and target must not overlap.
 * Tail: one by one; nothing is read or written beyond the ends.
 */

/** Three channels: four pixels are three vectors, whose lanes take the constants in turn. */
export function interleavedF32ToRgba(
  source: usize,
  target: usize,
  pixels: usize,
  affine: usize,
  swap: i32,
): void {
  const s = v128.load(affine);
  const o = v128.load(affine, 16);
  const s0 = v128.shuffle<u32>(s, s, 0, 1, 2, 0);
  const s1 = v128.shuffle<u32>(s, s, 1, 2, 0, 1);
  const s2 = v128.shuffle<u32>(s, s, 2, 0, 1, 2);
  const o0 = v128.shuffle<u32>(o, o, 0, 1, 2, 0);
  const o1 = v128.shuffle<u32>(o, o, 1, 2, 0, 1);
  const o2 = v128.shuffle<u32>(o, o, 2, 0, 1, 2);
  const order = swap
    ? i8x16(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1)
    : i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1);
  const alpha = i32x4.splat(0xff000000);
  while (pixels >= 4) {
    const a = quantize4(v128.load(source), s0, o0);
    const b = quantize4(v128.load(source, 16), s1, o1);
    const c = quantize4(v128.load(source, 32), s2, o2);
    const ab = v128.shuffle<u8>(a, b, 0, 4, 8, 12, 16, 20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0);
    const abc = v128.shuffle<u8>(ab, c, 0, 1, 2, 3, 4, 5, 6, 7, 16, 20, 24, 28, 0, 0, 0, 0);
    v128.store(target, v128.or(v128.swizzle(abc, order), alpha));
    source += 48;
    target += 16;
    pixels -= 4;
  }
  while (pixels > 0) {
    store<u32>(target, colourAt(source, affine, swap) | 0xff000000);
    source += 12;
    target += 4;
    pixels -= 1;
  }
}

/** Four channels: a vector a pixel. */
export function interleavedF32AlphaToRgba(
  source: usize,
  target: usize,
  pixels: usize,
  affine: usize,
  swap: i32,
): void {
  const s = v128.load(affine);
  const o = v128.load(affine, 16);
  const order = swap
    ? i8x16(2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15)
    : i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  while (pixels >= 4) {
    const a = quantize4(v128.load(source), s, o);
    const b = quantize4(v128.load(source, 16), s, o);
    const c = quantize4(v128.load(source, 32), s, o);
    const d = quantize4(v128.load(source, 48), s, o);
    const ab = v128.shuffle<u8>(a, b, 0, 4, 8, 12, 16, 20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0);
    const cd = v128.shuffle<u8>(c, d, 0, 4, 8, 12, 16, 20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0);
    v128.store(target, v128.swizzle(v128.shuffle<u64>(ab, cd, 0, 2), order));
    source += 64;
    target += 16;
    pixels -= 4;
  }
  while (pixels > 0) {
    const a = quantize1(load<f32>(source, 12), load<f32>(affine, 12), load<f32>(affine, 28));
    store<u32>(target, colourAt(source, affine, swap) | (a << 24));
    source += 16;
    target += 4;
    pixels -= 1;
  }
}

function colourAt(source: usize, affine: usize, swap: i32): u32 {
  const a = quantize1(load<f32>(source), load<f32>(affine), load<f32>(affine, 16));
  const b = quantize1(load<f32>(source, 4), load<f32>(affine, 4), load<f32>(affine, 20));
  const c = quantize1(load<f32>(source, 8), load<f32>(affine, 8), load<f32>(affine, 24));
  return swap ? c | (b << 8) | (a << 16) : a | (b << 8) | (c << 16);
}
