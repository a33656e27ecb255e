import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import type { KeyInput } from '../node.js';
import { isPlain } from './keys.js';
import { isSearching, type TypeAhead, typeAhead } from './type-ahead.js';

/** A list as the keyboard sees it. */
export type KeyedList = {
  /** The focused widget that gets the keys. */
  readonly id: WidgetId;
  readonly items: readonly string[];
  /** Keys left unused, for shortcuts of the whole. */
  readonly reservedKeys: readonly string[];
  readonly search: TypeAhead;
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

/** The row a key that the list wants leads to from `current`; −1 where it leads to none. */
export const rowByKey = (
  host: WidgetHost,
  list: KeyedList,
  event: KeyInput,
  current: number,
  page: number,
): number => {
  if (event.phase !== 'down') return -1;
  host.use(event);
  const { items, search } = list;
  if (isSign(event.key)) return typeAhead(search, event.key, host.timeMs, items, current);
  return movedTo(event.key, current, items.length, page);
};

/** A shortcut (the next sample) or leaving the list ends a search: what is typed then is a new one. */
export const endSearch = (host: WidgetHost, list: KeyedList): void => {
  const left = host.events(list.id).some((event) => event.tag === 'focusLost');
  if (left || host.otherKeys.some((event) => isReserved(list, event.key))) list.search.typed = '';
};
