import { type BoxSample, isNumberOf } from '../boxes/index.js';
import type { BoxValue } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import type { BoxStyle } from '../paint/index.js';
import { blankBox, sameBox } from './box-geometry.js';
import type { BoxLabel } from './box-labels.js';
import { boxWanted } from './box-text.js';
import type { EditTarget, ImageBox } from './contract.js';

/** What a row knows of its layer. */
export interface LayerOfRows {
  readonly name: string;
  readonly desc: string;
  readonly disabled: boolean;
  /** The sample's data; null while it is not fetched. */
  sample(uindex: number): BoxSample | null;
  /** A row was written; `before` is its box as it was. */
  wrote(uindex: number, row: number, before: BoxValue): void;
  /** The row's box comes into sight. */
  revealRow(uindex: number, row: number): void;
  label(uindex: number, row: number): BoxLabel | null;
  style(uindex: number, row: number): BoxStyle;
}

const unfetched = (layer: LayerOfRows, uindex: number) =>
  new InnotaterError(
    'data',
    `${layer.name}: the boxes of sample ${uindex} are not fetched yet; try again when they are shown`,
    { uindex },
  );

/** The sample's data, fetched and with such a row. */
const sampleWith = (layer: LayerOfRows, uindex: number, row: number): BoxSample => {
  const sample = layer.sample(uindex);
  if (!sample) throw unfetched(layer, uindex);
  if (row < sample.boxes.length) return sample;
  throw new InnotaterError(
    'data',
    `${layer.name}: sample ${uindex} has ${sample.boxes.length} boxes, and so no row ${row}`,
    { uindex },
  );
};

/** One row of a layer, as a box to edit. It is the same row of every sample. */
export class LayerBox implements ImageBox {
  readonly #layer: LayerOfRows;
  readonly row: number;
  readonly classTarget: EditTarget;

  constructor(layer: LayerOfRows, row: number) {
    this.#layer = layer;
    this.row = row;
    this.classTarget = new LayerClass(layer, row);
  }

  get name(): string {
    return this.#layer.name;
  }
  /** The row, as if the layer were a repeat with a row for each box. */
  get repeatIndex(): number {
    return this.row;
  }
  get key(): string {
    return `${this.#layer.name}/${this.row}`;
  }
  get desc(): string {
    return this.#layer.desc;
  }
  get disabled(): boolean {
    return this.#layer.disabled;
  }

  isShown(uindex: number): boolean {
    return this.row < (this.#layer.sample(uindex)?.boxes.length ?? 0);
  }
  reveal(uindex: number): void {
    this.#layer.revealRow(uindex, this.row);
  }
  label(uindex: number): BoxLabel | null {
    return this.#layer.label(uindex, this.row);
  }
  style(uindex: number): BoxStyle {
    return this.#layer.style(uindex, this.row);
  }

  /** Blank while the sample is not fetched, and where the numbers of the row are none. */
  read(uindex: number): BoxValue {
    const box = this.isShown(uindex) ? this.#layer.sample(uindex)!.boxes.read(this.row) : blankBox;
    return box.every(Number.isFinite) ? box : blankBox;
  }
  write(uindex: number, value: unknown): void {
    this.#change(uindex, (sample) => sample.boxes.write(this.row, value as BoxValue));
  }
  same(a: unknown, b: unknown): boolean {
    return sameBox(a as BoxValue, b as BoxValue);
  }
  wanted(value: unknown): string | null {
    return boxWanted(value);
  }
  capture(uindex: number): readonly unknown[] {
    return this.isShown(uindex) ? this.#layer.sample(uindex)!.boxes.capture(this.row) : [];
  }
  restore(uindex: number, captured: unknown): void {
    this.#change(uindex, (sample) => sample.boxes.restore(this.row, captured as readonly unknown[]));
  }

  #change(uindex: number, put: (sample: BoxSample) => void): void {
    const sample = sampleWith(this.#layer, uindex, this.row);
    const before = this.read(uindex);
    put(sample);
    this.#layer.wrote(uindex, this.row, before);
  }
}

/** The class of one row; its name in events is that of the layer with `.class` behind it. */
class LayerClass implements EditTarget {
  readonly #layer: LayerOfRows;
  readonly repeatIndex: number;

  constructor(layer: LayerOfRows, row: number) {
    this.#layer = layer;
    this.repeatIndex = row;
  }

  get name(): string {
    return `${this.#layer.name}.class`;
  }
  read(uindex: number): unknown {
    return this.#numbers(uindex)?.read(this.repeatIndex) ?? Number.NaN;
  }
  write(uindex: number, value: unknown): void {
    this.#change(uindex, () => this.#numbers(uindex)!.write(this.repeatIndex, value as number));
  }
  same(a: unknown, b: unknown): boolean {
    return Object.is(a, b);
  }
  wanted(value: unknown): string | null {
    return typeof value === 'number' && isNumberOf('class', value)
      ? null
      : 'the number of a class from 0, or -1 for none';
  }
  capture(uindex: number): readonly unknown[] {
    return [this.#numbers(uindex)?.capture(this.repeatIndex)];
  }
  restore(uindex: number, captured: unknown): void {
    const [value] = captured as readonly unknown[];
    this.#change(uindex, () => this.#numbers(uindex)!.restore(this.repeatIndex, value));
  }

  reveal(uindex: number): void {
    this.#layer.revealRow(uindex, this.repeatIndex);
  }

  #numbers(uindex: number) {
    return this.#layer.sample(uindex)?.classes;
  }

  #change(uindex: number, put: () => void): void {
    const sample = sampleWith(this.#layer, uindex, this.repeatIndex);
    put();
    this.#layer.wrote(uindex, this.repeatIndex, sample.boxes.read(this.repeatIndex));
  }
}
