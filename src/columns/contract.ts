/** What reading a whole column may be told. */
export type ReadOptions = {
  /** Of all rows, how many are there: 0…1. */
  readonly onProgress?: (done: number) => void;
  /** Ends the reading. */
  readonly signal?: AbortSignal;
};

/**
 * One column of a table, read where it is needed. It is an asynchronous source: what images, texts and box layers take as their data.
 *
 * Entries are plain: texts, numbers (64-bit integers that a number cannot hold exactly are bigints), booleans, null, bytes, arrays for
 * lists, objects for structs; of an image as Hugging Face datasets write it, `{bytes, path}`, the bytes, or the path where there are none.
 */
export type AsyncColumn<T> = {
  readonly length: number;
  /** Rejects with `InnotaterError` 'fetch' or 'format', a RangeError for no row, or `signal.reason`. */
  get(uindex: number, options: { readonly signal?: AbortSignal }): Promise<T>;
  /**
   * All entries, in an array of your own. Targets are edited in place, so give them this: `new MultiClassInnotation(await
   * column.read())`. What is edited is in that array alone, the file stays as it is.
   */
  read(options?: ReadOptions): Promise<T[]>;
};

/** Throws a RangeError that names the position and what would be right. */
export const checkRow = (uindex: number, length: number, name: string): void => {
  if (Number.isInteger(uindex) && uindex >= 0 && uindex < length) return;
  throw new RangeError(`${name} has the rows 0 to ${length - 1}, and no row ${uindex}`);
};
