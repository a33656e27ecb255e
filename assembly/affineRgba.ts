import { quantize1, quantize4 } from './lib/quantize';

/**
 * RGBA → RGBA, each value `clamp(round(v · scale + offset), 0, 255)`.
 *
 * Layout: 4 bytes a pixel; `affine` points at eight floats: four scales, then four offsets, for R, G, B, A.
 * Alias: may work in place.
 * Tail: one by one; nothing is read or written beyond the ends.
 */
export function affineRgba(source: usize, target: usize, pixels: usize, affine: usize): void {
  const s = v128.load(affine);
  const o = v128.load(affine, 16);
  while (pixels >= 4) {
    const v = v128.load(source);
    const low = i16x8.extend_low_i8x16_u(v);
    const high = i16x8.extend_high_i8x16_u(v);
    const a = quantize4(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(low)), s, o);
    const b = quantize4(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(low)), s, o);
    const c = quantize4(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(high)), s, o);
    const d = quantize4(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(high)), s, o);
    const ab = v128.shuffle<u8>(a, b, 0, 4, 8, 12, 16, 20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0);
    const cd = v128.shuffle<u8>(c, d, 0, 4, 8, 12, 16, 20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0);
    v128.store(target, v128.shuffle<u64>(ab, cd, 0, 2));
    source += 16;
    target += 16;
    pixels -= 4;
  }
  let bytes = pixels * 4;
  let constants = affine;
  while (bytes > 0) {
    const scale = load<f32>(constants);
    const offset = load<f32>(constants, 16);
    store<u8>(target, quantize1(<f32>load<u8>(source), scale, offset));
    constants = constants == affine + 12 ? affine : constants + 4;
    source += 1;
    target += 1;
    bytes -= 1;
  }
}
