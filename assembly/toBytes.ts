import { quantize1, ROUNDER, ROUNDER_BITS } from './lib/quantize';
import { bytesOf, Half, load1, load4 } from './lib/values';

/**
 * Values of any type → bytes, each `clamp(round(v · scale + offset), 0, 255)`.
 *
 * Layout: `count` values side by side. `constants` points at 12 scales, then 12 offsets, as floats: value i takes those of i mod 12,
 * so that channels of 1, 2, 3 or 4 side by side have their own in turn.
 * Alias: source and target must not overlap.
 * Tail: by twelve, then one by one; nothing is read or written beyond the ends.
 *
 * `type`: 0 u8, 1 i8, 2 u16, 3 i16, 4 u32, 5 i32, 6 u64, 7 i64, 8 f16, 9 f32, 10 f64.
 */
export function toBytes(type: i32, source: usize, target: usize, count: usize, constants: usize): void {
  switch (type) {
    case 0:
      return bytesFrom<u8>(source, target, count, constants);
    case 1:
      return bytesFrom<i8>(source, target, count, constants);
    case 2:
      return bytesFrom<u16>(source, target, count, constants);
    case 3:
      return bytesFrom<i16>(source, target, count, constants);
    case 4:
      return bytesFrom<u32>(source, target, count, constants);
    case 5:
      return bytesFrom<i32>(source, target, count, constants);
    case 6:
      return bytesFrom<u64>(source, target, count, constants);
    case 7:
      return bytesFrom<i64>(source, target, count, constants);
    case 8:
      return bytesFrom<Half>(source, target, count, constants);
    case 9:
      return bytesFrom<f32>(source, target, count, constants);
    case 10:
      return bytesFrom<f64>(source, target, count, constants);
  }
}

/** Bytes of one value of a type. */
export function typeBytes(type: i32): usize {
  return type < 2 ? 1 : type < 4 || type == 8 ? 2 : type == 6 || type == 7 || type == 10 ? 8 : 4;
}

function bytesFrom<T>(source: usize, target: usize, count: usize, constants: usize): void {
  const s0 = v128.load(constants);
  const s1 = v128.load(constants, 16);
  const s2 = v128.load(constants, 32);
  const o0 = v128.load(constants, 48);
  const o1 = v128.load(constants, 64);
  const o2 = v128.load(constants, 80);
  const four: usize = 4 * bytesOf<T>();
  while (count >= 48) {
    v128.store(
      target,
      packed(
        rounded4(load4<T>(source), s0, o0),
        rounded4(load4<T>(source + four), s1, o1),
        rounded4(load4<T>(source + 2 * four), s2, o2),
        rounded4(load4<T>(source + 3 * four), s0, o0),
      ),
    );
    v128.store(
      target,
      packed(
        rounded4(load4<T>(source + 4 * four), s1, o1),
        rounded4(load4<T>(source + 5 * four), s2, o2),
        rounded4(load4<T>(source + 6 * four), s0, o0),
        rounded4(load4<T>(source + 7 * four), s1, o1),
      ),
      16,
    );
    v128.store(
      target,
      packed(
        rounded4(load4<T>(source + 8 * four), s2, o2),
        rounded4(load4<T>(source + 9 * four), s0, o0),
        rounded4(load4<T>(source + 10 * four), s1, o1),
        rounded4(load4<T>(source + 11 * four), s2, o2),
      ),
      32,
    );
    source += 12 * four;
    target += 48;
    count -= 48;
  }
  while (count >= 12) {
    const a = rounded4(load4<T>(source), s0, o0);
    const b = rounded4(load4<T>(source + four), s1, o1);
    const c = rounded4(load4<T>(source + 2 * four), s2, o2);
    const bytes = packed(a, b, c, c);
    v128.store64_lane(target, bytes, 0);
    v128.store32_lane(target, bytes, 2, 8);
    source += 3 * four;
    target += 12;
    count -= 12;
  }
  while (count > 0) {
    store<u8>(target, quantize1(load1<T>(source), load<f32>(constants), load<f32>(constants, 48)));
    constants += 4;
    source += bytesOf<T>();
    target += 1;
    count -= 1;
  }
}

/** Four values rounded to nearest, as integers above `ROUNDER_BITS`; what is above 255 stays above. NaN becomes 0. */
function rounded4(v: v128, scale: v128, offset: v128): v128 {
  const affine = f32x4.add(f32x4.mul(v, scale), offset);
  return f32x4.add(f32x4.pmax(f32x4.splat(0), affine), f32x4.splat(ROUNDER));
}

/** Four times four of these as bytes; narrowing clamps them to 255. */
function packed(a: v128, b: v128, c: v128, d: v128): v128 {
  const zero = i32x4.splat(ROUNDER_BITS);
  const ab = i16x8.narrow_i32x4_s(i32x4.sub(a, zero), i32x4.sub(b, zero));
  const cd = i16x8.narrow_i32x4_s(i32x4.sub(c, zero), i32x4.sub(d, zero));
  return i8x16.narrow_i16x8_u(ab, cd);
}
