/** A caller's data seen as one value a row. Writes go into the caller's own memory. */
export interface Column<T> {
  readonly length: number;
  get(uindex: number): T;
  /** Throws `InnotaterError` 'range' and changes nothing where the caller's array cannot hold the value. */
  set(uindex: number, value: T): void;
  /** The row's memory exactly as it is, for `restore`; empty where a sample of a repeat does not have the row. */
  capture(uindex: number): readonly unknown[];
  restore(uindex: number, captured: readonly unknown[]): void;
}

/** x, y, width, height in whole pixels of the original image; 0,0,0,0 is blank. */
export type BoxValue = readonly [number, number, number, number];
