import type { Size } from '../geometry/index.js';

/** A view's size on the page, and in whole device px. */
export type HostSize = { readonly css: Size; readonly device: Size };

/** Follows an element's size, the page's zoom and the screen's density. */
export interface SizeObserver {
  readonly size: HostSize;
  /** The density changed since the size was taken, and nothing has told yet. */
  readonly isStale: boolean;
  /** Reads the layout now: for the first frame, and after a height was given. Does not call `onSize`. */
  measure(): HostSize;
  dispose(): void;
}

const nothing: Size = { width: 0, height: 0 };

const rounded = (css: Size, ratio: number): Size => ({
  width: Math.round(css.width * ratio),
  height: Math.round(css.height * ratio),
});

const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

/** The laid out size, fractions kept, whatever transforms the page applies; 0 where it is not rendered. */
const layoutSize = (element: HTMLElement, view: Window): Size => {
  if (element.getClientRects().length === 0) return nothing;
  const style = view.getComputedStyle(element);
  return { width: Number.parseFloat(style.width) || 0, height: Number.parseFloat(style.height) || 0 };
};

const observeBox = (observer: ResizeObserver, element: HTMLElement): void => {
  try {
    observer.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    // Without device pixels in the observer the size is rounded from the ratio.
    observer.observe(element);
  }
};

/** Calls back at every change of device px per CSS px until the returned function is called. */
const watchDensity = (view: Window, onChange: () => void): (() => void) => {
  let query = view.matchMedia(`(resolution: ${view.devicePixelRatio}dppx)`);
  const changed = (): void => {
    query.removeEventListener('change', changed);
    query = view.matchMedia(`(resolution: ${view.devicePixelRatio}dppx)`);
    query.addEventListener('change', changed);
    onChange();
  };
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
};

/** Device px per CSS px of the element: the screen's density, the page's zoom, and CSS zoom on its ancestors. */
const ratioOf = (element: HTMLElement, view: Window): number =>
  view.devicePixelRatio * ((element as { readonly currentCSSZoom?: number }).currentCSSZoom ?? 1);

/** What the observer says, unless it is off by more than rounding: an emulated density is unknown to it. */
const deviceSize = (entry: ResizeObserverEntry, css: Size, ratio: number): Size => {
  const exact = entry.devicePixelContentBoxSize?.[0];
  const guess = rounded(css, ratio);
  if (!exact) return guess;
  const device = { width: exact.inlineSize, height: exact.blockSize };
  const isClose = (side: 'width' | 'height') => Math.abs(device[side] - css[side] * ratio) <= 1;
  return isClose('width') && isClose('height') ? device : guess;
};

/** See `SizeObserver`. `onSize` comes before the page paints, and only for a size that differs from the last known. */
export const observeSize = (element: HTMLElement, onSize: (size: HostSize) => void): SizeObserver => {
  const view = element.ownerDocument.defaultView ?? window;
  let size: HostSize = { css: nothing, device: nothing };
  let ratio = 0;

  const take = (next: HostSize): boolean => {
    const changed = !sameSize(next.css, size.css) || !sameSize(next.device, size.device);
    if (changed) size = next;
    ratio = view.devicePixelRatio;
    return changed;
  };
  const observer = new ResizeObserver((entries) => {
    const entry = entries.at(-1);
    if (!entry) return;
    const css = { width: entry.contentRect.width, height: entry.contentRect.height };
    if (take({ css, device: deviceSize(entry, css, ratioOf(element, view)) })) onSize(size);
  });
  observeBox(observer, element);

  const measure = (): HostSize => {
    const css = layoutSize(element, view);
    // The exact device size of the observer is better than a rounded one, as long as it is of this layout.
    if (ratio !== view.devicePixelRatio || !sameSize(css, size.css)) {
      take({ css, device: rounded(css, ratioOf(element, view)) });
    }
    return size;
  };
  const stopDensity = watchDensity(view, () => {
    const before = size;
    if (measure() !== before) onSize(size);
  });

  return {
    get size() {
      return size;
    },
    get isStale() {
      return ratio !== view.devicePixelRatio;
    },
    measure,
    dispose() {
      observer.disconnect();
      stopDensity();
    },
  };
};
