import { dotHigh, dotLow, pairedValues, pairedWeights } from './paired';
import { packed } from './pixel';

/** Two rows of RGBA → one of half as many pixels (rounded up), averages as `reduceStrip` says. The way of most pictures to the screen. */

export function halveOpaque(upper: usize, lower: usize, target: usize, columns: usize): void {
  const two = i16x8.splat(2);
  while (columns >= 4) {
    const a = v128.load(upper);
    const b = v128.load(lower);
    const low = i16x8.add(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b));
    const high = i16x8.add(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b));
    const sum = i16x8.add(v128.shuffle<u64>(low, high, 0, 2), v128.shuffle<u64>(low, high, 1, 3));
    const average = i16x8.shr_u(i16x8.add(sum, two), 2);
    v128.store64_lane(target, i8x16.narrow_i16x8_u(average, average), 0);
    upper += 16;
    lower += 16;
    target += 8;
    columns -= 4;
  }
  halveEnd(upper, lower, target, columns);
}

export function halveWeighted(upper: usize, lower: usize, target: usize, columns: usize): void {
  while (columns >= 4) {
    const a = v128.load(upper);
    const b = v128.load(lower);
    const valuesA = pairedValues(a);
    const weightsA = pairedWeights(a);
    const valuesB = pairedValues(b);
    const weightsB = pairedWeights(b);
    const first = i32x4.add(dotLow(valuesA, weightsA), dotLow(valuesB, weightsB));
    const second = i32x4.add(dotHigh(valuesA, weightsA), dotHigh(valuesB, weightsB));
    store<u32>(target, weightedAverage(first, 4));
    store<u32>(target, weightedAverage(second, 4), 4);
    upper += 16;
    lower += 16;
    target += 8;
    columns -= 4;
  }
  halveEnd(upper, lower, target, columns);
}

/** The last one to three columns. */
function halveEnd(upper: usize, lower: usize, target: usize, columns: usize): void {
  while (columns > 0) {
    const both = columns > 1;
    // Pixels that are not loaded are zeros and add nothing.
    const a = both ? v128.load64_zero(upper) : v128.load32_zero(upper);
    const b = both ? v128.load64_zero(lower) : v128.load32_zero(lower);
    const upperSum = dotLow(pairedValues(a), pairedWeights(a));
    const sum = i32x4.add(upperSum, dotLow(pairedValues(b), pairedWeights(b)));
    store<u32>(target, weightedAverage(sum, both ? 4 : 2));
    upper += 8;
    lower += 8;
    target += 4;
    columns -= both ? 2 : 1;
  }
}

/** The averages as a pixel. Floats divide these sums so exactly that rounding down is right. */
function weightedAverage(sum: v128, count: i32): u32 {
  const alpha = i32x4.extract_lane(sum, 3);
  if (alpha == 0) return 0;
  const divisor = i32x4.replace_lane(i32x4.splat(alpha), 3, count);
  const dividend = i32x4.add(sum, i32x4.shr_u(divisor, 1));
  const average = f32x4.div(f32x4.convert_i32x4_s(dividend), f32x4.convert_i32x4_s(divisor));
  return packed(i32x4.trunc_sat_f32x4_s(average));
}
