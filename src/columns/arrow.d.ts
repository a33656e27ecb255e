import { type AsyncColumn } from './contract.js';
/** One column of a table: a Vector of Apache Arrow's JavaScript, or anything that gives its values by position. */
export type ArrowVector = {
  readonly length: number;
} & (
  | {
      get(at: number): unknown;
    }
  | {
      at(at: number): unknown;
    }
);
/** A Table of Apache Arrow's JavaScript, or anything with columns by name. */
export type ArrowTable = {
  getChild(name: string): ArrowVector | null | undefined;
  readonly schema?: {
    readonly fields: readonly {
      readonly name: string;
    }[];
  };
};
/** A column of an Arrow table in memory, which is not copied. Throws `InnotaterError` 'data' where the table has none of that name. */
export declare const arrowColumn: <T = unknown>(table: ArrowTable, name: string) => AsyncColumn<T>;
