import type { PixelPool } from '../compute/index.js';
import type { EncodedImage, FirstPicture, RgbaPixels } from '../kernels/index.js';
import type { ReadOptions, TileAddress } from './contract.js';
import type { DecodedCut } from './decoded-image.js';
import { tileArea } from './tile-grid.js';

/** Smaller files hold no image that would take long to decode. */
const leastBytes = 128 << 10;

let glances = 0;

/** The first picture of a large image, decoded at a part of its size; a worker keeps it until `dispose()` and makes tiles of it. */
export class Glance {
  readonly #image: EncodedImage;
  readonly #pool: PixelPool;
  readonly #picture: FirstPicture;

  private constructor(image: EncodedImage, pool: PixelPool, picture: FirstPicture) {
    this.#image = image;
    this.#pool = pool;
    this.#picture = picture;
  }

  /** Null where there is none; what is wrong with a file is said when it is decoded. */
  static async open(blob: Blob, pool: PixelPool, options: ReadOptions): Promise<Glance | null> {
    if (blob.size < leastBytes) return null;
    const image = { id: `glance ${glances++}`, blob, isGlance: true };
    const picture = await pool.glance(image, options).catch(() => null);
    if (picture && !options.signal?.aborted) return new Glance(image, pool, picture);
    pool.release(image.id);
    return null;
  }

  /** Full size of the image. */
  get width(): number {
    return this.#picture.width;
  }
  get height(): number {
    return this.#picture.height;
  }
  get bytes(): number {
    return this.#picture.bytes;
  }
  /** The finest level that it is fine enough for. */
  get level(): number {
    return this.#picture.level;
  }

  /** A tile of that level or a coarser one. */
  readTile(
    tile: TileAddress,
    look: Omit<DecodedCut, 'region' | 'level'>,
    options: ReadOptions,
  ): Promise<RgbaPixels> {
    const level = tile.level - this.level;
    const [width, height] = [this.width, this.height].map((length) => Math.ceil(length / 2 ** this.level));
    const region = tileArea({ width: width!, height: height! }, { ...tile, level });
    return this.#pool.read({ image: this.#image, region, level, ...look }, options);
  }

  dispose(): void {
    this.#pool.release(this.#image.id);
  }
}
