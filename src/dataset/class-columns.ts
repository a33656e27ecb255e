import { InnotaterError } from '../errors/index.js';
import { exactRows } from './cell-column.js';
import { type Cells, cellsOf, type Numbers, numberIn, putNumber } from './cells.js';
import type { Column } from './column.js';
import type { Rows } from './rows.js';

/** No class is chosen (M3). */
export const unset = -1;

/** How classes are written (M1): (n,), (n,1) or (n,k). */
export type ClassEncoding = 'simple' | 'column vector' | 'one-hot';

/** One class a sample, as its number; `unset` where none is chosen. */
export interface ClassColumn extends Column<number> {
  readonly encoding: ClassEncoding;
  /** Inferred over all rows (M4): k of a one-hot, else the greatest class + 1; 0 where every row is unset. */
  readonly classCount: number;
  readonly blank: BlankCells;
}

/** What the cells of a row hold in which no class is chosen. `isFound`: rows of the data hold it; else it is what their memory can hold. */
export type BlankCells = { readonly cells: readonly unknown[]; readonly isFound: boolean };

const encodingOf = (width: number): ClassEncoding => {
  if (width === 0) return 'simple';
  return width === 1 ? 'column vector' : 'one-hot';
};

/** Reads the encoding from the first row. Throws `InnotaterError` 'data' for rows that are no class. */
export const classColumn = (data: Rows, who: string): ClassColumn => {
  const cells = cellsOf(data, who);
  const column = columnOf(cells, who);
  cells.blankIs(column.blank.cells, column.blank.isFound);
  return column;
};

const columnOf = (cells: Cells, who: string): ClassColumn => {
  const encoding = encodingOf(cells.width);
  const access = encoding === 'one-hot' ? oneHot(cells, who) : plain(cells, who);
  const exact = exactRows(cells);
  return {
    encoding,
    length: cells.length,
    ...access,
    ...exact,
    set: (uindex, value) => {
      const before = exact.capture(uindex);
      try {
        access.set(uindex, value);
      } catch (error) {
        exact.restore(uindex, before);
        throw error;
      }
    },
  };
};

type Access = Pick<ClassColumn, 'get' | 'set' | 'classCount' | 'blank'>;

const plain = (cells: Cells, who: string): Access => {
  const get = (uindex: number): number => {
    const value = numberIn(cells, uindex, 0);
    return value >= 0 ? value : unset;
  };
  const { greatest, blankAt } = classesInNumbers(cells.numbers) ?? classesInRows(cells, get, who);
  const blank = blankAt === null ? null : { cells: [cells.read(blankAt, 0)], isFound: true };
  return {
    get,
    set: (uindex, value) => putNumber(cells, uindex, 0, value, who),
    classCount: greatest + 1,
    blank: blank ?? { cells: [likeFirst(cells, cells.canHold(unset) ? unset : 0)], isFound: false },
  };
};

/** The greatest class, and the first row without one. */
type FoundClasses = { readonly greatest: number; readonly blankAt: number | null };

/** Of very many at the speed of memory; null where some are more than classes and −1: those are looked at one by one. */
const classesInNumbers = (numbers: Numbers | null): FoundClasses | null => {
  if (!numbers) return null;
  let greatest = unset;
  let blankAt: number | null = null;
  for (let at = 0; at < numbers.length; at++) {
    const value = numbers[at]!;
    if (!(value >= unset) || value !== Math.trunc(value)) return null;
    if (value > greatest) greatest = value;
    else if (value === unset) blankAt ??= at;
  }
  return { greatest, blankAt };
};

const classesInRows = (cells: Cells, get: (uindex: number) => number, who: string): FoundClasses => {
  let greatest = unset;
  let blankAt: number | null = null;
  for (let uindex = 0; uindex < cells.length; uindex++) {
    if (!cells.has(uindex)) continue;
    const value = get(uindex);
    if (value === unset) blankAt ??= uindex;
    if (!Number.isInteger(value) || isUnreadable(cells.read(uindex, 0))) {
      throw new InnotaterError(
        'data',
        `${who}: row ${uindex} must be the number of a class (0, 1, 2…), or -1, null or NaN for none, not ${JSON.stringify(cells.read(uindex, 0))}`,
        { uindex },
      );
    }
    greatest = Math.max(greatest, value);
  }
  return { greatest, blankAt };
};

/** A number as the kind of value that the cells hold. */
const likeFirst = (cells: Cells, value: number): unknown => {
  let there = 0;
  while (there < cells.length && !cells.has(there)) there += 1;
  const first = there < cells.length ? cells.read(there, 0) : value;
  if (typeof first === 'boolean') return value > 0;
  return typeof first === 'bigint' ? BigInt(value) : value;
};

/** Texts, objects, and numbers below 0 other than -1 are no classes. */
const isUnreadable = (value: unknown): boolean =>
  typeof value === 'string' ||
  (typeof value === 'object' && value !== null) ||
  ((typeof value === 'number' || typeof value === 'bigint') && value < unset);

/** The greatest of a row is its class, the first of equals; a row without anything above 0 is unset (M2, M3). */
const oneHot = (cells: Cells, who: string): Access => {
  const get = (uindex: number): number => {
    let best = unset;
    let greatest = 0;
    for (let at = 0; at < cells.width; at++) {
      const value = numberIn(cells, uindex, at);
      if (value > greatest) [best, greatest] = [at, value];
    }
    return best;
  };
  const set = (uindex: number, value: number): void => {
    const old = get(uindex);
    if (old !== unset) putNumber(cells, uindex, old, 0, who);
    if (value !== unset) putNumber(cells, uindex, value, 1, who);
  };
  const zeros = Array.from({ length: cells.width }, () => likeFirst(cells, 0));
  return { get, set, classCount: cells.width, blank: { cells: zeros, isFound: true } };
};

/** Yes or no over the three encodings (M7); one-hot is (n,2): no, yes. Unset reads as false. */
export const booleanColumn = (data: Rows, who: string): Column<boolean> => {
  const cells = cellsOf(data, who);
  if (cells.isWithoutRows) cells.blankIs([false], false);
  const column = columnOf(cells, who);
  if (column.classCount > 2) {
    const found =
      column.encoding === 'one-hot' ? `(n,${column.classCount})` : `the value ${column.classCount - 1}`;
    throw new InnotaterError(
      'data',
      `${who}: data must be true or false, 0 or 1, as (n,), (n,1) or one-hot (n,2); it has ${found}`,
    );
  }
  return {
    ...column,
    get: (uindex) => column.get(uindex) === 1,
    set: (uindex, value) => column.set(uindex, value ? 1 : 0),
  };
};
