import type { WidgetId } from './input.js';

type Kept = { readonly state: object; seenIn: number };

/** State of widgets by id, dropped once a frame has passed without them. */
export class KeptState {
  readonly #states = new Map<WidgetId, Kept>();
  #build = 0;
  /** How many this build has seen. */
  #seen = 0;

  /** The state of `id`; the caller always asks for one id with one type. */
  of<T extends object>(id: WidgetId, initial: () => T): T {
    let kept = this.#states.get(id);
    if (!kept) {
      kept = { state: initial(), seenIn: -1 };
      this.#states.set(id, kept);
    }
    if (kept.seenIn !== this.#build) {
      kept.seenIn = this.#build;
      this.#seen += 1;
    }
    return kept.state as T;
  }

  /** A new build begins: what the last one saw no longer counts. */
  startBuild(): void {
    this.#build += 1;
    this.#seen = 0;
  }

  dropUnseen(): void {
    if (this.#seen === this.#states.size) return;
    for (const [id, { seenIn }] of this.#states) if (seenIn !== this.#build) this.#states.delete(id);
  }
}
