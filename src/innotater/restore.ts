import type { Diff } from '../dataset/index.js';
import { putState, sameState, stateOf } from '../innotations/index.js';
import type { Change, Editing, PastSteps, Place } from './editing.js';

/** A value as `stateOf` gives it, for its place. */
export type PlacedValue = { readonly place: Place; readonly state: unknown };
/** What changed in a place. */
export type PlacedChange = Diff<Place>;
export type Restored = {
  readonly changes: readonly PlacedChange[];
  readonly refused: readonly PlacedValue[];
};

/**
 * Puts values of an earlier session in place, each on its own, and its steps below those of this one. Gives what changed, and the
 * values that their memory does not take.
 */
export const restore = (editing: Editing, values: readonly PlacedValue[], past: PastSteps): Restored => {
  const changes: Change[] = [];
  const refused: PlacedValue[] = [];
  for (const value of values) {
    const { place, state } = value;
    const before = stateOf(place.target, place.uindex);
    if (sameState(place.target, before, state)) continue;
    const previous = place.target.read(place.uindex);
    if (putExactly(place, state, before)) changes.push({ diff: { place, before, after: state }, previous });
    else refused.push(value);
  }
  editing.restored(changes, past);
  return { changes: changes.map(({ diff }) => diff), refused };
};

/** False, and nothing changed, where the memory does not take the value as it is. */
const putExactly = ({ target, uindex }: Place, state: unknown, before: unknown): boolean => {
  try {
    putState(target, uindex, state);
    if (sameState(target, stateOf(target, uindex), state)) return true;
  } catch {
    // As it was, then.
  }
  putState(target, uindex, before);
  return false;
};
