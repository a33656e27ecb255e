import type { Rect } from '../geometry/index.js';

/**
 * The viewport of a frame, measured once it is asked for: where it is not, the page need not be laid out. A class, since V8 keeps the
 * newest accessor of an object literal together with the literal's shape, and with it the closed view and its data.
 */
export class MeasuredViewport {
  readonly #measure: () => Rect;
  #rect: Rect | null = null;

  constructor(measure: () => Rect) {
    this.#measure = measure;
  }

  get viewport(): Rect {
    this.#rect ??= this.#measure();
    return this.#rect;
  }
}
