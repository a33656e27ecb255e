import { bandJobsOf } from '../compute/band-jobs.js';
import type { PixelPool } from '../compute/index.js';
import { asBand, type ResizeArea, type RgbaPixels } from '../kernels/index.js';
import {
  type Histogram,
  type ImageSource,
  type PixelValues,
  type ReadOptions,
  TILE_SIZE,
  type TileAddress,
  type TileOptions,
  type ValueRange,
} from './contract.js';
import { cutRgba, pasteRgba } from './rgba.js';
import { tileArea, tileTexels } from './tile-grid.js';
import { mostSide, type ResizeTransform } from './transforms.js';

/** Pixels that a picture is made of at most; larger images are reduced by areas first. */
const mostPixels = 2 ** 24;
/** The picture is halved until its longer side is no longer than this. */
const smallest = 64;
/** Tiles of the source that are read at a time. */
const tilesAtATime = 4;

/** The picture at its own size, then halved again and again. */
type Picture = readonly RgbaPixels[];

/**
 * Another source as it looks after a resampling, over the same pixels: its size is the original's, its tiles show the picture that
 * was made once of the whole. Takes the source over.
 */
export class ResizedSource implements ImageSource {
  readonly #source: ImageSource;
  readonly #resize: ResizeTransform;
  readonly #pool: PixelPool;
  readonly #ended = new AbortController();
  #made: { readonly range: string; readonly picture: Promise<Picture> } | null = null;
  #bytes = 0;
  #progress: number | null = null;

  constructor(source: ImageSource, resize: ResizeTransform, pool: PixelPool) {
    this.#source = source;
    this.#resize = resize;
    this.#pool = pool;
  }

  get width(): number {
    return this.#source.width;
  }
  get height(): number {
    return this.#source.height;
  }
  get bytes(): number {
    return this.#source.bytes + this.#bytes;
  }
  get isWide(): boolean {
    return this.#source.isWide;
  }
  get progress(): number | null {
    return this.#progress;
  }

  async readTile(tile: TileAddress, { range = null, ...options }: TileOptions): Promise<RgbaPixels> {
    const picture = await untilAborted(this.#pictureOf(range, options), options.signal);
    const texels = tileTexels(this, tile);
    const { x, y } = tileArea(this, tile);
    const unit = 2 ** tile.level;
    const area = { x, y, width: texels.width * unit, height: texels.height * unit };
    return this.#sample(picture, area, texels, options);
  }

  readValues(x: number, y: number, options: ReadOptions): Promise<PixelValues> {
    return this.#source.readValues(x, y, options);
  }

  readHistogram(bins: number, options: ReadOptions): Promise<Histogram> {
    return this.#source.readHistogram(bins, options);
  }

  dispose(): void {
    this.#ended.abort();
    this.#made = null;
    this.#bytes = 0;
    this.#source.dispose();
  }

  /** Made by the first tile that wants it; a failed one is made anew by the next. */
  #pictureOf(range: ValueRange | null, { priority }: ReadOptions): Promise<Picture> {
    const name = JSON.stringify(range);
    if (this.#made?.range === name) return this.#made.picture;
    const signal = this.#ended.signal;
    const options = { signal, range, ...(priority === undefined ? {} : { priority }) };
    const made = { range: name, picture: this.#make(options) };
    this.#made = made;
    made.picture.catch(() => {
      if (this.#made === made) this.#made = null;
    });
    return made.picture;
  }

  async #make(options: TileOptions): Promise<Picture> {
    const whole = await this.#readWhole(options);
    const { width, height } = pictureSize(this, this.#resize);
    const { filter } = this.#resize;
    const picture = [await bandJobsOf(this.#pool).resize(asBand(whole), { width, height, filter }, options)];
    for (let last = picture[0]!; Math.max(last.width, last.height) > smallest; picture.push(last)) {
      const band = { ...asBand(last), data: last.rgba.slice() };
      last = await bandJobsOf(this.#pool).convert({ band, level: 1 }, options);
    }
    this.#bytes = picture.reduce((sum, { rgba }) => sum + rgba.length, 0);
    return picture;
  }

  /** The source at the finest level that has few enough pixels. */
  async #readWhole(options: TileOptions): Promise<RgbaPixels> {
    let level = 0;
    while ((this.width * this.height) / 4 ** level > mostPixels) level++;
    const unit = 2 ** level;
    const [width, height] = [Math.ceil(this.width / unit), Math.ceil(this.height / unit)];
    const whole = { width, height, rgba: new Uint8Array(width * height * 4) };
    const tiles = tilesOf(this, level);
    const left = tiles.values();
    let read = 0;
    this.#progress = 0;
    const readSome = async () => {
      for (const tile of left) {
        const { x, y } = tileArea(this, tile);
        pasteRgba(await this.#source.readTile(tile, options), whole, x / unit, y / unit);
        this.#progress = ++read / tiles.length;
      }
    };
    try {
      await Promise.all(Array.from({ length: tilesAtATime }, readSome));
    } finally {
      this.#progress = null;
    }
    return whole;
  }

  /** A part of the image, in its pixels, out of the picture: of the smallest that is at least as fine as what is wanted. */
  #sample(
    picture: Picture,
    area: ResizeArea,
    texels: { readonly width: number; readonly height: number },
    options: ReadOptions,
  ): Promise<RgbaPixels> {
    const fine = ({ width, height }: RgbaPixels) =>
      (width / this.width) * area.width >= texels.width &&
      (height / this.height) * area.height >= texels.height;
    const from = picture.findLast(fine) ?? picture[0]!;
    const [scaleX, scaleY] = [from.width / this.width, from.height / this.height];
    const part = {
      x: area.x * scaleX,
      y: area.y * scaleY,
      width: area.width * scaleX,
      height: area.height * scaleY,
    };
    const x = Math.min(from.width - 1, Math.floor(part.x));
    const y = Math.min(from.height - 1, Math.floor(part.y));
    const right = Math.min(from.width, Math.ceil(part.x + part.width));
    const bottom = Math.min(from.height, Math.ceil(part.y + part.height));
    const cut = cutRgba(from, { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) });
    const shifted = { ...part, x: part.x - x, y: part.y - y };
    return bandJobsOf(this.#pool).resize(asBand(cut), { ...texels, filter: 'box', area: shifted }, options);
  }
}

/** The size that is asked for; a side that is not follows the image's proportions. */
const pictureSize = (
  image: { readonly width: number; readonly height: number },
  { width, height }: ResizeTransform,
) => {
  const side = (length: number) => Math.min(mostSide, Math.max(1, Math.round(length)));
  return {
    width: width ?? side((image.width * height!) / image.height),
    height: height ?? side((image.height * width!) / image.width),
  };
};

const tilesOf = (
  image: { readonly width: number; readonly height: number },
  level: number,
): TileAddress[] => {
  const side = TILE_SIZE * 2 ** level;
  const columns = Math.ceil(image.width / side);
  return Array.from({ length: columns * Math.ceil(image.height / side) }, (_, i) => ({
    level,
    x: i % columns,
    y: Math.floor(i / columns),
  }));
};

const untilAborted = async <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (!signal) return work;
  signal.throwIfAborted();
  const stop = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const options = { once: true, signal: stop.signal };
    signal.addEventListener('abort', () => reject(signal.reason), options);
  });
  return Promise.race([work, aborted]).finally(() => stop.abort());
};
