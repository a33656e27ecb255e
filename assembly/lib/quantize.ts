/** 1.5 · 2²³: added to a float in 0…2²², it leaves the float rounded to nearest (ties to even) in the low mantissa bits. */
export const ROUNDER: f32 = 12582912.0;
/** The bits of `ROUNDER`. */
export const ROUNDER_BITS: i32 = 0x4b400000;

/**
 * Four values as lanes whose low byte is `clamp(round(v · scale + offset), 0, 255)`; the upper bytes hold `ROUNDER_BITS`.
 * NaN becomes 0: `pmax(0, NaN)` is 0.
 */
export function quantize4(v: v128, scale: v128, offset: v128): v128 {
  const affine = f32x4.add(f32x4.mul(v, scale), offset);
  const clamped = f32x4.pmin(f32x4.pmax(f32x4.splat(0), affine), f32x4.splat(255));
  return f32x4.add(clamped, f32x4.splat(ROUNDER));
}

/** One value, the same formula. */
export function quantize1(v: f32, scale: f32, offset: f32): u32 {
  const affine = v * scale + offset;
  const low: f32 = affine > 0 ? affine : 0;
  const clamped: f32 = low < 255 ? low : 255;
  return reinterpret<u32>(clamped + ROUNDER) & 0xff;
}
