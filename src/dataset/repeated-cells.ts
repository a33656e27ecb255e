import { InnotaterError } from '../errors/index.js';
import { type Cells, found, holds, type Indexable, isRow } from './cells.js';
import type { NestedRows } from './nested-rows.js';

/**
 * One row of every sample of nested data, which not every sample need have. Throws `InnotaterError` 'data' that names `who` where those
 * that are there are not alike.
 */
export const repeatedCells = (rows: NestedRows, row: number, widthOfNone: number, who: string): Cells => {
  const { model, length } = rows;
  const modelRow = isRow(model) ? model : null;
  const width = modelRow?.length ?? (model === undefined ? widthOfNone : 0);
  for (let uindex = 0; uindex < length; uindex++) {
    if (!rows.has(uindex, row)) continue;
    const entry = rows.read(uindex, row);
    if (modelRow ? isRow(entry) && entry.length === width : !isRow(entry)) continue;
    const wanted = modelRow ? `have ${width} values` : 'be one value';
    throw new InnotaterError(
      'data',
      `${who}: row ${row} of sample ${uindex} must ${wanted} like the others, not ${found(entry)}`,
      { uindex },
    );
  }
  const isNested = width > 0;
  const read = (uindex: number, at: number) => {
    const entry = rows.read(uindex, row);
    return isNested ? (entry as Indexable | undefined)?.[at] : entry;
  };
  const has = (uindex: number) => rows.has(uindex, row);
  const add = (uindex: number) => {
    if (!has(uindex)) rows.add(uindex, row);
  };
  return {
    length,
    width,
    isBoolean: typeof (modelRow ? modelRow[0] : model) === 'boolean',
    read,
    put: (uindex, at, value) => {
      if (!isNested) return rows.put(uindex, row, value);
      add(uindex);
      (rows.read(uindex, row) as Indexable)[at] = value;
    },
    canHold: (value) => holds(modelRow ?? rows.first, value),
    numbers: null,
    has,
    add,
    remove: (uindex) => rows.remove(uindex, row),
    isWithoutRows: rows.most === 0,
    blankIs: (cells, isFound) => rows.blankIs(cells, isFound),
  };
};
