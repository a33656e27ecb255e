import { InnotaterError } from '../errors/index.js';
import type { EditTarget, Innotation, ValueEdit } from '../innotations/index.js';
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
): readonly ValueEdit[] => {
  const find = finder(all);
  return values.map(({ uindex, name, value, repeatIndex }) => {
    if (!Number.isInteger(uindex) || uindex < 0 || uindex >= length) {
      throw new RangeError(`uindex must be a row of the data, 0 to ${length - 1}, not ${uindex}`);
    }
    const target = find(name, repeatIndex);
    const wanted = target.wanted?.(value) ?? null;
    if (wanted === null) return { target, uindex, value };
    throw new InnotaterError('data', `The value of ${target.name} must be ${wanted}, not ${shown(value)}`, {
      uindex,
    });
  });
};

const finder = (all: readonly Innotation[]) => {
  const known = new Map<string, EditTarget>();
  return (name: string, row: number | undefined): EditTarget => {
    const key = `${row} ${name}`;
    const target = known.get(key) ?? search(all, name, row) ?? search(all, `${name}_${row}`, row);
    if (!target) throw unknown(all, name, row);
    known.set(key, target);
    return target;
  };
};

const search = (all: readonly Innotation[], name: string, row: number | undefined): EditTarget | null => {
  for (const owner of all) {
    const target = owner.editTarget(name, row ?? owner.repeatIndex, false);
    if (target) return target;
  }
  return null;
};

const mostNamed = 12;

const hasValue = (one: Innotation): boolean =>
  [one.repeatIndex, 0].some((row) => one.editTarget(one.name, row, false) !== null);

const unknown = (all: readonly Innotation[], name: string, row: number | undefined): InnotaterError => {
  const there = all.filter(hasValue);
  const names = there.slice(0, mostNamed).map((one) => one.name);
  const more = there.length > mostNamed ? ` and ${there.length - mostNamed} more` : '';
  const where = row === undefined ? '' : ` in row ${row}`;
  return new InnotaterError(
    'data',
    `There is no value named ${shown(name)}${where}; there are: ${names.join(', ')}${more}`,
  );
};

const shown = (value: unknown): string =>
  typeof value === 'string' || Array.isArray(value) ? JSON.stringify(value)?.slice(0, 80) : String(value);
