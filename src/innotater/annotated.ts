import { type EditTarget, type Innotation, isBlankTarget, isEditTarget } from '../innotations/index.js';

const targetsIn = (list: readonly Innotation[]): readonly EditTarget[] =>
  list.flatMap((innotation) => [
    ...(isEditTarget(innotation) ? [innotation] : []),
    ...targetsIn(innotation.children),
  ]);

const tells = (innotation: Innotation, uindex: number): boolean =>
  (!innotation.disabled && innotation.isAnnotated(uindex) === true) ||
  innotation.children.some((child) => tells(child, uindex));

/** Whether a sample holds anything in these targets that is not blank: a box, a class, a flag, a text. */
export const isAnnotated = (targets: readonly Innotation[]): ((uindex: number) => boolean) => {
  const editable = targetsIn(targets).filter((target) => !(target as unknown as Innotation).disabled);
  return (uindex) =>
    editable.some((target) => !isBlankTarget(target, uindex)) ||
    targets.some((target) => tells(target, uindex));
};
