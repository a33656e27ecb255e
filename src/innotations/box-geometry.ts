import type { BoxValue } from '../dataset/index.js';
import {
  clamp,
  type Point,
  type Rect,
  rect,
  type ScreenFromImage,
  type Size,
  screenRect,
} from '../geometry/index.js';

/** The eight places a box is resized by, as compass points, and its centre, by which it is moved. */
export type Handle = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'move';

export const blankBox: BoxValue = [0, 0, 0, 0];

/** A box without extent covers nothing and counts as not annotated (T7). */
export const isBlank = (box: BoxValue): boolean => box[2] <= 0 || box[3] <= 0;

export const sameBox = (a: BoxValue, b: BoxValue): boolean => a.every((value, i) => value === b[i]);

export const rectOfBox = (box: BoxValue): Rect => rect(box[0], box[1], box[2], box[3]);

/** Whole pixels between two corners in any order, cut to the image on all four sides (B3). */
export const boxBetween = (a: Point, b: Point, image: Size): BoxValue => {
  const edge = (value: number, size: number) => clamp(Math.round(value), 0, size);
  const left = edge(Math.min(a.x, b.x), image.width);
  const top = edge(Math.min(a.y, b.y), image.height);
  const right = edge(Math.max(a.x, b.x), image.width);
  const bottom = edge(Math.max(a.y, b.y), image.height);
  return [left, top, right - left, bottom - top];
};

/** The part of a box that lies on the image; a box that is inside is left as it is. */
export const boxInImage = (box: BoxValue, image: Size): BoxValue => {
  const [x, y, width, height] = box;
  const isInside = x >= 0 && y >= 0 && x + width <= image.width && y + height <= image.height;
  return isInside ? box : boxBetween({ x, y }, { x: x + width, y: y + height }, image);
};

const alongX: Readonly<Record<Handle, number>> = {
  nw: 0,
  w: 0,
  sw: 0,
  n: 0.5,
  s: 0.5,
  move: 0.5,
  ne: 1,
  e: 1,
  se: 1,
};
const alongY: Readonly<Record<Handle, number>> = {
  nw: 0,
  n: 0,
  ne: 0,
  w: 0.5,
  e: 0.5,
  move: 0.5,
  sw: 1,
  s: 1,
  se: 1,
};
const corners: readonly Handle[] = ['se', 'nw', 'ne', 'sw'];
const sides: readonly Handle[] = ['e', 's', 'n', 'w'];

/** Below this many screen px a side has room for its corners alone, and the middle for no grip. */
const roomForAllPx = 36;

/** Handles of a box with their centres on screen; small boxes show corners alone so that they can still be held. */
export const handlesOfBox = (
  box: BoxValue,
  view: ScreenFromImage,
): readonly { readonly handle: Handle; readonly at: Point }[] => {
  const onScreen = screenRect(view, rectOfBox(box));
  const roomy = Math.min(onScreen.width, onScreen.height) >= roomForAllPx;
  const shown: readonly Handle[] = roomy ? [...corners, ...sides, 'move'] : corners;
  return shown.map((handle) => ({
    handle,
    at: {
      x: onScreen.x + onScreen.width * alongX[handle],
      y: onScreen.y + onScreen.height * alongY[handle],
    },
  }));
};
