/** A run of items to be tried one after the other, from `at` to `end`, which is excluded. */
type Leg = { at: number; readonly end: number; readonly fits: (item: string, work: Work) => boolean };

/** What trying items has cost; one of ASCII alone is 1. */
type Work = { spent: number };

/** What was typed to find an item, when its last sign came, and what is still to be tried for it; null while nothing is. */
export type TypeAhead = { typed: string; atMs: number; legs: Leg[] | null };

/** Nothing was typed yet. */
export const noSearch = (): TypeAhead => ({ typed: '', atMs: 0, legs: null });

/** After this pause the next sign begins a new search. */
const pauseMs = 800;

/** Work of one slice: 1 to 2 ms, of the 8 that a task may take. */
const sliceWork = 150_000;
/** A sign beyond ASCII makes a new text of its item, which costs as much as trying so many of ASCII. */
const lowerCaseWork = 3;

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
const beginsWith = (item: string, prefix: string, work: Work): boolean => {
  const start = firstSign(item);
  work.spent += 1 + (start >> 3);
  for (let i = 0; i < prefix.length; i++) {
    const code = lowerAscii(item.charCodeAt(start + i));
    if (code === -1) {
      work.spent += lowerCaseWork + (item.length >> 4);
      return item.trimStart().toLowerCase().startsWith(prefix);
    }
    if (code !== prefix.charCodeAt(i)) return false;
  }
  return true;
};

/** All items from one on, round to the one before it. */
const roundFrom = (from: number, count: number, prefix: string): Leg[] => {
  const fits: Leg['fits'] = (item, work) => beginsWith(item, prefix, work);
  return [
    { at: from, end: count, fits },
    { at: 0, end: from, fits },
  ];
};

/** Whether a search is going on, so that a space belongs to it. */
export const isSearching = (state: TypeAhead, timeMs: number): boolean =>
  state.typed !== '' && timeMs - state.atMs <= pauseMs;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** The item whose leading number is what was typed: "1" means "1 - Negative" before "10 - Spoilt". */
const numbered = (count: number, typed: string): Leg[] => {
  if (!/^\d+$/.test(typed)) return [];
  const fits: Leg['fits'] = (item, work) =>
    beginsWith(item, typed, work) && !isDigit(item.charCodeAt(firstSign(item) + typed.length));
  return [{ at: 0, end: count, fits }];
};

const legsOf = (count: number, typed: string, from: number): Leg[] => [
  ...numbered(count, typed),
  ...roundFrom(from, count, typed),
];

/** Tries the next items: the one that fits, −1 where none does, null where there are more to try after so much work. */
const tried = (legs: Leg[], items: readonly string[], mostWork: number): number | null => {
  const work: Work = { spent: 0 };
  for (let leg = legs[0]; leg; leg = legs[0]) {
    for (; leg.at < leg.end; leg.at++) {
      if (work.spent > mostWork) return null;
      if (leg.fits(items[leg.at]!, work)) return leg.at;
    }
    legs.shift();
  }
  return -1;
};

/**
 * Goes on with a search that `typeAhead` left unfinished; as `typeAhead`. `atOnce`: to its end, however long that takes. Nothing is found
 * where the list became another one.
 */
export const searchOn = (state: TypeAhead, items: readonly string[], atOnce = false): number => {
  if (!state.legs) return -1;
  const isOther = state.legs.some(({ end }) => end > items.length);
  const found = isOther ? -1 : tried(state.legs, items, atOnce ? Number.POSITIVE_INFINITY : sliceWork);
  if (found !== null) state.legs = null;
  return found ?? -1;
};

/**
 * The item a sign leads to, −1 where there is none. Signs typed without a pause make one prefix, which keeps the current item while
 * it fits; one sign alone, or repeated, walks round the items that begin with it. An item numbered as typed comes first. Where the items
 * are too many for one slice of work, `state.legs` are left for `searchOn`.
 */
export const typeAhead = (
  state: TypeAhead,
  sign: string,
  timeMs: number,
  items: readonly string[],
  current: number,
): number => {
  const count = items.length;
  if (count === 0) return -1;
  const lower = sign.toLowerCase();
  const before = isSearching(state, timeMs) ? state.typed : '';
  const next = (current + 1) % count;
  state.typed = before + lower;
  state.atMs = timeMs;
  if (before === '') state.legs = legsOf(count, lower, next);
  else {
    const repeats = [...state.typed].every((typed) => typed === lower);
    const again = repeats ? roundFrom(next, count, lower) : [];
    state.legs = [...legsOf(count, state.typed, Math.max(0, current)), ...again];
  }
  return searchOn(state, items);
};
