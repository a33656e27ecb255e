import { type BlankCells, type ClassColumn, classColumn, type Rows, unset } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { choices, provideWidgets, type Ui } from '../ui/index.js';
import { classWords } from './class-words.js';
import { ColumnInnotation, who } from './column-innotation.js';
import type { Stage } from './contract.js';
import { dataAndOptions, type InnotationOptions } from './innotation.js';
import { checkOptionNames, commonOptions, namesOf } from './option-names.js';

export type MultiClassOptions = InnotationOptions<Rows> & {
  /** The words for the classes 0, 1, 2, …; inferred from the data as '0', '1', '2', … where absent (M4). */
  readonly classes?: readonly string[];
  /** Closed, the list opening in a popup (M5); default false: always open. */
  readonly dropdown?: boolean;
};

const kind = 'MultiClassInnotation';
const optionNames = /* @__PURE__ */ namesOf<MultiClassOptions>({
  ...commonOptions,
  classes: true,
  dropdown: true,
});

const wordsFor = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `${i}`);

/** More classes than these are hardly meant; the numbers are something else. */
const mostInferred = 100_000;

const inferredWords = (count: number, name: string): readonly string[] => {
  if (count > mostInferred) {
    throw new InnotaterError(
      'data',
      `${name}: the data has the class ${count - 1}; for more than ${mostInferred} classes pass their words as the option classes`,
    );
  }
  if (count > 1) return wordsFor(count);
  const found = count === 1 ? 'a single class value' : 'no class value';
  throw new InnotaterError(
    'data',
    `${name}: the data has ${found}, so its classes cannot be inferred; pass them as the option classes`,
  );
};

const wordsOf = (options: MultiClassOptions, count: number): readonly string[] => {
  const name = who(kind, options);
  if (options.classes === undefined || options.classes === null) return inferredWords(count, name);
  const classes = classWords(options.classes, name);
  if (classes.length < count) {
    throw new InnotaterError(
      'data',
      `${name}: classes has ${classes.length} words, and the data needs ${count}, for the classes 0 to ${count - 1}`,
    );
  }
  return classes;
};

/**
 * One of several classes, chosen from an open list or a dropdown. Data (n,), (n,1) or one-hot (n,k), written in place: a one-hot's old greatest
 * becomes 0 and the new class 1 (M2). −1, null, NaN and an all-zero one-hot row are unset (M3).
 */
export class MultiClassInnotation extends ColumnInnotation<number> {
  static readonly kind = kind;
  readonly kind = kind;
  readonly classes: readonly string[];
  readonly blank: BlankCells;
  readonly #dropdown: boolean;

  constructor(data: Rows | MultiClassOptions, options?: MultiClassOptions) {
    const given = dataAndOptions<Rows, MultiClassOptions>(data, options);
    const name = who(kind, given.options);
    const column: ClassColumn = classColumn(given.data, name);
    super(given.options, column);
    checkOptionNames(kind, name, given.options, optionNames);
    provideWidgets(choices);
    this.blank = column.blank;
    this.#dropdown = given.options.dropdown ?? false;
    this.classes = column.length > 0 ? wordsOf(given.options, column.classCount) : [];
  }

  /** In a repeat the classes are inferred over all its rows (M4). */
  static optionsForRows(rows: readonly Rows[], options: MultiClassOptions): MultiClassOptions {
    if (options.classes) return options;
    const name = who(kind, options);
    const count = Math.max(0, ...rows.map((row) => classColumn(row, name).classCount));
    return { ...options, classes: inferredWords(count, name) };
  }

  wanted(value: unknown): string | null {
    const most = this.classes.length - 1;
    const fits = Number.isInteger(value) && (value as number) >= unset && (value as number) <= most;
    return fits ? null : `the number of a class, 0 to ${most}, or ${unset} for none`;
  }

  override get hasCaption(): boolean {
    return true;
  }

  override caption(uindex: number): string | null {
    return this.classes[this.read(uindex)] ?? null;
  }

  build(ui: Ui, stage: Stage): void {
    const options = {
      label: this.desc,
      layout: this.layout,
      disabled: this.disabled,
      reservedKeys: stage.shortcutKeys,
    };
    const now = this.read(stage.uindex);
    const chosen = this.#dropdown
      ? ui.comboBox(this.name, this.classes, now, options)
      : ui.listBox(this.name, this.classes, now, options);
    if (chosen !== undefined) stage.edit({ target: this, uindex: stage.uindex, value: chosen });
  }
}
