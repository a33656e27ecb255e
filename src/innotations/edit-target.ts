import { isBlankRow, unset } from '../dataset/index.js';
import type { EditTarget } from './contract.js';
import type { Innotation } from './innotation.js';

export const isEditTarget = (innotation: Innotation): innotation is Innotation & EditTarget =>
  'read' in innotation && 'write' in innotation && 'same' in innotation;

/** What history keeps of a value: the exact memory where the target can tell, else the value. */
export const stateOf = (target: EditTarget, uindex: number): unknown =>
  target.capture && target.restore ? target.capture(uindex) : target.read(uindex);

/** Nothing is chosen, drawn or written. Where the data writes unset classes as such (−1, null, NaN, all zeros), class 0 is a choice. */
export const isBlankTarget = (target: EditTarget, uindex: number): boolean => {
  if (target.blank?.isFound) return target.read(uindex) === unset;
  const state = stateOf(target, uindex);
  return isBlankRow(Array.isArray(state) ? state : [state]);
};

/** Puts back what `stateOf` gave. */
export const putState = (target: EditTarget, uindex: number, state: unknown): void => {
  if (target.capture && target.restore) target.restore(uindex, state);
  else target.write(uindex, state);
};

/** Whether two states of `stateOf` are the same. */
export const sameState = (target: EditTarget, a: unknown, b: unknown): boolean => {
  if (!target.capture || !target.restore) return target.same(a, b);
  const [left, right] = [a as readonly unknown[], b as readonly unknown[]];
  return left.length === right.length && left.every((value, at) => Object.is(value, right[at]));
};
