import { type BoxData, type BoxValue, boxColumn, type Column } from '../dataset/index.js';
import type { Ui } from '../ui/index.js';
import { boxInImage, isBlank, sameBox } from './box-geometry.js';
import type { BoxLabel } from './box-labels.js';
import { boxForm, boxWanted, formatBox, parseBox } from './box-text.js';
import { who } from './column-innotation.js';
import type { BoxHost, EditTarget, ImageBox, NeedsSource, Stage } from './contract.js';
import { dataAndOptions, Innotation, type InnotationOptions } from './innotation.js';
import { checkOptionNames, commonOptions, namesOf } from './option-names.js';

export type BoundingBoxOptions = InnotationOptions<BoxData> & {
  /** The name of the ImageInnotation the boxes lie on; needed where there are several. */
  readonly source?: string;
};

/** The class beside a box, with the words for its classes. */
type BoxClasses = Innotation & EditTarget & { readonly classes: readonly string[] };

const kind = 'BoundingBoxInnotation';
const optionNames = /* @__PURE__ */ namesOf<BoundingBoxOptions>({ ...commonOptions, source: true });

/**
 * Boxes [x, y, width, height] in pixels of the original image, one a sample, data (n,4); 0,0,0,0 is blank. Shown as a text field
 * "x, y, w, h" and drawn on its image; both edit the caller's data in place.
 */
export class BoundingBoxInnotation extends Innotation implements ImageBox, NeedsSource {
  static readonly kind = kind;
  readonly kind = kind;
  readonly source: string | undefined;
  readonly #column: Column<BoxValue>;
  #host: BoxHost | null = null;
  #labelOf: (uindex: number) => BoxLabel | null = () => null;
  #classes: BoxClasses | null = null;
  /** What is typed but not taken, for which sample, and what would be right. */
  #draft: { readonly uindex: number; readonly text: string; readonly why: string } | null = null;
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

  /**
   * Set by the row or group it shares with a class.
   * @internal
   */
  labelWith(labelOf: (uindex: number) => BoxLabel | null, classes: BoxClasses): void {
    this.#labelOf = labelOf;
    this.#classes = classes;
  }
  get classTarget(): EditTarget | null {
    return this.#classes?.disabled ? null : this.#classes;
  }
  get classWords(): readonly string[] {
    return this.#classes?.classes ?? [];
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
  wanted(value: unknown): string | null {
    return boxWanted(value);
  }

  override activate(): void {
    this.#host?.activateBox(this);
  }

  reveal(uindex: number): void {
    this.#host?.revealBox(this, uindex);
  }

  build(ui: Ui, stage: Stage): void {
    const { uindex } = stage;
    const draft = this.#draft?.uindex === uindex ? this.#draft : null;
    const response = ui.textField(this.name, draft?.text ?? formatBox(this.read(uindex)), {
      label: this.desc,
      layout: this.layout,
      disabled: this.disabled,
      invalid: draft !== null,
      ...(draft ? { description: draft.why } : {}),
      marked: this.#host?.activeBox === this,
    });
    if (response.focusGained) this.#begin(uindex);
    if (response.edited !== undefined) this.#typed(response.edited, stage);
    if (response.cancelled) this.#restore(stage);
    if (response.committed || response.focusLost) this.#ended(stage);
  }

  #begin(uindex: number): void {
    this.activate();
    this.#before = { uindex, value: this.read(uindex) };
  }

  /** Everything typed while the field has focus is one undo step (T6). */
  #typed(text: string, stage: Stage): void {
    const { uindex } = stage;
    if (this.#before?.uindex !== uindex) this.#before = { uindex, value: this.read(uindex) };
    const why = this.#take(text, stage);
    this.#draft = why === null ? null : { uindex, text, why };
    stage.redraw('box text');
  }

  /** Writes the box that is typed, cut to its image as a drawn one is (B3). What is wrong with it, where it is not taken. */
  #take(text: string, stage: Stage): string | null {
    const { uindex } = stage;
    const typed = parseBox(text);
    if (!typed) return boxForm;
    const image = this.#host?.imageSize(stage) ?? null;
    const value = image ? boxInImage(typed, image) : typed;
    if (image && isBlank(value) && !isBlank(typed)) {
      return `The box lies outside of the image, which is ${image.width} × ${image.height}`;
    }
    stage.edit({ target: this, uindex, value, merge: 'typing' });
    return sameBox(this.read(uindex), value) ? null : 'The data cannot hold this box';
  }

  /** Enter, or another control: what was not taken is said. */
  #ended(stage: Stage): void {
    stage.endMerge();
    if (this.#draft?.uindex === stage.uindex) stage.announce(`Not a box. ${this.#draft.why}`);
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
