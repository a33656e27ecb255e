export type Spread = { readonly p50: number; readonly p95: number };

/** Median and 95th percentile, by the nearest rank. */
export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: rank(0.5), p95: rank(0.95) };
};

/** Values collected under names. */
export class Samples {
  readonly #values = new Map<string, number[]>();

  add(name: string, value: number): void {
    const values = this.#values.get(name);
    if (values) values.push(value);
    else this.#values.set(name, [value]);
  }

  spreads(): Readonly<Record<string, Spread>> {
    return Object.fromEntries(Array.from(this.#values, ([name, values]) => [name, spreadOf(values)]));
  }
}
