/** Lists of the same values in the same order. */
export const sameValues = (a: readonly unknown[], b: readonly unknown[]): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
};

type Entries = { readonly [key: string]: unknown };

/** The same keys with values that `isSame`. */
export const sameEntries = (
  a: Entries,
  b: Entries,
  isSame: (a: unknown, b: unknown, key: string) => boolean = Object.is,
): boolean => {
  let count = 0;
  for (const key in a) {
    count += 1;
    if (!isSame(a[key], b[key], key)) return false;
  }
  for (const _ in b) count -= 1;
  return count === 0;
};

const isStyle = (value: unknown): value is Entries => typeof value === 'object' && value !== null;

/** Equal options, or options with a `layout` that says the same. */
const sameOption = (a: unknown, b: unknown, key: string): boolean =>
  Object.is(a, b) || (key === 'layout' && isStyle(a) && isStyle(b) && sameEntries(a, b));

/** Options that ask for the same. */
export const sameOptions = (a: Entries, b: Entries): boolean => a === b || sameEntries(a, b, sameOption);

/** Options that ask for the same but for their `layout`. */
export const sameButLayout = (a: Entries, b: Entries): boolean =>
  a === b || sameEntries(a, b, (x, y, key) => key === 'layout' || Object.is(x, y));
