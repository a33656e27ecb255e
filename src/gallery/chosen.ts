/** Which rows are selected: a flag a row, so that a million are chosen at once. */
export class Chosen {
  readonly #flags: Uint8Array;
  #count = 0;

  constructor(length: number) {
    this.#flags = new Uint8Array(length);
  }

  get count(): number {
    return this.#count;
  }

  has(uindex: number): boolean {
    return this.#flags[uindex] === 1;
  }

  set(uindex: number, chosen: boolean): void {
    if (this.has(uindex) === chosen) return;
    this.#flags[uindex] = chosen ? 1 : 0;
    this.#count += chosen ? 1 : -1;
  }

  clear(): void {
    this.#flags.fill(0);
    this.#count = 0;
  }

  /** Only those among these rows stay. False where all are. */
  keep(rows: ArrayLike<number>): boolean {
    if (this.#count === 0) return false;
    const kept: number[] = [];
    for (let at = 0; at < rows.length; at++) if (this.has(rows[at]!)) kept.push(rows[at]!);
    if (kept.length === this.#count) return false;
    this.clear();
    for (const uindex of kept) this.set(uindex, true);
    return true;
  }

  /** Ascending. */
  get uindexes(): number[] {
    const found: number[] = [];
    for (let at = this.#flags.indexOf(1); at >= 0; at = this.#flags.indexOf(1, at + 1)) found.push(at);
    return found;
  }
}
