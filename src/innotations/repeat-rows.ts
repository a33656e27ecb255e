import {
  lengthOf,
  type NestedRows,
  type RepeatRoom,
  type Rows,
  repeatRoom,
  rowView,
} from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { who } from './column-innotation.js';
import { Innotation, type InnotationOptions } from './innotation.js';

/** A class whose instances can be rows of a repeat. */
export type RepeatedClass = {
  /** Each class takes data and options of its own kind. */
  new (data: never, options?: never): Innotation;
  /** What messages call the class, else by its own name, which bundlers shorten. */
  readonly kind?: string;
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

const isInnotationClass = (Class: unknown): boolean =>
  typeof Class === 'function' && Class.prototype instanceof Innotation;

/** Throws `InnotaterError` 'data' for a configuration without a class. */
export const checkConfigurations = (configurations: readonly RepeatConfiguration[], who: string): void => {
  const wrong = configurations.findIndex(([Class]) => !isInnotationClass(Class));
  if (wrong < 0) return;
  const found = configurations[wrong]![0] as unknown;
  const shown = typeof found === 'string' ? JSON.stringify(found) : typeof found;
  throw new InnotaterError(
    'data',
    `${who}: configuration ${wrong} must begin with a class, as [BoundingBoxInnotation, data, options], not with ${shown}`,
  );
};

const hasData = ([, data]: RepeatConfiguration): boolean => data !== null && data !== undefined;

const nameOf = ([Class, , options]: RepeatConfiguration): string =>
  who(Class.kind ?? Class.name, options ?? {});

/** How many rows the columns of a repeat have and can have. */
export type RepeatRooms = {
  /** Of each configuration; null for a button. */
  readonly columns: readonly (RepeatRoom | null)[];
  /** Rows of the longest sample of plain arrays. */
  readonly most: number;
  /** Rows that no sample can have more of; infinite where the data grows. */
  readonly capacity: number;
  /** The second axis of the data; infinite where there is none: samples have different numbers of rows. */
  readonly axis: number;
};

const least = (counts: readonly number[]): number => Math.min(...counts, Number.POSITIVE_INFINITY);

/** Whether some sample has a row in which nothing is in any column: arrays with room for more than they hold. */
const hasRoom = (columns: readonly NestedRows[], rows: number): boolean => {
  for (let uindex = 0; uindex < (columns[0]?.length ?? 0); uindex++) {
    for (let row = 0; row < rows; row++) {
      if (columns.every((column) => column.isBlank(uindex, row))) return true;
    }
  }
  return false;
};

/**
 * Reads the rooms of all columns. Plain arrays are taken as (n,r,…) data with a second axis of its own where all samples have the same
 * number of rows and some of those are blank; else they grow. Throws `InnotaterError` 'data' where a sample has more rows than another
 * column has room for.
 */
export const roomsOf = (configurations: readonly RepeatConfiguration[]): RepeatRooms => {
  const columns = configurations.map((part) => (hasData(part) ? repeatRoom(part[1], nameOf(part)) : null));
  const rooms = columns.filter((room) => room !== null);
  const plain = rooms.filter(({ nested }) => nested?.grows);
  const fixed = least(rooms.filter((room) => !plain.includes(room)).map(({ most }) => most));
  const ragged = columns.findIndex((room) => room?.axis === null);
  const most = Math.max(0, ...plain.map((room) => room.most));
  const axis = ragged >= 0 ? fixed : Math.min(fixed, ...plain.map((room) => room.most));
  if (ragged < 0) {
    const nested = plain.flatMap((room) => room.nested ?? []);
    return { columns, most, axis, capacity: hasRoom(nested, axis) ? axis : fixed };
  }
  if (columns[ragged]!.most <= fixed) return { columns, most, axis, capacity: fixed };
  throw new InnotaterError(
    'data',
    `${nameOf(configurations[ragged]!)}: a sample has ${columns[ragged]!.most} rows, and another column of the repeat has room for ${fixed}`,
  );
};

/** Samples of the first column with data; null where none has. */
export const samplesOf = (configurations: readonly RepeatConfiguration[]): number | null => {
  const first = configurations.find(hasData);
  return first ? lengthOf(first[1], nameOf(first)) : null;
};

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;

/**
 * Checks the caller's limits against the rows that the data has or can grow to (P3, R10); without a limit of the caller's it is 10, or
 * what the data has room for.
 */
export const repeatLimits = (
  given: { readonly minRepeats?: number | undefined; readonly maxRepeats?: number | undefined },
  { capacity }: Pick<RepeatRooms, 'capacity'>,
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
      `maxRepeats (${maxRepeats}) is greater than the second axis of the data, which has room for ${capacity} rows; plain arrays without blank rows, [] for none, grow as rows are added`,
    );
  }
  return { minRepeats, maxRepeats };
};

/** Instances of every configuration for rows 0…count−1, row by row. The caller's options are copied, never written (P4). */
export const makeRows = (
  configurations: readonly RepeatConfiguration[],
  rooms: readonly (RepeatRoom | null)[],
  count: number,
): readonly (readonly Innotation[])[] => {
  const columns = configurations.map((part, at) => makeColumn(part, rooms[at] ?? null, count));
  return Array.from({ length: count }, (_, row) => columns.map((column) => column[row]!));
};

const makeColumn = (
  part: RepeatConfiguration,
  room: RepeatRoom | null,
  count: number,
): readonly Innotation[] => {
  const [Class, data, options = {}] = part;
  const rows = Array.from({ length: count }, (_, row) =>
    room ? rowView(data, row, nameOf(part), room) : null,
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
