import { InnotaterError } from '../errors/index.js';
import { type Rect, rect, type ScreenFromImage, type Size } from '../geometry/index.js';
import type { TileTextures } from '../images/index.js';
import type { Shape } from '../paint/index.js';
import {
  BOX_TILE,
  type BoxGrid,
  type BoxTileAddress,
  boxTileArea,
  boxTileName,
  boxTileSize,
  boxTilesCovering,
  boxTilesIn,
  boxTilesTouching,
  gridOf,
} from './box-grid.js';
import {
  type BoxPixels,
  type BoxTileEffect,
  type BoxTileEvent,
  type BoxTileState,
  missing,
  stepBoxTile,
} from './box-tile-state.js';

/** Uploads in one task, between frames. */
const uploadMs = 4;
/** While more tiles are to come, those that came are shown together, so often at most. */
const gatherMs = 100;
/** Tiles that are kept for when they are seen again. */
const mostTextureBytes = 64 << 20;
/** Earlier scales that are kept: they stand in for a new one until its tiles are there, and are shown again by who comes back to them. */
const mostStandIns = 3;

type Tile = {
  readonly address: BoxTileAddress;
  /** Device px. */
  readonly size: Size;
  readonly key: string;
  state: BoxTileState;
  abort: AbortController | null;
  /** Number of the paint that last drew it. */
  drawnIn: number;
};

/** The tiles of one scale. */
type Sheet = {
  readonly number: number;
  readonly scale: number;
  readonly thick: number;
  readonly image: Size;
  readonly tiles: Map<string, Tile>;
};

/** What a tile shows: `left` and `top` in device px from the image's corner at this scale. */
export type BoxTilePlace = {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly thick: number;
};

export type BoxTilesOptions = {
  /** Begins the keys of textures; unique on the canvas, and never used for other boxes. */
  readonly key: string;
  readonly textures: TileTextures;
  /** RGBA of a tile, or null where nothing is drawn. `rank` is 0 for the tile nearest the middle and grows to 1. */
  read(place: BoxTilePlace, rank: number, signal: AbortSignal): Promise<BoxPixels>;
  /** Tiles are there, or failed: to be painted anew. */
  settled(): void;
};

/** How the boxes are to be painted. */
export type BoxView = {
  readonly screenFromImage: ScreenFromImage;
  readonly frame: Rect;
  readonly devicePixelRatio: number;
  readonly image: Size;
  /** Of strokes, in whole device px. */
  readonly thick: number;
  readonly opacity: number;
};

export type PaintedBoxes = {
  readonly shapes: readonly Shape[];
  /** All that the view needs is among the shapes, as the boxes are now. */
  readonly sharp: boolean;
};

let jobs = 0;

const isShown = ({ tag }: BoxTileState): boolean =>
  tag === 'ready' || tag === 'stale' || tag === 'renewing' || tag === 'renewed';

const isReading = ({ tag }: BoxTileState): boolean => tag === 'loading' || tag === 'renewing';
const isUploadable = ({ tag }: BoxTileState): boolean => tag === 'loaded' || tag === 'renewed';

const bytesOf = (state: BoxTileState): number => ('bytes' in state ? state.bytes : 0);

/**
 * The picture of very many boxes in tiles, one sheet of them a scale. While the tiles of a new scale are drawn in the worker, those
 * of earlier ones stand in for them, stretched; work for scales that are no longer shown is given up.
 */
export class BoxTiles {
  readonly #options: BoxTilesOptions;
  #sheet: Sheet | null = null;
  /** Newest first. */
  #standIns: readonly Sheet[] = [];
  #sheets = 0;
  #paints = 0;
  /** Set while tiles that were read wait for the task that uploads them. */
  #uploadTimer: ReturnType<typeof setTimeout> | undefined;
  /** Set while tiles that are there wait for more to be shown with. */
  #gatherTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: BoxTilesOptions) {
    this.#options = options;
  }

  paint(view: BoxView): PaintedBoxes {
    this.#paints++;
    const grid = gridOf(view.screenFromImage, view.devicePixelRatio);
    const sheet = this.#sheetFor(grid.scale, view);
    const needed = boxTilesIn(grid, view.frame, view.devicePixelRatio, view.image, view.thick);
    const names = new Set(needed.map(boxTileName));
    for (const [name, tile] of sheet.tiles) if (!names.has(name)) this.#step(sheet, tile, { tag: 'unwant' });
    for (const [i, address] of needed.entries()) this.#want(sheet, address, i / needed.length);
    if (this.#has(isUploadable)) this.#uploadSoon();
    const shapes = needed.flatMap((address) => this.#shapes(sheet, address, grid, view));
    const sharp = needed.every((address) => sheet.tiles.get(boxTileName(address))?.state.tag === 'ready');
    this.#shrink();
    return { shapes, sharp };
  }

  /** Boxes changed in this part of the image; null: anywhere. */
  change(part: Rect | null): void {
    for (const sheet of this.#all) {
      const touched = part
        ? boxTilesTouching(part, sheet.scale, sheet.thick).map((address) =>
            sheet.tiles.get(boxTileName(address)),
          )
        : [...sheet.tiles.values()];
      for (const tile of touched) if (tile) this.#step(sheet, tile, { tag: 'change' });
    }
  }

  /** The GPU lost every texture. */
  lose(): void {
    this.#each('lose');
  }

  dispose(): void {
    clearTimeout(this.#uploadTimer);
    clearTimeout(this.#gatherTimer);
    this.#each('drop');
    this.#sheet = null;
    this.#standIns = [];
  }

  get pending(): number {
    return this.#count((state) => (isReading(state) || isUploadable(state) ? 1 : 0));
  }
  get textureBytes(): number {
    return this.#count(bytesOf);
  }
  get failure(): InnotaterError | null {
    for (const { tiles } of this.#all) {
      for (const { state } of tiles.values()) if (state.tag === 'failed') return state.error;
    }
    return null;
  }

  /** Among the tiles of the scale shown. */
  #has(is: (state: BoxTileState) => boolean): boolean {
    return this.#sheet !== null && [...this.#sheet.tiles.values()].some(({ state }) => is(state));
  }

  get #all(): readonly Sheet[] {
    return this.#sheet ? [this.#sheet, ...this.#standIns] : this.#standIns;
  }

  #count(of: (state: BoxTileState) => number): number {
    let sum = 0;
    for (const { tiles } of this.#all) for (const { state } of tiles.values()) sum += of(state);
    return sum;
  }

  #each(tag: 'lose' | 'drop' | 'unwant', sheets = this.#all): void {
    for (const sheet of sheets) for (const tile of sheet.tiles.values()) this.#step(sheet, tile, { tag });
  }

  /** A new scale begins a new sheet; the last one stands in for it where it has anything to show. */
  #sheetFor(scale: number, { thick, image }: BoxView): Sheet {
    const last = this.#sheet;
    if (last && last.scale === scale && last.thick === thick) return last;
    const again = this.#standIns.find((sheet) => sheet.scale === scale && sheet.thick === thick);
    this.#sheet = again ?? { number: this.#sheets++, scale, thick, image, tiles: new Map() };
    const standIns = this.#standIns.filter((sheet) => sheet !== again);
    if (last) this.#each('unwant', [last]);
    const isUseful = last && [...last.tiles.values()].some(({ state }) => isShown(state));
    if (last && !isUseful) this.#each('drop', [last]);
    this.#standIns = isUseful ? [last, ...standIns] : standIns;
    this.#each('drop', this.#standIns.slice(mostStandIns));
    this.#standIns = this.#standIns.slice(0, mostStandIns);
    return this.#sheet;
  }

  #want(sheet: Sheet, address: BoxTileAddress, rank: number): void {
    const name = boxTileName(address);
    const tile = sheet.tiles.get(name) ?? {
      address,
      size: boxTileSize(address, sheet.image, sheet.scale, sheet.thick),
      key: `${this.#options.key}/${sheet.number}/${name}`,
      state: missing,
      abort: null,
      drawnIn: 0,
    };
    sheet.tiles.set(name, tile);
    this.#step(sheet, tile, { tag: 'want', job: jobs++ }, rank);
  }

  #uploadSoon(): void {
    this.#uploadTimer ??= setTimeout(() => {
      this.#uploadTimer = undefined;
      if (this.#sheet) this.#upload(this.#sheet);
    });
  }

  /** A frame costs more than the uploads of many tiles: those that come close to one another are shown together. */
  #upload(sheet: Sheet): void {
    const startMs = performance.now();
    for (const tile of sheet.tiles.values()) {
      if (performance.now() - startMs > uploadMs) break;
      if (isUploadable(tile.state)) this.#step(sheet, tile, { tag: 'upload' });
    }
    if (this.#has(isUploadable)) this.#uploadSoon();
    else if (!this.#has(isReading)) this.#settle();
    else this.#gatherTimer ??= setTimeout(() => this.#settle(), gatherMs);
  }

  #settle(): void {
    clearTimeout(this.#gatherTimer);
    this.#gatherTimer = undefined;
    this.#options.settled();
  }

  #shapes(sheet: Sheet, address: BoxTileAddress, grid: BoxGrid, view: BoxView): readonly Shape[] {
    const tile = sheet.tiles.get(boxTileName(address));
    if (!tile || !isShown(tile.state)) {
      const size = boxTileSize(address, sheet.image, sheet.scale, sheet.thick);
      return this.#standInShapes(boxTileArea(address, size, sheet.scale), view);
    }
    tile.drawnIn = this.#paints;
    if (bytesOf(tile.state) === 0) return [];
    const px = 1 / view.devicePixelRatio;
    return [
      {
        tag: 'tile',
        key: tile.key,
        source: rect(0, 0, tile.size.width, tile.size.height),
        target: rect(
          (grid.left + address.x * BOX_TILE) * px,
          (grid.top + address.y * BOX_TILE) * px,
          tile.size.width * px,
          tile.size.height * px,
        ),
        filter: 'nearest',
        opacity: view.opacity,
      },
    ];
  }

  #standInShapes(part: Rect, { screenFromImage, opacity }: BoxView): readonly Shape[] {
    const best = this.#bestStandIn(part);
    if (!best) return [];
    const { scale, x, y } = screenFromImage;
    const shapes: Shape[] = [];
    for (const tile of best.tiles) {
      tile.drawnIn = this.#paints;
      if (bytesOf(tile.state) === 0) continue;
      const area = boxTileArea(tile.address, tile.size, best.scale);
      shapes.push({
        tag: 'tile',
        key: tile.key,
        source: rect(0, 0, tile.size.width, tile.size.height),
        target: rect(area.x * scale + x, area.y * scale + y, area.width * scale, area.height * scale),
        filter: 'linear',
        opacity,
      });
    }
    const clip = rect(part.x * scale + x, part.y * scale + y, part.width * scale, part.height * scale);
    return shapes.length > 0 ? [{ tag: 'clip', rect: clip, shapes }] : [];
  }

  /** Tiles of the newest sheet that has all of a part of the image, else of that which has the most. */
  #bestStandIn(part: Rect): { readonly scale: number; readonly tiles: readonly Tile[] } | null {
    let best: { readonly scale: number; readonly tiles: readonly Tile[] } | null = null;
    for (const { scale, tiles } of this.#standIns) {
      const covering = boxTilesCovering(part, scale).map((address) => tiles.get(boxTileName(address)));
      const shown = covering.filter((tile): tile is Tile => tile !== undefined && isShown(tile.state));
      if (shown.length === covering.length) return { scale, tiles: shown };
      if (shown.length > (best?.tiles.length ?? 0)) best = { scale, tiles: shown };
    }
    return best;
  }

  /** The longest undrawn go first, never one that was just drawn. */
  #shrink(): void {
    let excess = this.textureBytes - mostTextureBytes;
    if (excess <= 0) return;
    const idle = this.#all
      .flatMap((sheet) => [...sheet.tiles.values()].map((tile) => ({ sheet, tile })))
      .filter(({ tile }) => isShown(tile.state) && tile.drawnIn < this.#paints)
      .sort((a, b) => a.tile.drawnIn - b.tile.drawnIn);
    for (const { sheet, tile } of idle) {
      if (excess <= 0) return;
      excess -= bytesOf(tile.state);
      this.#step(sheet, tile, { tag: 'drop' });
    }
  }

  #step(sheet: Sheet, tile: Tile, event: BoxTileEvent, rank = 0): void {
    const [state, effects] = stepBoxTile(tile.state, event);
    tile.state = state;
    for (const effect of effects) this.#perform(sheet, tile, effect, rank);
    if (state.tag === 'missing') sheet.tiles.delete(boxTileName(tile.address));
  }

  #perform(sheet: Sheet, tile: Tile, effect: BoxTileEffect, rank: number): void {
    switch (effect.tag) {
      case 'read':
        void this.#read(sheet, tile, effect.job, rank);
        return;
      case 'abort':
        tile.abort?.abort(new InnotaterError('aborted', 'the tile of boxes is no longer wanted'));
        return;
      case 'upload':
        this.#options.textures.upload(tile.key, {
          ...tile.size,
          rgba: effect.pixels,
          // Alpha is 0 or 255, and under 0 all is 0.
          isPremultiplied: true,
        });
        return;
      case 'free':
        this.#options.textures.free(tile.key);
    }
  }

  async #read(sheet: Sheet, tile: Tile, job: number, rank: number): Promise<void> {
    const abort = new AbortController();
    tile.abort = abort;
    const { scale, thick } = sheet;
    const { x, y } = tile.address;
    const place = { scale, thick, left: x * BOX_TILE, top: y * BOX_TILE, ...tile.size };
    const answered = await this.#options.read(place, rank, abort.signal).then(
      (pixels): BoxTileEvent => ({ tag: 'arrive', job, pixels }),
      (thrown: unknown): BoxTileEvent => rejected(job, asError(thrown)),
    );
    const before = tile.state;
    this.#step(sheet, tile, answered);
    if (tile.state !== before) this.#uploadSoon();
  }
}

/** What went down with its worker is asked for again once the boxes are back. */
const rejected = (job: number, error: InnotaterError): BoxTileEvent =>
  error.facts.lost === true ? { tag: 'unwant' } : { tag: 'reject', job, error };

const asError = (thrown: unknown): InnotaterError =>
  thrown instanceof InnotaterError
    ? thrown
    : new InnotaterError('worker', `Boxes cannot be drawn: ${String(thrown)}`, {}, { cause: thrown });
