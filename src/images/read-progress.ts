/** How much of what was asked for is done. Counts from nothing again once all of it is. */
export class ReadProgress {
  #asked = 0;
  #done = 0;

  /** Between 0 and 1; null when nothing is under way. */
  get value(): number | null {
    return this.#asked > 0 ? this.#done / this.#asked : null;
  }

  /** Counts a piece of work by its amount, whether it succeeds or not. */
  async of<T>(amount: number, work: Promise<T>): Promise<T> {
    this.#asked += amount;
    try {
      return await work;
    } finally {
      this.#done += amount;
      if (this.#done === this.#asked) [this.#asked, this.#done] = [0, 0];
    }
  }
}
