export type ComputeTiming = {
  /** How long a new worker may take to its first answer. */
  readonly helloMs: number;
  /** How often a working worker is asked whether it lives; four silent periods mean that it does not. */
  readonly heartbeatMs: number;
};

export const defaultTiming: ComputeTiming = { helloMs: 3000, heartbeatMs: 1000 };

/** What a new worker says first. Rejects with the reason where it raises an error or stays silent; it is not ended for it. */
export const firstAnswer = <T>(worker: Worker, hello: () => Promise<T>, helloMs: number): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`gave no answer within ${helloMs / 1000} s`)), helloMs);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      worker.removeEventListener('error', onError);
      act();
    };
    const onError = (event: Event) => {
      event.preventDefault();
      const reason = (event as ErrorEvent).message || 'could not be loaded';
      settle(() => reject(new Error(reason)));
    };
    worker.addEventListener('error', onError);
    hello().then(
      (answer) => settle(() => resolve(answer)),
      (thrown: unknown) => settle(() => reject(thrown)),
    );
  });
