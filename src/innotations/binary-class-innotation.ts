import { booleanColumn, type Rows } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { choices, provideWidgets, type Ui } from '../ui/index.js';
import { classWords } from './class-words.js';
import { ColumnInnotation, who } from './column-innotation.js';
import type { Stage } from './contract.js';
import { dataAndOptions, type InnotationOptions } from './innotation.js';
import { checkOptionNames, commonOptions, namesOf } from './option-names.js';

export type BinaryClassOptions = InnotationOptions<Rows> & {
  /** The words shown for false and true, in this order (M8). */
  readonly classes?: readonly [string, string];
};

const kind = 'BinaryClassInnotation';
const optionNames = /* @__PURE__ */ namesOf<BinaryClassOptions>({ ...commonOptions, classes: true });

/** Yes or no, as a checkbox (M7). Data of booleans or 0 and 1: (n,), (n,1), or one-hot (n,2). */
export class BinaryClassInnotation extends ColumnInnotation<boolean> {
  static readonly kind = kind;
  readonly kind = kind;
  readonly #words: readonly [string, string] | undefined;

  constructor(data: Rows | BinaryClassOptions, options?: BinaryClassOptions) {
    const given = dataAndOptions<Rows, BinaryClassOptions>(data, options);
    const name = who(kind, given.options);
    super(given.options, booleanColumn(given.data, name));
    provideWidgets(choices);
    checkOptionNames(kind, name, given.options, optionNames);
    const { classes } = given.options;
    const words = classes === undefined || classes === null ? undefined : classWords(classes, name);
    if (words && words.length !== 2) {
      throw new InnotaterError('data', `${name}: classes must be two words, for false and true`);
    }
    this.#words = words as readonly [string, string] | undefined;
  }

  wanted(value: unknown): string | null {
    return typeof value === 'boolean' ? null : 'true or false';
  }

  override get hasCaption(): boolean {
    return true;
  }

  override caption(uindex: number): string | null {
    const value = this.read(uindex);
    return this.#words ? this.#words[value ? 1 : 0] : value ? this.desc : null;
  }

  build(ui: Ui, stage: Stage): void {
    const value = this.read(stage.uindex);
    ui.row(this.name, { layout: this.layout }, () => {
      const chosen = ui.checkbox('value', value, { label: this.desc, disabled: this.disabled });
      if (this.#words) ui.label('word', this.#words[value ? 1 : 0], { tone: 'muted' });
      if (chosen !== undefined) stage.edit({ target: this, uindex: stage.uindex, value: chosen });
    });
  }
}
