import { clamp, type Rect } from '../../geometry/index.js';
import { glide } from '../behaviours/gliding.js';
import {
  endSearch,
  type KeyedList,
  keepSearching,
  type ListSearch,
  noListSearch,
  rowByKey,
  rowBySearch,
  wantsListKey,
} from '../behaviours/list-keys.js';
import type { ListBoxOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { LayoutStyle } from '../layout/style.js';
import { innerOf } from '../node.js';
import { captioned } from './caption.js';
import { atRest, pointedRow, type ScrollPress } from './list-press.js';
import { listInset, mostScroll, rowsInPage, scrollToShow } from './list-rows.js';
import {
  type ListView,
  listContent,
  listLook,
  listRowHeight,
  listSemantics,
  listSize,
  paintList,
  rowOver,
  rowsOf,
  rowTooltip,
  wantsListWheel,
} from './list-view.js';

type Kept = ListSearch & ScrollPress & { shown: number | null };

type List = KeyedList & Omit<ListView, 'current' | 'over'> & { readonly kept: Kept };

const defaultRows = 8;

const pageOf = (list: List, rect: Rect | null): number =>
  rect ? rowsInPage(rowsOf(list, rect)) : defaultRows - 1;

/** The chosen index after this build's events. */
const follow = (host: WidgetHost, list: List, selected: number): number => {
  const { id, items } = list;
  const rect = host.lastInner(id);
  let now = selected;
  endSearch(host, list);
  const choose = (index: number) => {
    if (index >= 0 && index < items.length) now = index;
  };
  choose(rowBySearch(host, list, now));
  for (const event of host.events(id)) {
    if (event.tag === 'activate') choose(Number(event.id.slice(id.length + 1)));
    if (event.tag === 'value') choose(event.value);
    if (event.tag === 'key') choose(rowByKey(host, list, event, now, pageOf(list, rect)));
    if (event.tag === 'pointer' && rect)
      choose(pointedRow(list.kept, event, rowsOf(list, rect), host.reducedMotion));
    if (event.tag === 'wheel' && rect) {
      const rows = rowsOf(list, rect);
      list.kept.scrollTop = clamp(rows.scrollTop + event.deltaY, 0, mostScroll(rows));
      host.use(event);
    }
  }
  keepSearching(host, list, now);
  return now;
};

/** A newly chosen row scrolls into sight, once. */
const showChosen = (list: List, rect: Rect | null, now: number): void => {
  if (!rect || list.kept.shown === now) return;
  if (now >= 0) list.kept.scrollTop = scrollToShow(rowsOf(list, rect), now);
  list.kept.shown = now;
};

/** What a finger threw goes on scrolling. */
const glideRows = (host: WidgetHost, list: List): void => {
  const rect = host.lastInner(list.id);
  if (rect && !list.kept.press) glide(host, list.kept, mostScroll(rowsOf(list, rect)));
};

const addList = (
  host: WidgetHost,
  list: List,
  now: number,
  options: ListBoxOptions,
  own: LayoutStyle,
): void => {
  const { id, disabled } = list;
  const view = { ...list, current: now, over: disabled ? -1 : rowOver(host, id, list) };
  host.add({
    id,
    style: { minHeight: list.rowHeight + 2 * listInset, padding: listInset, ...own },
    content: listContent(host, view),
    measure: () => listSize(host, view),
    children: [],
    hit: {
      cursor: disabled ? 'default' : 'pointer',
      disabled,
      pointer: 'press',
      keepsFingers: true,
      wantsKey: (event, timeMs) => wantsListKey(list, event, timeMs),
      wantsWheel: (event, rect) => wantsListWheel(list, rect, event),
      tooltip: (_, at, inner) => rowTooltip(host, view, inner, at),
    },
    look: (node) => ({ options, values: listLook(view, innerOf(node)) }),
    paint: (rect, shapes, inner) => paintList(host, view, rect, shapes, inner),
    semantics: (rect, _, inner) => listSemantics(view, rect, inner),
  });
};

/** An always-open list. The new index in the build in which another one was chosen; −1 is unset. */
export const listBox = (
  host: WidgetHost,
  key: string,
  items: readonly string[],
  selected: number,
  options: ListBoxOptions,
): number | undefined => {
  const id = host.claim(key);
  const { label, disabled = false, visibleRows = defaultRows, reservedKeys = [] } = options;
  const kept = host.kept<Kept>(id, () => ({ ...noListSearch(), shown: null, ...atRest() }));
  const drawn = { id, items, label, disabled, visibleRows, rowHeight: listRowHeight(host), focusable: true };
  const list: List = { ...drawn, reservedKeys, kept, search: kept, scroll: kept };
  const now = disabled ? selected : follow(host, list, selected);
  showChosen(list, host.lastInner(id), now);
  glideRows(host, list);
  captioned(host, id, label, options, (own) => addList(host, list, now, options, own));
  if (now === selected) return undefined;
  host.answered();
  return now;
};
