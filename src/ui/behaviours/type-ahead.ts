/** What was typed to find an item, and when its last sign came. */
export type TypeAhead = { typed: string; atMs: number };

/** After this pause the next sign begins a new search. */
const pauseMs = 800;

const find = (items: readonly string[], prefix: string, from: number): number => {
  for (let i = 0; i < items.length; i++) {
    const index = (from + i) % items.length;
    if (items[index]!.trimStart().toLowerCase().startsWith(prefix)) return index;
  }
  return -1;
};

/** Whether a search is going on, so that a space belongs to it. */
export const isSearching = (state: TypeAhead, timeMs: number): boolean =>
  state.typed !== '' && timeMs - state.atMs <= pauseMs;

/**
 * The item a sign leads to, −1 where there is none. Signs typed without a pause make one prefix, which keeps the current item while
 * it fits; one sign alone, or repeated, walks round the items that begin with it.
 */
export const typeAhead = (
  state: TypeAhead,
  sign: string,
  timeMs: number,
  items: readonly string[],
  current: number,
): number => {
  const lower = sign.toLowerCase();
  const before = isSearching(state, timeMs) ? state.typed : '';
  state.typed = before + lower;
  state.atMs = timeMs;
  const next = current + 1;
  const longer = before === '' ? -1 : find(items, state.typed, Math.max(0, current));
  if (longer >= 0) return longer;
  const repeats = [...state.typed].every((typed) => typed === lower);
  if (!repeats && before !== '') return -1;
  return items.length === 0 ? -1 : find(items, lower, next % items.length);
};
