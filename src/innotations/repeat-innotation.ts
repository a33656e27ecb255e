import { blankRowLike } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import type { Ui } from '../ui/index.js';
import { labelBoxes } from './box-labels.js';
import { who } from './column-innotation.js';
import type { EditTarget, RowCounts, Stage, ValueEdit } from './contract.js';
import { isBlankTarget, isEditTarget, stateOf } from './edit-target.js';
import { Innotation, type InnotationOptions } from './innotation.js';
import { checkOptionNames, containerOptions, namesOf } from './option-names.js';
import {
  checkConfigurations,
  makeRows,
  type RepeatConfiguration,
  type RepeatLimits,
  type RepeatRooms,
  repeatLimits,
  roomsOf,
  samplesOf,
} from './repeat-rows.js';

export type RepeatOptions = Omit<InnotationOptions, 'data'> & {
  /** Rows every sample shows at least; default 0. */
  readonly minRepeats?: number;
  /** Rows that can be added up to; default 10, or fewer where the data has no room for ten. Plain arrays that grow have room for any number. */
  readonly maxRepeats?: number;
};

type Row = readonly Innotation[];

const kind = 'RepeatInnotation';
const optionNames = /* @__PURE__ */ namesOf<RepeatOptions>({
  ...containerOptions,
  minRepeats: true,
  maxRepeats: true,
});

const isConfiguration = (part: RepeatConfiguration | RepeatOptions): part is RepeatConfiguration =>
  Array.isArray(part);

const cellsOf = (target: EditTarget, uindex: number): readonly unknown[] => {
  const state = stateOf(target, uindex);
  return Array.isArray(state) ? state : [state];
};

/** In so many samples it is seen how the data writes rows that hold nothing. */
const samplesLookedAt = 500;

/** One line (P1), controls without a caption level with the fields; on a narrow host it breaks. */
const rowLayout = { flexWrap: 'wrap', alignItems: 'flex-end' };

/** Whether the target can take a row away and bring it back. */
const isExact = (target: Innotation): target is Innotation & EditTarget =>
  isEditTarget(target) && target.capture !== undefined && target.restore !== undefined;

const isBlank = (row: Row, uindex: number): boolean =>
  row.filter(isEditTarget).every((target) => isBlankTarget(target, uindex));

/**
 * Any number of rows of the same Innotations a sample: `new RepeatInnotation([Class, data, options?], …, {minRepeats, maxRepeats})`,
 * data with a second axis for the rows. Rows belong to the sample: at least minRepeats, each that holds data, each added (P2). In plain
 * arrays a sample may have any number of rows, `[]` for none: they grow in place as rows are added, and shrink as those are removed. Where
 * all samples have the same number, some of them blank, that is the data's second axis and stays.
 */
export class RepeatInnotation extends Innotation {
  override readonly isRepeat = true;
  readonly kind = kind;
  readonly length: number | null;
  readonly #configurations: readonly RepeatConfiguration[];
  readonly #rooms: RepeatRooms;
  readonly #limits: RepeatLimits;
  readonly #rows: readonly Row[];
  /** Rows shown beyond those that hold data, by sample; absent: none. */
  readonly #added = new Map<number, number>();
  readonly #count: EditTarget;

  constructor(...given: readonly (RepeatConfiguration | RepeatOptions)[]) {
    const options = given.findLast((part): part is RepeatOptions => !isConfiguration(part)) ?? {};
    super(options);
    this.#configurations = given.filter(isConfiguration);
    const name = who(kind, options);
    checkOptionNames(kind, name, options, optionNames);
    checkConfigurations(this.#configurations, name);
    if (this.#configurations.length === 0) {
      throw new InnotaterError('data', `${name}: at least one [Class, data, options?] is needed`);
    }
    this.length = samplesOf(this.#configurations);
    this.#rooms = roomsOf(this.length === 0 ? [] : this.#configurations);
    this.#limits = repeatLimits(options, this.#rooms, name);
    this.#rows = this.length === 0 ? [] : this.#usedRows();
    this.#rows.forEach((row, i) => {
      labelBoxes(row);
      for (const child of row) child.showWhere((uindex, rows) => i < this.#rowsIn(uindex, rows));
    });
    this.#count = this.#countTarget();
  }

  override get children(): readonly Innotation[] {
    return this.#rows.flat();
  }

  override childNames(next: () => string): readonly string[] {
    const bases = this.#configurations.map(([, , options]) => options?.name ?? next());
    return this.#rows.flatMap((_, i) => bases.map((base) => `${base}_${i}`));
  }

  override editTarget(name: string, _repeatIndex: number, ofView: boolean): EditTarget | null {
    return ofView && name === this.name ? this.#count : null;
  }

  /** How many rows this sample has now. */
  shownRows(uindex: number): number {
    const held = this.#rows.findLastIndex((row) => !isBlank(row, uindex)) + 1;
    const wanted = Math.max(
      this.#limits.minRepeats,
      held,
      this.#added.get(uindex) ?? 0,
      this.#ownRows(uindex),
    );
    return Math.min(wanted, this.#rows.length);
  }

  #rowsIn(uindex: number, rows: RowCounts): number {
    let count = rows.get(this);
    if (count === undefined) {
      count = this.shownRows(uindex);
      rows.set(this, count);
    }
    return count;
  }

  /** Rows of plain arrays are the sample's own beyond those that all samples have, whatever they hold. */
  #ownRows(uindex: number): number {
    const counts = this.#rooms.columns.map((room) => {
      const count = room?.nested?.rowsOf(uindex) ?? 0;
      return count > (room?.axis ?? 0) ? count : 0;
    });
    return Math.max(0, ...counts);
  }

  build(ui: Ui, stage: Stage): void {
    const layout = { alignItems: 'stretch', ...this.layout };
    ui.column(this.name, { layout }, () => {
      const shown = this.shownRows(stage.uindex);
      const full = shown >= this.#limits.maxRepeats;
      const add = ui.button('add', 'Add', {
        disabled: this.disabled || full,
        ...(full ? { description: `A sample has ${this.#limits.maxRepeats} rows at most` } : {}),
        layout: { alignSelf: 'flex-start' },
      });
      if (add) this.#add(stage);
      for (let i = 0; i < shown; i++) this.#row(i, ui, stage);
    });
  }

  #row(i: number, ui: Ui, stage: Stage): void {
    const row = this.#rows[i]!;
    ui.row(`row${i}`, { label: `${this.desc} ${i + 1}`, layout: rowLayout }, () => {
      for (const child of row) child.build(ui, stage);
      const idle = i < this.#limits.minRepeats && isBlank(row, stage.uindex);
      const remove = ui.button('remove', '×', {
        name: `Remove row ${i + 1}`,
        disabled: this.disabled || idle,
      });
      if (remove) this.#remove(i, stage);
    });
  }

  /** The new row is the one that is meant (P5); where plain arrays do not have it yet, they grow. */
  #add(stage: Stage): void {
    const { uindex } = stage;
    const shown = this.shownRows(uindex);
    const grown = (this.#rows[shown] ?? []).flatMap((target, at): readonly ValueEdit[] => {
      const nested = this.#rooms.columns[at]?.nested;
      const isThere = !nested || nested.has(uindex, shown) || !isExact(target);
      return isThere ? [] : [{ target, uindex, value: nested.blankCells, exact: true }];
    });
    stage.editAll([...grown, { target: this.#count, uindex, value: shown + 1 }]);
    for (const child of this.#rows[shown] ?? []) child.activate();
  }

  /** Later rows move up, the last is blank; one undo step (P8). */
  #remove(i: number, stage: Stage): void {
    const { uindex } = stage;
    const shown = this.shownRows(uindex);
    const edits: ValueEdit[] = [];
    for (let row = i; row < shown; row++) edits.push(...this.#moveUp(row, row + 1 < shown, uindex));
    edits.push({ target: this.#count, uindex, value: shown - 1 });
    stage.editAll(edits);
    stage.announce(`Row ${i + 1} removed`);
  }

  #moveUp(row: number, hasNext: boolean, uindex: number): readonly ValueEdit[] {
    return this.#rows[row]!.flatMap((target, at): readonly ValueEdit[] => {
      if (!isEditTarget(target)) return [];
      const next = hasNext ? this.#rows[row + 1]![at]! : null;
      const nested = this.#rooms.columns[at]?.nested;
      const isGone = !hasNext && nested && isExact(target);
      if (isGone && (nested.canRemove(uindex, row) || !nested.has(uindex, row))) {
        return [{ target, uindex, value: [], exact: true }];
      }
      const value = next && isEditTarget(next) ? stateOf(next, uindex) : this.#blank(target, at, uindex);
      return [{ target, uindex, value, exact: true }];
    });
  }

  /** What the blanks of this column hold: unset as the data writes it, or what rows without data hold, or what the target says. */
  #blank(target: EditTarget, at: number, uindex: number): readonly unknown[] {
    if (!target.blank) return blankRowLike(cellsOf(target, uindex));
    const column = this.#rows.map((row) => row[at]! as Innotation & EditTarget);
    const found = column.find(({ blank }) => blank?.isFound);
    return found?.blank?.cells ?? this.#cellsWithoutData(at, uindex) ?? target.blank.cells;
  }

  #cellsWithoutData(at: number, uindex: number): readonly unknown[] | null {
    const samples = Math.min(this.length ?? 0, samplesLookedAt);
    for (const sample of [uindex, ...Array(samples).keys()]) {
      const row = this.#rows.find((one) => isBlank(one, sample))?.[at];
      if (row && isEditTarget(row)) return cellsOf(row, sample);
    }
    return null;
  }

  /** Rows up to the limit, and those beyond it that hold data of some sample. */
  #usedRows(): readonly Row[] {
    const { maxRepeats } = this.#limits;
    const { columns, capacity, most } = this.#rooms;
    const room = Number.isFinite(capacity) ? capacity : Math.max(most, maxRepeats);
    const rows = makeRows(this.#configurations, columns, room);
    const samples = this.length ?? 0;
    const isUsed = (row: Row) => {
      for (let uindex = 0; uindex < samples; uindex++) if (!isBlank(row, uindex)) return true;
      return false;
    };
    const own = Array.from({ length: samples }, (_, uindex) => this.#ownRows(uindex));
    const fewest = own.reduce((fewest, count) => Math.max(fewest, count), maxRepeats);
    let count = rows.length;
    while (count > fewest && !isUsed(rows[count - 1]!)) count -= 1;
    return rows.slice(0, count);
  }

  #countTarget(): EditTarget {
    const added = this.#added;
    const name = () => this.name;
    return {
      get name() {
        return name();
      },
      repeatIndex: -1,
      ofView: true,
      read: (uindex) => added.get(uindex) ?? 0,
      write: (uindex, value) => {
        added.set(uindex, value as number);
      },
      same: Object.is,
    };
  }
}
