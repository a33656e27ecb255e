/** What a state holds: the cells of a row, or a value of its own. */
type State = unknown;

/** Where a long text differs from the one before it: `cut` characters at `at` gave way to `put`. */
type Splice = { readonly at: number; readonly cut: number; readonly put: string };
type CellChange = { readonly splice: Splice } | { readonly cell: unknown };

/** A state as it differs from the one before: cell by cell where both are lists of one length, else whole. */
export type StateDelta =
  | { readonly tag: 'whole'; readonly state: State }
  | { readonly tag: 'cells'; readonly cells: readonly CellChange[] };

/** Texts up to this length are written as they are. */
const shortText = 256;

/** Writes little where a character is typed into a megabyte. */
export const deltaOf = (before: State, after: State): StateDelta => {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) {
    return { tag: 'whole', state: after };
  }
  return { tag: 'cells', cells: after.map((cell, at) => cellChange(before[at], cell)) };
};

/** Whether writing the difference is worth it: there is a long text. */
export const hasLongText = (state: State): boolean =>
  Array.isArray(state) && state.some((cell) => typeof cell === 'string' && cell.length > shortText);

export const applyDelta = (before: State, delta: StateDelta): State => {
  if (delta.tag === 'whole') return delta.state;
  const cells = before as readonly unknown[];
  return delta.cells.map((change, at) =>
    'cell' in change ? change.cell : spliced(cells[at] as string, change.splice),
  );
};

const cellChange = (before: unknown, after: unknown): CellChange =>
  typeof before === 'string' && typeof after === 'string' && after.length > shortText
    ? { splice: spliceOf(before, after) }
    : { cell: after };

const spliceOf = (before: string, after: string): Splice => {
  const most = Math.min(before.length, after.length);
  const at = alikeFrom(most, (from, to) => before.slice(from, to) === after.slice(from, to));
  const [left, right] = [before.length, after.length];
  const end = alikeFrom(
    most - at,
    (from, to) => before.slice(left - to, left - from) === after.slice(right - to, right - from),
  );
  return { at, cut: left - end - at, put: after.slice(at, right - end) };
};

/** How many characters are alike, at most `most`: compared in pieces, which the engine does at the speed of memory. */
const alikeFrom = (most: number, isAlike: (from: number, to: number) => boolean): number => {
  let at = 0;
  for (let piece = 1 << 16; piece >= 1; piece >>= 1) {
    while (at + piece <= most && isAlike(at, at + piece)) at += piece;
  }
  return at;
};

const spliced = (text: string, { at, cut, put }: Splice): string =>
  text.slice(0, at) + put + text.slice(at + cut);
