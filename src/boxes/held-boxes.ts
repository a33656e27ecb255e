import type { JobOptions, PixelPool } from '../compute/index.js';
import type { BoxValue } from '../dataset/index.js';
import { InnotaterError, type Reply } from '../errors/index.js';
import type { BoxFilter, BoxNeighbours, BoxQuery, BoxService, BoxTileRequest } from '../kernels/index.js';
import type { BoxNumberKind, BoxNumbers, BoxRows } from './box-column.js';

/** How a sample's boxes are on their way to a worker: `done` of them is copied, 0…1; 1: they are put into an index. */
export type HeldState =
  | { readonly tag: 'loading'; readonly done: number }
  | { readonly tag: 'ready' }
  | { readonly tag: 'failed'; readonly error: InnotaterError };

/** What the worker needs of one sample. */
export type BoxSample = {
  readonly boxes: BoxRows;
  /** −1 (or anything below 0) and NaN: no class. Null where there are none. */
  readonly classes: BoxNumbers | null;
  readonly scores: BoxNumbers | null;
};

export type HeldBoxesOptions = {
  readonly pool: PixelPool;
  /** Names the set in the pool; never used before. */
  readonly id: string;
  readonly sample: BoxSample;
  readonly palette: Uint32Array<ArrayBuffer>;
  readonly plain: number;
  /** `boxes`: those that are shown are others now; `progress`: more are copied, or it failed. */
  changed(what: 'boxes' | 'progress'): void;
  /** Some rows are no boxes and left out, or their class or score is none and not heeded. */
  bad(rows: WrongRows): void;
};

/** Rows whose data are wrong, and the first of them. */
export type WrongRows = {
  readonly what: 'box' | BoxNumberKind;
  readonly count: number;
  readonly first: number;
};

/** Counts wrong rows, band after band. */
class WrongCount {
  count = 0;
  first = -1;
  add(count: number, first: number): void {
    if (this.count === 0) this.first = first;
    this.count += count;
  }
  addOf(numbers: BoxNumbers, from: number, to: number): void {
    for (let row = from; row < to; row++) if (numbers.isWrong(row)) this.add(1, row);
  }
}

const priorities = { change: -2, hit: -1, tile: 2, load: 4, near: 6 } as const;

/** Copying a band is to take about this long; it is begun with so many rows. */
const bandMs = 2;
const firstBand = 4096;
const mostBand = 1 << 16;

/** Resolves in a task of its own, so that the browser can handle input and draw before it. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/**
 * One sample's boxes in a worker, kept like the caller's memory: copied in bands, each in a task of its own, then changed row by row.
 * What a crashed worker held is copied again.
 */
export class HeldBoxes {
  readonly #options: HeldBoxesOptions;
  #state: HeldState = { tag: 'loading', done: 0 };
  #filter: BoxFilter = {};
  /** The filter that the worker has, and whether it is busy with one. */
  #sentFilter: BoxFilter = {};
  #isFiltering = false;
  #lifted: readonly number[] = [];
  /** Rows written while they may have been copied already. */
  readonly #written = new Set<number>();
  #shown: number | null = null;
  #bytes = 0;
  #blanks: readonly number[] = [];
  readonly #end = new AbortController();

  constructor(options: HeldBoxesOptions) {
    this.#options = options;
    void this.#load();
  }

  get state(): HeldState {
    return this.#state;
  }
  /** Boxes that pass the filter; null while that is not known. */
  get shown(): number | null {
    return this.#shown;
  }
  get bytes(): number {
    return this.#bytes;
  }
  /** Rows that were blank when they were copied, ascending. */
  get blanks(): readonly number[] {
    return this.#blanks;
  }
  /** The worker is at work on a change that tiles do not show yet. */
  get isChanging(): boolean {
    return this.#state.tag === 'loading' || this.#isFiltering;
  }

  /** What is shown stays until the worker has it; only the newest of several filters is applied. */
  filter(filter: BoxFilter): void {
    this.#filter = filter;
    void this.#sendFilter();
  }

  /** These rows, and no others, are left out of tiles. */
  lift(rows: readonly number[]): void {
    this.#lifted = rows;
    if (this.#state.tag === 'ready') void this.#change((service) => service.lift(this.#options.id, rows));
  }

  /** The caller's memory changed in this row. */
  wrote(row: number): void {
    if (this.#state.tag === 'loading') this.#written.add(row);
    else void this.#patch([row]);
  }

  tile(request: Omit<BoxTileRequest, 'id'>, rank: number, signal: AbortSignal) {
    return this.#ask((service, id) => service.tile({ ...request, id }), priorities.tile + rank, signal);
  }
  hit(query: Omit<BoxQuery, 'id'>, signal: AbortSignal): Promise<number> {
    return this.#ask((service, id) => service.hit({ ...query, id }), priorities.hit, signal);
  }
  near(query: Omit<BoxNeighbours, 'id'>, signal: AbortSignal): Promise<readonly number[]> {
    return this.#ask((service, id) => service.near({ ...query, id }), priorities.near, signal);
  }

  dispose(): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort(new InnotaterError('aborted', 'The boxes are no longer shown'));
    this.#options.pool.release(this.#options.id);
  }

  async #load(): Promise<void> {
    this.#state = { tag: 'loading', done: 0 };
    try {
      await this.#copy();
      const facts = await this.#call((service, id) => service.index(id));
      this.#bytes = facts.bytes;
      this.#blanks = [...facts.blanks];
      this.#sentFilter = this.#filter;
      this.#shown = await this.#call((service, id) => service.filter(id, this.#sentFilter));
      await this.#call((service, id) => service.lift(id, this.#lifted));
      this.#state = { tag: 'ready' };
      const written = [...this.#written];
      this.#written.clear();
      if (written.length > 0) await this.#patch(written);
      void this.#sendFilter();
      this.#options.changed('boxes');
    } catch (thrown) {
      if (this.#end.signal.aborted) return;
      if (isLost(thrown)) return this.#load();
      this.#state = { tag: 'failed', error: asError(thrown) };
      this.#options.changed('progress');
    }
  }

  async #copy(): Promise<void> {
    const { sample, palette, plain, id } = this.#options;
    const { boxes, classes, scores } = sample;
    const count = boxes.length;
    await this.#call((service) => service.open({ id, count, palette, plain }));
    const wrong = { box: new WrongCount(), class: new WrongCount(), score: new WrongCount() };
    let rows = firstBand;
    for (let from = 0; from < count; ) {
      await nextTask();
      this.#end.signal.throwIfAborted();
      const to = Math.min(count, from + rows);
      const startMs = performance.now();
      const band = {
        id,
        from,
        boxes: boxes.copy(from, to),
        classes: classes && classNumbers(classes, from, to),
        scores: scores && Float32Array.from({ length: to - from }, (_, i) => scores.read(from + i)),
      };
      if (classes) wrong.class.addOf(classes, from, to);
      if (scores) wrong.score.addOf(scores, from, to);
      const tookMs = performance.now() - startMs;
      rows = Math.min(
        mostBand,
        tookMs < bandMs / 2 ? rows * 2 : tookMs > bandMs ? Math.ceil(rows / 2) : rows,
      );
      const facts = await this.#call((service) => service.load(band));
      wrong.box.add(facts.bad, facts.firstBad);
      from = to;
      this.#state = { tag: 'loading', done: to / count };
      this.#options.changed('progress');
    }
    for (const what of ['box', 'class', 'score'] as const) {
      const { count, first } = wrong[what];
      if (count > 0) this.#options.bad({ what, count, first });
    }
  }

  async #sendFilter(): Promise<void> {
    if (this.#state.tag !== 'ready' || this.#isFiltering || this.#filter === this.#sentFilter) return;
    this.#isFiltering = true;
    this.#sentFilter = this.#filter;
    try {
      this.#shown = await this.#call((service, id) => service.filter(id, this.#sentFilter));
    } catch (thrown) {
      this.#failed(thrown);
    }
    this.#isFiltering = false;
    this.#options.changed('boxes');
    await this.#sendFilter();
  }

  async #patch(rows: readonly number[]): Promise<void> {
    const { boxes, classes } = this.#options.sample;
    const values = Float32Array.from(rows.flatMap((row) => boxes.read(row)));
    const numbers = classes && Int32Array.from(rows, (row) => classNumber(classes.read(row)));
    await this.#change((service, id) => service.patch({ id, rows, boxes: values, classes: numbers }));
  }

  async #change(ask: (service: BoxService, id: string) => Promise<Reply<void>>): Promise<void> {
    try {
      await this.#call(ask);
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  /** Rejects when nobody wants the answer; begins anew where the worker is gone. */
  async #ask<T>(
    ask: (service: BoxService, id: string) => Promise<Reply<T>>,
    priority: number,
    signal: AbortSignal,
  ): Promise<T> {
    try {
      return await this.#call(ask, { priority, signal: AbortSignal.any([signal, this.#end.signal]) });
    } catch (thrown) {
      if (isLost(thrown)) this.#failed(thrown);
      throw thrown;
    }
  }

  #call<T>(ask: (service: BoxService, id: string) => Promise<Reply<T>>, options?: JobOptions): Promise<T> {
    const { pool, id } = this.#options;
    const priority = this.#state.tag === 'loading' ? priorities.load : priorities.change;
    return pool.boxes(id, (service) => ask(service, id), {
      priority,
      signal: this.#end.signal,
      ...options,
    });
  }

  #failed(thrown: unknown): void {
    if (this.#end.signal.aborted || this.#state.tag !== 'ready') return;
    if (isLost(thrown)) {
      void this.#load();
    } else {
      this.#state = { tag: 'failed', error: asError(thrown) };
      this.#options.changed('progress');
    }
  }
}

const classNumber = (value: number): number => (value >= 0 ? Math.trunc(value) : -1);

const classNumbers = (classes: BoxNumbers, from: number, to: number): Int32Array<ArrayBuffer> => {
  const numbers = new Int32Array(to - from);
  for (let row = from; row < to; row++) numbers[row - from] = classNumber(classes.read(row));
  return numbers;
};

const isLost = (thrown: unknown): boolean => thrown instanceof InnotaterError && thrown.facts.lost === true;

const asError = (thrown: unknown): InnotaterError =>
  thrown instanceof InnotaterError
    ? thrown
    : new InnotaterError('worker', `The boxes cannot be drawn: ${String(thrown)}`, {}, { cause: thrown });

/** Whether a box passes a filter, by the rules of `BoxFilter`. */
export const passesFilter = (
  filter: BoxFilter,
  box: BoxValue,
  number: number | null,
  score: number | null,
): boolean => {
  if (!(box[2] > 0 && box[3] > 0)) return false;
  if (filter.classes && number !== null && !filter.classes.includes(classNumber(number))) return false;
  if (score === null) return true;
  if (filter.minScore !== undefined && !(score >= filter.minScore)) return false;
  return filter.maxScore === undefined || score <= filter.maxScore;
};
