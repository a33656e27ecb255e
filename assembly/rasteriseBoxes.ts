/** Beyond this many px from the tile it does not matter where an edge lies. */
const FAR: f64 = 1e6;

/**
 * Outlines of boxes into one RGBA tile: whole pixels without antialiasing, later boxes over earlier ones.
 *
 * Layout: `boxes` are x, y, w, h as four floats in image px, extents not negative; `colors` four bytes and `shown` one byte (0: left out) a box; `rows` the
 * boxes to draw, four bytes each, in order, or 0 for the first `count` of all. `view` points at three doubles: px per image px, and
 * the tile's left and top px in the whole picture at this scale. `target` takes width × height pixels, all of which are written.
 * A stroke of `thick` px is centred on the box's sides; where it would end between two pixels it moves inwards.
 * Alias: `target` lies apart from all else.
 * Tail: rows of pixels are stored four at a time, the last ones one by one; nothing is read or written beyond the ends.
 * Gives the number of boxes that reach into the tile.
 */
export function rasteriseBoxes(
  boxes: usize,
  colors: usize,
  shown: usize,
  rows: usize,
  count: usize,
  target: usize,
  width: i32,
  height: i32,
  thick: i32,
  view: usize,
): i32 {
  memory.fill(target, 0, (<usize>width * <usize>height) << 2);
  const scale = f64x2.splat(load<f64>(view));
  const origin = v128.load(view, 8);
  const half = f64x2.splat(<f64>thick * 0.5);
  const extent = f64x2(<f64>width, <f64>height);
  const reach = f64x2.div(f64x2.splat(<f64>thick + 2), scale);
  const first = f64x2.sub(f64x2.div(origin, scale), reach);
  const last = f64x2.add(f64x2.div(f64x2.add(origin, extent), scale), reach);
  // x, y ≤ last and −right, −bottom ≤ −first, with room for what single precision loses.
  const exact = v128.shuffle<f32>(
    f32x4.demote_f64x2_zero(last),
    f32x4.demote_f64x2_zero(f64x2.neg(first)),
    0,
    1,
    4,
    5,
  );
  const limits = f32x4.add(exact, f32x4.mul(f32x4.abs(exact), f32x4.splat(1e-6)));
  let drawn = 0;
  for (let n: usize = 0; n < count; n++) {
    const row = rows == 0 ? n : <usize>load<u32>(rows + (n << 2));
    if (load<u8>(shown + row) == 0) continue;
    const box = v128.load(boxes + (row << 4));
    const size = v128.shuffle<f32>(box, box, 2, 3, 2, 3);
    const ends = f32x4.neg(f32x4.add(box, size));
    if (!i32x4.all_true(f32x4.le(v128.shuffle<f32>(box, ends, 0, 1, 4, 5), limits))) continue;
    const start = f64x2.promote_low_f32x4(box);
    const end = f64x2.add(start, f64x2.promote_low_f32x4(size));
    const low = f64x2.sub(
      f64x2.floor(f64x2.add(f64x2.sub(f64x2.mul(start, scale), half), f64x2.splat(0.5))),
      origin,
    );
    const far = f64x2.sub(
      f64x2.ceil(f64x2.sub(f64x2.add(f64x2.mul(end, scale), half), f64x2.splat(0.5))),
      origin,
    );
    const high = f64x2.max(far, f64x2.add(low, f64x2.splat(<f64>thick)));
    const near = f64x2.max(low, f64x2.splat(-FAR));
    const wide = f64x2.min(high, f64x2.splat(FAR));
    const left = <i32>f64x2.extract_lane(near, 0);
    const top = <i32>f64x2.extract_lane(near, 1);
    const right = <i32>f64x2.extract_lane(wide, 0);
    const bottom = <i32>f64x2.extract_lane(wide, 1);
    if (left >= width || top >= height || right <= 0 || bottom <= 0) continue;
    drawn += 1;
    const color = load<u32>(colors + (row << 2));
    if (thick == 1 && right - left <= 2 && bottom - top <= 2 && left >= 0 && top >= 0) {
      if (right <= width && bottom <= height) {
        // A few px without a hollow: most boxes of a whole image with very many are so small.
        const at = target + ((<usize>top * <usize>width + <usize>left) << 2);
        const below = at + <usize>(bottom - top - 1) * ((<usize>width) << 2);
        const beside = (<usize>(right - left - 1)) << 2;
        store<u32>(at, color);
        store<u32>(at + beside, color);
        store<u32>(below, color);
        store<u32>(below + beside, color);
        continue;
      }
    }
    if (right - left < 2 * thick || bottom - top < 2 * thick) {
      fillPart(target, width, height, left, top, right, bottom, color);
      continue;
    }
    fillPart(target, width, height, left, top, right, top + thick, color);
    fillPart(target, width, height, left, bottom - thick, right, bottom, color);
    fillPart(target, width, height, left, top + thick, left + thick, bottom - thick, color);
    fillPart(target, width, height, right - thick, top + thick, right, bottom - thick, color);
  }
  return drawn;
}

/** The part of a rectangle that lies in the tile, in one colour. */
function fillPart(
  target: usize,
  width: i32,
  height: i32,
  left: i32,
  top: i32,
  right: i32,
  bottom: i32,
  color: u32,
): void {
  const x = max(left, 0);
  const y = max(top, 0);
  const across = min(right, width) - x;
  let lines = min(bottom, height) - y;
  if (across <= 0) return;
  const four = i32x4.splat(color);
  let line = target + ((<usize>y * <usize>width + <usize>x) << 2);
  while (lines > 0) {
    let at = line;
    let left4 = across;
    while (left4 >= 4) {
      v128.store(at, four);
      at += 16;
      left4 -= 4;
    }
    while (left4 > 0) {
      store<u32>(at, color);
      at += 4;
      left4 -= 1;
    }
    line += (<usize>width) << 2;
    lines -= 1;
  }
}
