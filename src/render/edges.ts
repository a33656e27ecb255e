import type { Rect } from '../geometry/index.js';

/** A rectangle by its four sides, in device px from the top left of the canvas; right and bottom are outside. */
export type Edges = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

export const nowhere: Edges = { left: 0, top: 0, right: 0, bottom: 0 };

/** The common part; `left >= right` or `top >= bottom` where there is none. */
export const intersectEdges = (a: Edges, b: Edges): Edges => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

export const isEmptyEdges = (e: Edges): boolean => !(e.left < e.right && e.top < e.bottom);

/** The parts of `a` outside of `b`, which do not overlap. */
export const outsideEdges = (a: Edges, b: Edges): readonly Edges[] => {
  const both = intersectEdges(a, b);
  if (isEmptyEdges(both)) return [a];
  const parts = [
    { ...a, bottom: both.top },
    { ...both, left: a.left, right: both.left },
    { ...both, left: both.right, right: a.right },
    { ...a, top: both.bottom },
  ];
  return parts.filter((part) => !isEmptyEdges(part));
};

/** A length as a whole number of device px: 0 stays 0, anything else is at least one. */
export const snapLength = (lengthCss: number, scale: number): number =>
  lengthCss > 0 ? Math.max(1, Math.round(lengthCss * scale)) : 0;

/** Up to this many device px an extent is a line's thickness, which must not depend on where it lies. */
const THIN = 3;

const snapRange = (start: number, length: number, scale: number): readonly [number, number] => {
  const low = Math.round(start * scale);
  if (length * scale <= THIN) return [low, low + snapLength(length, scale)];
  return [low, Math.round((start + length) * scale)];
};

/**
 * The device pixels of a rectangle in CSS px: each side goes to the nearest pixel border, so that rectangles that share a side
 * in CSS px share it on the screen. What is as thin as a line keeps one thickness wherever it lies, and never vanishes.
 */
export const snapRect = (rCss: Rect, scale: number): Edges => {
  const [left, right] = snapRange(rCss.x, rCss.width, scale);
  const [top, bottom] = snapRange(rCss.y, rCss.height, scale);
  return { left, top, right, bottom };
};

/** The device pixels of a clip: as `snapRect`, but a clip may be empty. */
export const snapClip = (rCss: Rect, scale: number): Edges => ({
  left: Math.round(rCss.x * scale),
  top: Math.round(rCss.y * scale),
  right: Math.round((rCss.x + rCss.width) * scale),
  bottom: Math.round((rCss.y + rCss.height) * scale),
});

/**
 * The pixels whose centres lie in `rCss`, as a rasteriser would fill them. The threshold lies 1/512 px beside the centre, so that sides
 * at half pixels (common) that were computed twice with different rounding errors still fall on one border: no gap, no overlap.
 */
export const coveredPixels = (rCss: Rect, scale: number): Edges => {
  const border = (value: number) => Math.ceil(value * scale - 0.5 - 1 / 512);
  return {
    left: border(rCss.x),
    top: border(rCss.y),
    right: border(rCss.x + rCss.width),
    bottom: border(rCss.y + rCss.height),
  };
};
