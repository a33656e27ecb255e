import type { Size } from '../geometry/index.js';
import type { Rows } from '../render/index.js';
import { mostRows } from './late-tall-view.js';
import type { Listeners } from './listeners.js';

/**
 * The rows of a view `height` tall that its canvas is to have: all, as long as it may; else those about the `seen` ones. Where the ones
 * it has hold what is seen, it keeps them.
 */
export const rowsFor = (height: number, seen: Rows, before: Rows): Rows => {
  const most = Math.max(mostRows, Math.ceil(seen.height / 128) * 256);
  if (height <= most) return { top: 0, height };
  const [first, end] = [seen.top, seen.top + seen.height].map((row) => Math.min(Math.max(row, 0), height));
  if (before.height === most && before.top <= first! && end! <= before.top + most) return before;
  const top = Math.round(seen.top + (seen.height - most) / 2);
  return { top: Math.min(Math.max(top, 0), height - most), height: most };
};

export type TallViewOptions = {
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  showRows(rows: Rows): void;
  /** What is seen left the canvas. */
  redraw(): void;
};

/** Keeps the canvas of a view that is taller than a canvas can be where the view is seen. */
export interface TallView {
  /** The view has this size, device px: the canvas has all of it, or as much as it may. */
  resize(device: Size): void;
  /** Goes to what is seen; before every drawing. */
  follow(): void;
  dispose(): void;
}

/** See `TallView`. */
export const createTallView = (
  listeners: Listeners,
  { root, canvas, showRows, redraw }: TallViewOptions,
): TallView => {
  const view = root.ownerDocument.defaultView ?? window;
  let height = 0;
  let rows: Rows = { top: 0, height: 0 };
  /** Those to be shown next: measured when something moved, not at each drawing, for which the page would be laid out. */
  let next = rows;

  const wanted = (): Rows => {
    if (height <= mostRows) return { top: 0, height };
    const box = root.getBoundingClientRect();
    if (box.height === 0) return rows;
    const ratio = height / box.height;
    return rowsFor(
      height,
      { top: Math.floor(-box.top * ratio), height: Math.ceil(view.innerHeight * ratio) },
      rows,
    );
  };

  const follow = (): void => {
    if (next.top === rows.top && next.height === rows.height) return;
    rows = next;
    const share = (part: number) => (rows.height === height ? '' : `${(part / height) * 100}%`);
    canvas.style.top = share(rows.top);
    canvas.style.height = share(rows.height);
    showRows(rows);
  };
  const look = (): void => {
    next = wanted();
    if (next !== rows && rows.height < height) redraw();
  };
  listeners.on(view, 'scroll', look, { capture: true, passive: true });
  listeners.on(view, 'resize', look);
  // Of what else moves it no event tells: elements that scroll in another shadow, transforms, a move in the document.
  const moves = new IntersectionObserver(look, { threshold: Array.from({ length: 21 }, (_, i) => i / 20) });
  for (const element of [root, canvas]) moves.observe(element);

  return {
    resize(device) {
      height = device.height;
      rows = { top: 0, height };
      canvas.style.top = '';
      canvas.style.height = '';
      next = wanted();
      follow();
    },
    follow,
    dispose: () => moves.disconnect(),
  };
};
