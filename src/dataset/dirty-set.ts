/** A save that runs: which samples it was given, and what they looked like then. */
export type SaveTicket = { readonly uindexes: readonly number[]; readonly changes: number };

/** The samples changed since they were last saved. */
export class DirtySet {
  /** For each dirty sample the count of changes at its last one. */
  readonly #lastChange = new Map<number, number>();
  #changes = 0;

  add(uindex: number): void {
    this.#lastChange.set(uindex, ++this.#changes);
  }

  has(uindex: number): boolean {
    return this.#lastChange.has(uindex);
  }

  get isEmpty(): boolean {
    return this.#lastChange.size === 0;
  }

  /** Ascending. */
  get uindexes(): readonly number[] {
    return [...this.#lastChange.keys()].sort((a, b) => a - b);
  }

  beginSave(): SaveTicket {
    return { uindexes: this.uindexes, changes: this.#changes };
  }

  /** The save succeeded: its samples are clean, but for those changed while it ran (S10). */
  saved({ uindexes, changes }: SaveTicket): void {
    for (const uindex of uindexes) {
      if ((this.#lastChange.get(uindex) ?? 0) <= changes) this.#lastChange.delete(uindex);
    }
  }
}
