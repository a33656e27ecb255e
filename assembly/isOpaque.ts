/**
 * Whether every alpha is 255, as 1 or 0.
 *
 * Layout: 4 bytes a pixel. Alias: nothing is written. Tail: one by one; nothing is read beyond the end.
 */
export function isOpaque(source: usize, pixels: usize): i32 {
  let all = i32x4.splat(-1);
  while (pixels >= 16) {
    all = v128.and(all, v128.and(v128.load(source), v128.load(source, 16)));
    all = v128.and(all, v128.and(v128.load(source, 32), v128.load(source, 48)));
    source += 64;
    pixels -= 16;
  }
  while (pixels > 0) {
    all = v128.and(all, i32x4.splat(load<u32>(source)));
    source += 4;
    pixels -= 1;
  }
  const alpha = v128.and(all, i32x4.splat(0xff000000));
  return i32x4.all_true(i32x4.eq(alpha, i32x4.splat(0xff000000))) ? 1 : 0;
}
