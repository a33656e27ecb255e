import type { Size } from '../geometry/index.js';
import type { Listeners } from './listeners.js';
import type { TallView, TallViewOptions } from './tall-view.js';

/** A canvas of so many rows is had everywhere: of more, browsers give fewer than they are asked for, and what is drawn is stretched. */
export const mostRows = 4096;

export type LateTallViewOptions = TallViewOptions & {
  /** Told once that the code cannot be loaded: what is drawn is stretched, until it is there at another size. */
  onProblem(error: Error): void;
};

/** What a view needs that is taller than a canvas can be, whose code is loaded then. */
export interface LateTallView {
  /** Null: nothing is needed. */
  readonly loaded: TallView | null;
  /** Kept when the code is there, or cannot be had. Null: nothing is awaited, and the view may be drawn. */
  readonly loading: Promise<void> | null;
  /** The view has this size, device px. */
  resize(device: Size): void;
  /** What comes after it is given up. */
  dispose(): void;
}

let code: typeof import('./tall-view.js') | null = null;

/** See `LateTallView`. */
export const createLateTallView = (listeners: Listeners, options: LateTallViewOptions): LateTallView => {
  let size: Size;
  let isTold = false;
  let isDisposed = false;
  const late = {
    loaded: null as TallView | null,
    loading: null as Promise<void> | null,
    resize(device: Size) {
      size = device;
      if (code && (late.loaded || size.height > mostRows)) take(code);
      else if (size.height > mostRows) late.loading ??= load();
    },
    dispose() {
      isDisposed = true;
      late.loaded?.dispose();
    },
  };
  const take = ({ createTallView }: typeof import('./tall-view.js')): void => {
    late.loaded ??= createTallView(listeners, options);
    late.loaded.resize(size);
  };
  const load = async (): Promise<void> => {
    try {
      code = await import('./tall-view.js');
      if (!isDisposed) take(code);
    } catch (cause) {
      if (!isTold)
        options.onProblem(
          new Error('The view is tall and drawn blurred: its code could not be loaded', { cause }),
        );
      isTold = true;
    }
    late.loading = null;
    options.redraw();
  };
  return late;
};
