import { bandJobsOf } from '../compute/band-jobs.js';
import type { PixelPool } from '../compute/index.js';
import type { Affine, PixelRect, RgbaPixels, StoredTensor } from '../kernels/index.js';
import type { ReadOptions } from './contract.js';
import type { ReadProgress } from './read-progress.js';
import { linesPerSlab, type StoredLimits } from './slabs.js';

/** Texels read from a stored tensor, `perTexel` elements each: bytes of RGBA, or means of values. */
export type Texels = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
};

/** What the workers read of one stored tensor, with its progress. */
export class StoredPixels {
  readonly tensor: StoredTensor;
  readonly picks: readonly number[];
  readonly limits: StoredLimits;
  readonly #pool: PixelPool;
  readonly #progress: ReadProgress;

  constructor(
    tensor: StoredTensor,
    picks: readonly number[],
    limits: StoredLimits,
    pool: PixelPool,
    progress: ReadProgress,
  ) {
    this.limits = limits;
    this.tensor = tensor;
    this.picks = picks;
    this.#pool = pool;
    this.#progress = progress;
  }

  /** Bytes are kept as RGBA, all else as the mean values themselves, so that a window needs no reading. */
  get keepsBytes(): boolean {
    return this.tensor.dtype === 'u8';
  }

  /** Lines that are read in one go: whole squares of `unit`. */
  lines(unit: number): number {
    return linesPerSlab(this.tensor, unit, this.limits.slabBytes);
  }

  rgba(region: PixelRect, level: number, affine: Affine | null, options: ReadOptions): Promise<RgbaPixels> {
    const { tensor, picks } = this;
    const read = bandJobsOf(this.#pool).readStored({ tensor, region, level, picks, affine }, options);
    return this.#progress.of(region.width * region.height, read);
  }

  /** Before any step on values. */
  async texels(region: PixelRect, level: number, options: ReadOptions): Promise<Texels> {
    if (this.keepsBytes) {
      const { width, height, rgba } = await this.rgba(region, level, null, options);
      return { width, height, data: rgba };
    }
    const { tensor, picks } = this;
    const means = bandJobsOf(this.#pool).readMeans({ tensor, region, level, picks }, options);
    const { width, height, values } = await this.#progress.of(region.width * region.height, means);
    return { width, height, data: values };
  }

  sample(rows: readonly number[], columns: readonly number[], options: ReadOptions) {
    return bandJobsOf(this.#pool).sampleStored({ tensor: this.tensor, rows, columns }, options);
  }
}
