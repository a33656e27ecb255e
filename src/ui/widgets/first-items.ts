import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';

type Kept = { first: readonly string[]; version: number };

const isHead = (first: readonly string[], items: readonly string[], count: number): boolean => {
  if (first.length !== count) return false;
  for (let i = 0; i < count; i++) if (first[i] !== items[i]) return false;
  return true;
};

/**
 * A short text that differs where one of the first `most` items, or the number of all, differs from what it was: what a list's width
 * hangs on. Costs a comparison of `most` items at most, however many there are, and makes no text of them.
 */
export const firstItemsKey = (
  host: WidgetHost,
  id: WidgetId,
  items: readonly string[],
  most: number,
): string => {
  const kept = host.kept<Kept>(host.part(id, 'first'), () => ({ first: [], version: 0 }));
  const count = Math.min(most, items.length);
  if (!isHead(kept.first, items, count)) {
    kept.first = items.slice(0, count);
    kept.version += 1;
  }
  return `${items.length} ${kept.version}`;
};
