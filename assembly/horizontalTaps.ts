import { packed } from './lib/pixel';
import { quantize1 } from './lib/quantize';

/**
 * The horizontal half of a resampling: a row of 16-bit numbers (see `verticalTaps`) → a row of RGBA, each pixel the sum of some
 * side by side, each times its weight.
 *
 * Layout: `starts` points at `pixels` numbers of 32 bits, where each pixel's first of twice `pairs` taps lies in the row (in pixels);
 * `weights` at as many 16-bit weights for each pixel, whose sum is 2^shift. `channels` is 1 (grey), 3 or 4 (the fourth is
 * dropped, the result is opaque); `swap` is not 0 where blue comes first.
 * Alias: nothing may overlap.
 * Tail: taps beyond the row, whose weights are 0, and 4 bytes besides are read: who calls pads the row.
 */
export function horizontalTaps(
  source: usize,
  target: usize,
  channels: i32,
  swap: i32,
  starts: usize,
  weights: usize,
  pairs: usize,
  pixels: usize,
  shift: i32,
): void {
  const half = i32x4.splat(1 << (shift + 5));
  const pick = pairsOf(channels, swap);
  const step = <usize>channels * 2;
  while (pixels > 0) {
    const first = source + <usize>load<u32>(starts) * step;
    const sum = channels == 1 ? greySum(first, weights, pairs) : colourSum(first, step, pick, weights, pairs);
    const whole = i32x4.shr_s(i32x4.add(sum, half), shift + 6);
    const clamped = i32x4.min_s(i32x4.max_s(whole, i32x4.splat(0)), i32x4.splat(255));
    store<u32>(target, packed(clamped) | 0xff000000);
    starts += 4;
    weights += pairs * 4;
    target += 4;
    pixels -= 1;
  }
}

/** The same for what `verticalWeightedTaps` made: colours are divided by alpha. Where alpha's sum is not positive all is 0. */
export function horizontalWeightedTaps(
  source: usize,
  target: usize,
  swap: i32,
  starts: usize,
  weights: usize,
  pairs: usize,
  pixels: usize,
  shift: i32,
): void {
  const pick = pairsOf(4, swap);
  const opaque: f32 = 255 / (16256 * <f32>(1 << shift));
  while (pixels > 0) {
    const sum = colourSum(source + <usize>load<u32>(starts) * 8, 8, pick, weights, pairs);
    const alpha = <f32>i32x4.extract_lane(sum, 3);
    store<u32>(target, alpha > 0 ? weightedPixel(sum, 255 / alpha, quantize1(alpha, opaque, 0)) : 0);
    starts += 4;
    weights += pairs * 4;
    target += 4;
    pixels -= 1;
  }
}

function weightedPixel(sum: v128, part: f32, alpha: u32): u32 {
  const red = quantize1(<f32>i32x4.extract_lane(sum, 0), part, 0);
  const green = quantize1(<f32>i32x4.extract_lane(sum, 1), part, 0);
  const blue = quantize1(<f32>i32x4.extract_lane(sum, 2), part, 0);
  return red | (green << 8) | (blue << 16) | (alpha << 24);
}

/** Which bytes of two pixels side by side make pairs of channels, in the order of the result. */
function pairsOf(channels: i32, swap: i32): v128 {
  if (channels == 3) {
    return swap
      ? i8x16(4, 5, 10, 11, 2, 3, 8, 9, 0, 1, 6, 7, -1, -1, -1, -1)
      : i8x16(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1);
  }
  return swap
    ? i8x16(4, 5, 12, 13, 2, 3, 10, 11, 0, 1, 8, 9, 6, 7, 14, 15)
    : i8x16(0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
}

function colourSum(at: usize, step: usize, pick: v128, weights: usize, pairs: usize): v128 {
  let sum = i32x4.splat(0);
  while (pairs > 0) {
    const two = v128.swizzle(v128.load(at), pick);
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(two, v128.load_splat<u32>(weights)));
    at += 2 * step;
    weights += 4;
    pairs -= 1;
  }
  return sum;
}

function greySum(at: usize, weights: usize, pairs: usize): v128 {
  let sum = i32x4.splat(0);
  while (pairs >= 4) {
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load(at), v128.load(weights)));
    at += 16;
    weights += 16;
    pairs -= 4;
  }
  while (pairs > 0) {
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load32_zero(at), v128.load32_zero(weights)));
    at += 4;
    weights += 4;
    pairs -= 1;
  }
  const two = i32x4.add(sum, v128.shuffle<u32>(sum, sum, 2, 3, 0, 1));
  return i32x4.add(two, v128.shuffle<u32>(two, two, 1, 0, 3, 2));
}
