import { isBlankRow, unset } from '../dataset/index.js';
import { type EditTarget, type Innotation, isEditTarget, stateOf } from '../innotations/index.js';

const targetsIn = (list: readonly Innotation[]): readonly EditTarget[] =>
  list.flatMap((innotation) => [
    ...(isEditTarget(innotation) ? [innotation] : []),
    ...targetsIn(innotation.children),
  ]);

/** Where the data writes unset classes as such (−1, null, NaN, all zeros), class 0 is an annotation like others. */
const isBlank = (target: EditTarget, uindex: number): boolean => {
  if (target.blank?.isFound) return target.read(uindex) === unset;
  const state = stateOf(target, uindex);
  return isBlankRow(Array.isArray(state) ? state : [state]);
};

const tells = (innotation: Innotation, uindex: number): boolean =>
  (!innotation.disabled && innotation.isAnnotated(uindex) === true) ||
  innotation.children.some((child) => tells(child, uindex));

/** Whether a sample holds anything in these targets that is not blank: a box, a class, a flag, a text. */
export const isAnnotated = (targets: readonly Innotation[]): ((uindex: number) => boolean) => {
  const editable = targetsIn(targets).filter((target) => !(target as unknown as Innotation).disabled);
  return (uindex) =>
    editable.some((target) => !isBlank(target, uindex)) || targets.some((target) => tells(target, uindex));
};
