import type { Cells } from './cells.js';
import type { Column } from './column.js';

/** The part of a column that treats a row's cells as they are. */
export const exactRows = (cells: Cells): Pick<Column<unknown>, 'capture' | 'restore'> => {
  const positions = Array.from({ length: Math.max(1, cells.width) }, (_, at) => at);
  return {
    capture: (uindex) => (cells.has(uindex) ? positions.map((at) => cells.read(uindex, at)) : []),
    restore: (uindex, captured) => {
      if (captured.length === 0) return cells.remove(uindex);
      for (const at of positions) cells.put(uindex, at, captured[at]);
    },
  };
};

const isBlankValue = (value: unknown): boolean => {
  if (value === null || value === undefined || value === '' || value === false) return true;
  if (typeof value !== 'number' && typeof value !== 'bigint') return false;
  const number = Number(value);
  return number === 0 || number === -1 || Number.isNaN(number);
};

/** Whether captured cells hold what an unused row of a repeat holds: zeros, −1, false, null, NaN, empty text. */
export const isBlankRow = (captured: readonly unknown[]): boolean => captured.every(isBlankValue);

/** Cells of the same kinds that hold nothing: 0, false, ''. */
export const blankRowLike = (captured: readonly unknown[]): readonly unknown[] =>
  captured.map((value) => {
    if (typeof value === 'string') return '';
    if (typeof value === 'boolean') return false;
    return typeof value === 'bigint' ? 0n : 0;
  });
