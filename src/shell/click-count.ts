import type { Point } from '../geometry/index.js';

/** The last press of a pointer, to tell single, double and triple presses apart. */
export type Press = {
  readonly at: Point;
  readonly timeMs: number;
  readonly button: number;
  readonly pointerType: string;
  readonly clicks: number;
};

const withinMs = 500;
const withinPx = (pointerType: string): number => (pointerType === 'touch' ? 24 : 5);

/** The new press, with how many in a row it makes at one place: 1, 2, … Positions in CSS px. */
export const countPress = (last: Press | null, next: Omit<Press, 'clicks'>): Press => {
  const follows =
    last !== null &&
    last.button === next.button &&
    last.pointerType === next.pointerType &&
    next.timeMs - last.timeMs <= withinMs &&
    Math.hypot(next.at.x - last.at.x, next.at.y - last.at.y) <= withinPx(next.pointerType);
  return { ...next, clicks: follows ? last.clicks + 1 : 1 };
};
