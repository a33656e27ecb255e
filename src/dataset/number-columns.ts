import { InnotaterError } from '../errors/index.js';
import { exactRows } from './cell-column.js';
import { type Cells, cellsOf, type Numbers, numberIn, putNumber } from './cells.js';
import type { BoxValue, Column } from './column.js';
import type { Rows } from './rows.js';

/** What a column of boxes may be: (n,4) as nested arrays, arrays of typed arrays, or a tensor. */
export type BoxData = Rows;

const oneAt = (cells: Cells, who: string): void => {
  if (cells.width <= 1) return;
  throw new InnotaterError('data', `${who}: data must have the shape (n,) or (n,1), not (n,${cells.width})`);
};

/** One number a sample, data (n,) or (n,1). null, undefined and what is no number read as NaN. */
export const numberColumn = (data: Rows, who: string): Column<number> => {
  const cells = cellsOf(data, who);
  oneAt(cells, who);
  return {
    length: cells.length,
    get: (uindex) => numberIn(cells, uindex, 0),
    set: (uindex, value) => putNumber(cells, uindex, 0, value, who),
    ...exactRows(cells),
  };
};

const coordinates = [0, 1, 2, 3] as const;

const integerTypes = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
] as const;

/** Integers are, without a look. */
const areFinite = (numbers: Numbers): boolean => {
  if (integerTypes.some((Type) => numbers instanceof Type)) return true;
  for (let at = 0; at < numbers.length; at++) if (!Number.isFinite(numbers[at])) return false;
  return true;
};

const checkBoxes = (cells: Cells, who: string): void => {
  if (cells.length > 0 && cells.width !== 4) {
    const found = cells.width === 0 ? '(n,)' : `(n,${cells.width})`;
    throw new InnotaterError(
      'data',
      `${who}: boxes must have the shape (n,4), x, y, w, h a row, not ${found}; in repeats (n,r,4)`,
    );
  }
  if (cells.numbers && areFinite(cells.numbers)) return;
  for (let uindex = 0; uindex < cells.length; uindex++) {
    if (!cells.has(uindex)) continue;
    for (const at of coordinates) {
      const value = cells.read(uindex, at);
      if (typeof value !== 'string' && Number.isFinite(numberIn(cells, uindex, at))) continue;
      throw new InnotaterError(
        'data',
        `${who}: row ${uindex} must be four numbers x, y, w, h; number ${at + 1} is ${typeof value === 'string' ? JSON.stringify(value) : value}`,
        { uindex },
      );
    }
  }
};

const blankBox: BoxValue = [0, 0, 0, 0];

/**
 * Boxes of (n,4) data (T7). Values are read as they are, a row that is not there as the blank box; writing rounds nothing and is all or
 * nothing.
 */
export const boxColumn = (data: BoxData, who: string): Column<BoxValue> => {
  const cells = cellsOf(data, who, coordinates.length);
  if (cells.isWithoutRows) cells.blankIs(blankBox, false);
  checkBoxes(cells, who);
  const exact = exactRows(cells);
  return {
    length: cells.length,
    get: (uindex) =>
      cells.has(uindex)
        ? (coordinates.map((at) => numberIn(cells, uindex, at)) as unknown as BoxValue)
        : blankBox,
    set: (uindex, value) => {
      const before = exact.capture(uindex);
      try {
        for (const at of coordinates) putNumber(cells, uindex, at, value[at], who);
      } catch (error) {
        exact.restore(uindex, before);
        throw error;
      }
    },
    ...exact,
  };
};
