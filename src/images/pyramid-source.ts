import { bandJobsOf } from '../compute/band-jobs.js';
import type { PixelPool } from '../compute/index.js';
import { InnotaterError } from '../errors/index.js';
import {
  type Affine,
  type BandLayout,
  bandLayout,
  bytesPerElement,
  copyBlock,
  type DType,
  newElements,
  numberAt,
  type PixelRect,
  type RgbaPixels,
} from '../kernels/index.js';
import type { PyramidChannel } from '../pyramids/index.js';
import { areaResampled } from './area-resample.js';
import { bandQueueOf } from './band-queue.js';
import type {
  Histogram,
  ImageSource,
  PixelValues,
  ReadOptions,
  Rendering,
  TileAddress,
  TileOptions,
  ValueRange,
} from './contract.js';
import { dtypeByName } from './dtype.js';
import { isTensorLike } from './entry-kinds.js';
import { levelPlan, overlapOf, regionBlocks, tileCore, tilesOfRegion } from './level-plan.js';
import { pixelAt } from './pixel-at.js';
import { pixelProgram, windowedChain } from './pixel-program.js';
import { pasteRgba } from './rgba.js';
import { type TensorPixels, tensorPixels } from './tensor.js';
import { type FetchedTile, TileFetcher } from './tile-fetcher.js';
import { topLevel } from './tile-grid.js';
import { checkTileSource, type SourceTile, type TileSource } from './tile-source.js';
import type { PixelTransform } from './transforms.js';
import { evenly, histogramOf, isWideDType } from './values.js';

const picking = (order: readonly number[]): PixelTransform => ({ kind: 'channels', order });

/** Decoded tiles that are kept, in bytes; more, up to a limit, where the whole image needs them at once. */
const keptBytes = 96 << 20;
const mostKeptBytes = 384 << 20;
const requestsAtATime = 6;
/** Blocks of one of our tiles that are put together at a time, so that few tiles of the source are held for it. */
const blocksAtATime = 2;
const sampledTiles = 3;
const sampledSide = 48;

let bitmaps = 0;

export type PyramidSourceOptions = {
  readonly pool: PixelPool;
  readonly chain: readonly PixelTransform[];
  /** Hears of the first tile that cannot be had; what is coarser is shown in its place. No longer once the source is disposed. */
  readonly onProblem?: ((error: InnotaterError) => void) | undefined;
  /** Puts before an error where it belongs. */
  readonly place?: (error: InnotaterError) => Promise<InnotaterError>;
};

/** How values become one picture: the channels that are copied, and what is done to them. */
type Look = {
  readonly picks: readonly number[];
  readonly affine: Affine | null;
  readonly color: PyramidChannel['color'] | null;
};

/** Any pyramid of tiles as a source of ours. */
export class PyramidSource implements ImageSource {
  readonly width: number;
  readonly height: number;
  readonly isWide: boolean;
  readonly #source: TileSource;
  readonly #options: PyramidSourceOptions;
  readonly #dtype: DType;
  readonly #tiles: TileFetcher;
  /** Some tile was read, so that others that fail are holes and no failure of the whole. */
  #isSeen = false;
  /** The first failure of a tile. */
  #failure: InnotaterError | null = null;
  #disposed = false;

  /** Takes over the source and closes it. Throws `InnotaterError` 'data' where it does not fit. */
  constructor(source: TileSource, options: PyramidSourceOptions) {
    checkTileSource(source);
    this.#source = source;
    this.#options = options;
    this.width = source.width;
    this.height = source.height;
    const dtype = dtypeByName(source.dtype ?? 'uint8');
    if (!dtype) throw new InnotaterError('data', `A tile source does not fit: ${source.dtype} is no dtype`);
    this.#dtype = dtype;
    this.isWide = isWideDType(dtype);
    const mostBytes = Math.min(mostKeptBytes, Math.max(keptBytes, this.#rowBytes()));
    this.#tiles = new TileFetcher((...at) => this.#decoded(...at), { mostBytes, atATime: requestsAtATime });
  }

  get bytes(): number {
    return this.#tiles.bytes;
  }

  /** The file's own window, or that of its first channel, where no transform sets values. */
  get rendering(): Rendering | undefined {
    const { channels, shownChannels, window } = this.#source;
    const range = channels?.[0]?.window ?? window;
    if (!range || this.#options.chain.some(({ kind }) => kind !== 'channels')) return undefined;
    return { picks: shownChannels ?? [0, 1, 2], range };
  }

  /** What one row of blocks needs of the coarsest level where the whole image is one tile of ours: no tile is read twice then. */
  #rowBytes(): number {
    const { levels } = this.#source;
    const { level, reduction } = levelPlan(this, levels, { level: topLevel(this), x: 0, y: 0 });
    const { width, tileHeight } = levels[level]!;
    return 1.25 * width * (Math.max(2 ** reduction, tileHeight) + tileHeight) * this.#pixelBytes;
  }

  get #pixelBytes(): number {
    return bytesPerElement(this.#dtype) * Math.max(4, this.#source.channels?.length ?? 4);
  }

  async readTile(address: TileAddress, { range = null, signal, priority }: TileOptions): Promise<RgbaPixels> {
    const plan = levelPlan(this, this.#source.levels, address);
    const stop = new AbortController();
    const giveUp = () => stop.abort(signal?.reason);
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    const options = { signal: stop.signal, ...(priority === undefined ? {} : { priority }) };
    try {
      const read = await this.#region(plan.level, plan.region, plan.reduction, range, options);
      stop.signal.throwIfAborted();
      if (this.#failure && !this.#isSeen) throw this.#failure;
      if (plan.resample)
        return await areaResampled(read, plan.resample.x, plan.resample.y, plan.tile, nextTask);
      return extended(read, plan.tile.width, plan.tile.height);
    } catch (error) {
      stop.abort(error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  async readValues(x: number, y: number, options: ReadOptions): Promise<PixelValues> {
    const [column, row] = pixelAt(this, x, y);
    const level = this.#source.levels[0]!;
    const [tx, ty] = [Math.floor(column / level.tileWidth), Math.floor(row / level.tileHeight)];
    const tile = await this.#tiles.get(0, tx, ty, options);
    if (!tile) return { dtype: this.#dtype, values: [] };
    const { core, left, top } = tileCore(level, tx, ty);
    return { dtype: tile.dtype, values: valuesAt(tile, column - core.x + left, row - core.y + top) };
  }

  /** Of some tiles of the coarsest level, spread over it. */
  async readHistogram(bins: number, options: ReadOptions): Promise<Histogram> {
    const last = this.#source.levels.length - 1;
    const level = this.#source.levels[last]!;
    const rows = evenly(Math.ceil(level.height / level.tileHeight), sampledTiles);
    const columns = evenly(Math.ceil(level.width / level.tileWidth), sampledTiles);
    const values: number[] = [];
    let channels = 1;
    for (const [x, y] of rows.flatMap((row) => columns.map((column) => [column, row] as const))) {
      const tile = await this.#tiles.get(last, x, y, options);
      if (!tile) continue;
      channels = tile.channels;
      const { core, left, top } = tileCore(level, x, y);
      for (const row of evenly(core.height, sampledSide)) {
        for (const column of evenly(core.width, sampledSide))
          values.push(...valuesAt(tile, left + column, top + row));
      }
    }
    return histogramOf(values, channels, bins);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#tiles.dispose();
    this.#source.close?.();
  }

  /** A region of a level as RGBA, averaged over squares of `2^reduction` texels. */
  async #region(
    level: number,
    region: PixelRect,
    reduction: number,
    range: ValueRange | null,
    options: ReadOptions & { readonly signal: AbortSignal },
  ): Promise<RgbaPixels> {
    const unit = 2 ** reduction;
    const size = { width: Math.ceil(region.width / unit), height: Math.ceil(region.height / unit) };
    const whole = { ...size, rgba: new Uint8Array(size.width * size.height * 4) };
    const blocks = regionBlocks(region, unit, this.#source.levels[level]!, this.#pixelBytes);
    const left = blocks.values();
    const readSome = async () => {
      for (const block of left) {
        const part = await this.#block(level, block, reduction, range, options);
        if (part) pasteRgba(part, whole, (block.x - region.x) / unit, (block.y - region.y) / unit);
      }
    };
    await Promise.all(Array.from({ length: blocksAtATime }, readSome));
    return whole;
  }

  /** Null where there is nothing. */
  async #block(
    level: number,
    block: PixelRect,
    reduction: number,
    range: ValueRange | null,
    options: ReadOptions & { readonly signal: AbortSignal },
  ): Promise<RgbaPixels | null> {
    const { levels } = this.#source;
    const places = tilesOfRegion(block, levels[level]!);
    const parts = await Promise.all(places.map(([x, y]) => this.#part(level, x, y, block, options)));
    const tensors = parts.filter((part) => part.tile !== null) as Part[];
    if (tensors.length === 0) return null;
    const looks = this.#looks(tensors[0]!.tile, range);
    const pictures: RgbaPixels[] = [];
    for (const look of looks) pictures.push(await this.#converted(tensors, block, look, reduction, options));
    const picture = looks[0]!.color ? mixed(pictures, looks) : pictures[0]!;
    if (tensors.length < parts.length)
      for (const part of parts) if (!part.tile) clear(picture, part.area, block, 2 ** reduction);
    return picture;
  }

  /** What one tile has of a block; where it cannot be had, what coarser levels have of it, enlarged. */
  async #part(
    level: number,
    x: number,
    y: number,
    block: PixelRect,
    options: ReadOptions & { readonly signal: AbortSignal },
  ): Promise<Part | Hole> {
    const { core, left, top } = tileCore(this.#source.levels[level]!, x, y);
    const area = overlapOf(core, block);
    try {
      const tile = await this.#tiles.get(level, x, y, options);
      if (tile) this.#checkSize(tile, left + core.width, top + core.height, level, x, y);
      this.#isSeen = true;
      if (!tile) return { tile, area };
      return { tile, area, x: area.x - core.x + left, y: area.y - core.y + top };
    } catch (thrown) {
      if (options.signal.aborted) throw thrown;
      this.#fails(thrown, level, x, y);
      return this.#standIn(level, area, options);
    }
  }

  /** Servers may round sizes down where the format rounds them up. */
  #checkSize(
    { width, height }: TensorPixels,
    needed: number,
    neededRows: number,
    level: number,
    x: number,
    y: number,
  ): void {
    if (width >= needed - 1 && height >= neededRows - 1) return;
    throw new InnotaterError(
      'data',
      `${this.#place(level, x, y)} is ${width} × ${height} and must be ${needed} × ${neededRows}`,
    );
  }

  #place(level: number, x: number, y: number): string {
    return `${this.#source.name ? `${this.#source.name}, ` : ''}tile ${x}, ${y} of level ${level}`;
  }

  #fails(thrown: unknown, level: number, x: number, y: number): void {
    if (this.#failure || this.#disposed) return;
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const known = thrown instanceof InnotaterError ? thrown : null;
    const message = `${this.#place(level, x, y)} cannot be shown: ${why}`;
    this.#failure = new InnotaterError(
      known?.code ?? 'fetch',
      message,
      { ...known?.facts, level, x, y },
      { cause: thrown },
    );
    void this.#tell(this.#failure);
  }

  async #tell(failure: InnotaterError): Promise<void> {
    const { place, onProblem } = this.#options;
    const told = place && onProblem ? await place(failure) : failure;
    if (!this.#disposed) onProblem?.(told);
  }

  /** The coarser levels' texels for an area, each repeated. The tile that holds the area's middle is enough. */
  async #standIn(level: number, area: PixelRect, options: ReadOptions): Promise<Part | Hole> {
    const { levels } = this.#source;
    const fine = levels[level]!;
    for (let coarser = level + 1; coarser < levels.length; coarser++) {
      const coarse = levels[coarser]!;
      const [across, down] = [coarse.width / fine.width, coarse.height / fine.height];
      const x = Math.floor(((area.x + area.width / 2) * across) / coarse.tileWidth);
      const y = Math.floor(((area.y + area.height / 2) * down) / coarse.tileHeight);
      const tile = await this.#tiles.get(coarser, x, y, options).catch((thrown) => {
        if (options.signal?.aborted) throw thrown;
        return null;
      });
      if (!tile) continue;
      this.#isSeen = true;
      const { core, left, top } = tileCore(coarse, x, y);
      const at = (i: number, scale: number, from: number, skipped: number, length: number) =>
        Math.min(length - 1, Math.max(0, Math.floor((i + 0.5) * scale) - from + skipped));
      const columns = Array.from({ length: area.width }, (_, i) =>
        at(area.x + i, across, core.x, left, tile.width),
      );
      const rows = Array.from({ length: area.height }, (_, i) =>
        at(area.y + i, down, core.y, top, tile.height),
      );
      return { tile: gathered(tile, columns, rows, isInterleaved(tile)), area, x: 0, y: 0 };
    }
    return { tile: null, area };
  }

  #looks(tile: TensorPixels, range: ValueRange | null): readonly Look[] {
    const { chain } = this.#options;
    const { channels, shownChannels, window } = this.#source;
    const { channels: count, white } = tile;
    const picksChannels = chain.some(({ kind }) => kind === 'channels');
    const setsValues = chain.some(({ kind }) => kind !== 'channels');
    const source = { channels: count, order: 'RGB', white } as const;
    if (channels && !picksChannels && channels.length === count) {
      return channels.map((channel, i) => {
        const one = [picking([i]), ...(setsValues ? chain : [])];
        const { picks, affine } = pixelProgram(
          windowedChain(one, range ?? (setsValues ? null : channel.window)),
          source,
        );
        return { picks, affine, color: channel.color };
      });
    }
    const isNatural = shownChannels?.length === count && shownChannels.every((channel, i) => channel === i);
    const first = !picksChannels && shownChannels && !isNatural ? [picking(shownChannels), ...chain] : chain;
    const { picks, affine } = pixelProgram(
      windowedChain(first, range ?? (setsValues ? null : (window ?? null))),
      source,
    );
    return [{ picks, affine, color: null }];
  }

  #converted(
    parts: readonly Part[],
    block: PixelRect,
    { picks, affine }: Look,
    level: number,
    options: ReadOptions,
  ): Promise<RgbaPixels> {
    const { pool } = this.#options;
    const how = bandLayout(parts[0]!.tile, picks);
    const recipe = { layout: how.layout, channels: picks.length as 1 | 2 | 3 | 4, order: how.order, affine };
    const convert = () => {
      const data = put(parts, block, how);
      return bandJobsOf(pool).convert(
        {
          band: { data, dtype: parts[0]!.tile.dtype, width: block.width, rows: block.height, recipe },
          level,
        },
        options,
      );
    };
    return bandQueueOf(pool).run(convert, options);
  }

  async #decoded(level: number, x: number, y: number, signal: AbortSignal): Promise<FetchedTile> {
    const tile: SourceTile = await this.#source.getTile(level, x, y, { signal });
    if (signal.aborted) {
      closeBitmap(tile);
      throw signal.reason;
    }
    if (tile === null || tile === undefined) return null;
    if (!isTensorLike(tile)) return this.#decodedImage(tile, signal);
    const tensor = tensorPixels(tile, this.#source.channelAxis);
    if (tensor.dtype === this.#dtype) return tensor;
    const message = `${this.#place(level, x, y)} holds values of type ${tensor.dtype} and its source says dtype: '${this.#source.dtype ?? 'u8'}'`;
    throw new InnotaterError('data', message);
  }

  /** Encoded images and bitmaps come back from a worker as exact RGBA. */
  async #decodedImage(tile: Blob | ImageBitmap, signal: AbortSignal): Promise<TensorPixels> {
    const { pool } = this.#options;
    const id = `tile ${bitmaps++}`;
    const isBitmap = 'close' in tile;
    const blob = isBitmap ? new Blob() : tile;
    try {
      const { width, height } = isBitmap
        ? await pool.adopt(id, tile, { signal })
        : await pool.open({ id, blob }, { signal });
      const region = { x: 0, y: 0, width, height };
      const request = { image: { id, blob }, region, level: 0, affine: null, swapRedBlue: false };
      const { rgba } = await pool.read(request, { signal });
      return tensorPixels({ data: rgba, width, height });
    } finally {
      pool.release(id);
    }
  }
}

/** What a tile, or what stands in for it, has of a block: `area` in texels of the level, from (x, y) of the tensor on. */
type Part = { readonly tile: TensorPixels; readonly area: PixelRect; readonly x: number; readonly y: number };
type Hole = { readonly tile: null; readonly area: PixelRect };

const closeBitmap = (tile: SourceTile): void => {
  if (tile && 'close' in tile) (tile as ImageBitmap).close();
};

/** Resolves in a task of its own. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

const valuesAt = (
  { data, dtype, offset, strides, channels, width, height }: TensorPixels,
  x: number,
  y: number,
): number[] => {
  const start = offset + Math.min(x, width - 1) * strides.x + Math.min(y, height - 1) * strides.y;
  return Array.from({ length: channels }, (_, c) => numberAt(data, dtype, start + c * strides.c));
};

const isInterleaved = ({ strides, channels }: TensorPixels): boolean =>
  strides.c === 1 && strides.x === channels;

/** Rows and columns picked one by one, in memory of its own. */
const gathered = (
  tile: TensorPixels,
  columns: readonly number[],
  rows: readonly number[],
  interleaved: boolean,
): TensorPixels => {
  const { data, offset, strides, channels } = tile;
  const [width, height] = [columns.length, rows.length];
  const out = newElements(tile.dtype, width * height * channels) as Uint8Array;
  const own = interleaved
    ? { y: width * channels, x: channels, c: 1 }
    : { y: width, x: 1, c: width * height };
  for (const [row, y] of rows.entries()) {
    for (const [column, x] of columns.entries()) {
      const from = offset + y * strides.y + x * strides.x;
      const to = row * own.y + column * own.x;
      for (let c = 0; c < channels; c++) out[to + c * own.c] = (data as Uint8Array)[from + c * strides.c]!;
    }
  }
  return { ...tile, data: out, width, height, offset: 0, strides: own };
};

/** All parts of a block in one piece of memory. A part that lacks its last row or column repeats the one before. */
const put = (parts: readonly Part[], block: PixelRect, how: BandLayout) => {
  const [first] = parts;
  const isWhole =
    parts.length === 1 && first!.area.width === block.width && first!.area.height === block.height;
  if (isWhole && fitsIn(first!))
    return copyBlock(first!.tile, how, { ...first!.area, x: first!.x, y: first!.y });
  const perPixel = how.layout === 'interleaved' ? how.picks.length : 1;
  const planes = how.layout === 'interleaved' ? 1 : how.picks.length;
  const out = newElements(first!.tile.dtype, block.width * block.height * how.picks.length) as Uint8Array;
  for (const { tile, area, x, y } of parts) {
    const width = Math.min(area.width, tile.width - x);
    const height = Math.min(area.height, tile.height - y);
    const data = copyBlock(
      tile,
      { ...how, runs: perPixel > 1 || tile.strides.x === 1 },
      { x, y, width, height },
    ) as Uint8Array;
    for (let plane = 0; plane < planes; plane++) {
      for (let row = 0; row < area.height; row++) {
        const from = (plane * height + Math.min(row, height - 1)) * width * perPixel;
        const to =
          ((plane * block.height + area.y - block.y + row) * block.width + area.x - block.x) * perPixel;
        out.set(data.subarray(from, from + width * perPixel), to);
        if (width < area.width)
          out.copyWithin(to + width * perPixel, to + (width - 1) * perPixel, to + width * perPixel);
      }
    }
  }
  return out;
};

const fitsIn = ({ tile, area, x, y }: Part): boolean =>
  x + area.width <= tile.width && y + area.height <= tile.height;

/** Adds up grey pictures in their colours. */
const mixed = (pictures: readonly RgbaPixels[], looks: readonly Look[]): RgbaPixels => {
  const { width, height } = pictures[0]!;
  const out = new Uint8ClampedArray(width * height * 4);
  for (const [i, { rgba }] of pictures.entries()) {
    const [r, g, b] = looks[i]!.color!.map((value) => value / 255) as [number, number, number];
    for (let at = 0; at < out.length; at += 4) {
      const grey = rgba[at]!;
      out[at] = out[at]! + grey * r;
      out[at + 1] = out[at + 1]! + grey * g;
      out[at + 2] = out[at + 2]! + grey * b;
      out[at + 3] = 255;
    }
  }
  return { width, height, rgba: new Uint8Array(out.buffer) };
};

/** Makes texels see-through that lie in an area of nothing. */
const clear = (picture: RgbaPixels, area: PixelRect, block: PixelRect, unit: number): void => {
  const first = (from: number, start: number) => Math.ceil((from - start) / unit);
  const end = (to: number, start: number, length: number) => Math.min(length, Math.ceil((to - start) / unit));
  const [x0, x1] = [first(area.x, block.x), end(area.x + area.width, block.x, picture.width)];
  const [y0, y1] = [first(area.y, block.y), end(area.y + area.height, block.y, picture.height)];
  for (let y = y0; y < y1; y++)
    picture.rgba.fill(0, (y * picture.width + x0) * 4, (y * picture.width + Math.max(x0, x1)) * 4);
};

/** Cut, or its last row and column repeated, to a size: levels that are rounded down lack a part of a texel. */
const extended = (picture: RgbaPixels, width: number, height: number): RgbaPixels => {
  if (picture.width === width && picture.height === height) return picture;
  const whole = { width, height, rgba: new Uint8Array(width * height * 4) };
  for (let y = 0; y < height; y++) {
    const from = Math.min(y, picture.height - 1) * picture.width * 4;
    const row = picture.rgba.subarray(from, from + Math.min(width, picture.width) * 4);
    whole.rgba.set(row, y * width * 4);
    for (let x = picture.width; x < width; x++)
      whole.rgba.set(row.subarray(row.length - 4), (y * width + x) * 4);
  }
  return whole;
};
