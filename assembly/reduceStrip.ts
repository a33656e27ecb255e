import { isOpaque } from './isOpaque';
import { averageColumns, FEW } from './lib/averageColumns';
import { halveOpaque, halveWeighted } from './lib/halve';
import { packed, swapped } from './lib/pixel';
import { addColumns, addGreyColumns, addWeighted, ROWS, sumColumns } from './lib/sums';
import { typeBytes } from './toBytes';
import { bytesToRgba, quantizePiece } from './valuesToRgba';

/** Squares are at most so many pixels wide, and as many high: sums of their columns' sums stay below 2³². */
const SIDE: usize = 4096;
/** Pixels of a row that are taken at a time, where squares are not wider. */
const COLUMNS: usize = 2048;
const ACCUMULATORS: usize = COLUMNS * 32;
const SUMS: usize = SIDE * 8 + 16;
const STAGED: usize = ROWS * SIDE * 4;

/** Bytes that `reduceStrip` wants as scratch. */
export function reduceScratchBytes(): usize {
  return ACCUMULATORS + SUMS + 2 * STAGED;
}

/**
 * Some rows of pixels of any type, layout, order and 1 to 4 channels → one row of RGBA, each pixel the average of `n` pixels side
 * by side in all the rows; the last averages what there is. Averages are exact: `(sum + ⌊count / 2⌋) ÷ count`, rounded down, of
 * the bytes that `valuesToRgba` makes. Colours are averaged with their alpha as weight, so that transparent pixels leave no
 * fringe: `c = (Σ c·a + ⌊Σa / 2⌋) ÷ Σa`, and 0 where Σa is 0.
 *
 * The source is read once: pieces of a few rows become bytes in the scratch where they are not bytes already, and are summed
 * there. What is opaque is summed without weights, which comes to the same.
 *
 * Layout: as for `valuesToRgba`, `rows` rows (4096 at most) of `width` pixels without padding, 1 ≤ n ≤ 4096; the target takes
 * ⌈width / n⌉ pixels, `scratch` takes `reduceScratchBytes()`.
 * Alias: nothing may overlap.
 * Tail: the last piece is as long as what is left; nothing is read or written beyond the ends.
 */
export function reduceStrip(
  type: i32,
  channels: i32,
  swap: i32,
  constants: usize,
  source: usize,
  plane: usize,
  target: usize,
  width: usize,
  rows: usize,
  n: usize,
  scratch: usize,
): void {
  const pixelBytes = plane ? typeBytes(type) : typeBytes(type) * <usize>channels;
  const most = n < COLUMNS ? COLUMNS - (COLUMNS % n) : n;
  let left = width;
  while (left > 0) {
    const columns = min(left, most);
    const squares = (columns + n - 1) / n;
    const rowBytes = width * pixelBytes;
    reducePiece(type, channels, swap, constants, source, plane, rowBytes, target, columns, rows, n, scratch);
    source += columns * pixelBytes;
    target += squares * 4;
    left -= columns;
  }
}

function reducePiece(
  type: i32,
  channels: i32,
  swap: i32,
  constants: usize,
  source: usize,
  plane: usize,
  rowBytes: usize,
  target: usize,
  columns: usize,
  rows: usize,
  n: usize,
  scratch: usize,
): void {
  const sums = scratch + ACCUMULATORS;
  const staged = sums + SUMS;
  const halves = n == 2 && rows == 2;
  // Bytes that are summed as they lie; what else there is becomes RGBA first.
  const direct = plane == 0 && (halves ? channels == 4 && !swap : channels != 2);
  const bytes: usize = direct ? <usize>channels : 4;
  const stride = direct && !constants ? rowBytes : columns * bytes;
  const hasAlpha = (channels & 1) == 0;
  if (!halves) memory.fill(scratch, 0, ((columns + n - 1) / n) * 32);
  for (let row: usize = 0; row < rows; row += ROWS) {
    const now = min(rows - row, ROWS);
    let at = source + row * rowBytes;
    if (!direct) at = stageRgba(type, channels, swap, constants, at, plane, rowBytes, columns, now, staged);
    else if (constants) at = stageBytes(type, channels, constants, at, plane, rowBytes, columns, now, staged);
    if (direct && !constants) fetchRows(at, stride, now, columns * bytes, sums);
    const opaque = !hasAlpha || rowsAreOpaque(at, stride, now, columns);
    if (halves) {
      if (opaque) halveOpaque(at, at + stride, target, columns);
      else halveWeighted(at, at + stride, target, columns);
      return;
    }
    if (opaque) {
      sumColumns(at, stride, now, columns * bytes, sums);
      if (now == rows && n <= FEW) {
        return averageColumns(sums, bytes, target, columns, rows, n, direct && swap != 0);
      }
      if (bytes == 1) addGreyColumns(sums, scratch, columns, n);
      else
        addColumns(sums, bytes, scratch, columns, n, hasAlpha ? i32x4(255, 255, 255, 1) : i32x4(1, 1, 1, 0));
    } else addWeighted(at, stride, now, scratch, columns, n);
  }
  if (hasAlpha) storeWeighted(scratch, target, columns, rows, n, direct && swap != 0);
  else storeOpaque(scratch, target, columns, rows, n, direct && swap != 0);
}

/** Some rows as bytes, laid out as in the source, in `staged`, which is given back. Planes are `rows · columns` bytes apart. */
function stageBytes(
  type: i32,
  channels: i32,
  constants: usize,
  source: usize,
  plane: usize,
  rowBytes: usize,
  columns: usize,
  rows: usize,
  staged: usize,
): usize {
  const stride = plane ? columns : columns * <usize>channels;
  for (let row: usize = 0; row < rows; row++) {
    const to = staged + row * stride;
    quantizePiece(type, channels, constants, source, plane, to, columns, rows * columns);
    source += rowBytes;
  }
  return staged;
}

/** Some rows as RGBA in `staged`, which is given back. */
function stageRgba(
  type: i32,
  channels: i32,
  swap: i32,
  constants: usize,
  source: usize,
  plane: usize,
  rowBytes: usize,
  columns: usize,
  rows: usize,
  staged: usize,
): usize {
  if (constants) {
    source = stageBytes(type, channels, constants, source, plane, rowBytes, columns, rows, staged + STAGED);
    rowBytes = plane ? columns : columns * <usize>channels;
    plane = plane ? rows * columns : 0;
  }
  for (let row: usize = 0; row < rows; row++) {
    bytesToRgba(channels, swap, source, plane, staged + row * columns * 4, columns);
    source += rowBytes;
  }
  return staged;
}

function rowsAreOpaque(at: usize, stride: usize, rows: usize, columns: usize): bool {
  while (rows > 0) {
    if (!isOpaque(at, columns)) return false;
    at += stride;
    rows -= 1;
  }
  return true;
}

/** Half a step more than needed keeps whole numbers away from where rounding the reciprocal could take them below. */
function storeOpaque(sums: usize, target: usize, columns: usize, rows: usize, n: usize, swap: bool): void {
  while (columns > 0) {
    const now = min(columns, n);
    const count = <f64>(now * rows);
    const half = f64x2.splat(Math.floor(count / 2) + 0.5);
    const part = f64x2.splat(1 / count);
    const redGreen = f64x2.mul(f64x2.add(v128.load(sums), half), part);
    const blue = f64x2.mul(f64x2.add(v128.load(sums, 16), half), part);
    const pixel = pixelOf(redGreen, blue) | 0xff000000;
    store<u32>(target, swap ? swapped(pixel) : pixel);
    sums += 32;
    target += 4;
    columns -= now;
  }
}

/** Doubles divide sums below 2⁴¹ so exactly that rounding down is right; 0 ÷ 0 becomes 0. */
function storeWeighted(sums: usize, target: usize, columns: usize, rows: usize, n: usize, swap: bool): void {
  while (columns > 0) {
    const now = min(columns, n);
    const blueAlpha = v128.load(sums, 16);
    const alphas = v128.shuffle<u64>(blueAlpha, blueAlpha, 1, 1);
    const divisors = f64x2.replace_lane(alphas, 1, <f64>(now * rows));
    const redGreen = f64x2.div(f64x2.add(v128.load(sums), half(alphas)), alphas);
    const pixel = pixelOf(redGreen, f64x2.div(f64x2.add(blueAlpha, half(divisors)), divisors));
    store<u32>(target, swap ? swapped(pixel) : pixel);
    sums += 32;
    target += 4;
    columns -= now;
  }
}

function half(divisors: v128): v128 {
  return f64x2.floor(f64x2.mul(divisors, f64x2.splat(0.5)));
}

function pixelOf(redGreen: v128, blueAlpha: v128): u32 {
  const low = i32x4.trunc_sat_f64x2_u_zero(redGreen);
  return packed(v128.shuffle<u64>(low, i32x4.trunc_sat_f64x2_u_zero(blueAlpha), 0, 2));
}

/**
 * Reads a byte of each cache line, row by row. Sums of columns hop from row to row, which memory answers at half the speed of long
 * runs: so the runs come first, and the sums find their bytes in the cache.
 */
function fetchRows(at: usize, stride: usize, rows: usize, bytes: usize, scratch: usize): void {
  let sum: u32 = 0;
  while (rows > 0) {
    let from = at;
    let left = bytes;
    while (left >= 256) {
      sum += load<u8>(from) + load<u8>(from, 64) + load<u8>(from, 128) + load<u8>(from, 192);
      from += 256;
      left -= 256;
    }
    at += stride;
    rows -= 1;
  }
  // Kept, or the compiler would leave the reading out.
  store<u8>(scratch, sum);
}
