import { quantize4 } from './lib/quantize';

/**
 * RGBA → RGBA, each value `clamp(round(v · scale + offset), 0, 255)`.
 *
 * Layout: 4 bytes a pixel; `affine` points at eight floats: four scales, then four offsets, for R, G, B, A.
 * Alias: may work in place.
 * Tail: the step is one pixel; nothing is read or written beyond the ends.
 */
export function affineRgba(source: usize, target: usize, pixels: usize, affine: usize): void {
  const s = v128.load(affine);
  const o = v128.load(affine, 16);
  while (pixels > 0) {
    const bytes = i32x4.splat(load<u32>(source));
    const wide = v128.shuffle<u8>(
      bytes,
      i8x16.splat(0),
      0,
      16,
      16,
      16,
      1,
      16,
      16,
      16,
      2,
      16,
      16,
      16,
      3,
      16,
      16,
      16,
    );
    const q = quantize4(f32x4.convert_i32x4_u(wide), s, o);
    const packed = v128.shuffle<u8>(q, q, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12);
    store<u32>(target, i32x4.extract_lane(packed, 0));
    source += 4;
    target += 4;
    pixels -= 1;
  }
}
