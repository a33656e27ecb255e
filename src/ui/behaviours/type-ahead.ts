/** What was typed to find an item, and when its last sign came. */
export type TypeAhead = { typed: string; atMs: number };

/** After this pause the next sign begins a new search. */
const pauseMs = 800;

/** ASCII letters in lower case; −1 for signs beyond ASCII, whose lower case is not theirs alone. */
const lowerAscii = (code: number): number => {
  if (code >= 128) return -1;
  return code >= 65 && code <= 90 ? code + 32 : code;
};

const isAsciiSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

const firstSign = (item: string): number => {
  let at = 0;
  while (isAsciiSpace(item.charCodeAt(at))) at += 1;
  return item.charCodeAt(at) >= 128 ? item.length - item.trimStart().length : at;
};

/** Whether the item begins with the prefix (in lower case), white space apart. Makes no text for ASCII: lists have millions of items. */
const beginsWith = (item: string, prefix: string): boolean => {
  const start = firstSign(item);
  for (let i = 0; i < prefix.length; i++) {
    const code = lowerAscii(item.charCodeAt(start + i));
    if (code === -1) return item.trimStart().toLowerCase().startsWith(prefix);
    if (code !== prefix.charCodeAt(i)) return false;
  }
  return true;
};

const find = (items: readonly string[], prefix: string, from: number): number => {
  for (let i = from; i < items.length; i++) if (beginsWith(items[i]!, prefix)) return i;
  for (let i = 0; i < from; i++) if (beginsWith(items[i]!, prefix)) return i;
  return -1;
};

/** Whether a search is going on, so that a space belongs to it. */
export const isSearching = (state: TypeAhead, timeMs: number): boolean =>
  state.typed !== '' && timeMs - state.atMs <= pauseMs;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** The item whose leading number is what was typed: "1" means "1 - Negative" before "10 - Spoilt". */
const findNumber = (items: readonly string[], typed: string): number => {
  if (!/^\d+$/.test(typed)) return -1;
  return items.findIndex(
    (item) => beginsWith(item, typed) && !isDigit(item.charCodeAt(firstSign(item) + typed.length)),
  );
};

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
