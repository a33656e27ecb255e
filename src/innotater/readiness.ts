import { InnotaterError } from '../errors/index.js';

/** The promise behind `view.ready`: kept when the current sample is wholly on screen. */
export class Readiness {
  #waiting: { readonly promise: Promise<void>; resolve(): void; reject(error: Error): void } | null = null;
  #isDisposed = false;

  get isAwaited(): boolean {
    return this.#waiting !== null;
  }

  wait(): Promise<void> {
    if (this.#isDisposed) return Promise.reject(disposedError());
    if (!this.#waiting) {
      let [resolve, reject] = [() => {}, (_error: Error) => {}];
      const promise = new Promise<void>((keep, breakIt) => {
        [resolve, reject] = [keep, breakIt];
      });
      // Nobody need listen to the end of a view.
      promise.catch(() => {});
      this.#waiting = { promise, resolve, reject };
    }
    return this.#waiting.promise;
  }

  reached(): void {
    this.#waiting?.resolve();
    this.#waiting = null;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#waiting?.reject(disposedError());
    this.#waiting = null;
  }
}

const disposedError = () => new InnotaterError('aborted', 'This Innotater was disposed');
