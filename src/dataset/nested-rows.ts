import { InnotaterError } from '../errors/index.js';
import { blankRowLike, isBlankRow } from './cell-column.js';

type Entries = { readonly length: number; readonly [position: number]: unknown };
type Sample = { length: number; [row: number]: unknown };

const isList = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && typeof (value as Entries).length === 'number';

const cellsIn = (entry: unknown): readonly unknown[] => (isList(entry) ? Array.from(entry) : [entry]);

/**
 * The rows of repeats in nested data, one array a sample. Plain arrays have as many rows as their sample needs and are made longer and
 * shorter in place; typed ones must all be of one length, and keep it.
 */
export class NestedRows {
  readonly #samples: ArrayLike<Sample>;
  /** How long a sample was before rows were put beyond its end, by sample and row. */
  readonly #lengthsBefore = new Map<string, number>();
  #blank: readonly unknown[] | null = null;
  /** False for typed arrays. */
  readonly grows: boolean;
  /** The second axis: rows of every sample, below which none is made shorter; null where samples have different numbers, or none. */
  readonly axis: number | null;
  /** Rows of the longest sample. */
  readonly most: number;

  /** Throws `InnotaterError` 'data' that names `who` and the sample for typed arrays of different lengths. */
  constructor(samples: ArrayLike<Sample>, who: string) {
    this.#samples = samples;
    const lengths = Array.from(samples, ({ length }) => length);
    this.grows = samples.length > 0 && Array.from(samples).every(Array.isArray);
    this.most = lengths.reduce((most, length) => Math.max(most, length), 0);
    const other = lengths.findIndex((length) => length !== lengths[0]);
    this.axis = other < 0 && (this.most > 0 || !this.grows) ? this.most : null;
    if (this.axis === null && !this.grows) {
      throw new InnotaterError(
        'data',
        `${who}: sample ${other} has ${lengths[other]} rows, and sample 0 has ${lengths[0]}; typed arrays cannot grow, plain arrays can`,
      );
    }
  }

  get length(): number {
    return this.#samples.length;
  }
  /** A row by which others are made; undefined where no sample has any. */
  get model(): unknown {
    return Array.from(this.#samples).find((sample) => sample.length > 0)?.[0];
  }
  /** The array of the first sample, whose memory tells what fits; undefined without samples. */
  get first(): unknown {
    return this.#samples[0];
  }
  rowsOf(uindex: number): number {
    return this.#samples[uindex]?.length ?? 0;
  }
  has(uindex: number, row: number): boolean {
    return row < this.rowsOf(uindex);
  }
  read(uindex: number, row: number): unknown {
    return this.#samples[uindex]?.[row];
  }

  /** Whether there is a row that holds nothing: zeros, null, empty text. */
  isBlank(uindex: number, row: number): boolean {
    return !this.has(uindex, row) || isBlankRow(cellsIn(this.read(uindex, row)));
  }

  /** Whether the row is the last of its sample, and one that need not be there. */
  canRemove(uindex: number, row: number): boolean {
    return this.grows && row >= (this.axis ?? 0) && row === this.rowsOf(uindex) - 1;
  }

  /** What a new row holds, where its column knows better than by the model; what rows of the data hold (`isFound`) wins. */
  blankIs(cells: readonly unknown[], isFound: boolean): void {
    if (isFound || this.#blank === null) this.#blank = cells;
  }

  /** Cells of a row that holds nothing. */
  get blankCells(): readonly unknown[] {
    return this.#blank ?? blankRowLike(cellsIn(this.model));
  }

  /** A row beyond the end of its sample makes the sample longer, with blank rows between. */
  put(uindex: number, row: number, entry: unknown): void {
    const sample = this.#samples[uindex]!;
    if (sample.length < row) this.#lengthsBefore.set(`${uindex} ${row}`, sample.length);
    while (sample.length < row) sample[sample.length] = this.#blankEntry();
    sample[row] = entry;
  }

  /** A blank row where there is none. */
  add(uindex: number, row: number): void {
    this.put(uindex, row, this.#blankEntry());
  }

  /** Takes the last row away, with the blank ones that came with it; any other becomes blank. */
  remove(uindex: number, row: number): void {
    if (!this.has(uindex, row)) return;
    const sample = this.#samples[uindex]!;
    if (!this.canRemove(uindex, row)) {
      sample[row] = this.#blankEntry();
      return;
    }
    const key = `${uindex} ${row}`;
    const before = this.#lengthsBefore.get(key) ?? row;
    this.#lengthsBefore.delete(key);
    sample.length = row;
    while (sample.length > before && isBlankRow(cellsIn(sample[sample.length - 1]))) sample.length -= 1;
  }

  #blankEntry(): unknown {
    const { model, blankCells } = this;
    if (this.most === 0) return blankCells.length === 1 ? blankCells[0] : [...blankCells];
    if (!isList(model)) return blankCells[0];
    if (Array.isArray(model)) return [...blankCells];
    return new (model.constructor as new (cells: readonly unknown[]) => unknown)(blankCells);
  }
}
