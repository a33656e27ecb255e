/** What of a dataset is compared before a journal is put over it. */
export type Fingerprint = {
  readonly length: number;
  readonly columns: readonly ColumnPrint[];
};
export type ColumnPrint = {
  readonly name: string;
  /** The class of its Innotation. */
  readonly kind: string;
  /** Kinds of the values of a row, as "number number", "string"; empty where that is not known. */
  readonly cells: string;
};

/** Kinds of values as a fingerprint has them; null and undefined tell nothing. */
export const cellKinds = (state: unknown): string =>
  (Array.isArray(state) ? state : [state])
    .map((cell) => (cell === null || cell === undefined ? '?' : typeof cell))
    .join(' ');

/** Why a journal of data like `kept` cannot be put over data like `now`, in words; null where it can. */
export const misfitOf = (kept: Fingerprint, now: Fingerprint): string | null => {
  if (kept.length !== now.length) return `it had ${kept.length} samples then and has ${now.length} now`;
  const columns = new Map(now.columns.map((column) => [column.name, column]));
  for (const { name, kind, cells } of kept.columns) {
    const column = columns.get(name);
    if (!column) return `${kind} ${name} is not there any more`;
    if (column.kind !== kind) return `${name} was a ${kind} and is a ${column.kind}`;
    if (!sameKinds(cells, column.cells)) {
      return `rows of ${name} were (${cells || 'none'}) and are (${column.cells || 'none'})`;
    }
  }
  return null;
};

const sameKinds = (a: string, b: string): boolean => {
  if (a === '' || b === '') return true;
  const [left, right] = [a.split(' '), b.split(' ')];
  return (
    left.length === right.length &&
    left.every((kind, at) => kind === right[at] || kind === '?' || right[at] === '?')
  );
};
