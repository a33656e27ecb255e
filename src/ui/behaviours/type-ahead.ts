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

/** The item whose leading number is what was typed: "1" means "1 - Negative" before "10 - Spoilt". */
const findNumber = (items: readonly string[], typed: string): number =>
  /^\d+$/.test(typed) ? items.findIndex((item) => /^\s*(\d+)/.exec(item)?.[1] === typed) : -1;

const findTyped = (items: readonly string[], typed: string, from: number): number => {
  const numbered = findNumber(items, typed);
  return numbered >= 0 ? numbered : find(items, typed, from);
};

/**
 * The item a sign leads to, −1 where there is none. Signs typed without a pause make one prefix, which keeps the current item while
 * it fits; one sign alone, or repeated, walks round the items that begin with it. An item numbered as typed comes first.
 */
export const typeAhead = (
  state: TypeAhead,
  sign: string,
  timeMs: number,
  items: readonly string[],
  current: number,
): number => {
  if (items.length === 0) return -1;
  const lower = sign.toLowerCase();
  const before = isSearching(state, timeMs) ? state.typed : '';
  const next = (current + 1) % items.length;
  state.typed = before + lower;
  state.atMs = timeMs;
  if (before === '') return findTyped(items, lower, next);
  const longer = findTyped(items, state.typed, Math.max(0, current));
  const repeats = [...state.typed].every((typed) => typed === lower);
  return longer < 0 && repeats ? find(items, lower, next) : longer;
};
