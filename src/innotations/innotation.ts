import { describe } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import type { LoadProgress } from '../images/index.js';
import type { LayoutStyle, Ui } from '../ui/index.js';
import type { EditTarget, RowCounts, Stage } from './contract.js';
import { isEditTarget } from './edit-target.js';

/** Options every Innotation takes. */
export type InnotationOptions<D = unknown> = {
  /** Where the data is not the first argument. */
  readonly data?: D;
  /** Unique in the Innotater; default data1, data2, … in the order of registration. */
  readonly name?: string;
  /** Shown beside the control and its accessible name; defaults to `name`. */
  readonly desc?: string;
  /** CSS-like styles of the control. */
  readonly layout?: LayoutStyle;
  /** Default: true in inputs, false in targets. */
  readonly disabled?: boolean;
};

/** Bytes of decoded pixels held, and tiles that are asked for and not there yet. */
export type ImageStats = { readonly decodedBytes: number; readonly pendingTiles: number };

/**
 * One kind of data shown beside the others of its sample. A subclass holds its column and draws its control in `build`.
 * Life: constructed → `register` (named, placed in inputs or targets) → `mounted` … `unmounted`, any number of times → disposed.
 */
export abstract class Innotation {
  /** The class name in messages. */
  abstract readonly kind: string;
  /** Whether its children are rows of a sample. */
  readonly isRepeat: boolean = false;
  /** Row inside a RepeatInnotation, −1 outside; set by the repeat. */
  repeatIndex = -1;
  #name: string | undefined;
  readonly #desc: string | undefined;
  readonly layout: LayoutStyle;
  readonly #disabled: boolean | undefined;
  #inInputs = false;
  #shown: (uindex: number, rows: RowCounts) => boolean = () => true;

  constructor(options: InnotationOptions) {
    this.#name = options.name;
    this.#desc = options.desc;
    this.layout = options.layout ?? {};
    this.#disabled = options.disabled;
  }

  get name(): string {
    return this.#name ?? '';
  }
  get desc(): string {
    return this.#desc ?? this.name;
  }
  /** An explicit option wins over the place. */
  get disabled(): boolean {
    return this.disabledIn(this.#inInputs);
  }
  /** What `disabled` is in inputs or targets; holds for what is inside, too (R8). */
  disabledIn(inInputs: boolean): boolean {
    return this.#disabled ?? inInputs;
  }

  /** Number of samples; null where the Innotation holds no data of its own. */
  abstract readonly length: number | null;
  /** Innotations inside (groups, repeats), in order. */
  get children(): readonly Innotation[] {
    return [];
  }
  /** Default names of the children that this one chooses, in order; `next` counts data1, data2, …. Others are counted by the Innotater. */
  childNames(_next: () => string): readonly string[] {
    return [];
  }

  /** False where it is in a repeat row that this sample does not have. Whoever asks many of one sample gives all the same `rows`. */
  isShown(uindex: number, rows: RowCounts = new Map()): boolean {
    return this.#shown(uindex, rows);
  }
  /** Set by the repeat it is a row of; holds for everything inside. */
  showWhere(rule: (uindex: number, rows: RowCounts) => boolean): void {
    this.#shown = rule;
    for (const child of this.children) child.showWhere(rule);
  }

  /** Called by the Innotater before anything is drawn, children before what holds them. */
  register(defaultName: string, inInputs: boolean): void {
    this.#name ??= defaultName;
    this.#inInputs = inInputs;
  }

  /** Draws the control for `stage.uindex`. */
  abstract build(ui: Ui, stage: Stage): void;

  mounted(_stage: Stage): void {}
  /** `toReturn`: for a while, since nobody sees it; what the person chose to see of the sample stays. */
  unmounted(_toReturn: boolean): void {}
  /** Makes it the one that is meant: the next drawn box goes here (P5). */
  activate(): void {}
  /** The GPU lost every texture; what is drawn uploads again. */
  texturesLost(): void {}
  /** The caller changed what lies behind this sample: read it anew. */
  refresh(_uindex: number): void {}
  /** What it holds of images, for `view.stats`; null where it holds none. */
  get imageStats(): ImageStats | null {
    return null;
  }
  /** What edits of this name, row and kind are made on: itself, or what it makes for the purpose; null where that is not of this one. */
  editTarget(name: string, repeatIndex: number, ofView: boolean): EditTarget | null {
    return !ofView && name === this.name && repeatIndex === this.repeatIndex && isEditTarget(this)
      ? this
      : null;
  }
  /** Fetches what must be there before a value of the sample can be put in place. */
  async hold(_uindex: number, _signal: AbortSignal): Promise<void> {}
  /** Whether a sample holds an annotation, for what is no value of its own; null where its values tell. */
  isAnnotated(_uindex: number): boolean | null {
    return null;
  }
  /** It may have captions. */
  get hasCaption(): boolean {
    return false;
  }
  /** What a sample is, in a word or two, where it is seen small; null: nothing to say. */
  caption(_uindex: number): string | null {
    return null;
  }
  /** True when everything of the current sample is on screen. */
  isReady(_stage: Stage): boolean {
    return true;
  }
  /** While it is not ready: how much of what it loads has come, in bytes or as a part of the whole; null where that is not known. */
  loadProgress(_stage: Stage): LoadProgress | number | null {
    return null;
  }
  dispose(): void {}
}

/**
 * Sorts out `new XInnotation(data, options)` and `new XInnotation({data, ...options})`. An argument with a `shape`, `dims`,
 * `length` or `get` is data. Throws with the original's messages when data comes twice or not at all (R6).
 */
export const dataAndOptions = <D, O extends InnotationOptions<D>>(
  first: D | O | undefined,
  second: O | undefined,
): { readonly data: D; readonly options: O } => {
  const isData = (v: unknown): v is D =>
    typeof v !== 'object' || v === null
      ? v !== undefined
      : 'shape' in v || 'dims' in v || 'length' in v || 'get' in v;
  if (second !== undefined && second !== null && typeof second !== 'object') {
    throw new InnotaterError('data', `Options must be an object, not ${JSON.stringify(second)}`);
  }
  if (isData(first)) {
    if (second?.data !== undefined) {
      throw new InnotaterError('data', 'data supplied both as position and keyword argument');
    }
    return { data: first, options: second ?? ({} as O) };
  }
  const options = (first ?? second ?? {}) as O;
  if (options.data === undefined) {
    const isOther =
      typeof first === 'object' && first !== null && ('then' in first || Symbol.iterator in first);
    const found = isOther ? `; the first argument is ${describe(first)}` : '';
    throw new InnotaterError('data', `No data argument found${found}`);
  }
  return { data: options.data, options };
};
