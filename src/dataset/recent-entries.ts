/** Entries of a source, by row or another key, that were got of late: so many at most, and so much weight. The one used longest ago goes first. */
export class RecentEntries<T, K = number> {
  readonly #entries = new Map<K, { readonly value: T; readonly weight: number }>();
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

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  get(key: K): T | undefined {
    const found = this.#entries.get(key);
    if (!found) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, found);
    return found.value;
  }

  /** One that weighs more than all may is not kept. */
  set(key: K, value: T, weight: number): void {
    this.forget(key);
    if (weight > this.#mostWeight) return;
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    for (const [oldest] of this.#entries) {
      if (this.#entries.size <= this.#most && this.#weight <= this.#mostWeight) return;
      this.forget(oldest);
    }
  }

  forget(key: K): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
    this.#weight = 0;
  }
}
