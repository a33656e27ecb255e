import type { WidgetId } from './input.js';

/** State of widgets by id, dropped once a frame has passed without them. */
export class KeptState {
  readonly #states = new Map<WidgetId, object>();
  #seen = new Set<WidgetId>();

  /** The state of `id`; the caller always asks for one id with one type. */
  of<T extends object>(id: WidgetId, initial: () => T): T {
    this.#seen.add(id);
    const found = this.#states.get(id);
    if (found) return found as T;
    const made = initial();
    this.#states.set(id, made);
    return made;
  }

  /** A new build begins: what the last one saw no longer counts. */
  startBuild(): void {
    this.#seen = new Set();
  }

  dropUnseen(): void {
    for (const id of this.#states.keys()) if (!this.#seen.has(id)) this.#states.delete(id);
  }
}
