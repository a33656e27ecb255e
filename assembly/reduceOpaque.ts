import { LANES_SIDE, packed } from './lib/squares';

/**
 * RGBA whose pixels are all opaque → smaller RGBA by area averaging over squares of n × n pixels, n = 2^level ≤ 4096; squares at
 * the right and bottom edge average what they have. Sums are exact integers; the average is `(sum + ⌊count / 2⌋) ÷ count`, rounded down.
 *
 * Layout: rows of `width` pixels, 4 bytes each, without padding; the target has ⌈width / n⌉ × ⌈height / n⌉ pixels.
 * Alias: may work in place, for no square is written before it was read.
 * Tail: edge squares are summed pixel by pixel; nothing is read or written beyond the ends.
 */
export function reduceOpaque(source: usize, target: usize, width: usize, height: usize, level: i32): void {
  const n: usize = (<usize>1) << (<usize>level);
  const rowBytes = width * 4;
  let top: usize = 0;
  while (top < height) {
    const rows = min(n, height - top);
    let left: usize = 0;
    let at = source + top * rowBytes;
    if (rows == n && n == 2) {
      const pairs = halveRow(at, at + rowBytes, target, width >> 1);
      target += pairs * 4;
      at += pairs * 8;
      left = pairs * 2;
    } else if (rows == n && n >= 4 && n <= LANES_SIDE) {
      while (left + n <= width) {
        store<u32>(target, wholeSquare(at, rowBytes, n, level));
        target += 4;
        at += n * 4;
        left += n;
      }
    }
    while (left < width) {
      const columns = min(n, width - left);
      store<u32>(target, edgeSquare(at, rowBytes, columns, rows));
      target += 4;
      at += columns * 4;
      left += n;
    }
    top += n;
  }
}

/** Squares of 2 × 2, two at a time; returns how many were done (an even number, the last one is left to the caller). */
function halveRow(upper: usize, lower: usize, target: usize, squares: usize): usize {
  let left = squares;
  while (left >= 2) {
    const a = v128.load(upper);
    const b = v128.load(lower);
    const low = i16x8.add(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b));
    const high = i16x8.add(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b));
    const sum = i16x8.add(v128.shuffle<u64>(low, high, 0, 2), v128.shuffle<u64>(low, high, 1, 3));
    const average = i16x8.shr_u(i16x8.add(sum, i16x8.splat(2)), 2);
    v128.store64_lane(target, i8x16.narrow_i16x8_u(average, average), 0);
    upper += 16;
    lower += 16;
    target += 8;
    left -= 2;
  }
  return squares - left;
}

/** n × n pixels, 4 ≤ n ≤ 256: bytes are added into 16-bit lanes for as many rows as these hold, then into 32-bit lanes. */
function wholeSquare(source: usize, rowBytes: usize, n: usize, level: i32): u32 {
  let sum = i32x4.splat(0);
  // A lane takes n/2 bytes a row; 257 bytes of 255 fill it.
  const rowsAtOnce = max<usize>(1, min<usize>(n, 512 / n));
  let rows = n;
  while (rows > 0) {
    let part = i16x8.splat(0);
    const now = min(rows, rowsAtOnce);
    let row = now;
    while (row > 0) {
      let at = source;
      let quads = n >> 2;
      while (quads > 0) {
        const v = v128.load(at);
        part = i16x8.add(part, i16x8.add(i16x8.extend_low_i8x16_u(v), i16x8.extend_high_i8x16_u(v)));
        at += 16;
        quads -= 1;
      }
      source += rowBytes;
      row -= 1;
    }
    sum = i32x4.add(sum, i32x4.add(i32x4.extend_low_i16x8_u(part), i32x4.extend_high_i16x8_u(part)));
    rows -= now;
  }
  const half = i32x4.splat(1 << (2 * level - 1));
  return packed(i32x4.shr_u(i32x4.add(sum, half), 2 * level));
}

function edgeSquare(source: usize, rowBytes: usize, columns: usize, rows: usize): u32 {
  let r: u32 = 0;
  let g: u32 = 0;
  let b: u32 = 0;
  let a: u32 = 0;
  const count = <u32>(columns * rows);
  while (rows > 0) {
    let at = source;
    let left = columns;
    while (left > 0) {
      r += load<u8>(at);
      g += load<u8>(at, 1);
      b += load<u8>(at, 2);
      a += load<u8>(at, 3);
      at += 4;
      left -= 1;
    }
    source += rowBytes;
    rows -= 1;
  }
  const half = count >> 1;
  return (
    ((r + half) / count) |
    (((g + half) / count) << 8) |
    (((b + half) / count) << 16) |
    (((a + half) / count) << 24)
  );
}
