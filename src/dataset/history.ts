/** One value that changed: where, and what it was and is. `P` names the place. */
export type Diff<P> = { readonly place: P; readonly before: unknown; readonly after: unknown };

/** What one undo takes back, in the order it was done. Never empty. */
export type Step<P> = readonly Diff<P>[];

/** A step of its own; part of the last one; or with it back where that began, so that both are gone. */
export type Recorded = 'none' | 'new' | 'grown' | 'dropped';

export type HistoryRules<P> = {
  readonly samePlace: (a: P, b: P) => boolean;
  readonly sameValue: (place: P, a: unknown, b: unknown) => boolean;
  /** Steps that are kept; the oldest go first. Default 1000. */
  readonly limit?: number;
};

/**
 * Undo and redo by diffs. It holds values and writes none: `undo` and `redo` give what the caller is to put in place.
 * Consecutive steps of one diff with the same merge key and place become one; one that ends where it began is dropped.
 */
export class History<P> {
  #done: Step<P>[] = [];
  #undone: Step<P>[] = [];
  /** The key under which the last step still grows; null when it is closed. */
  #open: string | null = null;
  readonly #rules: HistoryRules<P>;
  readonly #limit: number;

  constructor(rules: HistoryRules<P>) {
    this.#rules = rules;
    this.#limit = Math.max(1, rules.limit ?? 1000);
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }
  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Takes a step that was just done; what was undone before it is gone. Gives what became of it; an empty one changes nothing. */
  record(step: Step<P>, merge?: string): Recorded {
    if (step.length === 0) return 'none';
    this.#undone = [];
    if (merge !== undefined && merge === this.#open && this.#grow(step)) {
      return this.#open === null ? 'dropped' : 'grown';
    }
    this.#done.push(step);
    if (this.#done.length > this.#limit) this.#done.shift();
    this.#open = merge ?? null;
    return 'new';
  }

  /** Puts steps of an earlier session before those of this one; what they had undone can be redone where nothing was recorded since. */
  putBelow(done: readonly Step<P>[], undone: readonly Step<P>[]): void {
    if (!this.canUndo && !this.canRedo) this.#undone = [...undone];
    this.#done = [...done, ...this.#done].slice(-this.#limit);
  }

  endMerge(): void {
    this.#open = null;
  }

  /** Diffs to put in place, last first, each to its `before`; null where there is nothing to undo. */
  undo(): Step<P> | null {
    const step = this.#done.pop();
    this.#open = null;
    if (!step) return null;
    this.#undone.push(step);
    return [...step].reverse();
  }

  /** Diffs to put in place, in order, each to its `after`; null where there is nothing to redo. */
  redo(): Step<P> | null {
    const step = this.#undone.pop();
    this.#open = null;
    if (!step) return null;
    this.#done.push(step);
    return step;
  }

  #grow(step: Step<P>): boolean {
    const last = this.#done.at(-1);
    const [old] = last ?? [];
    const [next] = step;
    if (!old || !next || last?.length !== 1 || step.length !== 1) return false;
    if (!this.#rules.samePlace(old.place, next.place)) return false;
    this.#done.pop();
    if (this.#rules.sameValue(old.place, old.before, next.after)) this.#open = null;
    else this.#done.push([{ place: old.place, before: old.before, after: next.after }]);
    return true;
  }
}
