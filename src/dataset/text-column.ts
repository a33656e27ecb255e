import { InnotaterError } from '../errors/index.js';
import { exactRows } from './cell-column.js';
import { cellsOf } from './cells.js';
import type { Column } from './column.js';
import type { Rows } from './row-view.js';

/** One text a sample, data (n,) or (n,1). null and undefined read as '', other values as they print. */
export const textColumn = (data: Rows, who: string): Column<string> => {
  const cells = cellsOf(data, who);
  if (cells.width > 1) {
    throw new InnotaterError('data', `${who}: data must be one text a sample, not (n,${cells.width})`);
  }
  return {
    length: cells.length,
    get: (uindex) => String(cells.read(uindex, 0) ?? ''),
    set: (uindex, value) => cells.put(uindex, 0, value),
    ...exactRows(cells),
  };
};
