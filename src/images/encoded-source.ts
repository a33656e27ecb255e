import type { PixelPool } from '../compute/index.js';
import type { InnotaterError } from '../errors/index.js';
import type { FirstPicture, OpenedImage, RgbaPixels } from '../kernels/index.js';
import type {
  Histogram,
  ImageSource,
  PixelValues,
  ReadOptions,
  TileAddress,
  TileOptions,
  ValueRange,
} from './contract.js';
import { type DecodedCut, DecodedImage } from './decoded-image.js';
import type { DecodedRecipe } from './decoded-recipe.js';
import { pixelAt } from './pixel-at.js';
import type { TensorSource } from './tensor-source.js';
import { tileArea, topLevel } from './tile-grid.js';
import type { PixelTransform } from './transforms.js';

/** What is done to the decoded pixels; without transforms and window nothing is, and nothing is loaded for it. */
const recipeOf = async (
  chain: readonly PixelTransform[],
  range: ValueRange | null,
): Promise<DecodedRecipe> =>
  chain.length === 0 && !range
    ? asDecoded
    : (await import('./decoded-recipe.js')).decodedRecipe(chain, range);

const asDecoded: DecodedRecipe = { affine: null, swapRedBlue: false };

/**
 * An encoded image. Where its format gives a first picture, that is kept and serves the levels that it is fine enough for, and the image
 * itself is decoded when finer ones are needed; else it is decoded at once. The decoded image stays with its worker.
 */
export class EncodedSource implements ImageSource {
  readonly width: number;
  readonly height: number;
  readonly readCoarse: ImageSource['readCoarse'];
  readonly #image: DecodedImage;
  readonly #chain: readonly PixelTransform[];
  readonly #place: (error: unknown) => InnotaterError;
  #first: { readonly level: number; readonly source: TensorSource } | null = null;

  private constructor(
    image: DecodedImage,
    known: OpenedImage | FirstPicture,
    picture: TensorSource | null,
    chain: readonly PixelTransform[],
    place: (error: unknown) => InnotaterError,
  ) {
    this.width = known.width;
    this.height = known.height;
    this.#image = image;
    this.#chain = chain;
    this.#place = place;
    if (!('level' in known) || !picture) return;
    const { level } = known;
    const whole = { level: topLevel(this) - level, x: 0, y: 0 };
    this.#first = { level, source: picture };
    this.readCoarse = (options) => picture.readTile(whole, options);
  }

  /**
   * Waits until there is a first picture, or the image is decoded. `place` puts before an error where it belongs. Rejects with
   * `InnotaterError`, or `signal.reason`.
   */
  static async open(
    blob: Blob,
    kind: 'bitmap' | 'svg',
    chain: readonly PixelTransform[],
    pool: PixelPool,
    options: ReadOptions,
    place: (error: unknown) => InnotaterError,
  ): Promise<EncodedSource> {
    await recipeOf(chain, null);
    const image = new DecodedImage(blob, kind, pool);
    try {
      const first = kind === 'svg' ? null : await firstPicture(blob, pool, options);
      const picture = first && (await import('./picture-source.js')).pictureSource(first.pixels, chain, pool);
      options.signal?.throwIfAborted();
      return new EncodedSource(image, first ?? (await image.open(options)), picture, chain, place);
    } catch (error) {
      image.dispose();
      throw error;
    }
  }

  get bytes(): number {
    return this.#image.bytes + (this.#first?.source.bytes ?? 0);
  }

  get isWide(): boolean {
    return false;
  }

  async readTile(tile: TileAddress, { range = null, ...options }: TileOptions): Promise<RgbaPixels> {
    const first = this.#first;
    if (first && tile.level >= first.level) {
      return first.source.readTile({ ...tile, level: tile.level - first.level }, { range, ...options });
    }
    const region = tileArea(this, tile);
    return this.#read({ region, level: tile.level, ...(await recipeOf(this.#chain, range)) }, options);
  }

  /** What went wrong when the image was decoded is told with its place, as it is by `openImage`. */
  async #read(cut: DecodedCut, options: ReadOptions): Promise<RgbaPixels> {
    try {
      return await this.#image.read(cut, options);
    } catch (error) {
      throw options.signal?.aborted ? error : this.#place(error);
    }
  }

  /** R, G, B and A as decoded, whatever the file's own channels are. */
  async readValues(x: number, y: number, options: ReadOptions): Promise<PixelValues> {
    const [column, row] = pixelAt(this, x, y);
    const region = { x: column, y: row, width: 1, height: 1 };
    const { rgba } = await this.#read({ region, level: 0, ...asDecoded }, options);
    return { dtype: 'u8', values: [...rgba] };
  }

  /** Of some squares spread over the image. */
  async readHistogram(bins: number, options: ReadOptions): Promise<Histogram> {
    const { sampledHistogram } = await import('./decoded-recipe.js');
    return sampledHistogram(this, bins, (region) => this.#read({ region, level: 0, ...asDecoded }, options));
  }

  dispose(): void {
    this.#first = null;
    this.#image.dispose();
  }
}

/** Smaller files hold no image that would take long to decode. */
const leastGlancedBytes = 128 << 10;

/** null where there is none; what is wrong with a file is said when it is decoded. */
const firstPicture = async (
  blob: Blob,
  pool: PixelPool,
  options: ReadOptions,
): Promise<FirstPicture | null> => {
  if (blob.size < leastGlancedBytes) return null;
  try {
    return await pool.glance(blob, options);
  } catch {
    return null;
  }
};
