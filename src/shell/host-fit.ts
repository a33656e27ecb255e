import type { Size } from '../geometry/index.js';
import { type HostSize, observeSize } from './host-size.js';
import { initialHeight, settleHeight } from './settle-height.js';

/** Keeps view and host of one size: the width is the host's; the height the host's, or the content's where that is more. */
export interface HostFit {
  /** Size in CSS px of the view, or what it was before it was hidden; null before it had a width. */
  readonly css: Size | null;
  /** There are pixels to draw on. */
  readonly isSized: boolean;
  /** The least height asked for, CSS px. */
  readonly heightPx: number;
  /** Takes in a density that changed without an event; before every frame. */
  refresh(): void;
  /** Asks for at least this height in CSS px. True: the view has another size now. */
  giveHeight(contentHeight: number): boolean;
  dispose(): void;
}

export type HostFitOptions = {
  readonly container: HTMLElement;
  /** Fills the container; has the view's size. */
  readonly root: HTMLElement;
  /** The view has this size now; called for sizes with pixels alone. */
  onResize(size: HostSize): void;
  /** The browser laid the view out anew and is about to paint: what is drawn now is what is seen. */
  onBeforePaint(): void;
};

const hasPixels = ({ device }: HostSize): boolean => device.width > 0 && device.height > 0;

/** See `HostFit`. */
export const createHostFit = ({ container, root, onResize, onBeforePaint }: HostFitOptions): HostFit => {
  let height = initialHeight;
  let css: Size | null = null;
  let isObserving = false;

  const accept = (size: HostSize): void => {
    if (size.css.width > 0) css = size.css;
    if (hasPixels(size)) onResize(size);
  };
  const sizes = observeSize(root, (size) => {
    accept(size);
    isObserving = true;
    try {
      if (css) onBeforePaint();
    } finally {
      isObserving = false;
    }
  });
  accept(sizes.measure());

  return {
    get css() {
      return css;
    },
    get isSized() {
      return hasPixels(sizes.size);
    },
    get heightPx() {
      return height.height;
    },
    refresh() {
      if (sizes.isStale) accept(sizes.measure());
    },
    giveHeight(contentHeight) {
      const before = sizes.size;
      // A new height inside the observer's own callback would be reported as a loop; the next frame gives it.
      if (isObserving || before.css.width <= 0) return false;
      const next = settleHeight(height, before.css.width, contentHeight, performance.now());
      const changed = next.height !== height.height;
      height = next;
      if (!changed) return false;
      container.style.minHeight = `${next.height}px`;
      const after = sizes.measure();
      if (after === before) return false;
      accept(after);
      return true;
    },
    dispose: sizes.dispose,
  };
};
