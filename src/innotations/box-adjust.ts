import type { BoxValue } from '../dataset/index.js';
import { clamp, type Point, type ScreenFromImage, type Size } from '../geometry/index.js';
import { boxBetween, type Handle, handlesOfBox, isBlank } from './box-geometry.js';

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
