export type Entry = {
  /** As in `exports`. */
  readonly path: string;
  readonly source: string;
  /** In dist/, without its ending. */
  readonly file: string;
  readonly oneFile?: true;
  readonly typesOnly?: true;
};
export const entries: readonly Entry[];
export const workerEntries: readonly Entry[];
