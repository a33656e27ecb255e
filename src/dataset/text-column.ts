import { InnotaterError } from '../errors/index.js';
import { exactRows } from './cell-column.js';
import { type Cells, cellsOf } from './cells.js';
import type { Column } from './column.js';
import type { Rows } from './rows.js';

/** One text a sample. */
export interface TextColumn extends Column<string> {
  /** False for numbers and the like, which are shown as they print and cannot be written: typing would make texts of them. */
  readonly isWritable: boolean;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isAbsent = (value: unknown): boolean => value === null || value === undefined;
const isPrintable = (value: unknown): boolean => ['number', 'bigint', 'boolean'].includes(typeof value);

const described = (value: unknown): string => {
  if (isText(value)) return 'a text';
  if (isPrintable(value)) return `the ${typeof value} ${value}`;
  return Array.isArray(value) ? 'a list' : 'an object';
};

/** Whether the rows are texts; numbers and the like are no texts, and anything else is an error. */
const holdsTexts = (cells: Cells, who: string): boolean => {
  let first: { readonly uindex: number; readonly value: unknown } | null = null;
  for (let uindex = 0; uindex < cells.length; uindex++) {
    const value = cells.read(uindex, 0);
    if (isAbsent(value)) continue;
    const wrong = (what: string) =>
      new InnotaterError('data', `${who}: row ${uindex} is ${described(value)}, ${what}`, { uindex });
    if (!isText(value) && !isPrintable(value)) {
      throw wrong('and must be a text, or null for none; JSON.stringify makes a text of it');
    }
    first ??= { uindex, value };
    if (isText(value) !== isText(first.value)) {
      throw wrong(`and row ${first.uindex} is ${described(first.value)}; all must be texts to be edited`);
    }
  }
  return first === null || isText(first.value);
};

/** Data (n,) or (n,1). null and undefined read as ''. Throws `InnotaterError` 'data' for rows that are neither texts nor print as one. */
export const textColumn = (data: Rows, who: string): TextColumn => {
  const cells = cellsOf(data, who);
  if (cells.width > 1) {
    throw new InnotaterError('data', `${who}: data must be one text a sample, not (n,${cells.width})`);
  }
  const isWritable = holdsTexts(cells, who) && !ArrayBuffer.isView(data);
  if (isWritable) cells.blankIs([''], false);
  return {
    length: cells.length,
    isWritable,
    get: (uindex) => String(cells.read(uindex, 0) ?? ''),
    set: (uindex, value) => {
      if (!isWritable) throw new InnotaterError('data', `${who}: row ${uindex} holds no text`, { uindex });
      cells.add(uindex);
      cells.put(uindex, 0, value);
    },
    ...exactRows(cells),
  };
};
