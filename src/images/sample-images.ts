import { InnotaterError } from '../errors/index.js';
import { type Rect, rect, type ScreenFromImage } from '../geometry/index.js';
import type { Shape } from '../paint/index.js';
import { checkedRange } from './checked-range.js';
import type {
  Histogram,
  ImageDetail,
  ImageSource,
  ImageState,
  LoadProgress,
  OpenOptions,
  PaintedImage,
  PixelValues,
  SampleImages,
  SampleImagesOptions,
  TileAddress,
  ValueRange,
} from './contract.js';
import { SampleTiles } from './sample-tiles.js';
import { pieceShape, piecesOf } from './tile-cover.js';
import { coarseTile, levelForScale, tilesIn, viewedPart } from './tile-grid.js';
import { coarseCover, detailTiles } from './view-tiles.js';

/** Uploads in one task: as many as fit in this time. */
const uploadMs = 4;
/** Textures of the shown image that may be held however large its source is, where the budget has room. */
const leastTextureBytes = 64 << 20;

/** How long one change of the window keeps the next waiting. */
const rangePatienceMs = 150;
/** While more tiles are to come, those that came are shown together, so often at most. */
const gatherMs = 100;
/** Bytes that come are told so often at most. */
const progressMs = 100;

const priorities = { open: 0, coarse: 1, tile: 2, detail: 3, prefetch: 10, prefetchTile: 20 } as const;

type Opening = {
  readonly tag: 'opening';
  readonly abort: AbortController;
  progress: LoadProgress | null;
  /** When that was last told. */
  toldMs: number;
};

type Sample =
  | Opening
  | { readonly tag: 'open'; readonly tiles: SampleTiles }
  | { readonly tag: 'failed'; readonly error: InnotaterError };

/** How the shown image was last painted, as far as the next ones are concerned. */
type LastView = { readonly frame: Rect; readonly devicePixelRatio: number };

const unpainted: PaintedImage = { shapes: [], sharp: false, detail: [] };

/** See `SampleImages`. Textures are named `{key}/{opening}/{level}/{x}/{y}`; a name is never used for another image. */
export const createSampleImages = (options: SampleImagesOptions): SampleImages => new Images(options);

class Images implements SampleImages {
  readonly #options: SampleImagesOptions;
  readonly #samples = new Map<number, Sample>();
  #shown: number | null = null;
  #upcoming: readonly number[] = [];
  /** How many of the upcoming may be opened; fewer once the budget was exceeded. */
  #reach = 0;
  #view: LastView | null = null;
  #sharp = false;
  /** Something of the shown image was drawn. */
  #hasPicture = false;
  /** Something coarse is to come, or came, that lies under tiles that are not there. */
  #hasCoarse = false;
  #openings = 0;
  #paints = 0;
  /** The window that tiles are read with, and the one that was asked for last. */
  #range: ValueRange | null = null;
  #nextRange: ValueRange | null = null;
  #rangeTimer: ReturnType<typeof setTimeout> | undefined;
  /** Set while a frame is due for tiles that came. */
  #gatherTimer: ReturnType<typeof setTimeout> | undefined;
  /** Set while tiles that came wait for the task that uploads them. */
  #uploadTimer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  constructor(options: SampleImagesOptions) {
    this.#options = options;
  }

  show(uindex: number, upcoming: readonly number[]): void {
    if (this.#disposed || this.#isAsked(uindex, upcoming)) return;
    if (uindex !== this.#shown) {
      this.#sharp = false;
      this.#hasPicture = false;
      this.#hasCoarse = false;
    }
    this.#shown = uindex;
    this.#upcoming = [...new Set(upcoming)].filter((other) => other !== uindex);
    this.#reach = this.#upcoming.length;
    for (const other of [...this.#samples.keys()]) {
      if (other !== uindex && !this.#upcoming.includes(other)) this.#close(other);
    }
    if (!this.#samples.has(uindex)) this.#open(uindex, priorities.open);
    this.#prefetch();
  }

  #isAsked(uindex: number, upcoming: readonly number[]): boolean {
    const wanted = [...new Set(upcoming)].filter((other) => other !== uindex);
    const same = wanted.length === this.#upcoming.length && wanted.every((u, i) => u === this.#upcoming[i]);
    return uindex === this.#shown && same;
  }

  state(uindex: number): ImageState {
    const sample = this.#samples.get(uindex);
    if (!sample) return { tag: 'idle' };
    if (sample.tag === 'opening') return { tag: 'loading', progress: sample.progress };
    return sample.tag === 'open' ? { tag: 'ready', source: sample.tiles.source } : sample;
  }

  reload(uindex: number): void {
    if (!this.#samples.has(uindex)) return;
    this.#close(uindex);
    if (uindex === this.#shown) {
      this.#sharp = false;
      this.#open(uindex, priorities.open);
      this.#options.redraw('image reloads');
    } else {
      this.#prefetch();
    }
  }

  setRange(range: ValueRange | null): void {
    this.#nextRange = checkedRange(range);
    const shown = this.#shown === null ? null : this.#tilesOf(this.#shown);
    if (!shown?.isRenewing) this.#applyRange();
    else this.#rangeTimer ??= setTimeout(() => this.#applyRange(), rangePatienceMs);
  }

  #applyRange(): void {
    clearTimeout(this.#rangeTimer);
    this.#rangeTimer = undefined;
    const range = this.#nextRange;
    if (this.#disposed || (range?.lo === this.#range?.lo && range?.hi === this.#range?.hi)) return;
    this.#range = range;
    for (const sample of this.#samples.values()) if (sample.tag === 'open') sample.tiles.setRange(range);
    this.#sharp = false;
    this.#options.redraw('window changed');
  }

  async values(x: number, y: number): Promise<PixelValues> {
    return this.#shownSource().readValues(x, y, { priority: priorities.tile });
  }

  async histogram(bins: number): Promise<Histogram> {
    return this.#shownSource().readHistogram(bins, { priority: priorities.detail });
  }

  #shownSource(): ImageSource {
    const tiles = this.#shown === null ? null : this.#tilesOf(this.#shown);
    if (tiles) return tiles.source;
    throw new InnotaterError('range', 'No image is open whose values could be read');
  }

  forgetTextures(): void {
    for (const sample of this.#samples.values()) if (sample.tag === 'open') sample.tiles.lose();
    this.#sharp = false;
  }

  get decodedBytes(): number {
    return this.#sum((tiles) => tiles.decodedBytes);
  }
  get progress(): number | null {
    const tiles = this.#shown === null ? null : this.#tilesOf(this.#shown);
    return tiles?.source.progress ?? null;
  }
  get pendingTiles(): number {
    return this.#sum((tiles) => tiles.pending);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#rangeTimer);
    clearTimeout(this.#gatherTimer);
    clearTimeout(this.#uploadTimer);
    for (const uindex of [...this.#samples.keys()]) this.#close(uindex);
  }

  paint(
    screenFromImage: ScreenFromImage,
    frame: Rect,
    devicePixelRatio: number,
    detail?: ImageDetail,
  ): PaintedImage {
    const tiles = this.#shown === null ? null : this.#tilesOf(this.#shown);
    if (!tiles) return unpainted;
    this.#view = { frame, devicePixelRatio };
    this.#paints++;
    const image = tiles.source;
    const level = levelForScale(screenFromImage.scale * devicePixelRatio, image);
    const part = viewedPart(screenFromImage, frame);
    const needed = tilesIn(image, part, level);
    const detailed = detail ? detailTiles(image, detail, devicePixelRatio) : [];
    this.#want(tiles, needed, part, detail?.isRough && image.readCoarse ? [coarseTile(image)] : detailed);
    if (tiles.hasUploadable) this.#uploadSoon();
    if (this.#rangeTimer !== undefined && !tiles.isRenewing) this.#applyRange();
    this.#sharp = needed.every((tile) => tiles.isReady(tile));
    if (this.#sharp) tiles.dropStale();
    const shapes = this.#shapes(tiles, needed, screenFromImage, devicePixelRatio);
    const detailShapes = detail
      ? this.#shapes(tiles, detailed, detail.screenFromImage, devicePixelRatio)
      : [];
    if (shapes.length > 0) this.#hasPicture = true;
    tiles.shrink(this.#textureAllowance(tiles), this.#paints);
    this.#prefetch();
    return { shapes, sharp: this.#sharp, detail: detailShapes };
  }

  #want(
    tiles: SampleTiles,
    needed: readonly TileAddress[],
    part: Rect,
    detailed: readonly TileAddress[],
  ): void {
    const isCovered = needed.every((tile) => tiles.isDrawable(tile));
    const coarse = isCovered ? [] : coarseCover(tiles.source, part, needed);
    this.#hasCoarse = coarse.length > 0;
    tiles.unwantAllBut([...coarse, ...needed, ...detailed]);
    for (const tile of coarse) tiles.want(tile, priorities.coarse);
    for (const [rank, tile] of needed.entries()) tiles.want(tile, priorities.tile + rank / needed.length);
    for (const tile of detailed) tiles.want(tile, priorities.detail);
  }

  #shapes(
    tiles: SampleTiles,
    needed: readonly TileAddress[],
    view: ScreenFromImage,
    devicePixelRatio: number,
  ): Shape[] {
    const isDrawable = (tile: TileAddress) => tiles.isDrawable(tile);
    return needed.flatMap((tile) =>
      piecesOf(tiles.source, tile, isDrawable).map((piece) => {
        const key = tiles.drawn(piece.tile, this.#paints);
        return pieceShape(piece, key, view, piece.tile.level === tile.level, devicePixelRatio);
      }),
    );
  }

  #textureAllowance(tiles: SampleTiles): number {
    const others = this.#sum(heldBytes) - tiles.textureBytes;
    const budget = this.#options.budget();
    return Math.max(Math.min(leastTextureBytes, budget), budget - others);
  }

  #tilesOf(uindex: number): SampleTiles | null {
    const sample = this.#samples.get(uindex);
    return sample?.tag === 'open' ? sample.tiles : null;
  }

  #sum(of: (tiles: SampleTiles) => number): number {
    let sum = 0;
    for (const sample of this.#samples.values()) if (sample.tag === 'open') sum += of(sample.tiles);
    return sum;
  }

  #close(uindex: number): void {
    const sample = this.#samples.get(uindex);
    this.#samples.delete(uindex);
    if (sample?.tag === 'opening') sample.abort.abort(unwanted(uindex));
    if (sample?.tag === 'open') sample.tiles.dispose();
  }

  #open(uindex: number, priority: number): void {
    const opening: Opening = { tag: 'opening', abort: new AbortController(), progress: null, toldMs: 0 };
    this.#samples.set(uindex, opening);
    const isStale = () => this.#samples.get(uindex) !== opening;
    const onProgress = (progress: LoadProgress) => {
      opening.progress = progress;
      if (!isStale()) this.#progressed(uindex, opening);
    };
    this.#source(uindex, { signal: opening.abort.signal, priority, onProgress }).then(
      (source) => (isStale() ? source.dispose() : this.#opened(uindex, source)),
      (thrown: unknown) => {
        if (!isStale()) this.#failed(uindex, asError(thrown, uindex));
      },
    );
  }

  #progressed(uindex: number, opening: Opening): void {
    const nowMs = performance.now();
    if (uindex !== this.#shown || nowMs - opening.toldMs < progressMs) return;
    opening.toldMs = nowMs;
    this.#options.redraw('bytes arrived');
  }

  /** Rejects where the caller's function throws at once. */
  async #source(uindex: number, options: OpenOptions): Promise<ImageSource> {
    return this.#options.open(uindex, options);
  }

  #opened(uindex: number, source: ImageSource): void {
    const { key, textures } = this.#options;
    const settled = () => this.#tileSettled(uindex, tiles);
    const tiles = new SampleTiles(source, `${key}/${this.#openings++}`, textures, this.#range, settled);
    this.#samples.set(uindex, { tag: 'open', tiles });
    if (uindex === this.#shown) {
      // What most likely is needed does not wait for the frame.
      if (!source.readCoarse) this.#wantFitted(tiles, priorities.tile);
      this.#options.redraw('image opened');
    }
    this.#prefetch();
  }

  #failed(uindex: number, error: InnotaterError): void {
    this.#close(uindex);
    this.#samples.set(uindex, { tag: 'failed', error });
    if (uindex === this.#shown) this.#options.redraw('image failed');
    this.#prefetch();
  }

  #tileSettled(uindex: number, tiles: SampleTiles): void {
    if (this.#tilesOf(uindex) !== tiles) return;
    const { failure } = tiles;
    if (failure) this.#failed(uindex, failure);
    else if (uindex === this.#shown) this.#uploadSoon();
    else {
      tiles.upload(() => true);
      this.#prefetch();
    }
  }

  #uploadSoon(): void {
    this.#uploadTimer ??= setTimeout(() => {
      this.#uploadTimer = undefined;
      const tiles = this.#shown === null ? null : this.#tilesOf(this.#shown);
      if (tiles) this.#upload(tiles);
    });
  }

  /**
   * A frame costs more than the uploads of many tiles, so tiles that come close to one another are drawn together: at once where no more
   * are to come, or where the first that came is coarse.
   */
  #upload(tiles: SampleTiles): void {
    const startMs = performance.now();
    tiles.upload(() => performance.now() - startMs < uploadMs);
    if (tiles.hasUploadable) this.#uploadSoon();
    else if (!tiles.isReading || (this.#hasCoarse && !this.#hasPicture)) this.#redrawTiles();
    else this.#gatherTimer ??= setTimeout(() => this.#redrawTiles(), gatherMs);
  }

  #redrawTiles(): void {
    clearTimeout(this.#gatherTimer);
    this.#gatherTimer = undefined;
    if (!this.#disposed) this.#options.redraw('tile was read');
  }

  /** The shown image has all it needs now, so that there is time for the next ones. */
  get #isSettled(): boolean {
    const sample = this.#shown === null ? undefined : this.#samples.get(this.#shown);
    if (sample?.tag !== 'open') return sample?.tag === 'failed';
    return this.#sharp;
  }

  /**
   * Goes one step on: the first of the upcoming that is not there yet is opened, or the tiles of its fitted view are asked for.
   * None is opened where one as large as the shown image would be beyond the budget; those that turn out to be are closed again,
   * and not tried anew until others are shown.
   */
  #prefetch(): void {
    if (this.#disposed || !this.#isSettled) return;
    const shownBytes = this.#shown === null ? 0 : heldBytes(this.#tilesOf(this.#shown));
    let bytes = shownBytes;
    for (const [i, uindex] of this.#upcoming.slice(0, this.#reach).entries()) {
      const sample = this.#samples.get(uindex);
      if (sample?.tag === 'open') {
        this.#wantFitted(sample.tiles, priorities.prefetchTile);
        bytes += heldBytes(sample.tiles);
      }
      if ((sample ? bytes : bytes + shownBytes) > this.#options.budget()) {
        this.#giveUpFrom(i);
        return;
      }
      if (!sample) this.#open(uindex, priorities.prefetch);
      if (!sample || sample.tag === 'opening' || (sample.tag === 'open' && sample.tiles.pending > 0)) return;
    }
  }

  #giveUpFrom(reach: number): void {
    this.#reach = reach;
    for (const uindex of this.#upcoming.slice(reach)) this.#close(uindex);
  }

  #wantFitted(tiles: SampleTiles, priority: number): void {
    if (!this.#view) return;
    const image = tiles.source;
    const { frame, devicePixelRatio } = this.#view;
    const scale = Math.min(1, frame.width / image.width, frame.height / image.height);
    if (!(scale > 0)) return;
    const level = levelForScale(scale * devicePixelRatio, image);
    const all = tilesIn(image, rect(0, 0, image.width, image.height), level);
    for (const tile of all) tiles.want(tile, priority);
  }
}

const heldBytes = (tiles: SampleTiles | null): number =>
  tiles ? tiles.decodedBytes + tiles.textureBytes : 0;

const unwanted = (uindex: number): InnotaterError =>
  new InnotaterError('aborted', `Sample ${uindex} is no longer wanted`, { uindex });

const asError = (thrown: unknown, uindex: number): InnotaterError => {
  if (thrown instanceof InnotaterError) return thrown;
  const message = `Sample ${uindex} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  return new InnotaterError('fetch', message, { uindex }, { cause: thrown });
};
