/** One piece of work that several wait for. It is given up when the last of them no longer does. */
export class SharedJob<T> {
  readonly #abort = new AbortController();
  /** Whoever listens to it without `wait` does not keep it going. */
  readonly result: Promise<T>;
  #waiting = 0;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.result = work(this.#abort.signal);
    // Those who wait hear of it; after they have left nobody need.
    this.result.catch(() => {});
  }

  /** Nobody can wait for it any more. */
  get isGivenUp(): boolean {
    return this.#abort.signal.aborted;
  }

  /** The result; rejects with `signal.reason` when aborted before. */
  wait(signal: AbortSignal | undefined): Promise<T> {
    this.#waiting++;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        signal?.removeEventListener('abort', giveUp);
        this.#waiting--;
      };
      const giveUp = () => {
        leave();
        reject(signal?.reason);
        if (this.#waiting === 0) this.#abort.abort(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      if (signal?.aborted) giveUp();
      else this.result.finally(leave).then(resolve, reject);
    });
  }
}
