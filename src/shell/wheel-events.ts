import type { Size } from '../geometry/index.js';
import type { FrameLoop } from './frame-loop.js';
import type { HostElements } from './host-elements.js';
import type { Listeners } from './listeners.js';
import { modifiersOf } from './modifiers.js';
import type { PointerContext } from './pointer-events.js';

export type WheelContext = Pick<PointerContext, 'pointOf'> & {
  readonly elements: HostElements;
  readonly loop: FrameLoop;
  /** Size of the canvas in CSS px: what a page of scrolling is. */
  size(): Size;
};

const linePx = 16;

/** CSS px of one unit of a wheel event's deltas, by its `deltaMode` (0 px, 1 lines, 2 pages). */
export const wheelUnitPx = (deltaMode: number, pagePx: number): number =>
  deltaMode === 1 ? linePx : deltaMode === 2 ? pagePx : 1;

/** Passes the wheel on. The page scrolls, or zooms, unless the ui used the event. */
export const listenToWheel = (
  listeners: Listeners,
  { elements, loop, pointOf, size }: WheelContext,
): void => {
  const onWheel = (event: WheelEvent): void => {
    const { width, height } = size();
    const used = loop.send({
      tag: 'wheel',
      at: pointOf(event),
      deltaX: event.deltaX * wheelUnitPx(event.deltaMode, width),
      deltaY: event.deltaY * wheelUnitPx(event.deltaMode, height),
      zoom: event.ctrlKey,
      modifiers: modifiersOf(event),
    });
    if (used) event.preventDefault();
  };
  listeners.on(elements.root, 'wheel', onWheel, { passive: false });
};
