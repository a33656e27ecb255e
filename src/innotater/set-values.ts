import { InnotaterError } from '../errors/index.js';
import { type EditTarget, type Innotation, isEditTarget, type ValueEdit } from '../innotations/index.js';
import type { Registry } from './registration.js';

/** Which of two or more values of one name in a sample is meant. */
export type ValueRow = {
  /** The row of a repeat or of a layer of boxes, from 0. Absent: outside of these, or in a repeat the row that `name` ends with. */
  readonly repeatIndex?: number;
};

/**
 * A value for a row of the caller's data, as 'change' events tell it: four numbers for a box, a class by its number (−1 for none), a
 * boolean, a text. `name` is that of its Innotation; in repeats `box_2`, or `box` with `repeatIndex` 2.
 */
export type NamedValue = ValueRow & {
  readonly uindex: number;
  readonly name: string;
  readonly value: unknown;
};

/** The edits that values of a host come to. Throws a RangeError for what is no row, `InnotaterError` 'data' for names and values that do not fit. */
export const editsOf = (
  values: readonly NamedValue[],
  { all, length }: Pick<Registry, 'all' | 'length'>,
): readonly ValueEdit[] =>
  values.map(({ uindex, name, value, repeatIndex }) => {
    if (!(Number.isInteger(uindex) && uindex >= 0 && uindex < length)) {
      throw new RangeError(`There is no row ${uindex} among ${length}`);
    }
    const target = find(all, name, repeatIndex) ?? find(all, `${name}_${repeatIndex}`, repeatIndex);
    if (!target) {
      const names = all.filter(isEditTarget).map((one) => one.name);
      throw wrong(`There is no value named “${name}”; there are: ${names.join(', ')}`);
    }
    const wanted = target.wanted?.(value);
    if (wanted) throw wrong(`The value of ${target.name} must be ${wanted}, not ${String(value)}`);
    return { target, uindex, value };
  });

const wrong = (message: string) => new InnotaterError('data', message);

const find = (all: readonly Innotation[], name: string, row: number | undefined): EditTarget | null => {
  for (const owner of all) {
    const target = owner.editTarget(name, row ?? owner.repeatIndex, false);
    if (target) return target;
  }
  return null;
};
