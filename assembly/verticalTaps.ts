/**
 * The vertical half of a resampling: several rows of bytes, each times its weight, summed up to one row of 16-bit numbers.
 *
 * Layout: `rows` points at twice `pairs` pointers to rows, `weights` at as many 16-bit weights, whose sum is 2^shift (0 for rows
 * that only fill the last pair). Two rows at a time are multiplied and added by dot products of pairs; sums stay in
 * registers. The result has 6 bits behind the point: 64 · 255 is white.
 * Alias: nothing may overlap.
 * Tail: `bytes` is a multiple of 32; who calls pads the rows and the target.
 */
export function verticalTaps(
  rows: usize,
  weights: usize,
  pairs: usize,
  target: usize,
  bytes: usize,
  shift: i32,
): void {
  const down = shift - 6;
  const half = i32x4.splat(1 << (down - 1));
  for (let at: usize = 0; at < bytes; at += 32) {
    let a = half;
    let b = half;
    let c = half;
    let d = half;
    let e = half;
    let f = half;
    let g = half;
    let h = half;
    let row = rows;
    let weight = weights;
    let left = pairs;
    while (left > 0) {
      const upper = <usize>load<u32>(row) + at;
      const lower = <usize>load<u32>(row, 4) + at;
      const w = v128.load_splat<u32>(weight);
      const u = v128.load(upper);
      const l = v128.load(lower);
      const low = v128.shuffle<u8>(u, l, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const high = v128.shuffle<u8>(u, l, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(low), w));
      b = i32x4.add(b, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(low), w));
      c = i32x4.add(c, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(high), w));
      d = i32x4.add(d, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(high), w));
      const v = v128.load(upper, 16);
      const m = v128.load(lower, 16);
      const nextLow = v128.shuffle<u8>(v, m, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const nextHigh = v128.shuffle<u8>(v, m, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      e = i32x4.add(e, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(nextLow), w));
      f = i32x4.add(f, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(nextLow), w));
      g = i32x4.add(g, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(nextHigh), w));
      h = i32x4.add(h, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(nextHigh), w));
      row += 8;
      weight += 4;
      left -= 1;
    }
    v128.store(target, narrowed(a, b, down));
    v128.store(target, narrowed(c, d, down), 16);
    v128.store(target, narrowed(e, f, down), 32);
    v128.store(target, narrowed(g, h, down), 48);
    target += 64;
  }
}

/**
 * The same for rows of RGBA whose colours count by their alpha: of colour c and alpha a comes `(c·a + 2) >> 2`, of alpha itself
 * `(255·a + 2) >> 2`, so that 16256 is white and opaque.
 */
export function verticalWeightedTaps(
  rows: usize,
  weights: usize,
  pairs: usize,
  target: usize,
  bytes: usize,
  shift: i32,
): void {
  const half = i32x4.splat(1 << (shift - 1));
  for (let at: usize = 0; at < bytes; at += 16) {
    let a = half;
    let b = half;
    let c = half;
    let d = half;
    let row = rows;
    let weight = weights;
    let left = pairs;
    while (left > 0) {
      const w = v128.load_splat<u32>(weight);
      const u = v128.load(<usize>load<u32>(row) + at);
      const l = v128.load(<usize>load<u32>(row, 4) + at);
      const upperAlpha = alphas(u);
      const lowerAlpha = alphas(l);
      const upperLow = quarter(i16x8.extmul_low_i8x16_u(u, upperAlpha));
      const upperHigh = quarter(i16x8.extmul_high_i8x16_u(u, upperAlpha));
      const lowerLow = quarter(i16x8.extmul_low_i8x16_u(l, lowerAlpha));
      const lowerHigh = quarter(i16x8.extmul_high_i8x16_u(l, lowerAlpha));
      a = i32x4.add(a, i32x4.dot_i16x8_s(firstPairs(upperLow, lowerLow), w));
      b = i32x4.add(b, i32x4.dot_i16x8_s(lastPairs(upperLow, lowerLow), w));
      c = i32x4.add(c, i32x4.dot_i16x8_s(firstPairs(upperHigh, lowerHigh), w));
      d = i32x4.add(d, i32x4.dot_i16x8_s(lastPairs(upperHigh, lowerHigh), w));
      row += 8;
      weight += 4;
      left -= 1;
    }
    v128.store(target, narrowed(a, b, shift));
    v128.store(target, narrowed(c, d, shift), 16);
    target += 32;
  }
}

/** Each pixel's alpha beside its colours, 255 beside alpha. */
function alphas(v: v128): v128 {
  const white = i8x16.splat(-1);
  return v128.shuffle<u8>(v, white, 3, 3, 3, 16, 7, 7, 7, 16, 11, 11, 11, 16, 15, 15, 15, 16);
}

function quarter(products: v128): v128 {
  return i16x8.shr_u(i16x8.add(products, i16x8.splat(2)), 2);
}

function firstPairs(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

function lastPairs(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

function narrowed(a: v128, b: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(a, shift), i32x4.shr_s(b, shift));
}
