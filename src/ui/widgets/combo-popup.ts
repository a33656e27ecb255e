import { clamp, contains, type Rect } from '../../geometry/index.js';
import { glide } from '../behaviours/gliding.js';
import type { WidgetHost } from '../host.js';
import type { PointerInput, WidgetId } from '../input.js';
import { pointedRow, type ScrollPress } from './list-press.js';
import { listInset, mostScroll, rowAt, scrollToShow } from './list-rows.js';
import {
  type ListView,
  listContent,
  listRowHeight,
  listSemantics,
  listSize,
  paintList,
  rowsOf,
  rowTooltip,
} from './list-view.js';

/** The list of an open combo box: the row that would be chosen, and how far it is scrolled. */
export type OpenList = ScrollPress & {
  active: number;
  /** The row last scrolled into sight. */
  shown: number | null;
  /** The box it belongs to was seen while it is open. */
  wasInSight: boolean;
};

/** What an open list is made of. */
export type ComboList = {
  readonly items: readonly string[];
  readonly label: string;
  readonly visibleRows: number;
  readonly open: OpenList;
};

export const popupIdOf = (id: WidgetId): WidgetId => `${id}/popup`;
export const listIdOf = (id: WidgetId): WidgetId => `${popupIdOf(id)}/list`;

const viewOf = (
  host: WidgetHost,
  id: WidgetId,
  { items, label, visibleRows, open }: ComboList,
): ListView => ({
  id: listIdOf(id),
  items,
  label,
  disabled: false,
  visibleRows,
  rowHeight: listRowHeight(host),
  focusable: false,
  current: open.active,
  over: -1,
  scroll: open,
});

/** The row at a place of an open list; −1 beside it. */
export const rowUnder = (host: WidgetHost, id: WidgetId, list: ComboList, at: PointerInput['at']): number => {
  const rect = host.lastRect(listIdOf(id));
  const inner = host.lastInner(listIdOf(id));
  if (!rect || !inner || !contains(rect, at)) return -1;
  return rowAt(rowsOf(viewOf(host, id, list), inner), at);
};

/** The row that a pointer chooses; −1 for none. One that hovers, or is held down, moves the active row. */
const pointed = (
  host: WidgetHost,
  view: ListView,
  open: OpenList,
  event: PointerInput,
  inner: Rect,
): number => {
  const rows = rowsOf(view, inner);
  const rect = host.lastRect(view.id) ?? inner;
  const kind = open.press?.kind;
  if (event.phase === 'down') {
    host.capture(event.pointerId, view.id);
    host.use(event);
  }
  const row = kind || event.phase === 'down' ? pointedRow(open, event, rows, host.reducedMotion) : -1;
  if (event.phase === 'up')
    return kind === 'choose' && contains(rect, event.at) ? rowAt(rows, event.at) : row;
  const over = kind === undefined && event.phase === 'move' ? rowAt(rows, event.at) : row;
  if (over >= 0 && over !== open.active) {
    open.active = over;
    open.shown = over;
    host.answered();
  }
  return -1;
};

/** What was chosen in the open list in this build; −1 for nothing. */
export const chosenInPopup = (host: WidgetHost, id: WidgetId, list: ComboList): number => {
  const view = viewOf(host, id, list);
  const rect = host.lastInner(view.id);
  let chosen = -1;
  for (const event of host.events(view.id)) {
    if (event.tag === 'activate') chosen = Number(event.id.slice(view.id.length + 1));
    if (event.tag === 'pointer' && rect)
      chosen = Math.max(chosen, pointed(host, view, list.open, event, rect));
    if (event.tag === 'wheel' && rect) {
      const rows = rowsOf(view, rect);
      list.open.scrollTop = clamp(rows.scrollTop + event.deltaY, 0, mostScroll(rows));
      host.use(event);
    }
  }
  return chosen;
};

/** The active row scrolls into sight, once. */
const showActive = (view: ListView, open: OpenList, rect: Rect | null): void => {
  if (!rect || open.shown === open.active) return;
  if (open.active >= 0) open.scrollTop = scrollToShow(rowsOf(view, rect), open.active);
  open.shown = open.active;
};

/** Shows the list over everything else, below the combo box `id` or above it. The focus stays on the combo box. */
export const comboPopup = (host: WidgetHost, id: WidgetId, list: ComboList): void => {
  const view = viewOf(host, id, list);
  const rect = host.lastInner(view.id);
  showActive(view, list.open, rect);
  if (rect && !list.open.press) glide(host, list.open, mostScroll(rowsOf(view, rect)));
  const root = {
    id: popupIdOf(id),
    style: { flexDirection: 'column', alignItems: 'stretch' },
    content: '',
    measure: null,
    children: [],
    hit: null,
    paint: null,
    semantics: null,
  };
  host.popup(root, { anchor: id, matchWidth: true }, () =>
    host.add({
      id: view.id,
      style: { minHeight: view.rowHeight, padding: listInset, flexShrink: 1 },
      content: listContent(host, view),
      measure: () => listSize(host, view),
      children: [],
      hit: {
        cursor: 'pointer',
        disabled: false,
        pointer: 'free',
        wantsKey: () => false,
        // The page stays where it is while the pointer is over the list.
        wantsWheel: ({ zoom }) => !zoom,
        tooltip: (_, at, inner) => rowTooltip(host, view, inner, at),
      },
      paint: (rect, shapes, inner) => paintList(host, view, rect, shapes, inner),
      semantics: (rect, _, inner) => listSemantics(view, rect, inner),
    }),
  );
};
