import { LANES_SIDE, packed } from './lib/squares';

/**
 * RGBA → smaller RGBA by area averaging over squares of n × n pixels, n = 2^level ≤ 4096; squares at the right and bottom edge
 * average what they have. Colours are averaged with their alpha as weight, so that transparent pixels leave no fringe:
 * `c = (Σ c·a + ⌊Σa / 2⌋) ÷ Σa`, rounded down, and 0 where Σa is 0; alpha is `(Σa + ⌊count / 2⌋) ÷ count`. Sums are exact.
 *
 * Layout: rows of `width` pixels, 4 bytes each, without padding; the target has ⌈width / n⌉ × ⌈height / n⌉ pixels.
 * Alias: may work in place, for no square is written before it was read.
 * Tail: edge squares are summed pixel by pixel; nothing is read or written beyond the ends.
 */
export function reduceTransparent(
  source: usize,
  target: usize,
  width: usize,
  height: usize,
  level: i32,
): void {
  const n: usize = (<usize>1) << (<usize>level);
  const rowBytes = width * 4;
  let top: usize = 0;
  while (top < height) {
    const rows = min(n, height - top);
    let at = source + top * rowBytes;
    let left: usize = 0;
    if (rows == n && n == 2) {
      const pairs = halveWeightedRow(at, at + rowBytes, target, width >> 1);
      target += pairs * 4;
      at += pairs * 8;
      left = pairs * 2;
    }
    while (left < width) {
      const columns = min(n, width - left);
      const average =
        n <= LANES_SIDE
          ? weightedSquare(at, rowBytes, columns, rows)
          : weightedLargeSquare(at, rowBytes, columns, rows);
      store<u32>(target, average);
      target += 4;
      at += columns * 4;
      left += n;
    }
    top += n;
  }
}

/** At most 2^16 pixels: sums of four at a time stay below 2^32. */
function weightedSquare(source: usize, rowBytes: usize, columns: usize, rows: usize): u32 {
  const count = <i32>(columns * rows);
  let sum = i32x4.splat(0);
  while (rows > 0) {
    let at = source;
    let left = columns;
    while (left > 0) {
      // Pixels that are not loaded are zeros and add nothing.
      const v = left >= 4 ? v128.load(at) : left >= 2 ? v128.load64_zero(at) : v128.load32_zero(at);
      const now: usize = left >= 4 ? 4 : left >= 2 ? 2 : 1;
      sum = i32x4.add(sum, weightedQuad(v));
      at += now * 4;
      left -= now;
    }
    source += rowBytes;
    rows -= 1;
  }
  return weightedAverage(sum, count);
}

/** Σ c·a of four pixels for the colours, Σ a in the last lane. */
function weightedQuad(v: v128): v128 {
  const values = pairedValues(v);
  const weights = pairedWeights(v);
  return i32x4.add(dotLow(values, weights), dotHigh(values, weights));
}

/** Bytes of two pixels side by side, channel by channel, for the dot products of pairs. */
function pairedValues(v: v128): v128 {
  return v128.shuffle<u8>(v, v, 0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15);
}

/** Alphas in the same order; that of alpha itself is 1. */
function pairedWeights(v: v128): v128 {
  return v128.shuffle<u8>(v, i8x16.splat(1), 3, 7, 3, 7, 3, 7, 16, 16, 11, 15, 11, 15, 11, 15, 16, 16);
}

function dotLow(a: v128, b: v128): v128 {
  return i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b));
}

function dotHigh(a: v128, b: v128): v128 {
  return i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b));
}

/** Squares of 2 × 2, two at a time; returns how many were done (an even number, the last one is left to the caller). */
function halveWeightedRow(upper: usize, lower: usize, target: usize, squares: usize): usize {
  let left = squares;
  while (left >= 2) {
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
    left -= 2;
  }
  return squares - left;
}

/** The averages as a pixel. Floats divide the sums of 64 pixels, doubles those of 2^16, so exactly that rounding down is right. */
function weightedAverage(sum: v128, count: i32): u32 {
  const alpha = i32x4.extract_lane(sum, 3);
  if (alpha == 0) return 0;
  const divisor = i32x4.replace_lane(i32x4.splat(alpha), 3, count);
  const dividend = i32x4.add(sum, i32x4.shr_u(divisor, 1));
  if (count > 64) return packed(dividedAsDoubles(dividend, divisor));
  const average = f32x4.div(f32x4.convert_i32x4_s(dividend), f32x4.convert_i32x4_s(divisor));
  return packed(i32x4.trunc_sat_f32x4_s(average));
}

function dividedAsDoubles(dividend: v128, divisor: v128): v128 {
  const low = f64x2.div(f64x2.convert_low_i32x4_u(dividend), f64x2.convert_low_i32x4_u(divisor));
  const high = f64x2.div(
    f64x2.convert_low_i32x4_u(v128.shuffle<u64>(dividend, dividend, 1, 1)),
    f64x2.convert_low_i32x4_u(v128.shuffle<u64>(divisor, divisor, 1, 1)),
  );
  return v128.shuffle<u64>(i32x4.trunc_sat_f64x2_s_zero(low), i32x4.trunc_sat_f64x2_s_zero(high), 0, 2);
}

function weightedLargeSquare(source: usize, rowBytes: usize, columns: usize, rows: usize): u32 {
  let r: u64 = 0;
  let g: u64 = 0;
  let b: u64 = 0;
  let a: u64 = 0;
  const count = <u64>(columns * rows);
  while (rows > 0) {
    let at = source;
    let left = columns;
    while (left > 0) {
      const alpha = <u64>load<u8>(at, 3);
      r += <u64>load<u8>(at) * alpha;
      g += <u64>load<u8>(at, 1) * alpha;
      b += <u64>load<u8>(at, 2) * alpha;
      a += alpha;
      at += 4;
      left -= 1;
    }
    source += rowBytes;
    rows -= 1;
  }
  if (a == 0) return 0;
  const half = a >> 1;
  const colour = ((r + half) / a) | (((g + half) / a) << 8) | (((b + half) / a) << 16);
  return <u32>(colour | (((a + (count >> 1)) / count) << 24));
}
