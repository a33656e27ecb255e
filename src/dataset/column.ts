/** A caller's data seen as one value a row. Writes go into the caller's own memory. */
export interface Column<T> {
  readonly length: number;
  get(uindex: number): T;
  set(uindex: number, value: T): void;
}

/** x, y, width, height in whole pixels of the original image; 0,0,0,0 is blank. */
export type BoxValue = readonly [number, number, number, number];
