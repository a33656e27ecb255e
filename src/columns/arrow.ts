import { describe } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { type AsyncColumn, checkRow, type ReadOptions } from './contract.js';
import { plain } from './plain.js';

/** One column of a table: a Vector of Apache Arrow's JavaScript, or anything that gives its values by position. */
export type ArrowVector = { readonly length: number } & (
  | { get(at: number): unknown }
  | { at(at: number): unknown }
);
/** A Table of Apache Arrow's JavaScript, or anything with columns by name. */
export type ArrowTable = {
  getChild(name: string): ArrowVector | null | undefined;
  readonly schema?: { readonly fields: readonly { readonly name: string }[] };
};

/** So many rows are read before others have their turn. */
const rowsATime = 10_000;
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A column of an Arrow table in memory, which is not copied. Throws `InnotaterError` 'data' where the table has none of that name. */
export const arrowColumn = <T = unknown>(table: ArrowTable, name: string): AsyncColumn<T> => {
  if (typeof table?.getChild !== 'function') {
    throw new InnotaterError(
      'data',
      `An Arrow table must have columns by getChild(name), and this is ${describe(table)}`,
    );
  }
  const vector = table.getChild(name);
  if (!vector) throw noColumn(table, name);
  const { length } = vector;
  const at = (row: number) => plain('get' in vector ? vector.get(row) : vector.at(row)) as T;
  return {
    length,
    get: async (uindex, { signal } = {}) => {
      signal?.throwIfAborted();
      checkRow(uindex, length, `The column ${name}`);
      return at(uindex);
    },
    read: async ({ onProgress, signal }: ReadOptions = {}) => {
      const all: T[] = [];
      while (all.length < length) {
        signal?.throwIfAborted();
        const end = Math.min(length, all.length + rowsATime);
        while (all.length < end) all.push(at(all.length));
        onProgress?.(all.length / length);
        await turn();
      }
      return all;
    },
  };
};

const noColumn = ({ schema }: ArrowTable, name: string): InnotaterError => {
  const names = schema ? `; it has ${schema.fields.map((field) => field.name).join(', ')}` : '';
  return new InnotaterError('data', `The Arrow table has no column ${name}${names}`, { column: name });
};
