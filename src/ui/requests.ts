import type { UiEvent, WidgetId } from './input.js';
import type { UiRequest } from './output.js';

/** Collects over the builds of one frame what the shell is asked to do; the same wish counts once. */
export class Requests {
  readonly #used = new Set<UiEvent>();
  readonly #captures = new Set<number>();
  readonly #spoken: UiRequest[] = [];
  readonly #repaints = new Map<string, number>();
  #focus: WidgetId | null = null;

  use(event: UiEvent): void {
    this.#used.add(event);
  }
  isUsed(event: UiEvent): boolean {
    return this.#used.has(event);
  }
  capture(pointerId: number): void {
    this.#captures.add(pointerId);
  }
  focus(id: WidgetId): void {
    this.#focus = id;
  }
  announce(text: string, assertive: boolean): void {
    this.#spoken.push({ tag: 'announce', text, assertive });
  }
  /** The soonest of the wishes with one reason is kept. */
  repaint(reason: string, afterMs: number): void {
    this.#repaints.set(reason, Math.min(afterMs, this.#repaints.get(reason) ?? afterMs));
  }

  /** In the order in which they should be performed; nothing is asked for focus where it is already. */
  list(focused: WidgetId | null): readonly UiRequest[] {
    const list: UiRequest[] = [];
    if (this.#used.size > 0) list.push({ tag: 'preventDefault' });
    for (const pointerId of this.#captures) list.push({ tag: 'capture', pointerId });
    if (this.#focus !== null && this.#focus !== focused) list.push({ tag: 'focus', id: this.#focus });
    list.push(...this.#spoken);
    for (const [reason, afterMs] of this.#repaints) list.push({ tag: 'repaint', afterMs, reason });
    return list;
  }
}
