import type { Selection } from '../dataset/index.js';

/** Which of the selected samples is shown. */
export class Position {
  readonly #rows: Selection;
  readonly #prefetch: number;
  #index = 0;
  #direction: 1 | -1 = 1;

  /** `rows`: at least one; `prefetch`: how many are `upcoming`. Throws a RangeError where the first position has no row. */
  constructor(rows: Selection, prefetch: number) {
    rows.at(0);
    this.#rows = rows;
    this.#prefetch = prefetch;
  }

  get length(): number {
    return this.#rows.length;
  }
  get index(): number {
    return this.#index;
  }
  get uindex(): number {
    return this.#rows.at(this.#index);
  }

  /** The row one position back; null at the first. */
  get before(): number | null {
    return this.#rowAt(this.#index - 1);
  }

  /** False where it is there already. Throws a RangeError for what is no position. */
  go(index: number): boolean {
    if (!Number.isInteger(index) || index < 0 || index >= this.length) {
      throw new RangeError(`index is ${index}; it must be a whole number from 0 to ${this.length - 1}`);
    }
    if (index === this.#index) return false;
    this.#rows.at(index);
    this.#direction = index === this.#index - 1 ? -1 : 1;
    this.#index = index;
    return true;
  }

  /** The position nearest to the present one that shows this row; null where none does. */
  find(uindex: number): number | null {
    return this.#rows.find(uindex, this.#index);
  }

  /** The first other position, after this one and then from the start, whose row it holds for; null when there is none. */
  findNext(holds: (uindex: number) => boolean): Search {
    const { length } = this;
    const from = this.#index;
    let step = 1;
    return {
      goOn: (isTime) => {
        for (; step < length; step++) {
          if (!isTime()) return undefined;
          const index = (from + step) % length;
          if (holds(this.#rows.at(index))) return index;
        }
        return null;
      },
    };
  }

  /** Rows to read ahead: on in the direction of the last step (after a jump forwards), and one back. */
  get upcoming(): readonly number[] {
    if (this.#prefetch === 0) return [];
    const ahead = Array.from({ length: this.#prefetch }, (_, i) => this.#index + this.#direction * (i + 1));
    const positions = [...ahead.slice(0, 1), this.#index - this.#direction, ...ahead.slice(1)];
    const rows = positions.map((i) => this.#rowAt(i)).filter((row) => row !== null);
    return [...new Set(rows)].filter((row) => row !== this.uindex);
  }

  /** Null where there is no position, or no row at it. */
  #rowAt(index: number): number | null {
    if (index < 0 || index >= this.length) return null;
    try {
      return this.#rows.at(index);
    } catch {
      return null;
    }
  }
}

/** A search that can be gone on with. */
export type Search = {
  /** Looks on while it is `isTime`: the position, null when there is none, undefined where the time ran out. */
  goOn(isTime: () => boolean): number | null | undefined;
};
