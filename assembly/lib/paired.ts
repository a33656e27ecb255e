/** Bytes of two pixels side by side, channel by channel, for the dot products of pairs. */
export function pairedValues(v: v128): v128 {
  return v128.shuffle<u8>(v, v, 0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
}

/** Alphas in the same order; that of alpha itself is 1. */
export function pairedWeights(v: v128): v128 {
  return v128.shuffle<u8>(v, i8x16.splat(1), 3, 7, 3, 7, 3, 7, 16, 16, 11, 15, 11, 15, 11, 15, 16, 16);
}

export function dotLow(a: v128, b: v128): v128 {
  return i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b));
}

export function dotHigh(a: v128, b: v128): v128 {
  return i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b));
}
