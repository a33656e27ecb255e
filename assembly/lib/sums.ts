import { dotHigh, dotLow, pairedValues, pairedWeights } from './paired';

/** Pixels of RGBA, of grey, or of colours alone, summed: what `reduceStrip` is made of. Rows at a time are few: ROWS at most. */

/** Sums of so many bytes stay below 2¹². */
export const ROWS: usize = 16;

/**
 * Sums of columns of bytes as 16-bit numbers, over at most ROWS rows that are `stride` bytes apart. The sums of 64 columns stay in
 * registers while the rows are read: of each 16 bytes both the 16-bit lanes as they are and their upper bytes are added, and
 * what the upper bytes brought into the former is taken out at the end.
 */
export function sumColumns(source: usize, stride: usize, rows: usize, bytes: usize, sums: usize): void {
  while (bytes >= 64) {
    let a = i16x8.splat(0);
    let b = i16x8.splat(0);
    let c = i16x8.splat(0);
    let d = i16x8.splat(0);
    let upperA = i16x8.splat(0);
    let upperB = i16x8.splat(0);
    let upperC = i16x8.splat(0);
    let upperD = i16x8.splat(0);
    let at = source;
    let left = rows;
    while (left > 0) {
      const u = v128.load(at);
      const v = v128.load(at, 16);
      const w = v128.load(at, 32);
      const x = v128.load(at, 48);
      a = i16x8.add(a, u);
      upperA = i16x8.add(upperA, i16x8.shr_u(u, 8));
      b = i16x8.add(b, v);
      upperB = i16x8.add(upperB, i16x8.shr_u(v, 8));
      c = i16x8.add(c, w);
      upperC = i16x8.add(upperC, i16x8.shr_u(w, 8));
      d = i16x8.add(d, x);
      upperD = i16x8.add(upperD, i16x8.shr_u(x, 8));
      at += stride;
      left -= 1;
    }
    store16(a, upperA, sums);
    store16(b, upperB, sums + 32);
    store16(c, upperC, sums + 64);
    store16(d, upperD, sums + 96);
    source += 64;
    sums += 128;
    bytes -= 64;
  }
  while (bytes >= 16) {
    let all = i16x8.splat(0);
    let upper = i16x8.splat(0);
    let at = source;
    let left = rows;
    while (left > 0) {
      const v = v128.load(at);
      all = i16x8.add(all, v);
      upper = i16x8.add(upper, i16x8.shr_u(v, 8));
      at += stride;
      left -= 1;
    }
    store16(all, upper, sums);
    source += 16;
    sums += 32;
    bytes -= 16;
  }
  while (bytes > 0) {
    let sum: u32 = 0;
    let at = source;
    let left = rows;
    while (left > 0) {
      sum += load<u8>(at);
      at += stride;
      left -= 1;
    }
    store<u16>(sums, <u16>sum);
    source += 1;
    sums += 2;
    bytes -= 1;
  }
}

function store16(all: v128, upper: v128, target: usize): void {
  const lower = i16x8.sub(all, i16x8.shl(upper, 8));
  v128.store(target, v128.shuffle<u16>(lower, upper, 0, 8, 1, 9, 2, 10, 3, 11));
  v128.store(target, v128.shuffle<u16>(lower, upper, 4, 12, 5, 13, 6, 14, 7, 15), 16);
}

/** Four lanes added to four doubles. */
export function addLanes(accumulator: usize, lanes: v128): void {
  const high = v128.shuffle<u64>(lanes, lanes, 1, 1);
  v128.store(accumulator, f64x2.add(v128.load(accumulator), f64x2.convert_low_i32x4_u(lanes)));
  v128.store(accumulator, f64x2.add(v128.load(accumulator, 16), f64x2.convert_low_i32x4_u(high)), 16);
}

/**
 * Adds sums of columns to their squares' accumulators (four doubles each), times `weights`. `channels` is 3 or 4; of three the
 * last lane is whatever lies behind, which a weight of 0 drops. Reads up to 2 bytes beyond the sums.
 */
export function addColumns(
  sums: usize,
  channels: usize,
  accumulators: usize,
  columns: usize,
  n: usize,
  weights: v128,
): void {
  const step = channels * 2;
  while (columns > 0) {
    const now = min(columns, n);
    let sum = i32x4.splat(0);
    let left = now;
    while (left > 0) {
      sum = i32x4.add(sum, v128.load_ext<u16>(sums));
      sums += step;
      left -= 1;
    }
    addLanes(accumulators, i32x4.mul(sum, weights));
    accumulators += 32;
    columns -= now;
  }
}

/** The same for grey, whose sum goes to three lanes. */
export function addGreyColumns(sums: usize, accumulators: usize, columns: usize, n: usize): void {
  while (columns > 0) {
    const now = min(columns, n);
    let four = i32x4.splat(0);
    let left = now;
    while (left >= 4) {
      four = i32x4.add(four, v128.load_ext<u16>(sums));
      sums += 8;
      left -= 4;
    }
    const two = i32x4.add(four, v128.shuffle<u32>(four, four, 2, 3, 0, 1));
    let sum = <u32>(i32x4.extract_lane(two, 0) + i32x4.extract_lane(two, 1));
    while (left > 0) {
      sum += load<u16>(sums);
      sums += 2;
      left -= 1;
    }
    addLanes(accumulators, i32x4.splat(sum));
    accumulators += 32;
    columns -= now;
  }
}

/**
 * Adds RGBA pixels to their squares' accumulators, colours times alpha, over at most ROWS rows: at most 2¹⁶ pixels a square, so
 * that sums of four at a time stay below 2³².
 */
export function addWeighted(
  source: usize,
  stride: usize,
  rows: usize,
  accumulators: usize,
  columns: usize,
  n: usize,
): void {
  while (columns > 0) {
    const now = min(columns, n);
    let sum = i32x4.splat(0);
    let row = source;
    let left = rows;
    while (left > 0) {
      sum = i32x4.add(sum, weightedPixels(row, now));
      row += stride;
      left -= 1;
    }
    addLanes(accumulators, sum);
    source += now * 4;
    accumulators += 32;
    columns -= now;
  }
}

/** Σ c·a of some pixels side by side for the colours, Σ a in the last lane. */
function weightedPixels(at: usize, pixels: usize): v128 {
  let sum = i32x4.splat(0);
  while (pixels >= 4) {
    sum = i32x4.add(sum, weightedQuad(v128.load(at)));
    at += 16;
    pixels -= 4;
  }
  while (pixels > 0) {
    sum = i32x4.add(sum, weightedQuad(v128.load32_zero(at)));
    at += 4;
    pixels -= 1;
  }
  return sum;
}

function weightedQuad(v: v128): v128 {
  const values = pairedValues(v);
  const weights = pairedWeights(v);
  return i32x4.add(dotLow(values, weights), dotHigh(values, weights));
}
