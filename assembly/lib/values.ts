/** Stands for IEEE 754 binary16 where a type is asked for: no number type has 16 bits and a point. */
export class Half {}

/** 2¹¹²: the bits of a binary16 moved to where a float has them are off by this factor. */
const HALF_FACTOR: f32 = 5.192296858534828e33;

/** Bytes of one value. */
export function bytesOf<T>(): usize {
  return isReference<T>() ? 2 : sizeof<T>();
}

/** Four values side by side as floats; what a float cannot hold is rounded to nearest. */
export function load4<T>(at: usize): v128 {
  if (isReference<T>()) return halves4(v128.load_ext<u16>(at));
  if (sizeof<T>() == 8) {
    if (isFloat<T>()) {
      const low = f32x4.demote_f64x2_zero(v128.load(at));
      return v128.shuffle<u64>(low, f32x4.demote_f64x2_zero(v128.load(at, 16)), 0, 2);
    }
    const one = f32x4.replace_lane(f32x4.splat(load1<T>(at)), 1, load1<T>(at + 8));
    return f32x4.replace_lane(f32x4.replace_lane(one, 2, load1<T>(at + 16)), 3, load1<T>(at + 24));
  }
  if (sizeof<T>() == 4) {
    const v = v128.load(at);
    if (isFloat<T>()) return v;
    return isSigned<T>() ? f32x4.convert_i32x4_s(v) : f32x4.convert_i32x4_u(v);
  }
  if (sizeof<T>() == 2) {
    return f32x4.convert_i32x4_s(isSigned<T>() ? v128.load_ext<i16>(at) : v128.load_ext<u16>(at));
  }
  const bytes = v128.load32_zero(at);
  return f32x4.convert_i32x4_s(
    isSigned<T>()
      ? i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(bytes))
      : i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)),
  );
}

/** One value, the same. 64-bit integers go by a double, as numbers of JavaScript do. */
export function load1<T>(at: usize): f32 {
  if (isReference<T>()) return f32x4.extract_lane(halves4(i32x4.splat(load<u16>(at))), 0);
  if (sizeof<T>() == 8) return <f32>(<f64>load<T>(at));
  return <f32>load<T>(at);
}

/** binary16 bits in lanes of 32 as floats, subnormals, infinities and NaN included. */
function halves4(bits: v128): v128 {
  const magnitude = v128.and(bits, i32x4.splat(0x7fff));
  const sign = i32x4.shl(v128.and(bits, i32x4.splat(0x8000)), 16);
  const finite = f32x4.mul(i32x4.shl(magnitude, 13), f32x4.splat(HALF_FACTOR));
  const endless = v128.and(i32x4.gt_s(magnitude, i32x4.splat(0x7bff)), i32x4.splat(0x7f800000));
  return v128.or(v128.or(finite, endless), sign);
}
