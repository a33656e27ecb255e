import type { PixelPool } from '../compute/index.js';
import type { BoxValue } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { clamp, type Rect, type ScreenFromImage, type Size, screenRect } from '../geometry/index.js';
import {
  checkedRange,
  checkImageOptions,
  createSampleImages,
  type ImageOptions,
  type ImageSource,
  type LoadProgress,
  type OpenOptions,
  openImage,
  type SampleImages,
  type ValueRange,
} from '../images/index.js';
import type { Shape } from '../paint/index.js';
import type { RegionResponse, Ui } from '../ui/index.js';
import { type AnnotationStyles, type BoxStyles, boxStyles } from './annotation-styles.js';
import { isBlank, rectOfBox } from './box-geometry.js';
import { who } from './column-innotation.js';
import type { BoxHost, ImageBox, ImageLayer, ImagePlace, Stage } from './contract.js';
import type { HistogramControl } from './histogram-control.js';
import { ImageBoxes } from './image-boxes.js';
import { type ImageColumn, type ImageEntries, imageColumn } from './image-column.js';
import { ImageEditing } from './image-editing.js';
import type { ShownImage } from './image-editor.js';
import { boxShapes, noteShapes, type PaintedBox } from './image-paint.js';
import { frameSize, type SizeLimit, sizeLimit } from './image-size.js';
import { ImageView } from './image-view.js';
import { dataAndOptions, Innotation, type InnotationOptions } from './innotation.js';
import { checkOptionNames, commonOptions, namesOf } from './option-names.js';

export type ImageInnotationOptions = InnotationOptions<ImageEntries> &
  ImageOptions & {
    /** Greatest size shown, in CSS px; images are never scaled up (I9). Null is as good as absent. */
    readonly width?: number | null;
    /** As `width`. */
    readonly height?: number | null;
    /** How its boxes are drawn. */
    readonly annotationStyles?: AnnotationStyles;
    /** Lines between pixels that are shown 12 device px wide or wider. Default true. */
    readonly pixelGrid?: boolean;
    /** The whole image in a corner while a part of it is shown, where there is room; a key shows and hides it. Default true. */
    readonly minimap?: boolean;
    /** Place and values of the pixel under the pointer: always, never, or (default 'auto') while a part of the image is shown. */
    readonly readout?: boolean | 'auto';
    /** Buttons over the image that zoom, for those without a wheel. Default false. */
    readonly tools?: boolean;
    /** A histogram under the image with the window on its values; 'auto': where values reach beyond 8 bits. Default false. */
    readonly histogram?: boolean | 'auto';
  };

/** What can be seen of a rectangle in a frame; of one that lies outside, the px of the frame that is nearest. */
const seenPart = (whole: Rect, frame: Rect): Rect => {
  const left = clamp(whole.x, frame.x, frame.x + frame.width - 1);
  const top = clamp(whole.y, frame.y, frame.y + frame.height - 1);
  const right = clamp(whole.x + whole.width, left + 1, frame.x + frame.width);
  const bottom = clamp(whole.y + whole.height, top + 1, frame.y + frame.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
};

const kind = 'ImageInnotation';
const optionNames = /* @__PURE__ */ namesOf<ImageInnotationOptions>({
  ...commonOptions,
  path: true,
  transform: true,
  colorspace: true,
  channels: true,
  timeout: true,
  width: true,
  height: true,
  annotationStyles: true,
  pixelGrid: true,
  minimap: true,
  readout: true,
  tools: true,
  histogram: true,
});

/** How long a sample may load before the frame says so. */
const quietLoadingMs = 200;
const sizeBeforeTheFirst: Size = { width: 320, height: 240 };

/** An image a sample, with the boxes that lie on it; zoom, pan and every way to draw, choose and adjust a box. */
export class ImageInnotation extends Innotation implements BoxHost {
  static readonly kind = kind;
  readonly kind = kind;
  readonly #column: ImageColumn;
  readonly #options: ImageInnotationOptions;
  readonly #limit: SizeLimit;
  readonly #styles: BoxStyles;
  readonly #boxes = new ImageBoxes();
  readonly #view = new ImageView();
  readonly #editing: ImageEditing;
  #lastUindex: number | null = null;
  /** The window on the values until its control is there, which is loaded when it is first to be shown. */
  #range: ValueRange | null = null;
  #window: HistogramControl | null = null;
  #windowLoad: 'idle' | 'loading' | 'failed' = 'idle';
  /** Of the source shown last. */
  #isWide = false;
  #images: SampleImages | null = null;
  #size: Size = sizeBeforeTheFirst;
  #sharp = false;
  /** Where the image lay in the last layout. */
  #frame: Rect | null = null;
  #shown: { readonly uindex: number; readonly identity: unknown; readonly sinceMs: number } | null = null;
  #reported: InnotaterError | null = null;
  /** A box that is to be shown in the next frame. */
  #revealed: { readonly box: ImageBox; readonly uindex: number } | null = null;
  /** Tiles that could not be had, by sample; the rest of the image is shown. */
  readonly #problems = new Map<number, InnotaterError>();

  constructor(data: ImageEntries | ImageInnotationOptions, options?: ImageInnotationOptions) {
    const given = dataAndOptions<ImageEntries, ImageInnotationOptions>(data, options);
    super(given.options);
    const name = who(kind, given.options);
    checkOptionNames(kind, name, given.options, optionNames);
    checkImageOptions(given.options);
    this.#options = given.options;
    this.#limit = sizeLimit(given.options, name);
    this.#column = imageColumn(given.data, () => who(kind, this));
    this.#styles = boxStyles(given.options.annotationStyles);
    const parts = {
      boxes: this.#boxes,
      view: this.#view,
      isDisabled: () => this.disabled,
      images: () => this.#images,
      isMinimapOn: given.options.minimap ?? true,
      lastUindex: () => this.#lastUindex,
    };
    this.#editing = new ImageEditing(parts, () => this.name);
  }

  get length(): number {
    return this.#column.length;
  }

  /** An image in inputs can be drawn on; only an explicit `disabled` makes it read-only (I15). */
  override get disabled(): boolean {
    return this.#options.disabled ?? false;
  }

  attachBox(box: ImageBox): void {
    this.#boxes.add(box);
  }
  attachLayer(layer: ImageLayer): void {
    this.#boxes.addLayer(layer);
  }
  /**
   * Called when other boxes of a layer are shown: for who shows small pictures of all samples.
   * @internal
   */
  readonly layerWatchers = new Set<() => void>();
  layerChanged(): void {
    for (const heard of this.layerWatchers) heard();
  }
  get activeBox(): ImageBox | null {
    return this.#boxes.active;
  }
  activateBox(box: ImageBox): void {
    this.#boxes.activate(box);
  }

  imageSize(stage: Stage): Size | null {
    const state = this.#images?.state(stage.uindex);
    return state?.tag === 'ready' ? { width: state.source.width, height: state.source.height } : null;
  }

  revealBox(box: ImageBox, uindex: number): void {
    this.#revealed = { box, uindex };
  }

  override mounted(stage: Stage): void {
    stage.pixels.warm(this.#column.holdsTensors);
    this.#images = createSampleImages({
      key: this.name,
      textures: stage.textures,
      budget: () => stage.memoryBudget,
      redraw: (reason) => stage.redraw(reason),
      open: (uindex, options) => {
        this.#problems.delete(uindex);
        return this.openSample(uindex, stage.pixels, options, (error) => {
          this.#problems.set(uindex, error);
          stage.redraw('a tile failed');
        });
      },
    });
    if (this.range) this.#images.setRange(this.range);
  }

  /**
   * The source of any sample's pixels, which the caller disposes. `onProblem` hears of tiles that cannot be had.
   * @internal
   */
  async openSample(
    uindex: number,
    pool: PixelPool,
    { signal, priority, onProgress }: OpenOptions = {},
    onProblem: (error: InnotaterError) => void = () => {},
  ): Promise<ImageSource> {
    const reading = signal ?? new AbortController().signal;
    const entry = await this.#column.entry(uindex, reading);
    return openImage(entry, pool, {
      ...this.#options,
      name: this.name,
      uindex,
      signal: reading,
      onProblem,
      ...(priority === undefined ? {} : { priority }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  }

  /**
   * Its layers, and how its boxes look: for small pictures of any sample.
   * @internal
   */
  get layers(): readonly ImageLayer[] {
    return this.#boxes.layers;
  }
  /** @internal */
  get boxStyles(): BoxStyles {
    return this.#styles;
  }

  /** The boxes of any sample that are not blank, those of layers left out. */
  boxesOf(uindex: number): readonly BoxValue[] {
    const values = this.#boxes.own(uindex).map((box) => box.read(uindex));
    return values.filter((value) => !isBlank(value));
  }

  /** Window and level of all samples, in values of the source; null: as the transform says. Throws `InnotaterError` 'range'. */
  get range(): ValueRange | null {
    return this.#window ? this.#window.range : this.#range;
  }
  set range(range: ValueRange | null) {
    this.#range = checkedRange(range);
    if (this.#window) this.#window.range = range;
    this.#images?.setRange(range);
  }

  override unmounted(toReturn: boolean): void {
    this.#images?.dispose();
    this.#images = null;
    this.#sharp = false;
    if (!toReturn) this.#shown = null;
    this.#editing.cancel();
  }

  override texturesLost(): void {
    this.#images?.forgetTextures();
  }

  /** The caller changed what is behind this sample: it is read anew (C15). */
  override refresh(uindex: number): void {
    this.#reload(uindex);
  }

  #reload(uindex: number): void {
    this.#column.forget?.(uindex);
    this.#editing.editor?.forgetPixel();
    this.#window?.forget();
    this.#images?.reload(uindex);
  }

  override get imageStats() {
    return {
      decodedBytes: this.#images?.decodedBytes ?? 0,
      pendingTiles: this.#images?.pendingTiles ?? 0,
    };
  }

  override isReady(stage: Stage): boolean {
    if (this.#shown?.uindex !== stage.uindex || this.#awaitsWindow || this.#editing.isLoading) return false;
    const state = this.#images?.state(stage.uindex);
    return state?.tag === 'failed' || (state?.tag === 'ready' && this.#sharp);
  }

  get #awaitsWindow(): boolean {
    return this.#windowLoad === 'loading' && !this.#window;
  }

  override loadProgress(stage: Stage): LoadProgress | number | null {
    const state = this.#images?.state(stage.uindex);
    return state?.tag === 'loading' ? state.progress : (this.#images?.progress ?? null);
  }

  build(ui: Ui, stage: Stage): void {
    const images = this.#images;
    if (!images) return;
    this.#follow(stage, images, ui.timeMs);
    const state = images.state(stage.uindex);
    if (state.tag === 'ready') this.#size = { width: state.source.width, height: state.source.height };
    const source = state.tag === 'ready' ? state.source : null;
    this.#reveal(stage, source);
    ui.column(this.name, { layout: { alignItems: 'flex-start', minWidth: 0, ...this.layout } }, () => {
      if (this.#options.tools) {
        const layout = { alignItems: 'flex-start', gap: 0, minWidth: 0 };
        ui.column('framed', { layout }, () => this.#picture(ui, stage, images, source));
      } else this.#picture(ui, stage, images, source);
      this.#histogram(ui, stage, images, source);
      const problem = state.tag === 'failed' ? state.error : this.#problems.get(stage.uindex);
      if (problem) this.#failed(problem, ui, stage);
    });
  }

  /** The image, with its tools over it where they are wanted. */
  #picture(ui: Ui, stage: Stage, images: SampleImages, source: ImageSource | null): void {
    const region = this.#region(ui, stage, images, source);
    this.#frame = region.rect;
    const shown = this.#place(stage, source);
    if (images.state(stage.uindex).tag === 'failed') this.#editing.cancel();
    else this.#editing.perform(region, shown, stage);
    const { readout = 'auto', tools } = this.#options;
    const readsPixel = readout === 'auto' ? !this.#view.isAtRest : readout;
    if (tools || !this.#view.isAtRest || (shown && readsPixel)) this.#editing.load(stage);
    const { editor } = this.#editing;
    if (shown) editor?.readPixel(readsPixel, shown);
    if (tools) editor?.tools(ui, this.desc, stage, shown);
  }

  #histogram(ui: Ui, stage: Stage, images: SampleImages, source: ImageSource | null): void {
    const { histogram = false } = this.#options;
    if (source) this.#isWide = source.isWide;
    if (!(histogram === 'auto' ? this.#isWide : histogram)) return;
    const width = this.#frame?.width ?? frameSize(this.#size, this.#limit).width;
    const redraw = (reason: string) => stage.redraw(reason);
    if (this.#window) this.#window.build(ui, { images, source, desc: this.desc, width, redraw });
    else if (this.#windowLoad === 'idle') void this.#loadWindow(stage);
  }

  async #loadWindow(stage: Stage): Promise<void> {
    this.#windowLoad = 'loading';
    try {
      const { HistogramControl } = await import('./histogram-control.js');
      const control = new HistogramControl();
      control.range = this.#range;
      this.#window = control;
    } catch (cause) {
      this.#windowLoad = 'failed';
      const message = `${this.name}: the code of its histogram could not be loaded; the rest works without it`;
      stage.report(new InnotaterError('fetch', message, {}, { cause }), stage.uindex);
    }
    stage.redraw('histogram loaded');
  }

  #region(ui: Ui, stage: Stage, images: SampleImages, source: ImageSource | null): RegionResponse {
    const { editor } = this.#editing;
    const canDraw = source !== null && !this.disabled && this.#boxes.drawable(stage.uindex) !== null;
    const place = this.#place(stage, source);
    const state = images.state(stage.uindex);
    return ui.region('image', {
      label: this.desc,
      roleDescription: 'image',
      busy: state.tag === 'loading' || state.tag === 'idle',
      size: frameSize(this.#size, this.#limit),
      cursor: editor?.cursor(place) ?? (place && canDraw ? 'crosshair' : 'default'),
      touchAction: canDraw || !this.#view.isAtRest ? 'none' : 'pan-y',
      paint: (frame) => this.#paint(frame, ui, stage, images),
      children: (frame, childId) =>
        source
          ? [
              ...this.#boxes.semantics(
                this.#placed(stage, source, frame),
                editor?.preview ?? null,
                (value) => seenPart(screenRect(this.#view.current(source, frame), rectOfBox(value)), frame),
                childId,
              ),
              ...(editor?.semantics({ image: source, frame }, childId) ?? []),
            ]
          : [],
    });
  }

  /** A new sample, or another entry in its place: fit view, first blank box active, loading begins. */
  #follow(stage: Stage, images: SampleImages, timeMs: number): void {
    const { uindex } = stage;
    const identity = this.#column.identity(uindex);
    if (this.#shown?.uindex === uindex) {
      if (this.#shown.identity !== identity) this.#reload(uindex);
      this.#shown = { ...this.#shown, identity };
    } else {
      if (this.#shown) {
        this.#lastUindex = this.#shown.uindex;
        this.#editing.cancel();
      }
      this.#shown = { uindex, identity, sinceMs: timeMs };
      this.#view.rest();
      this.#sharp = false;
      this.#reported = null;
      this.#boxes.startSample(uindex);
      this.#editing.editor?.forgetPixel();
      this.#window?.forget();
    }
    images.show(uindex, stage.upcoming);
  }

  #reveal(stage: Stage, source: ImageSource | null): void {
    const { uindex } = stage;
    const wanted = this.#revealed;
    this.#revealed = null;
    if (wanted?.uindex !== uindex || !wanted.box.isShown(uindex)) return;
    this.#boxes.activate(wanted.box);
    const value = wanted.box.read(uindex);
    const place = this.#place(stage, source);
    if (place && !isBlank(value)) this.#view.reveal(rectOfBox(value), place.image, place.frame);
    // Its field, drawn before, is marked now.
    stage.redraw('box revealed');
  }

  #failed(error: InnotaterError, ui: Ui, stage: Stage): void {
    if (this.#reported !== error) {
      this.#reported = error;
      stage.report(error, stage.uindex);
    }
    if (ui.button('retry', 'Retry', { name: `Retry ${this.desc}` })) {
      this.#problems.delete(stage.uindex);
      this.#reload(stage.uindex);
      this.#reported = null;
      stage.retract(error);
      stage.redraw('image retried');
    }
  }

  /** The image as it lay in the last layout; null before the first, and while there is no image. */
  #place(stage: Stage, source: ImageSource | null): ShownImage | null {
    return source && this.#frame ? { stage, image: source, frame: this.#frame } : null;
  }

  #placed(stage: Stage, source: ImageSource, frame: Rect): ImagePlace {
    return { stage, image: source, frame, view: this.#view.current(source, frame) };
  }

  #painted(stage: Stage, source: ImageSource): readonly PaintedBox[] {
    const place = this.#place(stage, source);
    const { editor } = this.#editing;
    const hovered = (place && editor?.hovered(place)) ?? -1;
    const showsHandles = editor?.showsHandles ?? !this.disabled;
    return this.#boxes.painted(stage.uindex, editor?.preview ?? null, showsHandles, hovered);
  }

  #paint(frame: Rect, ui: Ui, stage: Stage, images: SampleImages): readonly Shape[] {
    const state = images.state(stage.uindex);
    const backdrop: Shape = { tag: 'quad', rect: frame, color: ui.theme.imageBackdrop };
    if (state.tag === 'failed') {
      return [backdrop, ...noteShapes(state.error.message, frame, 'invalid', ui.theme, ui.text)];
    }
    if (state.tag !== 'ready') return [backdrop, ...this.#loadingNote(frame, ui)];
    const view = this.#view.current(state.source, frame);
    const { editor } = this.#editing;
    const shown = { image: state.source, frame };
    const aids = editor?.aids(view, shown);
    const painted = images.paint(view, frame, ui.devicePixelRatio, aids?.loupe ?? aids?.map ?? undefined);
    const { sharp } = painted;
    this.#sharp = sharp;
    const hasGrid = this.#options.pixelGrid ?? true;
    const grid = (hasGrid && editor?.grid(view, state.source, frame, ui)) || [];
    const shapes = [...painted.shapes, ...grid];
    const note = painted.shapes.length === 0 && !sharp ? this.#loadingNote(frame, ui) : [];
    const over = aids && editor ? editor.over(aids, painted, shown, this.#options.tools ?? false, ui) : [];
    if (editor?.hidesBoxes) return [backdrop, ...shapes, ...note, ...over];
    const place = this.#placed(stage, state.source, frame);
    const layers = this.#boxes.layers.flatMap((layer) => layer.paint(place, ui));
    const boxes = this.#painted(stage, state.source);
    const loupe = aids?.loupe;
    const draw = (list: readonly PaintedBox[], at: ScreenFromImage, place: Rect) =>
      boxShapes(list, at, place, this.#styles, ui.theme, ui.text);
    // Handles would hide the very place that the loupe is to show.
    const bare = boxes.map((box) => ({ ...box, held: false, label: null }));
    return [
      backdrop,
      ...shapes,
      ...layers,
      ...note,
      ...draw(boxes, view, frame),
      ...(loupe && editor
        ? editor.loupeShapes(
            loupe,
            [...painted.detail, ...draw(bare, loupe.screenFromImage, loupe.frame)],
            ui.theme,
          )
        : []),
      ...over,
    ];
  }

  #loadingNote(frame: Rect, ui: Ui): Shape[] {
    const waitedMs = ui.timeMs - (this.#shown?.sinceMs ?? ui.timeMs);
    if (waitedMs >= quietLoadingMs) return noteShapes('Loading…', frame, 'muted', ui.theme, ui.text);
    ui.repaint('image is loading', quietLoadingMs - waitedMs);
    return [];
  }
}
