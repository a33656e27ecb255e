import {
  type BoxLayerData,
  type BoxNumberKind,
  type BoxNumbersData,
  type BoxRowsData,
  type BoxSample,
  BoxTiles,
  boxNumbers,
  boxRows,
  HeldBoxes,
  type LayerColumn,
  layerColumn,
  Newest,
  passesFilter,
  type WrongRows,
} from '../boxes/index.js';
import type { PixelPool } from '../compute/index.js';
import type { BoxValue } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { type Point, screenRect } from '../geometry/index.js';
import type { BoxFilter } from '../kernels/index.js';
import type { BoxStyle, Shape } from '../paint/index.js';
import type { Semantics, Ui, WidgetId } from '../ui/index.js';
import { isBlank, rectOfBox } from './box-geometry.js';
import type { BoxLabel } from './box-labels.js';
import { NearBoxes } from './box-layer-near.js';
import { type BoxLayerOptions, checkedFilter, type LayerLook, layerLook } from './box-layer-options.js';
import { type LayerPicture, layerPicture, type PicturePlace } from './box-layer-picture.js';
import { LayerBox, type LayerOfRows } from './box-layer-rows.js';
import { who } from './column-innotation.js';
import type {
  BoxHost,
  EditTarget,
  ImageBox,
  ImageLayer,
  ImagePlace,
  NeedsSource,
  Stage,
} from './contract.js';
import { boxSemantics } from './image-boxes.js';
import { dataAndOptions, Innotation } from './innotation.js';
import { checkOptionNames, commonOptions, namesOf } from './option-names.js';

/** Boxes that were active or edited of late are drawn as shapes, so many at most. */
const mostRaised = 32;
/** Rows that keep their object; more than an image ever names at once. */
const mostKept = 4096;
const counted = new Intl.NumberFormat('en');

const kind = 'BoxLayerInnotation';
const optionNames = /* @__PURE__ */ namesOf<BoxLayerOptions>({
  ...commonOptions,
  source: true,
  classes: true,
  classData: true,
  scores: true,
  filter: true,
  color: true,
  lineWidth: true,
  opacity: true,
});

/** The sample that is shown, and how far it has come. */
type Shown = {
  readonly uindex: number;
  readonly identity: readonly unknown[];
  readonly abort: AbortController;
  state:
    | { readonly tag: 'fetching' }
    | { readonly tag: 'held'; readonly sample: BoxSample; readonly held: HeldBoxes; readonly tiles: BoxTiles }
    | { readonly tag: 'failed'; readonly error: InnotaterError };
};

type HitQuery = { readonly x: number; readonly y: number; readonly reach: number };
/** A click, and what is done where no box of the layer is. */
type PickQuery = HitQuery & { readonly otherwise: () => void };

/**
 * From none to a million boxes a sample on one image: data (k,4) a sample, [x, y, width, height] in pixels of the original image,
 * 0,0,0,0 blank. Coloured by class; found, counted, filtered and drawn in a worker. In targets any of them can be made active and
 * edited, in the caller's memory, with undo. In events `repeatIndex` is the row and `value` its box, as in a RepeatInnotation; a
 * changed class has the layer's name with `.class` behind it, and the class as its value.
 */
export class BoxLayerInnotation extends Innotation implements NeedsSource, ImageLayer, LayerOfRows {
  static readonly kind = kind;
  readonly kind = kind;
  readonly source: string | undefined;
  readonly #options: BoxLayerOptions;
  readonly #column: LayerColumn;
  readonly #classColumn: LayerColumn | null;
  readonly #scoreColumn: LayerColumn | null;
  readonly #look: LayerLook;
  #filter: BoxFilter;
  #host: BoxHost | null = null;
  #stage: Stage | null = null;
  #shown: Shown | null = null;
  #opened = 0;
  /** Data of samples: of the shown one, and of those that were fetched and edited. */
  readonly #samples = new Map<
    number,
    { readonly identity: readonly unknown[]; readonly sample: BoxSample }
  >();
  readonly #edited = new Set<number>();
  readonly #boxes = new Map<number, LayerBox>();
  /** Rows left out of the picture and drawn as shapes, the last one that was active or edited at the end. */
  #raised: readonly number[] = [];
  /** Rows that go back into the picture, drawn until they are in it. */
  readonly #lowering = new Set<number>();
  /** Blank rows that may be drawn on, as far as they are known. */
  #blanks: number[] = [];
  #hovered: LayerBox | null = null;
  #hover: Newest<HitQuery, number> | null = null;
  #pick: Newest<PickQuery, { readonly row: number; readonly otherwise: () => void }> | null = null;
  readonly #near = new NearBoxes();
  #sharp = false;
  #isPainted = false;

  constructor(data: BoxLayerData | BoxLayerOptions, options?: BoxLayerOptions) {
    const given = dataAndOptions<BoxLayerData, BoxLayerOptions>(data, options);
    super(given.options);
    const name = who(kind, given.options);
    checkOptionNames(kind, name, given.options, optionNames);
    this.source = given.options.source;
    this.#options = given.options;
    this.#column = layerColumn(given.data, '(n,k,4)', name);
    const { classData, scores } = given.options;
    this.#classColumn =
      classData === undefined ? null : layerColumn(classData, '(n,k)', `${name}: classData`);
    this.#scoreColumn = scores === undefined ? null : layerColumn(scores, '(n,k)', `${name}: scores`);
    for (const [key, column] of Object.entries({ classData: this.#classColumn, scores: this.#scoreColumn })) {
      if (!column || column.length === this.#column.length) continue;
      throw new InnotaterError(
        'data',
        `${name}: ${key} has ${column.length} samples, the boxes have ${this.#column.length}`,
      );
    }
    this.#look = layerLook(given.options, name);
    this.#filter = checkedFilter(given.options.filter ?? {}, name);
  }

  get length(): number {
    return this.#column.length;
  }

  /** Boxes of the sample that is shown; null while it is fetched. */
  get count(): number | null {
    return this.#held?.sample.boxes.length ?? null;
  }
  /** Those of them that have an extent and pass the filter; null while that is not known. */
  get shownCount(): number | null {
    return this.#held?.held.shown ?? null;
  }

  /** Which boxes are shown. A new one is applied in the worker; what is shown stays until then. */
  get filter(): BoxFilter {
    return this.#filter;
  }
  set filter(filter: BoxFilter) {
    this.#filter = checkedFilter(filter, `${this.kind} ${this.name}`);
    this.#held?.held.filter(this.#filter);
    this.#stage?.redraw('filter of boxes');
    this.#host?.layerChanged();
  }

  attachTo(host: BoxHost): void {
    this.#host = host;
    host.attachLayer(this);
  }

  override mounted(stage: Stage): void {
    this.#stage = stage;
  }
  override unmounted(): void {
    this.#close();
    this.#stage = null;
  }
  override texturesLost(): void {
    this.#held?.tiles.lose();
    this.#sharp = false;
  }
  override refresh(uindex: number): void {
    this.#samples.delete(uindex);
    if (this.#shown?.uindex === uindex) this.#close();
  }

  override get imageStats() {
    const shown = this.#held;
    const isLoading = this.#shown?.state.tag === 'fetching' || shown?.held.state.tag === 'loading';
    return {
      decodedBytes: shown?.held.bytes ?? 0,
      pendingTiles: (shown?.tiles.pending ?? 0) + (isLoading ? 1 : 0),
    };
  }

  override isAnnotated(uindex: number): boolean {
    const boxes = this.sample(uindex)?.boxes;
    if (!boxes) return false;
    for (let row = 0; row < boxes.length; row++) if (!isBlank(boxes.read(row))) return true;
    return false;
  }

  override isReady(stage: Stage): boolean {
    const shown = this.#shown;
    if (shown?.uindex !== stage.uindex) return false;
    if (shown.state.tag !== 'held') return shown.state.tag === 'failed';
    const { held } = shown.state;
    if (held.state.tag === 'failed') return true;
    if (held.isChanging) return false;
    return this.#isPainted ? this.#sharp : (this.#host?.isReady(stage) ?? true);
  }

  build(ui: Ui, stage: Stage): void {
    this.#follow(stage);
    ui.column(this.name, { layout: { alignItems: 'stretch', ...this.layout } }, () =>
      this.#status(ui, stage),
    );
  }

  #status(ui: Ui, stage: Stage): void {
    const state = this.#shown!.state;
    const loading = state.tag === 'fetching' ? 0 : state.tag === 'held' ? loadingPart(state.held) : null;
    if (loading !== null) {
      const isCopied = loading === 1;
      ui.progressBar('progress', {
        label: this.desc,
        value: state.tag === 'fetching' || isCopied ? null : loading,
        ...(isCopied ? { valueText: 'putting boxes in order' } : {}),
      });
      return;
    }
    const error = this.#error;
    if (error) {
      ui.label('failed', error.message, { tone: 'muted' });
      if (ui.button('retry', 'Retry', { name: `Retry ${this.desc}` })) {
        this.refresh(stage.uindex);
        stage.retract(error);
        stage.redraw('boxes retried');
      }
      return;
    }
    ui.label('count', `${this.desc}: ${this.#countText()}`);
  }

  #countText(): string {
    const [count, shown] = [this.count ?? 0, this.shownCount];
    const all = `${counted.format(count)} ${count === 1 ? 'box' : 'boxes'}`;
    return shown === null || shown === count ? all : `${counted.format(shown)} of ${all}`;
  }

  paint(place: ImagePlace, ui: Ui): readonly Shape[] {
    const { stage, view, frame, image } = place;
    this.#follow(stage);
    const shown = this.#held;
    if (shown?.held.state.tag !== 'ready') return [];
    this.#isPainted = true;
    const active = this.#active;
    if (active && this.#raised.at(-1) !== active.row) this.#raise(active.row, active.read(stage.uindex));
    const { devicePixelRatio } = ui;
    const { shapes, sharp } = shown.tiles.paint({
      screenFromImage: view,
      frame,
      devicePixelRatio,
      image,
      thick: Math.max(1, Math.round(this.#look.lineWidth * devicePixelRatio)),
      opacity: this.#look.opacity,
    });
    const { failure } = shown.tiles;
    if (failure) this.#fail(failure);
    this.#sharp = sharp && !shown.held.isChanging;
    if (this.#sharp) this.#lowering.clear();
    this.#near.follow(place, ui, shown.held, (row) => this.#box(row), this.#shown!.abort.signal);
    return shapes;
  }

  raised(uindex: number): readonly ImageBox[] {
    const shown = this.#held;
    if (!shown) return [];
    return [...this.#lowering, ...this.#raised]
      .filter((row) => this.#passes(uindex, row))
      .map((row) => this.#box(row));
  }

  get hovered(): ImageBox | null {
    return this.#hovered;
  }
  hover(pImage: Point | null, reach: number): void {
    if (pImage && this.#held?.held.state.tag === 'ready') {
      this.#hover?.ask({ ...pImage, reach });
      return;
    }
    this.#hover?.forget();
    this.#setHovered(-1);
  }
  pick(pImage: Point, reach: number, otherwise: () => void): void {
    if (this.#held?.held.state.tag === 'ready') this.#pick?.ask({ ...pImage, reach, otherwise });
    else otherwise();
  }

  get near(): readonly ImageBox[] {
    return this.#near.boxes;
  }
  find(key: string): ImageBox | null {
    const start = `${this.name}/`;
    const row = key.startsWith(start) ? Number(key.slice(start.length)) : Number.NaN;
    return Number.isInteger(row) && row >= 0 && row < (this.count ?? 0) ? this.#box(row) : null;
  }

  blank(uindex: number): ImageBox | null {
    const boxes = this.#shown?.uindex === uindex ? this.#held?.sample.boxes : undefined;
    if (this.disabled || !boxes) return null;
    const active = this.#active;
    if (active && isBlank(active.read(uindex))) return active;
    while (this.#blanks.length > 0) {
      const row = this.#blanks[0]!;
      if (isBlank(boxes.read(row))) return this.#box(row);
      this.#blanks.shift();
    }
    return null;
  }

  semantics(place: ImagePlace, most: number, childId: (key: string) => WidgetId): readonly Semantics[] {
    if (this.#held?.held.state.tag !== 'ready') return [];
    const { uindex } = place.stage;
    return this.#near.elements(place, this.#host?.activeBox?.key ?? '', most, childId, (boxes) =>
      boxes.map((box) => {
        const value = box.read(uindex);
        return boxSemantics(box, value, false, screenRect(place.view, rectOfBox(value)), childId(box.key));
      }),
    );
  }

  setClass(box: ImageBox, chosen: number, stage: Stage): boolean {
    const { uindex } = stage;
    if (box !== this.#active || !this.sample(uindex)?.classes) return false;
    const { classes } = this.#options;
    if (classes && chosen >= classes.length) return false;
    stage.edit({ target: this.#active!.classTarget, uindex, value: chosen });
    stage.announce(this.#classText(chosen));
    return true;
  }

  /**
   * What was read of other samples for it is not kept.
   * @internal
   */
  async picture(
    uindex: number,
    pool: PixelPool,
    place: PicturePlace,
    options: { readonly signal: AbortSignal },
  ): Promise<LayerPicture | null> {
    if (!this.isShown(uindex)) return null;
    const sample = this.#kept(uindex) ?? (await this.#fetched(uindex, options.signal));
    options.signal.throwIfAborted();
    const { palette, plain, opacity } = this.#look;
    return layerPicture({ pool, sample, palette, plain, opacity, filter: this.#filter }, place, options);
  }

  #kept(uindex: number): BoxSample | null {
    const kept = this.#samples.get(uindex);
    return kept && sameList(kept.identity, this.#identity(uindex)) ? kept.sample : null;
  }

  async #fetched(uindex: number, signal: AbortSignal): Promise<BoxSample> {
    const columns = [this.#column, this.#classColumn, this.#scoreColumn];
    const [boxes, classes, scores] = await Promise.all(
      columns.map(async (column) => column?.entry(uindex, signal)),
    );
    return this.#sampleOf(uindex, boxes, classes, scores);
  }

  sample(uindex: number): BoxSample | null {
    const kept = this.#kept(uindex);
    if (kept) return kept;
    const columns = [this.#column, this.#classColumn, this.#scoreColumn];
    if (columns.some((column) => column?.isAsync)) return null;
    const { signal } = new AbortController();
    const [boxes, classes, scores] = columns.map((column) => column?.entry(uindex, signal));
    return this.#keep(uindex, boxes, classes, scores);
  }

  wrote(uindex: number, row: number, before: BoxValue): void {
    this.#edited.add(uindex);
    const shown = this.#shown?.uindex === uindex ? this.#held : null;
    if (!shown) return;
    this.#raise(row, before);
    shown.held.wrote(row);
    if (isBlank(shown.sample.boxes.read(row))) this.#blanks.unshift(row);
    this.#near.changed();
  }

  override editTarget(name: string, row: number, ofView: boolean): EditTarget | null {
    if (ofView || row < 0) return null;
    if (name === this.name) return this.#box(row);
    return name === `${this.name}.class` && this.#classColumn ? this.#box(row).classTarget : null;
  }

  override async hold(uindex: number, signal: AbortSignal): Promise<void> {
    if (this.sample(uindex)) this.#edited.add(uindex);
    else {
      const columns = [this.#column, this.#classColumn, this.#scoreColumn];
      const [boxes, classes, scores] = await Promise.all(
        columns.map(async (column) => column?.entry(uindex, signal)),
      );
      // Meanwhile the sample may have been shown and edited.
      if (!this.sample(uindex)) this.#keep(uindex, boxes, classes, scores);
      this.#edited.add(uindex);
    }
  }

  revealRow(uindex: number, row: number): void {
    this.#host?.revealBox(this.#box(row), uindex);
  }

  label(uindex: number, row: number): BoxLabel | null {
    const sample = this.sample(uindex);
    const number = sample?.classes?.read(row) ?? Number.NaN;
    const score = sample?.scores?.read(row) ?? Number.NaN;
    const parts = [
      ...(number >= 0 ? [this.#classText(number)] : []),
      ...(Number.isNaN(score) ? [] : [score.toFixed(2)]),
    ];
    return parts.length === 0 ? null : { text: parts.join(' '), color: this.#look.color(number) };
  }

  style(uindex: number, row: number): BoxStyle {
    const color = this.#look.color(this.sample(uindex)?.classes?.read(row) ?? Number.NaN);
    const { lineWidth, opacity } = this.#look;
    return { color1: color, color2: color, lineDash: [], lineWidth, opacity };
  }

  #classText(number: number): string {
    return this.#options.classes?.[number] ?? `class ${number}`;
  }

  get #held() {
    const state = this.#shown?.state;
    return state?.tag === 'held' ? state : null;
  }
  get #error(): InnotaterError | null {
    const state = this.#shown?.state;
    if (state?.tag === 'failed') return state.error;
    const held = this.#held?.held.state;
    return held?.tag === 'failed' ? held.error : null;
  }
  get #active(): LayerBox | null {
    const active = this.#host?.activeBox;
    return active instanceof LayerBox && this.#boxes.get(active.row) === active ? active : null;
  }

  #box(row: number): LayerBox {
    const known = this.#boxes.get(row);
    if (known) return known;
    if (this.#boxes.size >= mostKept) this.#forgetBoxes();
    const box = new LayerBox(this, row);
    this.#boxes.set(row, box);
    return box;
  }
  #forgetBoxes(): void {
    const kept = new Set([...this.#raised, ...this.#near.boxes.map(({ row }) => row)]);
    for (const row of this.#boxes.keys()) if (!kept.has(row)) this.#boxes.delete(row);
  }

  #passes(uindex: number, row: number): boolean {
    const sample = this.sample(uindex);
    if (!sample || row >= sample.boxes.length) return false;
    const { classes, scores, boxes } = sample;
    return passesFilter(this.#filter, boxes.read(row), classes?.read(row) ?? null, scores?.read(row) ?? null);
  }

  /** From now on the row is a shape; `box` is what the picture shows of it. */
  #raise(row: number, box: BoxValue): void {
    const wasRaised = this.#raised.includes(row);
    const raised = [...this.#raised.filter((other) => other !== row), row];
    this.#raised = raised.slice(-mostRaised);
    this.#lowering.delete(row);
    if (wasRaised) return;
    for (const lowered of raised.slice(0, -mostRaised)) {
      this.#lowering.add(lowered);
      this.#changeTiles(this.#held?.sample.boxes.read(lowered));
    }
    this.#held?.held.lift(this.#raised);
    this.#changeTiles(box);
  }

  #changeTiles(box: BoxValue | undefined): void {
    if (box && !isBlank(box)) this.#held?.tiles.change(rectOfBox(box));
  }

  #setHovered(row: number): void {
    const hovered = row < 0 ? null : this.#box(row);
    if (hovered === this.#hovered) return;
    this.#hovered = hovered;
    this.#stage?.redraw('pointer over a box of a layer');
  }

  #identity(uindex: number): readonly unknown[] {
    return [this.#column, this.#classColumn, this.#scoreColumn].map((column) => column?.identity(uindex));
  }

  /** Another sample is shown, or the caller put another entry in its place. */
  #follow(stage: Stage): void {
    const { uindex } = stage;
    const identity = this.#identity(uindex);
    if (this.#shown?.uindex === uindex && sameList(this.#shown.identity, identity)) return;
    this.#close();
    for (const other of this.#samples.keys()) {
      if (other !== uindex && !this.#edited.has(other)) this.#samples.delete(other);
    }
    this.#open({ uindex, identity, abort: new AbortController(), state: { tag: 'fetching' } }, stage);
  }

  #close(): void {
    const held = this.#held;
    this.#shown?.abort.abort(new InnotaterError('aborted', 'The boxes are no longer shown'));
    this.#shown = null;
    held?.tiles.dispose();
    held?.held.dispose();
    this.#raised = [];
    this.#lowering.clear();
    this.#blanks = [];
    this.#hovered = null;
    this.#hover = null;
    this.#pick = null;
    this.#near.reset();
    this.#sharp = false;
    this.#isPainted = false;
  }

  #open(shown: Shown, stage: Stage): void {
    this.#shown = shown;
    const { uindex, abort } = shown;
    try {
      const sample = this.sample(uindex);
      if (sample) {
        this.#hold(shown, sample, stage);
        return;
      }
    } catch (thrown) {
      this.#fail(thrown);
      return;
    }
    const columns = [this.#column, this.#classColumn, this.#scoreColumn];
    Promise.all(columns.map(async (column) => column?.entry(uindex, abort.signal))).then(
      ([boxes, classes, scores]) => {
        if (this.#shown !== shown) return;
        try {
          this.#hold(shown, this.#keep(uindex, boxes, classes, scores), stage);
        } catch (thrown) {
          this.#fail(thrown);
        }
        stage.redraw('boxes fetched');
      },
      (thrown: unknown) => this.#shown === shown && this.#fail(thrown),
    );
  }

  #keep(uindex: number, boxes: unknown, classes: unknown, scores: unknown): BoxSample {
    const sample = this.#sampleOf(uindex, boxes, classes, scores);
    this.#samples.set(uindex, { identity: this.#identity(uindex), sample });
    return sample;
  }

  #sampleOf(uindex: number, boxes: unknown, classes: unknown, scores: unknown): BoxSample {
    const name = `${this.kind} ${this.name}: sample ${uindex}`;
    const rows = boxRows(boxes as BoxRowsData, name);
    const numbers = (column: LayerColumn | null, data: unknown, kind: BoxNumberKind) =>
      column && boxNumbers(data as BoxNumbersData, rows.length, kind, `${name}: ${optionOf[kind]}`);
    return {
      boxes: rows,
      classes: numbers(this.#classColumn, classes, 'class'),
      scores: numbers(this.#scoreColumn, scores, 'score'),
    };
  }

  #hold(shown: Shown, sample: BoxSample, stage: Stage): void {
    const { palette, plain } = this.#look;
    const key = `${this.name}/boxes/${this.#opened++}`;
    const held = new HeldBoxes({
      pool: stage.pixels,
      id: `${key}/${nextSet++}`,
      sample,
      palette,
      plain,
      changed: (what) => this.#changed(shown, what),
      bad: (rows) => stage.report(badRows(this, shown.uindex, sample, rows), shown.uindex),
    });
    const tiles = new BoxTiles({
      key,
      textures: stage.textures,
      read: (place, rank, signal) => held.tile(place, rank, signal),
      settled: () => stage.redraw('boxes drawn'),
    });
    shown.state = { tag: 'held', sample, held, tiles };
    held.filter(this.#filter);
    const { signal } = shown.abort;
    this.#hover = new Newest(
      (query) => held.hit(query, signal),
      (row) => this.#setHovered(row),
    );
    this.#pick = new Newest(
      async ({ otherwise, ...query }) => ({ row: await held.hit(query, signal), otherwise }),
      ({ row, otherwise }) => (row < 0 ? otherwise() : this.#picked(row, stage)),
    );
  }

  #picked(row: number, stage: Stage): void {
    this.#host?.activateBox(this.#box(row));
    stage.endMerge();
    stage.redraw('box of a layer chosen');
  }

  #changed(shown: Shown, what: 'boxes' | 'progress'): void {
    if (this.#shown !== shown || shown.state.tag !== 'held') return;
    const { held, tiles } = shown.state;
    if (what === 'boxes') {
      tiles.change(null);
      this.#near.changed();
      if (this.#blanks.length === 0) this.#blanks = [...held.blanks];
    }
    if (held.state.tag === 'failed') this.#fail(held.state.error);
    this.#stage?.redraw('boxes of a layer');
  }

  #fail(thrown: unknown): void {
    const shown = this.#shown;
    const stage = this.#stage;
    if (!shown || !stage || shown.state.tag === 'failed') return;
    const held = this.#held;
    const error = asError(thrown, shown.uindex, this.name);
    shown.state = { tag: 'failed', error };
    held?.tiles.dispose();
    held?.held.dispose();
    stage.report(error, shown.uindex);
    stage.redraw('boxes failed');
  }
}

let nextSet = 0;

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean => a.every((one, i) => one === b[i]);

/** Null where nothing is loading any more; 1: all is copied. */
const loadingPart = ({ state }: HeldBoxes): number | null => (state.tag === 'loading' ? state.done : null);

const optionOf = { class: 'classData', score: 'scores' } as const;

/** What each must be, and what is done with those that are not. */
const wantedOf = {
  box: { where: '', must: 'four finite numbers x, y, w, h', instead: 'left out' },
  class: {
    where: ' of classData',
    must: 'the number of a class (0, 1, 2…), or -1, null or NaN for none',
    instead: 'shown without a class',
  },
  score: {
    where: ' of scores',
    must: 'a finite number, or null or NaN for none',
    instead: 'shown without a score',
  },
} as const;

const badRows = (
  { kind, name }: Innotation,
  uindex: number,
  sample: BoxSample,
  { what, count, first }: WrongRows,
) => {
  const { where, must, instead } = wantedOf[what];
  const found = { box: null, class: sample.classes, score: sample.scores }[what]?.capture(first);
  const not =
    found === undefined ? '' : `, not ${typeof found === 'string' ? JSON.stringify(found) : String(found)}`;
  const others = count === 1 ? 'it is' : `it and ${count - 1} more are`;
  return new InnotaterError(
    'data',
    `${kind} ${name}: sample ${uindex}, row ${first}${where} must be ${must}${not}; ${others} ${instead}`,
    { uindex, row: first, count },
  );
};

const asError = (thrown: unknown, uindex: number, name: string): InnotaterError => {
  if (thrown instanceof InnotaterError) return thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  const message = `${name}: the boxes of sample ${uindex} cannot be read: ${why}`;
  return new InnotaterError('fetch', message, { uindex }, { cause: thrown });
};
