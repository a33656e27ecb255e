import { bandJobsOf } from '../compute/band-jobs.js';
import type { PixelPool } from '../compute/index.js';
import {
  type Affine,
  type BandLayout,
  bandLayout,
  copyBlock,
  numberAt,
  type PixelRect,
  type RgbaPixels,
  type StoredTensor,
  type StridedData,
} from '../kernels/index.js';
import { bandBlocks } from './band.js';
import { bandQueueOf } from './band-queue.js';
import type {
  Histogram,
  ImageSource,
  PixelValues,
  ReadOptions,
  Rendering,
  TileAddress,
  TileOptions,
} from './contract.js';
import { pixelAt } from './pixel-at.js';
import { type ProgramFor, renderingOf } from './pixel-program.js';
import { pasteRgba } from './rgba.js';
import { tileArea, tileTexels, topLevel } from './tile-grid.js';
import { histogramOf, isWideDType, sampledGrid } from './values.js';

/** Bands of one tile that wait for their turn, or for the workers, at a time. */
const bandsAtATime = 4;
/** Smaller images are there within a blink. */
const leastCoarsePixels = 8 << 20;

const sharedTensor = ({ data, ...pixels }: StridedData): StoredTensor | null => {
  const { buffer, byteOffset } = data;
  if (typeof SharedArrayBuffer === 'undefined' || !(buffer instanceof SharedArrayBuffer)) return null;
  const { dtype, width, height, channels, offset, strides } = pixels;
  return {
    bytes: buffer,
    byteOffset,
    littleEndian: isLittleEndian,
    dtype,
    width,
    height,
    channels,
    offset,
    strides,
  };
};

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The same memory with one pixel for each square of `n`: the one in its middle, or the last where the square is cut off before. */
const everyNth = (tensor: StridedData, n: number): StridedData => {
  const [width, height] = [Math.ceil(tensor.width / n), Math.ceil(tensor.height / n)];
  const x = Math.min(n >> 1, tensor.width - 1 - (width - 1) * n);
  const y = Math.min(n >> 1, tensor.height - 1 - (height - 1) * n);
  const { strides } = tensor;
  const offset = tensor.offset + x * strides.x + y * strides.y;
  return { ...tensor, width, height, offset, strides: { ...strides, x: strides.x * n, y: strides.y * n } };
};

/** An image in the caller's memory, read anew for each tile and never changed. */
export class TensorSource implements ImageSource {
  readonly bytes: number;
  readonly readCoarse: ImageSource['readCoarse'];
  readonly #tensor: StridedData;
  readonly #programFor: ProgramFor;
  readonly #layout: BandLayout;
  readonly #pool: PixelPool;
  /** Memory that the workers share: nothing is copied. */
  readonly #shared: StoredTensor | null;

  /** `bytes`: what the tensor's memory counts as, 0 where the caller holds it anyway. */
  constructor(tensor: StridedData, programFor: ProgramFor, pool: PixelPool, bytes: number) {
    this.#tensor = tensor;
    this.#programFor = programFor;
    this.#layout = bandLayout(tensor, programFor(null).picks);
    this.#pool = pool;
    this.bytes = bytes;
    this.#shared = sharedTensor(tensor);
    const isLarge = tensor.width * tensor.height >= leastCoarsePixels;
    this.readCoarse = isLarge ? (options) => this.#readEveryNth(options) : undefined;
  }

  get width(): number {
    return this.#tensor.width;
  }
  get height(): number {
    return this.#tensor.height;
  }

  get rendering(): Rendering {
    return renderingOf(this.#programFor(null));
  }
  get isWide(): boolean {
    return isWideDType(this.#tensor.dtype);
  }

  async readValues(x: number, y: number, { signal }: ReadOptions): Promise<PixelValues> {
    signal?.throwIfAborted();
    const [column, row] = pixelAt(this, x, y);
    return { dtype: this.#tensor.dtype, values: this.#valuesAt(column, row) };
  }

  async readHistogram(bins: number, { signal }: ReadOptions): Promise<Histogram> {
    signal?.throwIfAborted();
    const { rows, columns } = sampledGrid(this);
    const values = rows.flatMap((y) => columns.flatMap((x) => this.#valuesAt(x, y)));
    return histogramOf(values, this.#tensor.channels, bins);
  }

  #valuesAt(x: number, y: number): number[] {
    const { data, dtype, offset, strides, channels } = this.#tensor;
    const start = offset + x * strides.x + y * strides.y;
    return Array.from({ length: channels }, (_, c) => numberAt(data, dtype, start + c * strides.c));
  }

  async readTile(tile: TileAddress, { signal, priority, range = null }: TileOptions): Promise<RgbaPixels> {
    const { affine } = this.#programFor(range);
    const unit = 2 ** tile.level;
    const area = tileArea(this, tile);
    const { width, height } = tileTexels(this, tile);
    const blocks = bandBlocks(area, unit, this.#tensor, this.#layout);
    const whole = { width, height, rgba: new Uint8Array(width * height * 4) };
    const stop = new AbortController();
    const giveUp = () => stop.abort(signal?.reason);
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    const options = { signal: stop.signal, ...(priority === undefined ? {} : { priority }) };
    const left = blocks.values();
    const readSome = async () => {
      for (const block of left) {
        const part = await this.#readBlock(block, tile.level, affine, options);
        pasteRgba(part, whole, (block.x - area.x) / unit, (block.y - area.y) / unit);
      }
    };
    try {
      await Promise.all(Array.from({ length: bandsAtATime }, readSome));
      return whole;
    } catch (error) {
      stop.abort(error);
      throw error;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** A pixel for each texel of the top level. */
  #readEveryNth(options: TileOptions): Promise<RgbaPixels> {
    const every = everyNth(this.#tensor, 2 ** topLevel(this));
    const source = new TensorSource(every, this.#programFor, this.#pool, 0);
    return source.readTile({ level: 0, x: 0, y: 0 }, options);
  }

  #readBlock(
    block: PixelRect,
    level: number,
    affine: Affine | null,
    options: ReadOptions,
  ): Promise<RgbaPixels> {
    const { layout, order, picks } = this.#layout;
    const { dtype } = this.#tensor;
    if (this.#shared) {
      const request = { tensor: this.#shared, region: block, level, picks, affine };
      return bandJobsOf(this.#pool).readStored(request, options);
    }
    const channels = picks.length as 1 | 2 | 3 | 4;
    const recipe = { layout, channels, order, affine };
    const make = (spare: ArrayBuffer | undefined) => {
      const data = copyBlock(this.#tensor, this.#layout, block, spare);
      return { band: { data, dtype, width: block.width, rows: block.height, recipe }, level };
    };
    return bandQueueOf(this.#pool).run(() => bandJobsOf(this.#pool).convert(make, options), options);
  }

  /** The memory is the caller's. */
  dispose(): void {}
}
