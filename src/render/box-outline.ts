import type { Rect } from '../geometry/index.js';
import { type Edges, intersectEdges, snapLength } from './edges.js';

/** One side of an outline: its pixels, and the length along the outline (device px, growing clockwise) at each of its sides. */
export type Strip = { readonly at: Edges; readonly along: Edges };

const snapOutline = (start: number, end: number, thick: number): readonly [number, number] => {
  const low = Math.round(start - thick / 2);
  const high = -Math.round(-(end + thick / 2));
  return [low, Math.max(high, low + thick)];
};

/**
 * Outer borders and thickness of the stroke around `rCss`, in whole device px. As canvas `strokeRect` it is centred on the rectangle's
 * sides; where that would end between two pixels it moves inwards on every side, so that the outline is sharp and symmetrical.
 */
export const outlineEdges = (
  rCss: Rect,
  lineWidth: number,
  scale: number,
): { readonly outer: Edges; readonly thick: number } => {
  const thick = snapLength(lineWidth, scale);
  const [left, right] = snapOutline(rCss.x * scale, (rCss.x + rCss.width) * scale, thick);
  const [top, bottom] = snapOutline(rCss.y * scale, (rCss.y + rCss.height) * scale, thick);
  return { outer: { left, top, right, bottom }, thick };
};

/**
 * The outline as four strips that share no pixel: each begins at its corner, clockwise from the top left, and leaves the last corner to
 * the next one. Their lengths add up to the length of the stroke's centre line, so that dashes run round the corners.
 */
export const outlineStrips = (outer: Edges, thick: number): readonly Strip[] => {
  const { left, top, right, bottom } = outer;
  const across = right - left - thick;
  const down = bottom - top - thick;
  if (across < thick || down < thick) return [bar(outer)];
  return [
    { at: { left, top, right: right - thick, bottom: top + thick }, along: ends(0, across, 'x') },
    {
      at: { left: right - thick, top, right, bottom: bottom - thick },
      along: ends(across, across + down, 'y'),
    },
    {
      at: { left: left + thick, top: bottom - thick, right, bottom },
      along: ends(2 * across + down, across + down, 'x'),
    },
    {
      at: { left, top: top + thick, right: left + thick, bottom },
      along: ends(2 * (across + down), 2 * across + down, 'y'),
    },
  ];
};

/** An outline with nothing inside is one bar, its dashes along its longer side. */
const bar = (outer: Edges): Strip => {
  const [width, height] = [outer.right - outer.left, outer.bottom - outer.top];
  return { at: outer, along: width >= height ? ends(0, width, 'x') : ends(0, height, 'y') };
};

const ends = (low: number, high: number, axis: 'x' | 'y'): Edges =>
  axis === 'x'
    ? { left: low, right: high, top: 0, bottom: 0 }
    : { left: 0, right: 0, top: low, bottom: high };

/**
 * A strip cut to the clip, its lengths reduced by whole periods, so that single precision holds them exactly however long the outline.
 * 1/64 px is added so that a dash that ends on a pixel's centre always ends on the same side of it.
 */
export const visibleStrip = (strip: Strip, clip: Edges, period: number): Strip => {
  const at = intersectEdges(strip.at, clip);
  const perX = (strip.along.right - strip.along.left) / (strip.at.right - strip.at.left);
  const perY = (strip.along.bottom - strip.along.top) / (strip.at.bottom - strip.at.top);
  const left = strip.along.left + (at.left - strip.at.left) * perX;
  const right = strip.along.left + (at.right - strip.at.left) * perX;
  const top = strip.along.top + (at.top - strip.at.top) * perY;
  const bottom = strip.along.top + (at.bottom - strip.at.top) * perY;
  const shift = 1 / 64 - Math.floor((Math.min(left, right) + Math.min(top, bottom)) / period) * period;
  return { at, along: { left: left + shift, right: right + shift, top, bottom } };
};
