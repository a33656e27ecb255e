import { clamp, type Point, type Rect } from '../../geometry/index.js';

/** Where the rows of a list lie: all of one height, scrolled by `scrollTop` CSS px inside its content box. */
export type ListRows = {
  readonly rect: Rect;
  readonly rowHeight: number;
  readonly count: number;
  readonly scrollTop: number;
};

/** Distance of the rows from the list's edge, unless its `layout` says otherwise. */
export const listInset = 3;

export const roomOf = ({ rect }: ListRows): number => rect.height;

export const mostScroll = (rows: ListRows): number => Math.max(0, rows.count * rows.rowHeight - roomOf(rows));

/** Rows that a page key moves by: those whole in sight but one. */
export const rowsInPage = (rows: ListRows): number =>
  Math.max(1, Math.floor(roomOf(rows) / rows.rowHeight) - 1);

/** A row's place; beside the scroll bar where there is one. */
export const rowRect = (rows: ListRows, index: number): Rect => ({
  x: rows.rect.x,
  y: rows.rect.y + index * rows.rowHeight - rows.scrollTop,
  width: Math.max(0, rows.rect.width - (mostScroll(rows) > 0 ? 8 : 0)),
  height: rows.rowHeight,
});

/** The row at a height, the nearest one above and below the list. −1 in an empty list. */
export const rowAt = (rows: ListRows, at: Point): number => {
  const y = at.y - rows.rect.y + rows.scrollTop;
  return clamp(Math.floor(y / rows.rowHeight), 0, rows.count - 1);
};

/** Indexes of the rows in sight, `extra` more on either side: first to last, last excluded. */
export const rowsInSight = (rows: ListRows, extra: number): readonly [number, number] => [
  Math.max(0, Math.floor(rows.scrollTop / rows.rowHeight) - extra),
  Math.min(rows.count, Math.ceil((rows.scrollTop + roomOf(rows)) / rows.rowHeight) + extra),
];

/** The least scrolling that shows a row whole. */
export const scrollToShow = (rows: ListRows, index: number): number => {
  const top = index * rows.rowHeight;
  const least = top + rows.rowHeight - roomOf(rows);
  return clamp(clamp(rows.scrollTop, least, Math.max(least, top)), 0, mostScroll(rows));
};

/** The scroll bar's thumb; null where everything is in sight. */
export const scrollThumb = (rows: ListRows): Rect | null => {
  const most = mostScroll(rows);
  if (most === 0) return null;
  const room = roomOf(rows);
  const height = Math.max(20, (room * room) / (rows.count * rows.rowHeight));
  const y = rows.rect.y + (rows.scrollTop / most) * (room - height);
  return { x: rows.rect.x + rows.rect.width - 6, y, width: 4, height };
};
