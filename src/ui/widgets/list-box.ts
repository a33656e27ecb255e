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

type Kept = ListSearch & ScrollPress & { shown: number | null; list: List | null };

type List = KeyedList &
  Omit<ListView, 'current' | 'over'> & { readonly kept: Kept } & {
    current: number;
    over: number;
  };

const defaultRows = 8;

const pageOf = (list: List, rect: Rect | null): number =>
  rect ? rowsInPage(rowsOf(list, rect)) : defaultRows - 1;

/** The chosen index after this build's events. */
const follow = (host: WidgetHost, list: List, selected: number, rect: Rect | null): number => {
  const { id, items } = list;
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
const glideRows = (host: WidgetHost, list: List, rect: Rect | null): void => {
  if (rect && list.kept.velocity !== 0 && !list.kept.press)
    glide(host, list.kept, mostScroll(rowsOf(list, rect)));
};

/** What the list's node is made of: its size, and what is in and near sight where it stands. */
const madeOf = (host: WidgetHost, list: List, rect: Rect | null): readonly unknown[] => {
  const content = listContent(host, list);
  const look = rect ? listLook(list, rect) : [];
  look.unshift(content);
  return look;
};

const addList = (
  host: WidgetHost,
  { id, disabled, rowHeight, kept }: List,
  options: ListBoxOptions,
  values: readonly unknown[],
  own: LayoutStyle,
): void => {
  // A node may stand in later builds: it shows the list of those.
  const list = (): List => kept.list!;
  host.add({
    id,
    style: { minHeight: rowHeight + 2 * listInset, padding: listInset, ...own },
    content: String(values[0]),
    measure: () => listSize(host, list()),
    children: [],
    hit: {
      cursor: disabled ? 'default' : 'pointer',
      disabled,
      pointer: 'press',
      keepsFingers: true,
      wantsKey: (event, timeMs) => wantsListKey(list(), event, timeMs),
      wantsWheel: (event, rect) => wantsListWheel(list(), rect, event),
      tooltip: (_, at, inner) => rowTooltip(host, list(), inner, at),
    },
    look: { options, values },
    paint: (rect, shapes, inner) => paintList(host, list(), rect, shapes, inner),
    semantics: (rect, _, inner) => listSemantics(list(), rect, inner),
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
  const kept = host.kept<Kept>(id, () => ({ ...noListSearch(), shown: null, list: null, ...atRest() }));
  const list: List = {
    id,
    items,
    label,
    disabled,
    visibleRows,
    rowHeight: listRowHeight(host),
    focusable: true,
    reservedKeys,
    kept,
    search: kept,
    scroll: kept,
    current: selected,
    over: -1,
  };
  kept.list = list;
  const rect = host.lastInner(id);
  const now = disabled ? selected : follow(host, list, selected, rect);
  showChosen(list, rect, now);
  glideRows(host, list, rect);
  list.current = now;
  if (!disabled) list.over = rowOver(host, id, list);
  const values = madeOf(host, list, rect);
  if (!host.again(id, options, values)) {
    captioned(host, id, label, options, (own) => addList(host, list, options, values, own));
  }
  if (now === selected) return undefined;
  host.answered();
  return now;
};
