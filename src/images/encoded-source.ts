import type { PixelPool } from '../compute/index.js';
import type { InnotaterError } from '../errors/index.js';
import type { Size } from '../geometry/index.js';
import type { RgbaPixels } from '../kernels/index.js';
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
import { Glance } from './glance.js';
import { pixelAt } from './pixel-at.js';
import { tileArea } from './tile-grid.js';
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
  readonly quickLevel: number | undefined;
  readonly #image: DecodedImage;
  readonly #chain: readonly PixelTransform[];
  readonly #place: (error: unknown) => Promise<InnotaterError>;
  readonly #glance: Glance | null;

  private constructor(
    image: DecodedImage,
    known: Size,
    glance: Glance | null,
    chain: readonly PixelTransform[],
    place: (error: unknown) => Promise<InnotaterError>,
  ) {
    this.width = known.width;
    this.height = known.height;
    this.quickLevel = glance?.level;
    this.#image = image;
    this.#glance = glance;
    this.#chain = chain;
    this.#place = place;
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
    place: (error: unknown) => Promise<InnotaterError>,
  ): Promise<EncodedSource> {
    await recipeOf(chain, null);
    const image = new DecodedImage(blob, kind, pool);
    try {
      const glance = kind === 'svg' ? null : await Glance.open(blob, pool, options);
      options.signal?.throwIfAborted();
      return new EncodedSource(image, glance ?? (await image.open(options)), glance, chain, place);
    } catch (error) {
      image.dispose();
      throw error;
    }
  }

  get bytes(): number {
    return this.#image.bytes + (this.#glance?.bytes ?? 0);
  }

  get isWide(): boolean {
    return false;
  }

  async readTile(tile: TileAddress, { range = null, ...options }: TileOptions): Promise<RgbaPixels> {
    const recipe = await recipeOf(this.#chain, range);
    const glance = this.#glance;
    if (glance && tile.level >= glance.level) return glance.readTile(tile, recipe, options);
    return this.#read({ region: tileArea(this, tile), level: tile.level, ...recipe }, options);
  }

  /** What went wrong when the image was decoded is told with its place, as it is by `openImage`. */
  async #read(cut: DecodedCut, options: ReadOptions): Promise<RgbaPixels> {
    try {
      return await this.#image.read(cut, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      const placed = await this.#place(error);
      options.signal?.throwIfAborted();
      throw placed;
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
    this.#glance?.dispose();
    this.#image.dispose();
  }
}
