/** Columns of a set of boxes: x, y, w, h in image px; colours with bytes R, G, B, A; 0 for what is left out. */
export type BoxColumns = {
  readonly boxes: Float32Array;
  readonly colors: Uint32Array;
  readonly shown: Uint8Array;
};

/** A tile of the picture of all boxes: px per image px, its place in the whole picture, its size, the stroke's width; in px. */
export type BoxRaster = {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly thick: number;
};

/**
 * What `rasteriseBoxes` of the wasm does: outlines into `target` (width × height, cleared first), in the order of `rows` (null: of
 * all). Gives the number of boxes that reach into the tile.
 */
export const rasteriseBoxesScalar = (
  { boxes, colors, shown }: BoxColumns,
  rows: ArrayLike<number> | null,
  raster: BoxRaster,
  target: Uint32Array,
): number => {
  const { scale, left, top, width, height, thick } = raster;
  target.fill(0, 0, width * height);
  const low = (start: number, origin: number) => Math.floor(start * scale - thick / 2 + 0.5) - origin;
  const high = (end: number, origin: number) => Math.ceil(end * scale + thick / 2 - 0.5) - origin;
  const count = rows ? rows.length : shown.length;
  let drawn = 0;
  for (let n = 0; n < count; n++) {
    const row = rows ? rows[n]! : n;
    if (shown[row] === 0) continue;
    const [x, y] = [boxes[row * 4]!, boxes[row * 4 + 1]!];
    const from = { x: low(x, left), y: low(y, top) };
    const to = {
      x: Math.max(high(x + boxes[row * 4 + 2]!, left), from.x + thick),
      y: Math.max(high(y + boxes[row * 4 + 3]!, top), from.y + thick),
    };
    if (!(from.x < width && from.y < height && to.x > 0 && to.y > 0)) continue;
    drawn += 1;
    const fill = (x0: number, y0: number, x1: number, y1: number) => {
      const [start, end] = [Math.max(0, x0), Math.min(width, x1)];
      if (start >= end) return;
      for (let line = Math.max(0, y0); line < Math.min(height, y1); line++) {
        target.fill(colors[row]!, line * width + start, line * width + end);
      }
    };
    if (to.x - from.x < 2 * thick || to.y - from.y < 2 * thick) {
      fill(from.x, from.y, to.x, to.y);
      continue;
    }
    fill(from.x, from.y, to.x, from.y + thick);
    fill(from.x, to.y - thick, to.x, to.y);
    fill(from.x, from.y + thick, from.x + thick, to.y - thick);
    fill(to.x - thick, from.y + thick, to.x, to.y - thick);
  }
  return drawn;
};
