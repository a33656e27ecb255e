/** Which of the selected samples is shown. */
export class Position {
  readonly #uindexes: readonly number[];
  readonly #prefetch: number;
  #index = 0;
  #direction: 1 | -1 = 1;

  /** `uindexes`: the selected rows in their order, at least one; `prefetch`: how many are `upcoming`. */
  constructor(uindexes: readonly number[], prefetch: number) {
    this.#uindexes = uindexes;
    this.#prefetch = prefetch;
  }

  get length(): number {
    return this.#uindexes.length;
  }
  get index(): number {
    return this.#index;
  }
  get uindex(): number {
    return this.#uindexes[this.#index]!;
  }

  /** The row one position back; null at the first. */
  get before(): number | null {
    return this.#uindexes[this.#index - 1] ?? null;
  }

  /** False where it is there already. Throws a RangeError for what is no position. */
  go(index: number): boolean {
    if (!Number.isInteger(index) || index < 0 || index >= this.length) {
      throw new RangeError(`index is ${index}; it must be a whole number from 0 to ${this.length - 1}`);
    }
    if (index === this.#index) return false;
    this.#direction = index > this.#index ? 1 : -1;
    this.#index = index;
    return true;
  }

  /** The position nearest to the present one that shows this row; null where none does. */
  find(uindex: number): number | null {
    let best: number | null = null;
    for (let i = 0; i < this.length; i++) {
      if (this.#uindexes[i] !== uindex) continue;
      if (best === null || Math.abs(i - this.#index) < Math.abs(best - this.#index)) best = i;
    }
    return best;
  }

  /** The first other position, after this one and then from the start, whose row it holds for; null when there is none. */
  findNext(holds: (uindex: number) => boolean): number | null {
    for (let step = 1; step < this.length; step++) {
      const index = (this.#index + step) % this.length;
      if (holds(this.#uindexes[index]!)) return index;
    }
    return null;
  }

  /** Rows to read ahead: on in the direction of the last step, and one back. */
  get upcoming(): readonly number[] {
    if (this.#prefetch === 0) return [];
    const ahead = Array.from({ length: this.#prefetch }, (_, i) => this.#index + this.#direction * (i + 1));
    const positions = [...ahead.slice(0, 1), this.#index - this.#direction, ...ahead.slice(1)];
    const rows = positions.map((i) => this.#uindexes[i]).filter((row) => row !== undefined);
    return [...new Set(rows)].filter((row) => row !== this.uindex);
  }
}
