/** A point; the name of a variable says its space (`pImage`, `pScreen`). */
export type Point = { readonly x: number; readonly y: number };
/** Width and height in the unit its name says. */
export type Size = { readonly width: number; readonly height: number };
/** An axis-aligned rectangle: top left corner and extent, extents never negative. */
export type Rect = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export const rect = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });

/** Half open: the left and top edges belong to it, the right and bottom ones do not. */
export const contains = (r: Rect, p: Point): boolean =>
  p.x >= r.x && p.y >= r.y && p.x < r.x + r.width && p.y < r.y + r.height;

/** The common part; extents are 0 where there is none. */
export const intersection = (a: Rect, b: Rect): Rect => {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return rect(
    x,
    y,
    Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
    Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y),
  );
};

export const isEmpty = (r: Rect): boolean => r.width <= 0 || r.height <= 0;

export const sameRect = (a: Rect, b: Rect): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/** Grown by `by` on all four sides (shrunk when negative, extents stop at 0). */
export const inflate = (r: Rect, by: number): Rect =>
  rect(r.x - by, r.y - by, Math.max(0, r.width + 2 * by), Math.max(0, r.height + 2 * by));

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);
