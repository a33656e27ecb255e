import type { Step } from '../dataset/index.js';
import { type EditTarget, type Innotation, isEditTarget, stateOf } from '../innotations/index.js';
import type { ColumnPrint, LoggedStep, MergedLogs, PlaceRef } from '../journal/index.js';
import type { PastSteps, Place } from './editing.js';
import { keyOf } from './journal-refs.js';
import type { PlacedValue } from './restore.js';

/** What earlier sessions left, in places of this view. */
export type Past = PastSteps & {
  readonly values: readonly PlacedValue[];
  /** Values whose place is not there. */
  readonly unplaced: number;
};

/** Samples fetched at a time. */
const atATime = 4;

/** Finds the places of this view, and fetches what must be there before their values can be put in place. */
export const pastOf = async (
  { done, undone, unsaved }: MergedLogs,
  innotations: readonly Innotation[],
  signal: AbortSignal,
): Promise<Past> => {
  const find = finder(innotations);
  const fetches = new Map<string, () => Promise<void>>();
  const values = unsaved.flatMap(({ place, value }): readonly PlacedValue[] => {
    const found = find(place);
    if (!found) return [];
    const { owner, target } = found;
    fetches.set(`${place.uindex} ${owner.name}`, () => owner.hold(place.uindex, signal));
    return [{ place: { target, uindex: place.uindex }, state: value }];
  });
  await inTurn([...fetches.values()]);
  const steps = (list: readonly LoggedStep[]) => list.map(({ diffs }) => stepOf(diffs, find));
  const missing = unsaved.filter(({ place }) => !place.ofView && !find(place)).length;
  return { values, unplaced: missing, done: steps(done), undone: steps(undone) };
};

type Find = (place: PlaceRef) => { readonly owner: Innotation; readonly target: EditTarget } | null;

const finder = (innotations: readonly Innotation[]): Find => {
  const known = new Map<string, ReturnType<Find>>();
  const search = ({ name, row, ofView }: PlaceRef): ReturnType<Find> => {
    for (const owner of innotations) {
      const target = owner.editTarget(name, row, ofView);
      if (target) return { owner, target };
    }
    return null;
  };
  return (place) => {
    const key = keyOf({ ...place, uindex: 0 });
    if (!known.has(key)) known.set(key, search(place));
    return known.get(key)!;
  };
};

/** Without what has no place any more. */
const stepOf = (diffs: LoggedStep['diffs'], find: Find): Step<Place> =>
  diffs.flatMap(({ place, before, after }) => {
    const found = find(place);
    return found ? [{ place: { target: found.target, uindex: place.uindex }, before, after }] : [];
  });

/** What cannot be fetched is not put in place, and counted there. */
const inTurn = async (tasks: readonly (() => Promise<void>)[]): Promise<void> => {
  for (let at = 0; at < tasks.length; at += atATime) {
    await Promise.allSettled(tasks.slice(at, at + atATime).map((task) => task()));
  }
};

const hasValues = (innotation: Innotation): boolean =>
  [innotation.repeatIndex, 0].some((row) => innotation.editTarget(innotation.name, row, false) !== null);

/** Columns as a journal knows them again; of repeats the first row, which tells the class alone. */
export const columnsOf = (
  innotations: readonly Innotation[],
  kinds: (state: unknown) => string,
): readonly ColumnPrint[] =>
  innotations
    .filter((innotation) => !innotation.disabled && innotation.length !== null && innotation.repeatIndex <= 0)
    .filter((innotation) => hasValues(innotation))
    .map((innotation) => {
      const isPlain = innotation.repeatIndex < 0 && isEditTarget(innotation);
      const { name, kind } = innotation;
      return { name, kind, cells: isPlain ? kinds(stateOf(innotation, 0)) : '' };
    });
