import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import type { KeyInput } from '../node.js';
import { isPlain } from './keys.js';
import { isSearching, noSearch, searchOn, type TypeAhead, typeAhead } from './type-ahead.js';

/** A key that waits for the search before it, with what it was pressed on. */
type Waiting = { readonly event: KeyInput; readonly timeMs: number; readonly page: number };

/** What is searched, which may take some frames, and the keys that came meanwhile. */
export type ListSearch = TypeAhead & {
  waiting: Waiting[];
  /** The row that was chosen when the search was left. */
  base: number;
  /** The frame of the last slice. */
  slicedMs: number;
};

export const noListSearch = (): ListSearch => ({
  ...noSearch(),
  waiting: [],
  base: -1,
  slicedMs: Number.NEGATIVE_INFINITY,
});

/** A list as the keyboard sees it. */
export type KeyedList = {
  /** The focused widget that gets the keys. */
  readonly id: WidgetId;
  readonly items: readonly string[];
  /** Keys left unused, for shortcuts of the whole. */
  readonly reservedKeys: readonly string[];
  readonly search: ListSearch;
};

/** Where a moving key leads among `count` rows, a page being `page` of them; −1 for other keys. */
export const movedTo = (key: string, current: number, count: number, page: number): number => {
  const last = count - 1;
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

const isReserved = ({ reservedKeys }: KeyedList, key: string): boolean =>
  reservedKeys.some((reserved) => reserved.toLowerCase() === key.toLowerCase());

const isSign = (key: string): boolean => [...key].length === 1;

/** Moving keys and signs of a search; a space only within one. */
export const wantsListKey = (list: KeyedList, event: KeyInput, timeMs: number): boolean => {
  if (!isPlain(event) || isReserved(list, event.key)) return false;
  if (event.key === ' ') return isSearching(list.search, timeMs);
  return isSign(event.key) || movedTo(event.key, 0, list.items.length, 1) >= 0;
};

const rowOf = (list: KeyedList, { event, timeMs, page }: Waiting, current: number): number =>
  isSign(event.key)
    ? typeAhead(list.search, event.key, timeMs, list.items, current)
    : movedTo(event.key, current, list.items.length, page);

/** The row a key that the list wants leads to from `current`; −1 where it leads to none, or to none yet (`rowBySearch`). */
export const rowByKey = (
  host: WidgetHost,
  list: KeyedList,
  event: KeyInput,
  current: number,
  page: number,
): number => {
  if (event.phase !== 'down') return -1;
  host.use(event);
  const { search } = list;
  const waiting = { event, timeMs: host.timeMs, page };
  if (search.legs) {
    search.waiting.push(waiting);
    return -1;
  }
  search.slicedMs = host.timeMs;
  return rowOf(list, waiting, current);
};

/** What is still to be searched is forgotten, and the keys that wait for it. */
export const dropSearch = (search: ListSearch): void => {
  search.legs = null;
  search.waiting = [];
};

/** What has to find the search at its end: everything but its own keys and the wheel. */
const isPressing = (host: WidgetHost, { id }: KeyedList): boolean =>
  host
    .events(id)
    .some(
      (event) =>
        event.tag !== 'wheel' &&
        !(
          event.tag === 'key' &&
          (event.key === ' ' || isSign(event.key) || movedTo(event.key, 0, 1, 1) >= 0)
        ),
    );

/**
 * Goes on with a search that is longer than a slice, one slice a frame, and then with the keys that waited for it: the row they lead to from
 * `current`, −1 for none yet. A choice made elsewhere (another sample) ends it; any other event of the list has it done first, at once.
 */
export const rowBySearch = (host: WidgetHost, list: KeyedList, current: number): number => {
  const { search, items } = list;
  if (!search.legs) return -1;
  if (search.base !== current) dropSearch(search);
  const atOnce = isPressing(host, list);
  let row = -1;
  const go = (found: number): void => {
    if (found >= 0) row = found;
  };
  if (atOnce || search.slicedMs !== host.timeMs) {
    search.slicedMs = host.timeMs;
    go(searchOn(search, items, atOnce));
    while (!search.legs && search.waiting.length > 0) {
      go(rowOf(list, search.waiting.shift()!, row < 0 ? current : row));
      if (atOnce) go(searchOn(search, items, true));
    }
  }
  return row;
};

/** After a build's events: what is still to be searched is searched from the row that they led to, in the frames that follow. */
export const keepSearching = (host: WidgetHost, { search }: KeyedList, current: number): void => {
  search.base = current;
  if (search.legs) host.repaint('type-ahead', 0);
};

/** A shortcut (the next sample) or leaving the list ends a search: what is typed then is a new one. */
export const endSearch = (host: WidgetHost, list: KeyedList): void => {
  const events = host.events(list.id);
  const { otherKeys } = host;
  if (events.length === 0 && otherKeys.length === 0) return;
  const left = events.some((event) => event.tag === 'focusLost');
  const shortcut = otherKeys.some((event) => isReserved(list, event.key));
  if (shortcut) dropSearch(list.search);
  if (left || shortcut) list.search.typed = '';
};
