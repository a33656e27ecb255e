import { clamp, type Point, type Rect, type Size } from '../../geometry/index.js';
import type { Shape } from '../../paint/index.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import { cutTooltip, insetX, paddingX, roundedBox, textLine } from '../looks.js';
import type { Tooltip, WheelInput } from '../node.js';
import type { Semantics } from '../output.js';
import { firstItemsKey } from './first-items.js';
import {
  type ListRows,
  listInset,
  mostScroll,
  rowAt,
  rowRect,
  rowsInSight,
  scrollThumb,
} from './list-rows.js';

/** A list of items as it is drawn and told: always open, or in the popup of a combo box. */
export type ListView = {
  readonly id: WidgetId;
  readonly items: readonly string[];
  readonly label: string;
  readonly disabled: boolean;
  /** Rows it wants to show; fewer where it has fewer. */
  readonly visibleRows: number;
  readonly rowHeight: number;
  /** Tab reaches it; in a popup the focus stays on what opened it. */
  readonly focusable: boolean;
  /** The row that is drawn as chosen; −1 for none. */
  readonly current: number;
  /** The row under the pointer; −1 for none. */
  readonly over: number;
  readonly scroll: { scrollTop: number };
};

/** What decides where a list's rows lie. */
export type ScrolledList = Pick<ListView, 'items' | 'rowHeight' | 'scroll'>;

/** Items whose width is measured for the list's own width. */
const measuredItems = 200;

/** The rows' places in a list whose content box is `rect`. */
export const rowsOf = (list: ScrolledList, rect: Rect): ListRows => {
  const { rowHeight, items, scroll } = list;
  const rows = { rect, rowHeight, count: items.length, scrollTop: scroll.scrollTop };
  rows.scrollTop = clamp(rows.scrollTop, 0, mostScroll(rows));
  return rows;
};

/** The row that the pointer hovers over; −1 for none. */
export const rowOver = (host: WidgetHost, id: WidgetId, list: ScrolledList): number => {
  const at = host.hoverAt(id);
  const rect = at && host.lastInner(id);
  return rect ? rowAt(rowsOf(list, rect), at) : -1;
};

/** Height of a row in CSS px. */
export const listRowHeight = (host: WidgetHost): number => Math.max(24, host.metrics.controlHeight - 6);

/** Whether the wheel has something to scroll in it. */
export const wantsListWheel = (list: ScrolledList, rect: Rect, { deltaY, zoom }: WheelInput): boolean => {
  if (zoom) return false;
  const rows = rowsOf(list, rect);
  return deltaY < 0 ? rows.scrollTop > 0 : deltaY > 0 && rows.scrollTop < mostScroll(rows);
};

const rowRoom = (rect: Rect): Rect => ({
  ...rect,
  x: rect.x + paddingX - listInset,
  width: rect.width - 2 * paddingX,
});

/** The whole text of the row at a place, where it is cut. */
export const rowTooltip = (
  host: WidgetHost,
  list: ListView,
  rect: Rect,
  at: Point | null,
): Tooltip | null => {
  if (!at) return null;
  const rows = rowsOf(list, rect);
  const index = rowAt(rows, at);
  const place = rowRect(rows, index);
  return index < 0 ? null : cutTooltip(host, list.items[index]!, rowRoom(place), place);
};

const paintRow = (host: WidgetHost, list: ListView, rect: Rect, index: number, isOver: boolean): Shape[] => {
  const { theme } = host;
  const room = rowRoom(rect);
  const disabled = list.disabled;
  const chosen = index === list.current;
  const color = disabled ? theme.textDisabled : chosen ? theme.onAccent : theme.text;
  const ground = disabled ? theme.surface : theme.accent;
  const words = textLine(host, list.items[index]!, room, { color });
  const radius = Math.max(0, theme.radiusPx - 2);
  if (!chosen) return isOver ? [roundedBox(rect, radius, theme.controlHover), words] : [words];
  const border = disabled ? theme.textDisabled : ground;
  return [roundedBox(rect, radius, ground, border), words];
};

/** Draws the list and the rows in sight. */
export const paintList = (
  host: WidgetHost,
  list: ListView,
  rect: Rect,
  shapes: Shape[],
  inner: Rect,
): void => {
  const { theme } = host;
  const disabled = list.disabled;
  const border = disabled ? theme.surfaceBorder : theme.controlBorder;
  shapes.push(roundedBox(rect, theme.radiusPx, disabled ? theme.surface : theme.field, border));
  const rows = rowsOf(list, inner);
  const [first, end] = rowsInSight(rows, 0);
  const drawn: Shape[] = [];
  for (let i = first; i < end; i++) drawn.push(...paintRow(host, list, rowRect(rows, i), i, i === list.over));
  const thumb = scrollThumb(rows);
  if (thumb) drawn.push(roundedBox(thumb, 2, theme.controlBorder));
  // The border of the chosen row is drawn to its very edge.
  shapes.push({ tag: 'clip', rect: insetX(inner, -2), shapes: drawn });
};

/** Rows in sight, a page more on either side to scroll by keyboard, and the chosen one. */
const optionIndexes = (rows: ListRows, now: number): readonly number[] => {
  const [first, end] = rowsInSight(rows, 2);
  const indexes = now >= 0 && now < first ? [now] : [];
  for (let i = first; i < end; i++) indexes.push(i);
  if (now >= end && now < rows.count) indexes.push(now);
  return indexes;
};

/** What its looks and semantics hang on: scrolling, the choice, the row under the pointer, and the words of the rows in and near sight. */
export const listLook = (list: ListView, rect: Rect): unknown[] => {
  const rows = rowsOf(list, rect);
  const look: unknown[] = [list.current, list.over, rows.scrollTop, rows.count];
  for (const index of optionIndexes(rows, list.current)) look.push(list.items[index]);
  return look;
};

/** What assistive technology is told of it and of the options in and near sight. */
export const listSemantics = (list: ListView, rect: Rect, inner: Rect): Semantics => {
  const { id, items, disabled, current: now } = list;
  const rows = rowsOf(list, inner);
  const option = (index: number): Semantics => ({
    id: `${id}/${index}`,
    role: 'option',
    name: items[index]!,
    rect: rowRect(rows, index),
    focusable: false,
    disabled,
    selected: index === now,
    setSize: items.length,
    positionInSet: index + 1,
  });
  return {
    id,
    role: 'listbox',
    name: list.label,
    rect,
    focusable: list.focusable && !disabled,
    disabled,
    ...(now >= 0 && now < items.length ? { activeOption: `${id}/${now}` } : {}),
    touchAction: mostScroll(rows) > 0 ? 'none' : 'manipulation',
    children: optionIndexes(rows, now).map(option),
  };
};

/** The size its content would like, from its rows and the widest of its items. */
export const listSize = (host: WidgetHost, list: ListView): Size => {
  const { font } = host.metrics;
  const widths = list.items.slice(0, measuredItems).map((item) => host.text.width(item, font));
  const shown = Math.max(1, Math.min(list.items.length, list.visibleRows));
  return {
    width: Math.ceil(Math.max(80, ...widths)) + 2 * paddingX + 10 - 2 * listInset,
    height: shown * list.rowHeight,
  };
};

/** Equal content has an equal size. */
export const listContent = (host: WidgetHost, { id, items, visibleRows }: ListView): string =>
  `${visibleRows} ${firstItemsKey(host, id, items, measuredItems)}`;
