import type { Point, Rect } from '../geometry/index.js';

/** Straight (not premultiplied) sRGB and alpha, each 0…1. */
export type Color = readonly [number, number, number, number];

/** A font as canvas 2D understands it, size in CSS px. */
export type Font = { readonly family: string; readonly sizePx: number; readonly weight: number };

/** The two-colour outline of a box: `color1` solid, `color2` dashed over it. Lengths in CSS px. */
export type BoxStyle = {
  readonly color1: Color;
  readonly color2: Color;
  readonly lineDash: readonly number[];
  readonly lineWidth: number;
  readonly opacity: number;
};

/** Names a texture that was uploaded; see `TileTextures`. */
export type TileKey = string;

/**
 * What should appear, in CSS px of the canvas, painted in order. Fractional positions are allowed: quads, rounded rectangles,
 * clips and text snap to device pixels; tiles and boxes keep their exact place (a box's stroke is snapped to device pixels).
 */
export type Shape =
  | { readonly tag: 'quad'; readonly rect: Rect; readonly color: Color }
  | {
      readonly tag: 'rounded';
      readonly rect: Rect;
      readonly radius: number;
      readonly fill: Color;
      /** Drawn inside the rectangle. */
      readonly border?: { readonly width: number; readonly color: Color };
    }
  | {
      readonly tag: 'text';
      readonly text: string;
      /** Left end of the text (right end or middle, by `align`) on its alphabetic baseline. */
      readonly at: Point;
      readonly align: 'left' | 'center' | 'right';
      readonly font: Font;
      readonly color: Color;
      /** Longer text is cut and ends in an ellipsis. */
      readonly maxWidth?: number;
    }
  | {
      readonly tag: 'tile';
      readonly key: TileKey;
      /** Part of the texture, in texels. */
      readonly source: Rect;
      readonly target: Rect;
      readonly filter: 'nearest' | 'linear';
      readonly opacity: number;
    }
  | { readonly tag: 'box'; readonly rect: Rect; readonly style: BoxStyle }
  | {
      readonly tag: 'line';
      readonly from: Point;
      readonly to: Point;
      readonly width: number;
      readonly color: Color;
    }
  | { readonly tag: 'clip'; readonly rect: Rect; readonly shapes: readonly Shape[] };

export type Picture = readonly Shape[];
