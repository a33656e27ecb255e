import { transfer } from 'comlink';
import { InnotaterError, unwrap } from '../src/errors/index.js';
import {
  asBand,
  type Band,
  type BandTask,
  checkedBand,
  checkLevel,
  checkResize,
  type ElementArray,
  type ResizeTo,
  type RgbaPixels,
  resizeRowsNeeded,
  wholeFactors,
  wholePart,
} from '../src/kernels/index.js';
import { bandForm, copyPixels } from './band-form.js';
import { reducedLength } from './bands.js';
import { coreCount, startThread, type Thread, type ThreadOptions } from './threads.js';
import { newPixels } from './wasm-memory.js';

export type KernelPoolOptions = ThreadOptions & {
  /** How many; default: one a core, at most 8. */
  readonly workers?: number;
};

export type PoolJobOptions = {
  /** Takes the pixels, 4 bytes each; where its memory is shared, workers write into it and nothing is copied here. */
  readonly into?: Uint8Array;
  /** Ends the waiting; the work rejects with its reason. */
  readonly signal?: AbortSignal;
};

/** Straight RGBA, as `RgbaPixels`; `rgba` is `into` where that was given. */
export type PooledPixels = { readonly width: number; readonly height: number; readonly rgba: Uint8Array };

/** The kernels in several workers at once: the same bytes as `createKernels()`, which see. */
export interface KernelPool {
  /** How many workers are made, all by the first job. */
  readonly workers: number;
  toRgba(band: Band, options?: PoolJobOptions): Promise<PooledPixels>;
  convertReduced(band: Band, level: number, options?: PoolJobOptions): Promise<PooledPixels>;
  reduce(pixels: RgbaPixels, level: number, options?: PoolJobOptions): Promise<PooledPixels>;
  resize(source: Band | RgbaPixels, to: ResizeTo, options?: PoolJobOptions): Promise<PooledPixels>;
  /** Ends the workers; jobs under way reject with 'aborted'. Can be called twice. */
  dispose(): void;
}

/** A worker's first share is so much of what falls to it; those at the end grow smaller, so that none waits long for another. */
const firstShare = 1 / 4;
/** The smallest share, of the first, and in rows: neighbours that filter read some rows of the source both. */
const leastShare = 1 / 8;
const leastRows = 4;
/** Shares on their way to one worker: the next is copied while one is computed. */
const sharesInFlight = 2;

/** One share of a job: rows of the source, what is made of them, and where these go. */
type Share = {
  readonly from: number;
  readonly rows: number;
  readonly work: BandTask['work'];
  readonly top: number;
};

type Job = {
  readonly band: Band;
  readonly rgba: Uint8Array;
  readonly rowBytes: number;
  /** What the largest share's rows take. */
  readonly slotBytes: number;
};

/** Rows of the result in shares, each `make`'s. Among several workers one is no more than half of what is left for each, down to the smallest. */
const sharesOf = (height: number, workers: number, make: (top: number, rows: number) => Share): Share[] => {
  const most = Math.ceil((height / workers) * firstShare);
  const least = Math.max(leastRows, Math.ceil(most * leastShare));
  const shares: Share[] = [];
  for (let top = 0; top < height; ) {
    const left = height - top;
    const half = workers > 1 ? Math.ceil(left / workers / 2) : left;
    const rows = Math.min(left, most, Math.max(least, half));
    shares.push(make(top, rows));
    top += rows;
  }
  return shares;
};

/**
 * Workers that share each job by bands of rows, started by the first job: `worker_threads` in Node (from 20.16 on), Workers in
 * browsers. Bands over a SharedArrayBuffer are read where they lie; of others, rows are copied share by share, into memory that is
 * shared, or handed over and handed back where the page is not isolated. In browsers the worker is built
 * in (it needs `worker-src blob:`); where the page's policy forbids that, `workerUrl` or `createWorker` name the package's file
 * `innotater/worker.js`. Jobs reject with `InnotaterError` ('data', 'range', 'limit' as the kernels throw; 'worker' when no
 * worker can be started or one dies), or with `signal.reason`. Once a job ran, a pool that is not disposed keeps a Node process alive.
 */
export const createKernelPool = (options: KernelPoolOptions = {}): KernelPool => new Pool(options);

class Pool implements KernelPool {
  readonly workers: number;
  readonly #options: ThreadOptions;
  readonly #ended = new AbortController();
  readonly #slots = new Slots();
  #threads: Promise<readonly Thread[]> | undefined;

  constructor({ workers = Math.min(8, coreCount()), ...options }: KernelPoolOptions) {
    if (!Number.isInteger(workers) || workers < 1) {
      throw new InnotaterError('range', `A pool has at least one worker, not ${workers}`);
    }
    this.workers = workers;
    this.#options = options;
  }

  async toRgba(band: Band, options?: PoolJobOptions): Promise<PooledPixels> {
    return this.convertReduced(band, 0, options);
  }

  async reduce(pixels: RgbaPixels, level: number, options?: PoolJobOptions): Promise<PooledPixels> {
    return this.convertReduced(asBand(pixels), level, options);
  }

  async convertReduced(given: Band, level: number, options: PoolJobOptions = {}): Promise<PooledPixels> {
    const band = checkedBand(given);
    checkLevel(level);
    const n = 2 ** level;
    const [width, height] = [reducedLength(band.width, level), reducedLength(band.rows, level)];
    const shares = sharesOf(height, this.workers, (top, rows) => ({
      from: top * n,
      rows: Math.min(rows * n, band.rows - top * n),
      work: { kind: 'reduce', level },
      top,
    }));
    return this.#run(band, { width, height }, shares, options);
  }

  async resize(source: Band | RgbaPixels, to: ResizeTo, options: PoolJobOptions = {}): Promise<PooledPixels> {
    const band = checkedBand(asBand(source));
    checkResize(band, to, wholePart(band.rows, to.height));
    const factors = wholeFactors(band.width, band.rows, to);
    const shares = sharesOf(to.height, this.workers, (top, rows) => {
      const [from, end] = factors
        ? [top * factors[1], (top + rows) * factors[1]]
        : resizeRowsNeeded(band.rows, to, top, rows);
      const part = { sourceTop: from, sourceRows: band.rows, top, rows };
      return { from, rows: end - from, work: { kind: 'resize', to, part }, top };
    });
    return this.#run(band, to, shares, options);
  }

  dispose(): void {
    this.#ended.abort(new InnotaterError('aborted', 'The kernel pool was disposed'));
    this.#threads?.then(endAll, () => {});
    this.#threads = undefined;
    this.#slots.clear();
  }

  async #run(
    band: Band,
    { width, height }: { readonly width: number; readonly height: number },
    shares: readonly Share[],
    { into, signal }: PoolJobOptions,
  ): Promise<PooledPixels> {
    const bytes = width * height * 4;
    if (into && into.length < bytes) {
      throw new InnotaterError('data', `The result needs ${bytes} bytes, not ${into.length}`);
    }
    const rgba = into ? into.subarray(0, bytes) : newPixels(width, height);
    const stop = AbortSignal.any([this.#ended.signal, ...(signal ? [signal] : [])]);
    stop.throwIfAborted();
    const threads = await this.#started();
    const mostRows = shares.reduce((most, { rows }) => Math.max(most, rows), 0);
    const slotBytes = (band.data.byteLength / band.rows) * mostRows;
    const job = { band, rgba, rowBytes: width * 4, slotBytes };
    const left = shares.values();
    const work = async (thread: Thread) => {
      for (const share of left) {
        stop.throwIfAborted();
        await computeShare(thread, job, share, this.#slots);
      }
    };
    // Each worker gets its first share before any gets its second.
    const lanes = Array.from({ length: sharesInFlight }, () => threads.map(work)).flat();
    await Promise.race([Promise.all(lanes), rejection(stop)]);
    return { width, height, rgba };
  }

  #started(): Promise<readonly Thread[]> {
    this.#threads ??= this.#start();
    return this.#threads;
  }

  async #start(): Promise<readonly Thread[]> {
    const failed = (thrown: unknown) => {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      return new InnotaterError(
        'worker',
        `A worker of the kernel pool failed: ${reason}`,
        {},
        { cause: thrown },
      );
    };
    const starts = Array.from({ length: this.workers }, () =>
      startThread(this.#options, (reason) => this.#ended.abort(failed(reason))),
    );
    try {
      return await Promise.all(starts);
    } catch (thrown) {
      for (const start of starts)
        start.then(
          (thread) => thread.end(),
          () => {},
        );
      throw failed(thrown);
    }
  }
}

const endAll = (threads: readonly Thread[]): void => {
  for (const thread of threads) thread.end();
};

const rejection = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const fail = () => reject(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });

const isShared = ({ buffer }: ArrayBufferView): boolean =>
  typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;

/**
 * Memory that rows are copied into, again and again: new memory costs more than the copy. It is shared, or handed over and handed
 * back where the page may not share memory: each time that costs both sides a collection of garbage.
 */
class Slots {
  readonly #free: ArrayBufferLike[] = [];

  take(bytes: number): ArrayBufferLike {
    const at = this.#free.findIndex(({ byteLength }) => byteLength >= bytes);
    if (at >= 0) return this.#free.splice(at, 1)[0]!;
    this.#free.pop();
    return typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
  }

  give(memory: ArrayBufferLike): void {
    this.#free.push(memory);
  }

  clear(): void {
    this.#free.length = 0;
  }
}

/** Some rows of a band as a band over that memory. */
const copiedRows = (band: Band, from: number, rows: number, memory: ArrayBufferLike): Band => {
  const { width, data, recipe } = band;
  copyPixels(band, bandForm(band), from * width, rows * width, new Uint8Array(memory), 0);
  const Elements = data.constructor as new (
    memory: ArrayBufferLike,
    offset: number,
    length: number,
  ) => ElementArray;
  return { ...band, data: new Elements(memory, 0, width * rows * recipe.channels), rows };
};

const computeShare = async (
  { service }: Thread,
  { band, rgba, rowBytes, slotBytes }: Job,
  { from, rows, work, top }: Share,
  slots: Slots,
): Promise<void> => {
  const at = top * rowBytes;
  const target = isShared(rgba) ? { into: rgba.subarray(at) } : {};
  const compute = async (task: BandTask): Promise<ArrayBufferLike> => {
    const { pixels, spare } = unwrap(await service.compute(task));
    if (pixels) rgba.set(pixels.rgba, at);
    return spare;
  };
  if (isShared(band.data)) {
    await compute({ band, rows: { from, count: rows }, work, ...target });
    return;
  }
  const memory = slots.take(slotBytes);
  const task = { band: copiedRows(band, from, rows, memory), work, ...target };
  slots.give(await compute(memory instanceof ArrayBuffer ? transfer(task, [memory]) : task));
};
