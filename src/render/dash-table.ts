/** A dash pattern in the table: its first entry, how many, and their sum in device px. */
export type Dash = { readonly start: number; readonly count: number; readonly period: number };

/** Lengths that fit into the shader's table; of a longer pattern this many count. */
export const DASH_ENTRIES = 128;

/**
 * A canvas-like dash pattern made even (an odd one is repeated), in device px. Null where canvas would draw a solid line: no lengths,
 * a sum of zero, or a length that is negative or no number (canvas ignores such a pattern).
 */
export const dashLengths = (lineDash: readonly number[], scale: number): readonly number[] | null => {
  if (!lineDash.every((length) => Number.isFinite(length) && length >= 0)) return null;
  if (!lineDash.some((length) => length > 0)) return null;
  const even = lineDash.length % 2 === 0 ? lineDash : [...lineDash, ...lineDash];
  return even.slice(0, DASH_ENTRIES).map((length) => length * scale);
};

/** The dash patterns of one batch, as running sums in one array that goes to the shader as it is. */
export class DashTable {
  readonly ends = new Float32Array(DASH_ENTRIES);
  readonly #known = new Map<string, Dash>();
  #used = 0;

  reset(): void {
    this.#known.clear();
    this.#used = 0;
  }

  /** The place of a pattern of even length; undefined when the table is full: draw the batch, `reset`, ask again. */
  place(lengths: readonly number[]): Dash | undefined {
    const key = lengths.join();
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#used + lengths.length > DASH_ENTRIES) return undefined;
    const dash = this.#append(lengths);
    this.#known.set(key, dash);
    return dash;
  }

  #append(lengths: readonly number[]): Dash {
    const start = this.#used;
    let period = 0;
    for (const length of lengths) {
      period += length;
      this.ends[this.#used] = period;
      this.#used += 1;
    }
    return { start, count: lengths.length, period };
  }
}
