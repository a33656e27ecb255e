import type { PixelPool } from '../compute/index.js';
import type { RgbaPixels, StoredTensor } from '../kernels/index.js';
import type {
  Histogram,
  ImageSource,
  PixelValues,
  ReadOptions,
  Rendering,
  TileAddress,
  TileOptions,
} from './contract.js';
import { KeptLevel } from './kept-level.js';
import { pixelAt } from './pixel-at.js';
import { type ProgramFor, renderingOf } from './pixel-program.js';
import { ReadProgress } from './read-progress.js';
import { pasteRgba } from './rgba.js';
import { between, lengthAlong, slowAxis, storedLimits } from './slabs.js';
import { StoredPixels } from './stored-pixels.js';
import { topLevel } from './tile-grid.js';
import { TileRuns } from './tile-runs.js';
import { evenly, histogramOf, isWideDType, sampledGrid } from './values.js';

/** Lines of the file that the first, coarse picture is made of. */
const coarseLines = 256;
/** Images of fewer elements are read whole within a blink. */
const leastCoarseElements = 32 << 20;

/** An image that workers read themselves, a few rows at a time: a file of any size. */
export class StoredSource implements ImageSource {
  readonly #stored: StoredPixels;
  readonly #programFor: ProgramFor;
  readonly #kept: KeptLevel;
  readonly #runs: TileRuns;
  readonly #progress = new ReadProgress();
  readonly readCoarse: ImageSource['readCoarse'];

  constructor(tensor: StoredTensor, programFor: ProgramFor, pool: PixelPool, limits = storedLimits) {
    this.#programFor = programFor;
    this.#stored = new StoredPixels(tensor, programFor(null).picks, limits, pool, this.#progress);
    this.#kept = new KeptLevel(this.#stored, programFor, pool);
    this.#runs = new TileRuns(this.#stored, programFor);
    const isLarge = tensor.width * tensor.height * tensor.channels >= leastCoarseElements;
    this.readCoarse = isLarge ? (options) => this.#readLines(options) : undefined;
  }

  get width(): number {
    return this.#stored.tensor.width;
  }
  get height(): number {
    return this.#stored.tensor.height;
  }
  get bytes(): number {
    return this.#kept.bytes + this.#runs.bytes;
  }
  get rendering(): Rendering {
    return renderingOf(this.#programFor(null));
  }
  get isWide(): boolean {
    return isWideDType(this.#stored.tensor.dtype);
  }
  get progress(): number | null {
    return this.#progress.value;
  }

  readTile(tile: TileAddress, options: TileOptions): Promise<RgbaPixels> {
    return tile.level >= this.#kept.level
      ? this.#kept.readTile(tile, options)
      : this.#runs.readTile(tile, options);
  }

  /** Each line of the picture stands for some of the image's: the one in their middle is read. */
  async #readLines({ range = null, ...options }: TileOptions): Promise<RgbaPixels> {
    const { tensor } = this.#stored;
    const { affine } = this.#programFor(range);
    const level = topLevel(tensor);
    const axis = slowAxis(tensor);
    const texels = {
      width: Math.ceil(tensor.width / 2 ** level),
      height: Math.ceil(tensor.height / 2 ** level),
    };
    const whole = { ...texels, rgba: new Uint8Array(texels.width * texels.height * 4) };
    const area = { x: 0, y: 0, width: tensor.width, height: tensor.height };
    const lines = evenly(lengthAlong(tensor, axis), Math.min(coarseLines, lengthAlong(texels, axis)));
    const read = async (line: number, i: number) => {
      const part = await this.#stored.rgba(between(area, axis, line, line + 1), level, affine, options);
      const count = lengthAlong(texels, axis);
      const last = Math.ceil(((i + 1) * count) / lines.length);
      for (let at = Math.floor((i * count) / lines.length); at < last; at++) {
        pasteRgba(part, whole, axis === 'y' ? 0 : at, axis === 'y' ? at : 0);
      }
    };
    await Promise.all(lines.map(read));
    return whole;
  }

  async readValues(x: number, y: number, options: ReadOptions): Promise<PixelValues> {
    const { tensor } = this.#stored;
    const [column, row] = pixelAt(tensor, x, y);
    return { dtype: tensor.dtype, values: [...(await this.#stored.sample([row], [column], options))] };
  }

  async readHistogram(bins: number, options: ReadOptions): Promise<Histogram> {
    const { tensor } = this.#stored;
    const { rows, columns } = sampledGrid(tensor);
    return histogramOf(await this.#stored.sample(rows, columns, options), tensor.channels, bins);
  }

  dispose(): void {
    this.#kept.dispose();
    this.#runs.dispose();
  }
}
