import { clamp, type Rect, type Size } from '../geometry/index.js';

/** Distance of a popup from what it belongs to and from the window's edges, CSS px. */
export const popupGap = 4;

export type PopupPlace = { readonly rect: Rect; readonly side: 'below' | 'above' };

/** The room above or below an anchor inside the viewport. */
const roomAt = (side: PopupPlace['side'], anchor: Rect, viewport: Rect): number =>
  side === 'below'
    ? viewport.y + viewport.height - popupGap - (anchor.y + anchor.height + popupGap)
    : anchor.y - popupGap - (viewport.y + popupGap);

/**
 * Where a popup of `size` goes: below its anchor, above it where it does not fit below and there is more room above; starting where the
 * anchor starts, moved sideways into the viewport; lower than `size` where neither side has the room.
 * All in CSS px of one plane. An anchor outside the viewport is taken at the nearest edge.
 */
export const placePopup = (anchor: Rect, size: Size, viewport: Rect): PopupPlace => {
  const below = roomAt('below', anchor, viewport);
  const above = roomAt('above', anchor, viewport);
  const side = size.height <= below || below >= above ? 'below' : 'above';
  const height = Math.max(0, Math.min(size.height, side === 'below' ? below : above));
  const width = Math.min(size.width, Math.max(0, viewport.width - 2 * popupGap));
  const right = viewport.x + viewport.width - popupGap;
  const x = clamp(anchor.x, viewport.x + popupGap, Math.max(viewport.x + popupGap, right - width));
  const y = side === 'below' ? anchor.y + anchor.height + popupGap : anchor.y - popupGap - height;
  const lowest = viewport.y + viewport.height - popupGap - height;
  return {
    rect: { x, y: clamp(y, viewport.y + popupGap, Math.max(viewport.y + popupGap, lowest)), width, height },
    side,
  };
};

/** Where a dialog of `size` goes: the middle of the viewport, no larger than it but for a gap around. CSS px of one plane. */
export const middleOf = (size: Size, viewport: Rect): Rect => {
  const width = Math.min(size.width, Math.max(0, viewport.width - 2 * popupGap));
  const height = Math.min(size.height, Math.max(0, viewport.height - 2 * popupGap));
  return {
    x: viewport.x + (viewport.width - width) / 2,
    y: viewport.y + (viewport.height - height) / 2,
    width,
    height,
  };
};
