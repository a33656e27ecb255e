import type { PixelPool } from '../compute/index.js';
import type { ReadOptions } from './contract.js';

type Waiting = { readonly priority: number; readonly start: () => void };

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
 * Lets a few jobs run at a time, each begun in a task of its own: copying a band takes a millisecond of the main thread, and
 * the bands of many tiles must neither follow one another without a pause nor pile up in memory before the workers take them.
 */
export class BandQueue {
  readonly #limit: () => number;
  readonly #waiting: Waiting[] = [];
  #running = 0;
  #starting = false;

  /** `limit`: how many jobs may run now. */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /** Runs the job when its turn has come: lowest priority first, then in order. Rejects with `signal.reason` when aborted before. */
  async run<T>(job: () => Promise<T>, { signal, priority = 0 }: ReadOptions): Promise<T> {
    signal?.throwIfAborted();
    await this.#turn(priority, signal);
    try {
      signal?.throwIfAborted();
      return await job();
    } finally {
      this.#running--;
      this.#startNext();
    }
  }

  #turn(priority: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const waiting = { priority, start };
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      const behind = this.#waiting.findIndex((other) => other.priority > priority);
      this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, waiting);
      this.#startNext();
    });
  }

  async #startNext(): Promise<void> {
    if (this.#starting || this.#running >= this.#limit() || this.#waiting.length === 0) return;
    this.#starting = true;
    await nextTask();
    this.#starting = false;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#running++;
    next.start();
    this.#startNext();
  }
}

const queues = new WeakMap<PixelPool, BandQueue>();

/** The queue of all tensors whose pixels go to this pool. */
export const bandQueueOf = (pool: PixelPool): BandQueue => {
  const known = queues.get(pool);
  if (known) return known;
  const queue = new BandQueue(() => Math.max(2, pool.stats.workers + 1));
  queues.set(pool, queue);
  return queue;
};
