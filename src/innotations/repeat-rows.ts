import { lengthOf, type Rows, repeatCapacity, rowView } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import type { Innotation, InnotationOptions } from './innotation.js';

/** A class whose instances can be rows of a repeat. */
export type RepeatedClass = {
  /** Each class takes data and options of its own kind. */
  new (data: never, options?: never): Innotation;
  /** Completes the caller's options by what only all rows together tell. */
  optionsForRows?(rows: readonly Rows[], options: never): InnotationOptions;
};

/** Options of any Innotation: those all have, and its own. */
export type RepeatedOptions = InnotationOptions & { readonly [option: string]: unknown };

/** `[Class, data, options?]`; data as the class takes it, with a second axis for the rows; null for a button. */
export type RepeatConfiguration =
  | readonly [RepeatedClass, unknown]
  | readonly [RepeatedClass, unknown, RepeatedOptions | undefined];

export type RepeatLimits = { readonly minRepeats: number; readonly maxRepeats: number };

const hasData = ([, data]: RepeatConfiguration): boolean => data !== null && data !== undefined;

const nameOf = ([Class, , options]: RepeatConfiguration): string =>
  options?.name ? `${Class.name} ${options.name}` : Class.name;

/** Rows the data has room for; infinite where no column has data. */
export const capacityOf = (configurations: readonly RepeatConfiguration[]): number =>
  Math.min(
    ...configurations.filter(hasData).map((part) => repeatCapacity(part[1], nameOf(part))),
    Number.POSITIVE_INFINITY,
  );

/** Samples of the first column with data; null where none has. */
export const samplesOf = (configurations: readonly RepeatConfiguration[]): number | null => {
  const first = configurations.find(hasData);
  return first ? lengthOf(first[1], nameOf(first)) : null;
};

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;

/** Checks the caller's limits against the data (P3, R10); without a limit of the caller's it is 10, or the data's second axis. */
export const repeatLimits = (
  given: { readonly minRepeats?: number | undefined; readonly maxRepeats?: number | undefined },
  capacity: number,
  who: string,
): RepeatLimits => {
  const { minRepeats = 0 } = given;
  const maxRepeats = given.maxRepeats ?? Math.max(minRepeats, Math.min(10, capacity));
  const wrong = (what: string) => new InnotaterError('data', `${who}: ${what}`);
  if (!isCount(minRepeats) || !isCount(maxRepeats)) {
    throw wrong(`minRepeats (${minRepeats}) and maxRepeats (${maxRepeats}) must be whole numbers from 0`);
  }
  if (minRepeats > maxRepeats) {
    throw wrong(`minRepeats (${minRepeats}) must not be greater than maxRepeats (${maxRepeats})`);
  }
  if (maxRepeats > capacity) {
    throw wrong(
      `maxRepeats (${maxRepeats}) is greater than the second axis of the data, which has room for ${capacity} rows`,
    );
  }
  return { minRepeats, maxRepeats };
};

/** Instances of every configuration for rows 0…count−1, row by row. The caller's options are copied, never written (P4). */
export const makeRows = (
  configurations: readonly RepeatConfiguration[],
  count: number,
): readonly (readonly Innotation[])[] => {
  const columns = configurations.map((part) => makeColumn(part, count));
  return Array.from({ length: count }, (_, row) => columns.map((column) => column[row]!));
};

const makeColumn = (part: RepeatConfiguration, count: number): readonly Innotation[] => {
  const [Class, data, options = {}] = part;
  const rows = Array.from({ length: count }, (_, row) =>
    hasData(part) ? rowView(data, row, nameOf(part)) : null,
  );
  const views = rows.filter((view) => view !== null);
  const shared = views.length > 0 ? (Class.optionsForRows?.(views, options as never) ?? options) : options;
  return rows.map((view, row) => {
    const name = options.name === undefined ? {} : { name: `${options.name}_${row}` };
    const innotation = new Class(view as never, { ...shared, ...name } as never);
    innotation.repeatIndex = row;
    return innotation;
  });
};
