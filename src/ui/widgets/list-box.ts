import { clamp, contains, type Rect } from '../../geometry/index.js';
import type { Shape } from '../../paint/index.js';
import { isPlain } from '../behaviours/keys.js';
import { isSearching, type TypeAhead, typeAhead } from '../behaviours/type-ahead.js';
import type { ListBoxOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { PointerInput, WidgetId } from '../input.js';
import type { LayoutStyle } from '../layout/style.js';
import { paddingX, roundedBox, textLine } from '../looks.js';
import type { KeyInput, WheelInput } from '../node.js';
import type { Semantics } from '../output.js';
import { captioned } from './caption.js';
import {
  type ListRows,
  listInset,
  mostScroll,
  rowAt,
  rowRect,
  rowsInSight,
  scrollThumb,
  scrollToShow,
} from './list-rows.js';

/** A press: on the rows with mouse or pen it chooses, a finger or a press on the scroll bar scrolls. */
type Press = { readonly kind: 'choose' | 'scroll' | 'bar'; lastY: number; travel: number };

type Kept = TypeAhead & { scrollTop: number; press: Press | null; shown: number | null };

type List = {
  readonly id: WidgetId;
  readonly items: readonly string[];
  readonly options: ListBoxOptions;
  readonly kept: Kept;
  readonly rowHeight: number;
};

const defaultRows = 8;
/** A finger that moves less than this has tapped. CSS px. */
const tapReach = 8;
/** Items whose width is measured for the list's own width. */
const measuredItems = 200;

const rowsIn = (list: List, rect: Rect): ListRows => {
  const rows = { rect, rowHeight: list.rowHeight, count: list.items.length, scrollTop: list.kept.scrollTop };
  return { ...rows, scrollTop: clamp(rows.scrollTop, 0, mostScroll(rows)) };
};

const pressKind = (event: PointerInput, rows: ListRows): Press['kind'] => {
  const thumb = scrollThumb(rows);
  if (thumb && event.at.x >= thumb.x - 4) return 'bar';
  return event.pointerType === 'touch' ? 'scroll' : 'choose';
};

const dragList = (list: List, event: PointerInput, rows: ListRows, press: Press): void => {
  const dy = event.at.y - press.lastY;
  press.lastY = event.at.y;
  press.travel += Math.abs(dy);
  const room = rows.rect.height - 2 * listInset;
  const perPx = press.kind === 'bar' ? (rows.count * rows.rowHeight) / Math.max(1, room) : -1;
  list.kept.scrollTop = clamp(rows.scrollTop + dy * perPx, 0, mostScroll(rows));
};

/** The row a pointer event chooses; −1 where it chooses none. */
const pointed = (list: List, event: PointerInput, rows: ListRows): number => {
  const { kept } = list;
  if (event.phase === 'down') {
    kept.press = { kind: pressKind(event, rows), lastY: event.at.y, travel: 0 };
    return kept.press.kind === 'choose' ? rowAt(rows, event.at) : -1;
  }
  const { press } = kept;
  if (!press) return -1;
  if (event.phase !== 'move') kept.press = null;
  if (press.kind === 'choose') return event.phase === 'move' ? rowAt(rows, event.at) : -1;
  if (event.phase === 'move') dragList(list, event, rows, press);
  const tapped = event.phase === 'up' && press.kind === 'scroll' && press.travel < tapReach;
  return tapped && contains(rows.rect, event.at) ? rowAt(rows, event.at) : -1;
};

const pageRows = (list: List, rect: Rect | null): number => {
  const height = rect?.height ?? defaultRows * list.rowHeight;
  return Math.max(1, Math.floor((height - 2 * listInset) / list.rowHeight) - 1);
};

/** Where a moving key leads; −1 for other keys. */
const movedTo = (list: List, key: string, current: number, page: number): number => {
  const last = list.items.length - 1;
  if (last < 0) return -1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, current + 1);
    case 'ArrowUp':
      return current < 0 ? last : Math.max(0, current - 1);
    case 'PageDown':
      return Math.min(last, Math.max(0, current) + page);
    case 'PageUp':
      return Math.max(0, current - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return -1;
  }
};

const isReserved = ({ options }: List, key: string): boolean =>
  options.reservedKeys?.some((reserved) => reserved.toLowerCase() === key.toLowerCase()) ?? false;

const wantsListKey = (list: List, event: KeyInput, timeMs: number): boolean => {
  if (!isPlain(event) || isReserved(list, event.key)) return false;
  if (event.key === ' ') return isSearching(list.kept, timeMs);
  return [...event.key].length === 1 || movedTo(list, event.key, 0, 1) >= 0;
};

const keyed = (host: WidgetHost, list: List, event: KeyInput, current: number): number => {
  if (event.phase !== 'down') return -1;
  host.use(event);
  if ([...event.key].length === 1) {
    return typeAhead(list.kept, event.key, host.timeMs, list.items, current);
  }
  return movedTo(list, event.key, current, pageRows(list, host.lastRect(list.id)));
};

/** A shortcut (the next sample) or leaving the list ends a search: what is typed then is a new one. */
const endSearch = (host: WidgetHost, list: List): void => {
  const left = host.events(list.id).some((event) => event.tag === 'focusLost');
  if (left || host.otherKeys.some((event) => isReserved(list, event.key))) list.kept.typed = '';
};

/** The chosen index after this build's events. */
const follow = (host: WidgetHost, list: List, selected: number): number => {
  const { id, items } = list;
  const rect = host.lastRect(id);
  let now = selected;
  endSearch(host, list);
  const choose = (index: number) => {
    if (index >= 0 && index < items.length) now = index;
  };
  for (const event of host.events(id)) {
    if (event.tag === 'activate') choose(Number(event.id.slice(id.length + 1)));
    if (event.tag === 'value') choose(event.value);
    if (event.tag === 'key') choose(keyed(host, list, event, now));
    if (event.tag === 'pointer' && rect) choose(pointed(list, event, rowsIn(list, rect)));
    if (event.tag === 'wheel' && rect) {
      const rows = rowsIn(list, rect);
      list.kept.scrollTop = clamp(rows.scrollTop + event.deltaY, 0, mostScroll(rows));
      host.use(event);
    }
  }
  return now;
};

/** A newly chosen row scrolls into sight, once. */
const showChosen = (list: List, rect: Rect | null, now: number): void => {
  if (!rect || list.kept.shown === now) return;
  if (now >= 0) list.kept.scrollTop = scrollToShow(rowsIn(list, rect), now);
  list.kept.shown = now;
};

const wantsListWheel = (list: List, rect: Rect, { deltaY, zoom }: WheelInput): boolean => {
  if (zoom) return false;
  const rows = rowsIn(list, rect);
  return deltaY < 0 ? rows.scrollTop > 0 : deltaY > 0 && rows.scrollTop < mostScroll(rows);
};

const paintRow = (host: WidgetHost, list: List, rect: Rect, index: number, now: number): Shape[] => {
  const { theme } = host;
  const room = { ...rect, x: rect.x + paddingX - listInset, width: rect.width - 2 * paddingX };
  const disabled = list.options.disabled ?? false;
  const chosen = index === now;
  const color = disabled ? theme.textDisabled : chosen ? theme.onAccent : theme.text;
  const ground = disabled ? theme.surface : theme.accent;
  const words = textLine(host, list.items[index]!, room, { color });
  if (!chosen) return [words];
  const border = disabled ? theme.textDisabled : ground;
  return [roundedBox(rect, Math.max(0, theme.radiusPx - 2), ground, border), words];
};

const paintList = (host: WidgetHost, list: List, now: number, rect: Rect, shapes: Shape[]): void => {
  const { theme } = host;
  const disabled = list.options.disabled ?? false;
  const border = disabled ? theme.surfaceBorder : theme.controlBorder;
  shapes.push(roundedBox(rect, theme.radiusPx, disabled ? theme.surface : theme.field, border));
  const rows = rowsIn(list, rect);
  const [first, end] = rowsInSight(rows, 0);
  const inner: Shape[] = [];
  for (let i = first; i < end; i++) inner.push(...paintRow(host, list, rowRect(rows, i), i, now));
  const thumb = scrollThumb(rows);
  if (thumb) inner.push(roundedBox(thumb, 2, theme.controlBorder));
  const clip = {
    x: rect.x + 1,
    y: rect.y + listInset,
    width: Math.max(0, rect.width - 2),
    height: Math.max(0, rect.height - 2 * listInset),
  };
  shapes.push({ tag: 'clip', rect: clip, shapes: inner });
};

/** Rows in sight, a page more on either side to scroll by keyboard, and the chosen one. */
const optionIndexes = (rows: ListRows, now: number): readonly number[] => {
  const [first, end] = rowsInSight(rows, 2);
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
  if (now >= 0 && now < first) indexes.unshift(now);
  if (now >= end && now < rows.count) indexes.push(now);
  return indexes;
};

const listSemantics = (list: List, now: number, rect: Rect): Semantics => {
  const { id, items, options } = list;
  const disabled = options.disabled ?? false;
  const rows = rowsIn(list, rect);
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
    name: options.label,
    rect,
    focusable: !disabled,
    disabled,
    ...(now >= 0 && now < items.length ? { activeOption: `${id}/${now}` } : {}),
    touchAction: mostScroll(rows) > 0 ? 'none' : 'manipulation',
    children: optionIndexes(rows, now).map(option),
  };
};

const wantedSize = (host: WidgetHost, list: List) => {
  const { font } = host.metrics;
  const widths = list.items.slice(0, measuredItems).map((item) => host.text.width(item, font));
  const shown = Math.max(1, Math.min(list.items.length, list.options.visibleRows ?? defaultRows));
  return {
    width: Math.ceil(Math.max(80, ...widths)) + 2 * paddingX + 10,
    height: shown * list.rowHeight + 2 * listInset,
  };
};

const addList = (host: WidgetHost, list: List, now: number, own: LayoutStyle): void => {
  const { id, items, options } = list;
  const disabled = options.disabled ?? false;
  const node = {
    id,
    style: { minHeight: list.rowHeight + 2 * listInset, ...own },
    content: `${options.visibleRows ?? ''} ${items.length} ${items.slice(0, measuredItems).join('\n')}`,
    measure: () => wantedSize(host, list),
    children: [],
    hit: {
      cursor: disabled ? 'default' : 'pointer',
      disabled,
      pointer: 'press' as const,
      wantsKey: (event: KeyInput, timeMs: number) => wantsListKey(list, event, timeMs),
      wantsWheel: (event: WheelInput, rect: Rect) => wantsListWheel(list, rect, event),
    },
    paint: (rect: Rect, shapes: Shape[]) => paintList(host, list, now, rect, shapes),
    semantics: (rect: Rect) => listSemantics(list, now, rect),
  };
  host.add(node);
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
  const kept = host.kept<Kept>(id, () => ({ typed: '', atMs: 0, scrollTop: 0, press: null, shown: null }));
  const rowHeight = Math.max(24, host.metrics.controlHeight - 6);
  const list = { id, items, options, kept, rowHeight };
  const now = options.disabled ? selected : follow(host, list, selected);
  showChosen(list, host.lastRect(id), now);
  captioned(host, id, options.label, options, (own) => addList(host, list, now, own));
  if (now === selected) return undefined;
  host.answered();
  return now;
};
