import { InnotaterError } from '../errors/index.js';
import { BandQueue } from './band-queue.js';
import type { ReadOptions } from './contract.js';
import { SharedJob } from './shared-job.js';
import type { TensorPixels } from './tensor.js';

/** Decoded tile; null where there is nothing. */
export type FetchedTile = TensorPixels | null;

export type TileReader = (level: number, x: number, y: number, signal: AbortSignal) => Promise<FetchedTile>;

type Entry = {
  readonly job: SharedJob<FetchedTile>;
  /** Bytes that it holds; null until it is there. */
  bytes: number | null;
};

/** Pauses before tiles are asked for again that failed for a reason that may pass. */
const retryMs = [300, 1200] as const;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    function done() {
      signal.removeEventListener('abort', stopped);
      resolve();
    }
    function stopped() {
      clearTimeout(timer);
      reject(signal.reason);
    }
    signal.addEventListener('abort', stopped, { once: true });
  });

/** No answer, an overloaded server, a worker that died: not what is wrong with the tile itself. */
const mayPass = (thrown: unknown): boolean => {
  if (!(thrown instanceof InnotaterError)) return thrown instanceof TypeError;
  const { status, cors, ranges } = thrown.facts;
  if (thrown.code === 'worker') return true;
  return (
    thrown.code === 'fetch' &&
    !cors &&
    ranges !== false &&
    (status === undefined || status === 429 || Number(status) >= 500)
  );
};

/**
 * Gets tiles, each once for all who wait for it, a few at a time, most urgent first; keeps the last ones up to so many bytes. What
 * nobody waits for any more is aborted.
 */
export class TileFetcher {
  readonly #read: TileReader;
  readonly #mostBytes: number;
  readonly #queue: BandQueue;
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;
  #disposed = false;

  constructor(
    read: TileReader,
    { mostBytes, atATime }: { readonly mostBytes: number; readonly atATime: number },
  ) {
    this.#read = read;
    this.#mostBytes = mostBytes;
    this.#queue = new BandQueue(() => atATime);
  }

  /** Of the tiles that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Rejects with what the source rejected with, after two more attempts where that may pass, or with `signal.reason`. */
  async get(
    level: number,
    x: number,
    y: number,
    { signal, priority = 0 }: ReadOptions,
  ): Promise<FetchedTile> {
    signal?.throwIfAborted();
    const key = `${level}/${x}/${y}`;
    const known = this.#entries.get(key);
    const entry = known && !known.job.isGivenUp ? known : this.#begin(key, level, x, y, priority);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.job.wait(signal);
  }

  #begin(key: string, level: number, x: number, y: number, priority: number): Entry {
    const job = new SharedJob((signal) => {
      const read = () => this.#persistently(level, x, y, signal);
      return this.#queue.run(read, { signal, priority });
    });
    const entry: Entry = { job, bytes: null };
    job.result.then(
      (tile) => {
        if (this.#entries.get(key) !== entry) return;
        entry.bytes = tile?.data.byteLength ?? 0;
        this.#bytes += entry.bytes;
        this.#shrink();
      },
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      },
    );
    return entry;
  }

  async #persistently(level: number, x: number, y: number, signal: AbortSignal): Promise<FetchedTile> {
    for (const ms of retryMs) {
      try {
        return await this.#read(level, x, y, signal);
      } catch (thrown) {
        if (signal.aborted || !mayPass(thrown)) throw thrown;
        await pause(ms, signal);
      }
    }
    return this.#read(level, x, y, signal);
  }

  #shrink(): void {
    for (const [key, { bytes }] of this.#entries) {
      if (this.#bytes <= this.#mostBytes && !this.#disposed) return;
      if (bytes === null) continue;
      this.#entries.delete(key);
      this.#bytes -= bytes;
    }
  }

  /** Frees what is kept. What is under way ends with the signals of those who wait for it. */
  dispose(): void {
    this.#disposed = true;
    this.#shrink();
  }
}
