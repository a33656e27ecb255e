import {
  intersection,
  isEmpty,
  type Rect,
  rect,
  type ScreenFromImage,
  type Size,
  screenRect,
} from '../geometry/index.js';
import type { Color, Shape } from '../paint/index.js';

/** Pixels smaller than this have no lines between them; device px. */
const leastPixelPx = 12;

/** Side by side they are seen on any ground. */
const dark: Color = [0, 0, 0, 0.4];
const light: Color = [1, 1, 1, 0.4];

/** Borders between pixels inside (low, high) of an axis, in device px; the same whole numbers at which nearest texels change. */
const borders = (
  offset: number,
  scale: number,
  pixels: number,
  low: number,
  high: number,
  ratio: number,
): number[] => {
  const first = Math.max(1, Math.floor((low - offset) / scale) + 1);
  const last = Math.min(pixels - 1, Math.ceil((high - offset) / scale) - 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Math.round((offset + (first + i) * scale) * ratio),
  );
};

/**
 * Lines between the pixels of an image that is shown so large that they can be told apart: a dark and a light one a border, each a
 * device px wide, those in the frame alone.
 */
export const pixelGridShapes = (
  view: ScreenFromImage,
  image: Size,
  frame: Rect,
  devicePixelRatio: number,
): Shape[] => {
  const ratio = devicePixelRatio;
  const place = intersection(screenRect(view, rect(0, 0, image.width, image.height)), frame);
  if (view.scale * ratio < leastPixelPx || isEmpty(place)) return [];
  const { x, y, width, height } = place;
  const line = (at: Rect, color: Color): Shape => ({ tag: 'quad', rect: at, color });
  const columns = borders(view.x, view.scale, image.width, x, x + width, ratio);
  const rows = borders(view.y, view.scale, image.height, y, y + height, ratio);
  return [
    ...columns.flatMap((at) => [
      line(rect((at - 1) / ratio, y, 1 / ratio, height), dark),
      line(rect(at / ratio, y, 1 / ratio, height), light),
    ]),
    ...rows.flatMap((at) => [
      line(rect(x, (at - 1) / ratio, width, 1 / ratio), dark),
      line(rect(x, at / ratio, width, 1 / ratio), light),
    ]),
  ];
};
