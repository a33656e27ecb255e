import { type BoxData, type BoxValue, boxColumn, type Column } from '../dataset/index.js';
import type { Ui } from '../ui/index.js';
import { sameBox } from './box-geometry.js';
import type { BoxLabel } from './box-labels.js';
import { formatBox, parseBox } from './box-text.js';
import { who } from './column-innotation.js';
import type { BoxHost, ImageBox, NeedsSource, Stage } from './contract.js';
import { dataAndOptions, Innotation, type InnotationOptions } from './innotation.js';
import { checkOptionNames, commonOptions } from './option-names.js';

export type BoundingBoxOptions = InnotationOptions<BoxData> & {
  /** The name of the ImageInnotation the boxes lie on; needed where there are several. */
  readonly source?: string;
};

const kind = 'BoundingBoxInnotation';
const optionNames = [...commonOptions, 'source'];

/**
 * Boxes [x, y, width, height] in pixels of the original image, one a sample, data (n,4); 0,0,0,0 is blank. Shown as a text field
 * "x, y, w, h" and drawn on its image; both edit the caller's data in place.
 */
export class BoundingBoxInnotation extends Innotation implements ImageBox, NeedsSource {
  readonly kind = kind;
  readonly source: string | undefined;
  readonly #column: Column<BoxValue>;
  #host: BoxHost | null = null;
  #labelOf: (uindex: number) => BoxLabel | null = () => null;
  /** What is typed but is no box, and for which sample. */
  #draft: { readonly uindex: number; readonly text: string } | null = null;
  #before: { readonly uindex: number; readonly value: BoxValue } | null = null;

  constructor(data: BoxData | BoundingBoxOptions, options?: BoundingBoxOptions) {
    const given = dataAndOptions<BoxData, BoundingBoxOptions>(data, options);
    super(given.options);
    this.source = given.options.source;
    const name = who(kind, given.options);
    checkOptionNames(kind, name, given.options, optionNames);
    this.#column = boxColumn(given.data, name);
  }

  get length(): number {
    return this.#column.length;
  }
  get key(): string {
    return this.name;
  }

  attachTo(host: BoxHost): void {
    this.#host = host;
    host.attachBox(this);
  }

  /** Set by the row or group it shares with a class. */
  labelWith(labelOf: (uindex: number) => BoxLabel | null): void {
    this.#labelOf = labelOf;
  }
  label(uindex: number): BoxLabel | null {
    return this.#labelOf(uindex);
  }

  read(uindex: number): BoxValue {
    return this.#column.get(uindex);
  }

  write(uindex: number, value: unknown): void {
    this.#column.set(uindex, value as BoxValue);
  }

  capture(uindex: number): readonly unknown[] {
    return this.#column.capture(uindex);
  }
  restore(uindex: number, captured: unknown): void {
    this.#column.restore(uindex, captured as readonly unknown[]);
  }

  same(a: unknown, b: unknown): boolean {
    return sameBox(a as BoxValue, b as BoxValue);
  }

  override activate(): void {
    this.#host?.activateBox(this);
  }

  reveal(uindex: number): void {
    this.#host?.revealBox(this, uindex);
  }

  build(ui: Ui, stage: Stage): void {
    const { uindex } = stage;
    const draft = this.#draft?.uindex === uindex ? this.#draft.text : null;
    const response = ui.textField(this.name, draft ?? formatBox(this.read(uindex)), {
      label: this.desc,
      layout: this.layout,
      disabled: this.disabled,
      invalid: draft !== null,
      marked: this.#host?.activeBox === this,
    });
    if (response.focusGained) this.#begin(uindex);
    if (response.edited !== undefined) this.#typed(response.edited, stage);
    if (response.cancelled) this.#restore(stage);
    if (response.committed || response.focusLost) stage.endMerge();
  }

  #begin(uindex: number): void {
    this.activate();
    this.#before = { uindex, value: this.read(uindex) };
  }

  /** Everything typed while the field has focus is one undo step (T6). */
  #typed(text: string, stage: Stage): void {
    const { uindex } = stage;
    if (this.#before?.uindex !== uindex) this.#before = { uindex, value: this.read(uindex) };
    const value = parseBox(text);
    this.#draft = value ? null : { uindex, text };
    if (value) stage.edit({ target: this, uindex, value, merge: 'typing' });
    stage.redraw('box text');
  }

  /** Esc: what was there when the editing began. */
  #restore(stage: Stage): void {
    const { uindex } = stage;
    this.#draft = null;
    if (this.#before?.uindex === uindex) {
      stage.edit({ target: this, uindex, value: this.#before.value, merge: 'typing' });
    }
    stage.endMerge();
    stage.redraw('box text');
  }
}
