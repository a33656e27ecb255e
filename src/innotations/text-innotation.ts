import { checkedLength, type Rows, type TextColumn, textColumn } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { areas, provideWidgets, type Ui } from '../ui/index.js';
import { type AsyncTextSource, AsyncTexts, isTextSource } from './async-texts.js';
import { ColumnInnotation, who } from './column-innotation.js';
import type { Stage } from './contract.js';
import { dataAndOptions, type InnotationOptions } from './innotation.js';
import { checkOptionNames, commonOptions, namesOf } from './option-names.js';

export type TextData = Rows | AsyncTextSource;
export type TextOptions = InnotationOptions<TextData> & {
  /** False: one line. Default: an area. */
  readonly multiline?: boolean;
};

const kind = 'TextInnotation';
const optionNames = /* @__PURE__ */ namesOf<TextOptions>({ ...commonOptions, multiline: true });

const noColumn = (length: number, name: string): TextColumn => ({
  length,
  isWritable: false,
  get: () => '',
  set: () => {
    throw new InnotaterError('data', `${name}: texts of an asynchronous source are read, never written`);
  },
  capture: () => [],
  restore: () => {},
});

/**
 * A text a sample (E1): an area or one line to edit; where it is disabled, as in inputs, it can be read and copied. Numbers and booleans
 * are shown as they print, and never written.
 */
export class TextInnotation extends ColumnInnotation<string> {
  static readonly kind = kind;
  readonly kind = kind;
  readonly #multiline: boolean;
  readonly #async: AsyncTexts | null;
  readonly #isWritable: boolean;
  #before: { readonly uindex: number; readonly text: string } | null = null;

  constructor(data: TextData | TextOptions, options?: TextOptions) {
    const given = dataAndOptions<TextData, TextOptions>(data, options);
    const source = isTextSource(given.data) ? given.data : null;
    const name = who(kind, given.options);
    const column = source
      ? noColumn(checkedLength(source, name), name)
      : textColumn(given.data as Rows, name);
    super(given.options, column);
    checkOptionNames(kind, name, given.options, optionNames);
    this.#isWritable = column.isWritable;
    this.#async = source ? new AsyncTexts(source) : null;
    this.#multiline = given.options.multiline ?? true;
    provideWidgets(areas);
  }

  wanted(value: unknown): string | null {
    return typeof value === 'string' ? null : 'a text';
  }

  /** What is no text in the caller's memory, or comes from an asynchronous source, is shown, never written. */
  override get disabled(): boolean {
    return !this.#isWritable || super.disabled;
  }

  override isReady(stage: Stage): boolean {
    return this.#async ? this.#async.state(stage.uindex).tag !== 'loading' : true;
  }

  override refresh(uindex: number): void {
    this.#async?.forget(uindex);
  }

  override unmounted(): void {
    this.#async?.stop();
  }

  build(ui: Ui, stage: Stage): void {
    if (this.#async) this.#fetched(this.#async, ui, stage);
    else this.#edited(ui, stage);
  }

  /** The text once it is there; why it is not, and Retry, where it cannot be had. */
  #fetched(texts: AsyncTexts, ui: Ui, stage: Stage): void {
    texts.follow(stage);
    const state = texts.state(stage.uindex);
    ui.column(this.name, { layout: { alignItems: 'stretch', ...this.layout } }, () => {
      ui.textField('text', state.tag === 'ready' ? state.text : '', {
        label: this.desc,
        readOnly: true,
        multiline: this.#multiline,
        ...(state.tag === 'loading' ? { placeholder: 'Loading…' } : {}),
      });
      if (state.tag !== 'failed') return;
      ui.label('failed', state.error.message, { tone: 'muted' });
      if (!ui.button('retry', 'Retry', { name: `Retry ${this.desc}` })) return;
      texts.forget(stage.uindex);
      stage.retract(state.error);
      stage.redraw('text retried');
    });
  }

  #edited(ui: Ui, stage: Stage): void {
    const { uindex } = stage;
    const response = ui.textField(this.name, this.read(uindex), {
      label: this.desc,
      layout: this.layout,
      readOnly: this.disabled,
      multiline: this.#multiline,
    });
    if (this.disabled) return;
    if (response.focusGained) this.#before = { uindex, text: this.read(uindex) };
    if (response.edited !== undefined) this.#write(response.edited, stage);
    if (response.cancelled) this.#restore(stage);
    if (response.committed || response.focusLost) stage.endMerge();
  }

  #write(text: string, stage: Stage): void {
    const { uindex } = stage;
    if (this.#before?.uindex !== uindex) this.#before = { uindex, text: this.read(uindex) };
    stage.edit({ target: this, uindex, value: text, merge: 'typing' });
  }

  /** Esc: what was there when the editing began. */
  #restore(stage: Stage): void {
    if (this.#before?.uindex === stage.uindex) this.#write(this.#before.text, stage);
    stage.endMerge();
  }
}
