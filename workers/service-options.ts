export type ServiceOptions = {
  /** Bytes of source pixels that are worked on at a time; about what a core's cache holds. */
  readonly bandBytes: number;
  /** Bytes that are cut out of a bitmap at a time; each cut takes a millisecond, however small. */
  readonly cutBytes: number;
  /** Awaited between two bands. */
  readonly breathe: () => Promise<void>;
};

/** Large bands without pauses: a worker has nothing else to do. */
export const inWorker: ServiceOptions = {
  bandBytes: 1 << 20,
  cutBytes: 8 << 20,
  breathe: async () => {},
};

/** Bands of a few milliseconds, and the event loop's turn between them. */
export const onMainThread: ServiceOptions = {
  bandBytes: 1 << 20,
  cutBytes: 1 << 20,
  breathe: () => new Promise((resolve) => setTimeout(resolve)),
};
