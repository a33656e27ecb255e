import { ROUNDER } from './quantize';

/** Sums of so many columns of at most 16 rows stay below 2¹⁶. */
export const FEW: usize = 16;

/**
 * Sums of columns → their squares' averages as opaque RGBA. `bytes` is 1, 3 or 4 channels, of which the fourth is dropped. The
 * quotient of sum and count, halves rounded up, by a float's product with the reciprocal, rounded to nearest: where counts are
 * even half a step is added, so that no quotient is halfway; for the 256 pixels here at most that is far enough from any halfway.
 * Reads up to 4 bytes beyond the sums.
 */
export function averageColumns(
  sums: usize,
  bytes: usize,
  target: usize,
  columns: usize,
  rows: usize,
  n: usize,
  swap: bool,
): void {
  const order = swap
    ? i8x16(8, 4, 0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1)
    : i8x16(0, 4, 8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
  while (columns > 0) {
    const now = min(columns, n);
    const count = now * rows;
    const part = f32x4.splat(<f32>1 / <f32>count);
    const sum = bytes == 1 ? greySum(sums, now) : bytes == 3 ? colourSum(sums, now) : pixelSum(sums, now);
    const sumAndTie = f32x4.add(f32x4.convert_i32x4_s(sum), f32x4.splat(count & 1 ? 0 : 0.5));
    const average = f32x4.add(f32x4.mul(sumAndTie, part), f32x4.splat(ROUNDER));
    store<u32>(target, i32x4.extract_lane(v128.swizzle(average, order), 0) | 0xff000000);
    sums += now * bytes * 2;
    target += 4;
    columns -= now;
  }
}

function greySum(sums: usize, left: usize): v128 {
  let sum: u32 = 0;
  while (left > 0) {
    sum += load<u16>(sums);
    sums += 2;
    left -= 1;
  }
  return i32x4.splat(sum);
}

function colourSum(sums: usize, left: usize): v128 {
  let two = i16x8.splat(0);
  while (left >= 2) {
    two = i16x8.add(two, v128.load(sums));
    sums += 12;
    left -= 2;
  }
  const second = v128.shuffle<u16>(two, two, 3, 4, 5, 3, 3, 4, 5, 3);
  const last = left ? v128.load64_zero(sums) : i16x8.splat(0);
  return i32x4.extend_low_i16x8_u(i16x8.add(i16x8.add(two, second), last));
}

function pixelSum(sums: usize, left: usize): v128 {
  let two = i16x8.splat(0);
  while (left >= 2) {
    two = i16x8.add(two, v128.load(sums));
    sums += 16;
    left -= 2;
  }
  const last = left ? v128.load64_zero(sums) : i16x8.splat(0);
  return i32x4.extend_low_i16x8_u(i16x8.add(i16x8.add(two, v128.shuffle<u64>(two, two, 1, 1)), last));
}
