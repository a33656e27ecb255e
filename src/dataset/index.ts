export { blankRowLike, isBlankRow } from './cell-column.js';
export {
  type Cells,
  cellsOf,
  isNumbers,
  type Numbers,
  numberIn,
  putNumber,
  uncheckedCells,
} from './cells.js';
export * from './class-columns.js';
export * from './column.js';
export * from './dirty-set.js';
export * from './history.js';
export type { NestedRows } from './nested-rows.js';
export * from './number-columns.js';
export { RecentEntries } from './recent-entries.js';
export * from './row-view.js';
export { checkedLength, describe, isAsyncSource, lengthOf, type Rows } from './rows.js';
export * from './selection.js';
export { isTensor, type TensorData } from './tensor.js';
export * from './text-column.js';
