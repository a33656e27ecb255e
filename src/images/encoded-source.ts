import type { PixelPool } from '../compute/index.js';
import { InnotaterError } from '../errors/index.js';
import type { EncodedImage, OpenedImage, RgbaPixels } from '../kernels/index.js';
import type { ImageSource, ReadOptions, TileAddress } from './contract.js';
import { type PixelProgram, pixelProgram } from './pixel-program.js';
import { rasterisedSvg } from './svg.js';
import { tileArea } from './tile-grid.js';
import type { PixelTransform } from './transforms.js';

let opened = 0;

/** What is done to the decoded pixels: `Transforms` in terms of what the worker can do. */
type DecodedRecipe = Pick<PixelProgram, 'affine'> & { readonly swapRedBlue: boolean };

const decodedRecipe = (chain: readonly PixelTransform[]): DecodedRecipe => {
  const { picks, affine } = pixelProgram(chain, { channels: 4, order: 'RGB', white: 255 });
  const order = picks.join();
  if (order !== '0,1,2,3' && order !== '2,1,0,3') {
    throw new InnotaterError(
      'data',
      "Transforms.channels: the channels of an encoded image can be 'RGB' or 'BGR'; other orders are for tensors",
    );
  }
  return { affine, swapRedBlue: order === '2,1,0,3' };
};

/** An image that a worker has decoded and keeps until `dispose()`. */
export class EncodedSource implements ImageSource {
  readonly #image: EncodedImage;
  readonly #size: OpenedImage;
  readonly #recipe: DecodedRecipe;
  readonly #pool: PixelPool;
  readonly #isSvg: boolean;
  #adopting: Promise<unknown> | null = null;
  #disposed = false;

  private constructor(
    image: EncodedImage,
    size: OpenedImage,
    recipe: DecodedRecipe,
    pool: PixelPool,
    isSvg: boolean,
  ) {
    this.#image = image;
    this.#size = size;
    this.#recipe = recipe;
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
    const recipe = decodedRecipe(chain);
    const image = { id: `image ${opened++}`, blob };
    const isSvg = kind === 'svg';
    try {
      const size = isSvg ? await adoptSvg(image, pool, options) : await pool.open(image, options);
      options.signal?.throwIfAborted();
      return new EncodedSource(image, size, recipe, pool, isSvg);
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

  async readTile(tile: TileAddress, options: ReadOptions): Promise<RgbaPixels> {
    const region = tileArea(this, tile);
    const request = { image: this.#image, region, level: tile.level, ...this.#recipe };
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
