/**
 * RGBA → any smaller RGBA by area averaging: target pixel (i, j) covers the source from i·W/w to (i+1)·W/w and from j·H/h to
 * (j+1)·H/h; each source pixel counts by the part of it that is covered, and its colours by its alpha besides.
 *
 * Layout: rows without padding, 4 bytes a pixel; `scratch` takes 16 bytes for each of `width` columns.
 * Alias: nothing may overlap.
 * Tail: the step is one pixel; nothing is read or written beyond the ends.
 */
export function resampleArea(
  source: usize,
  target: usize,
  scratch: usize,
  width: i32,
  height: i32,
  targetWidth: i32,
  targetHeight: i32,
): void {
  const stepY = <f64>height / <f64>targetHeight;
  for (let j = 0; j < targetHeight; j++) {
    const from = <f64>j * stepY;
    const to = <f64>(j + 1) * stepY;
    memory.fill(scratch, 0, <usize>width * 16);
    const last = min(height, <i32>ceil(to));
    for (let y = <i32>from; y < last; y++) {
      const covered = min<f64>(to, <f64>(y + 1)) - max<f64>(from, <f64>y);
      addRow(source + <usize>y * <usize>width * 4, scratch, width, <f32>covered);
    }
    target = averageRow(scratch, target, width, targetWidth, <f32>stepY);
  }
}

/** Adds `weight` times the row, colours multiplied by alpha. */
function addRow(source: usize, scratch: usize, width: i32, weight: f32): void {
  const w = f32x4.splat(weight);
  while (width > 0) {
    const bytes = i32x4.splat(load<u32>(source));
    const wide = v128.shuffle<u8>(
      bytes,
      i8x16.splat(0),
      0,
      16,
      16,
      16,
      1,
      16,
      16,
      16,
      2,
      16,
      16,
      16,
      3,
      16,
      16,
      16,
    );
    const v = f32x4.convert_i32x4_s(wide);
    const alpha = v128.shuffle<u32>(v, v, 3, 3, 3, 3);
    const weights = f32x4.replace_lane(alpha, 3, 1);
    const sum = f32x4.add(v128.load(scratch), f32x4.mul(f32x4.mul(v, weights), w));
    v128.store(scratch, sum);
    source += 4;
    scratch += 16;
    width -= 1;
  }
}

/** Averages columns of the sums into one row of the target; returns where the next row begins. */
function averageRow(scratch: usize, target: usize, width: i32, targetWidth: i32, stepY: f32): usize {
  const stepX = <f64>width / <f64>targetWidth;
  const area = <f32>stepX * stepY;
  for (let i = 0; i < targetWidth; i++) {
    const from = <f64>i * stepX;
    const to = <f64>(i + 1) * stepX;
    const last = min(width, <i32>ceil(to));
    let sum = f32x4.splat(0);
    for (let x = <i32>from; x < last; x++) {
      const covered = min<f64>(to, <f64>(x + 1)) - max<f64>(from, <f64>x);
      sum = f32x4.add(sum, f32x4.mul(v128.load(scratch + <usize>x * 16), f32x4.splat(<f32>covered)));
    }
    store<u32>(target, pixelOf(sum, area));
    target += 4;
  }
  return target;
}

function pixelOf(sum: v128, area: f32): u32 {
  const alpha = f32x4.extract_lane(sum, 3);
  if (alpha <= 0) return 0;
  const divisor = f32x4.replace_lane(f32x4.splat(alpha), 3, area);
  const average = f32x4.add(f32x4.div(sum, divisor), f32x4.splat(0.5));
  const whole = i32x4.min_u(i32x4.trunc_sat_f32x4_u(average), i32x4.splat(255));
  return i32x4.extract_lane(
    v128.shuffle<u8>(whole, whole, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12),
    0,
  );
}
