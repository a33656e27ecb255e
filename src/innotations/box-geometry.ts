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

/** Moved by whole pixels, kept inside the image with its extent unchanged where it fits; one that is larger is cut to the image's size. */
export const movedBox = (box: BoxValue, dx: number, dy: number, image: Size): BoxValue => {
  const [width, height] = [Math.min(box[2], image.width), Math.min(box[3], image.height)];
  return [
    clamp(Math.round(box[0] + dx), 0, Math.max(0, image.width - width)),
    clamp(Math.round(box[1] + dy), 0, Math.max(0, image.height - height)),
    width,
    height,
  ];
};

/** The edges that the handle holds follow the pointer's way; crossing the opposite edge turns the box over. */
export const resizedBox = (box: BoxValue, handle: Handle, dx: number, dy: number, image: Size): BoxValue => {
  if (handle === 'move') return movedBox(box, dx, dy, image);
  const [x, y, width, height] = box;
  const left = x + (handle.includes('w') ? dx : 0);
  const right = x + width + (handle.includes('e') ? dx : 0);
  const top = y + (handle.startsWith('n') ? dy : 0);
  const bottom = y + height + (handle.startsWith('s') ? dy : 0);
  return boxBetween({ x: left, y: top }, { x: right, y: bottom }, image);
};

/** The right and the lower edge moved by whole pixels; at least one pixel stays, inside the image. */
export const stretchedBox = (box: BoxValue, dx: number, dy: number, image: Size): BoxValue => {
  const x = clamp(box[0], 0, Math.max(0, image.width - 1));
  const y = clamp(box[1], 0, Math.max(0, image.height - 1));
  return [
    x,
    y,
    clamp(box[0] + box[2] + dx - x, 1, Math.max(1, image.width - x)),
    clamp(box[1] + box[3] + dy - y, 1, Math.max(1, image.height - y)),
  ];
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

/** The handle within reach of the pointer, the nearest one first; undefined when none is. */
export const handleAt = (
  box: BoxValue,
  view: ScreenFromImage,
  pScreen: Point,
  reachPx: number,
): Handle | undefined => {
  const distance = (p: Point) => Math.max(Math.abs(p.x - pScreen.x), Math.abs(p.y - pScreen.y));
  return handlesOfBox(box, view)
    .map(({ handle, at }) => ({ handle, away: distance(at) }))
    .filter(({ away }) => away <= reachPx)
    .sort((a, b) => a.away - b.away)[0]?.handle;
};

/** The index of the smallest box that contains the point, so that a box inside another can be reached; −1 when none does. */
export const boxAt = (boxes: readonly BoxValue[], pImage: Point): number => {
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  boxes.forEach((box, i) => {
    const [x, y, width, height] = box;
    const inside = pImage.x >= x && pImage.y >= y && pImage.x <= x + width && pImage.y <= y + height;
    if (!isBlank(box) && inside && width * height < least) {
      least = width * height;
      found = i;
    }
  });
  return found;
};

export const cursorOfHandle: Readonly<Record<Handle, string>> = {
  nw: 'nwse-resize',
  se: 'nwse-resize',
  ne: 'nesw-resize',
  sw: 'nesw-resize',
  n: 'ns-resize',
  s: 'ns-resize',
  e: 'ew-resize',
  w: 'ew-resize',
  move: 'move',
};
