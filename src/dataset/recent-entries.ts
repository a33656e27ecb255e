/** Entries of an asynchronous source that were got of late: so many at most, and so much weight. The one used longest ago goes first. */
export class RecentEntries<T> {
  readonly #entries = new Map<number, { readonly value: T; readonly weight: number }>();
  readonly #most: number;
  readonly #mostWeight: number;
  #weight = 0;

  constructor(limits: { readonly count: number; readonly weight: number }) {
    this.#most = limits.count;
    this.#mostWeight = limits.weight;
  }

  get weight(): number {
    return this.#weight;
  }

  has(uindex: number): boolean {
    return this.#entries.has(uindex);
  }

  get(uindex: number): T | undefined {
    const found = this.#entries.get(uindex);
    if (!found) return undefined;
    this.#entries.delete(uindex);
    this.#entries.set(uindex, found);
    return found.value;
  }

  /** One that weighs more than all may is not kept. */
  set(uindex: number, value: T, weight: number): void {
    this.forget(uindex);
    if (weight > this.#mostWeight) return;
    this.#entries.set(uindex, { value, weight });
    this.#weight += weight;
    for (const [oldest] of this.#entries) {
      if (this.#entries.size <= this.#most && this.#weight <= this.#mostWeight) return;
      this.forget(oldest);
    }
  }

  forget(uindex: number): void {
    this.#weight -= this.#entries.get(uindex)?.weight ?? 0;
    this.#entries.delete(uindex);
  }

  clear(): void {
    this.#entries.clear();
    this.#weight = 0;
  }
}
