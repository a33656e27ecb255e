import type { PixelPool } from '../compute/index.js';
import { InnotaterError } from '../errors/index.js';
import type { EncodedImage, OpenedImage, PixelRect, RgbaPixels } from '../kernels/index.js';
import type {
  Histogram,
  ImageSource,
  PixelValues,
  ReadOptions,
  TileAddress,
  TileOptions,
  ValueRange,
} from './contract.js';
import { type PixelProgram, pixelProgram, windowedChain } from './pixel-program.js';
import { rasterisedSvg } from './svg.js';
import { tileArea } from './tile-grid.js';
import type { PixelTransform } from './transforms.js';
import { evenly, histogramOf, pixelAt } from './values.js';

let opened = 0;

/** Edge in pixels, and most squares a row and column, of what a histogram looks at. */
const [sampledSide, sampledSquares] = [32, 5];

/** What is done to the decoded pixels: `Transforms` in terms of what the worker can do. */
type DecodedRecipe = Pick<PixelProgram, 'affine'> & { readonly swapRedBlue: boolean };

const decodedRecipe = (chain: readonly PixelTransform[], range: ValueRange | null): DecodedRecipe => {
  const { picks, affine } = pixelProgram(windowedChain(chain, range), {
    channels: 4,
    order: 'RGB',
    white: 255,
  });
  const order = picks.join();
  if (order !== '0,1,2,3' && order !== '2,1,0,3') {
    throw new InnotaterError(
      'data',
      "Transforms.channels: the channels of an encoded image can be 'RGB' or 'BGR'; other orders are for tensors",
    );
  }
  return { affine, swapRedBlue: order === '2,1,0,3' };
};

const asDecoded: DecodedRecipe = { affine: null, swapRedBlue: false };

/** An image that a worker has decoded and keeps until `dispose()`. */
export class EncodedSource implements ImageSource {
  readonly #image: EncodedImage;
  readonly #size: OpenedImage;
  readonly #chain: readonly PixelTransform[];
  readonly #pool: PixelPool;
  readonly #isSvg: boolean;
  #adopting: Promise<unknown> | null = null;
  #disposed = false;

  private constructor(
    image: EncodedImage,
    size: OpenedImage,
    chain: readonly PixelTransform[],
    pool: PixelPool,
    isSvg: boolean,
  ) {
    this.#image = image;
    this.#size = size;
    this.#chain = chain;
    this.#pool = pool;
    this.#isSvg = isSvg;
  }

  /** Decodes the image in a worker; an SVG is rasterised on the page first. Rejects with `InnotaterError`, or `signal.reason`. */
  static async open(
    blob: Blob,
    kind: 'bitmap' | 'svg',
    chain: readonly PixelTransform[],
    pool: PixelPool,
    options: ReadOptions,
  ): Promise<EncodedSource> {
    decodedRecipe(chain, null);
    const image = { id: `image ${opened++}`, blob };
    const isSvg = kind === 'svg';
    try {
      const size = isSvg ? await adoptSvg(image, pool, options) : await pool.open(image, options);
      options.signal?.throwIfAborted();
      return new EncodedSource(image, size, chain, pool, isSvg);
    } catch (error) {
      pool.release(image.id);
      throw error;
    }
  }

  get width(): number {
    return this.#size.width;
  }
  get height(): number {
    return this.#size.height;
  }
  get bytes(): number {
    return this.#disposed ? 0 : this.#size.bytes;
  }

  get isWide(): boolean {
    return false;
  }

  readTile(tile: TileAddress, { range = null, ...options }: TileOptions): Promise<RgbaPixels> {
    return this.#read(tileArea(this, tile), tile.level, decodedRecipe(this.#chain, range), options);
  }

  /** R, G, B and A as decoded, whatever the file's own channels are. */
  async readValues(x: number, y: number, options: ReadOptions): Promise<PixelValues> {
    const [column, row] = pixelAt(this, x, y);
    const region = { x: column, y: row, width: 1, height: 1 };
    const { rgba } = await this.#read(region, 0, asDecoded, options);
    return { dtype: 'u8', values: [...rgba] };
  }

  /** Of some squares spread over the image. */
  async readHistogram(bins: number, options: ReadOptions): Promise<Histogram> {
    const side = sampledSide;
    const from = (length: number) => evenly(Math.ceil(length / side), sampledSquares).map((i) => i * side);
    const regions = from(this.height).flatMap((y) =>
      from(this.width).map((x) => ({
        x,
        y,
        width: Math.min(side, this.width - x),
        height: Math.min(side, this.height - y),
      })),
    );
    const parts = await Promise.all(regions.map((region) => this.#read(region, 0, asDecoded, options)));
    return histogramOf(
      parts.flatMap(({ rgba }) => [...rgba]),
      4,
      bins,
    );
  }

  async #read(
    region: PixelRect,
    level: number,
    recipe: DecodedRecipe,
    options: ReadOptions,
  ): Promise<RgbaPixels> {
    const request = { image: this.#image, region, level, ...recipe };
    try {
      return await this.#pool.read(request, options);
    } catch (error) {
      if (!this.#isSvg || this.#disposed || !isLost(error)) throw error;
      await this.#adoptAgain(options);
      options.signal?.throwIfAborted();
      return this.#pool.read(request, options);
    }
  }

  /** Once for all the tiles that find the bitmap gone, so no tile's signal ends it. */
  #adoptAgain({ priority }: ReadOptions): Promise<unknown> {
    const options = priority === undefined ? {} : { priority };
    this.#adopting ??= adoptSvg(this.#image, this.#pool, options).finally(() => {
      this.#adopting = null;
      if (this.#disposed) this.#pool.release(this.#image.id);
    });
    return this.#adopting;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#pool.release(this.#image.id);
  }
}

/** The worker that held the bitmap crashed; no other can decode an SVG itself. */
const isLost = (error: unknown): boolean => error instanceof InnotaterError && error.facts.lost === true;

const adoptSvg = async (image: EncodedImage, pool: PixelPool, options: ReadOptions): Promise<OpenedImage> => {
  const bitmap = await rasterisedSvg(image.blob, options.signal);
  return pool.adopt(image.id, bitmap, options);
};
