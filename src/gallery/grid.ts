import { clamp, type Point, type Rect, rect } from '../geometry/index.js';

/** Equal cells in rows, in CSS px from the top left of all of them. */
export type Grid = {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Of all rows. */
  readonly height: number;
};

/** As many columns as there is room for, the rest of the width shared among them. */
export const gridOf = (count: number, width: number, cell: { width: number; height: number }): Grid => {
  const columns = Math.max(1, Math.floor(width / cell.width));
  const rows = Math.ceil(count / columns);
  return {
    count,
    columns,
    rows,
    cellWidth: width / columns,
    cellHeight: cell.height,
    height: rows * cell.height,
  };
};

export const cellRect = ({ columns, cellWidth, cellHeight }: Grid, index: number): Rect =>
  rect((index % columns) * cellWidth, Math.floor(index / columns) * cellHeight, cellWidth, cellHeight);

/** The cell that holds a point; null beside the cells. */
export const cellAt = (grid: Grid, { x, y }: Point): number | null => {
  const column = Math.floor(x / grid.cellWidth);
  const index = Math.floor(y / grid.cellHeight) * grid.columns + column;
  return column >= 0 && column < grid.columns && index >= 0 && index < grid.count ? index : null;
};

/** Positions of which some is seen, from the first to the last (excluded), `more` rows around them. */
export const cellsInSight = (
  { cellHeight, columns, count }: Grid,
  top: number,
  height: number,
  more = 0,
): readonly [from: number, to: number] => {
  const first = Math.max(0, Math.floor(top / cellHeight) - more);
  const last = Math.ceil((top + height) / cellHeight) + more;
  return [Math.min(count, first * columns), Math.min(count, last * columns)];
};

/** Where a key leads from a cell; null for other keys. A page is what is seen at once. */
export const stepTo = (grid: Grid, from: number, key: string, pageRows: number): number | null => {
  const { columns, count } = grid;
  const to = (index: number): number => clamp(index, 0, count - 1);
  const rowsOn = (by: number): number => {
    const rows = Math.floor(from / columns);
    const row = clamp(rows + by, 0, grid.rows - 1);
    return to(from + (row - rows) * columns);
  };
  switch (key) {
    case 'ArrowRight':
      return to(from + 1);
    case 'ArrowLeft':
      return to(from - 1);
    case 'ArrowDown':
      return rowsOn(1);
    case 'ArrowUp':
      return rowsOn(-1);
    case 'PageDown':
      return rowsOn(Math.max(1, pageRows));
    case 'PageUp':
      return rowsOn(-Math.max(1, pageRows));
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
};

/** The least scrolling that shows a whole cell. */
export const scrolledTo = (grid: Grid, index: number, top: number, height: number): number => {
  const cell = cellRect(grid, index);
  if (cell.y < top) return cell.y;
  return Math.max(top, cell.y + cell.height - height);
};
