import type { PixelPool } from '../compute/index.js';
import type { PixelRect, RgbaPixels, StridedData } from '../kernels/index.js';
import type { ReadOptions, TileOptions } from './contract.js';
import type { ProgramFor } from './pixel-program.js';
import { SharedJob } from './shared-job.js';
import { between, keptLevelOf, lengthAlong, slowAxis } from './slabs.js';
import type { StoredPixels, Texels } from './stored-pixels.js';
import { TensorSource } from './tensor-source.js';
import { tileArea } from './tile-grid.js';

/**
 * One level of a stored tensor in memory, from which it and all coarser ones are made. It is filled slab by slab, as far as tiles
 * need it, and each part of the file is read for it once.
 */
export class KeptLevel {
  readonly level: number;
  readonly #stored: StoredPixels;
  readonly #programFor: ProgramFor;
  readonly #pool: PixelPool;
  readonly #linesPerSlab: number;
  readonly #perTexel: number;
  /** What became of each slab; undefined: not asked for. */
  readonly #slabs: (SharedJob<void> | 'filled' | undefined)[] = [];
  #kept: { readonly tensor: StridedData; readonly source: TensorSource } | null = null;

  constructor(stored: StoredPixels, programFor: ProgramFor, pool: PixelPool) {
    const { keptBytes } = stored.limits;
    const bytesPerElement = stored.keepsBytes ? 1 : 4;
    // Values are converted anew at each change of the window: fewer, so that it is seen at once.
    const bytesAtMost = stored.keepsBytes ? keptBytes : keptBytes / 3;
    this.#stored = stored;
    this.#programFor = programFor;
    this.#pool = pool;
    this.#perTexel = stored.keepsBytes ? 4 : stored.picks.length;
    this.level = keptLevelOf(stored.tensor, this.#perTexel * bytesPerElement, bytesAtMost);
    this.#linesPerSlab = stored.lines(2 ** this.level);
  }

  get bytes(): number {
    return this.#kept?.tensor.data.byteLength ?? 0;
  }

  /** A tile of this level or a coarser one. */
  async readTile(
    tile: { readonly level: number; readonly x: number; readonly y: number },
    options: TileOptions,
  ): Promise<RgbaPixels> {
    const { source } = this.#memory();
    await this.#fill(tileArea(this.#stored.tensor, tile), options);
    return source.readTile({ ...tile, level: tile.level - this.level }, options);
  }

  dispose(): void {
    this.#kept = null;
  }

  #memory() {
    this.#kept ??= this.#allocated();
    return this.#kept;
  }

  #allocated() {
    const { tensor, keepsBytes } = this.#stored;
    const width = Math.ceil(tensor.width / 2 ** this.level);
    const height = Math.ceil(tensor.height / 2 ** this.level);
    const channels = this.#perTexel;
    const length = width * height * channels;
    const kept = {
      data: keepsBytes ? new Uint8Array(length) : new Float32Array(length),
      dtype: keepsBytes ? ('u8' as const) : ('f32' as const),
      width,
      height,
      channels,
      offset: 0,
      strides: { y: width * channels, x: channels, c: 1 },
    };
    const picks = Array.from({ length: channels }, (_, c) => c);
    const programFor: ProgramFor = (range) => ({ picks, affine: this.#programFor(range).affine });
    return { tensor: kept, source: new TensorSource(kept, programFor, this.#pool, 0) };
  }

  /** Slabs from the middle of the area outwards. */
  async #fill(area: PixelRect, options: ReadOptions): Promise<void> {
    const axis = slowAxis(this.#stored.tensor);
    const from = area[axis];
    const to = from + lengthAlong(area, axis);
    const first = Math.floor(from / this.#linesPerSlab);
    const last = Math.ceil(to / this.#linesPerSlab);
    const middle = (first + last - 1) / 2;
    const slabs = Array.from({ length: last - first }, (_, i) => first + i);
    slabs.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
    await Promise.all(slabs.map((slab) => this.#filled(slab, options)));
  }

  #filled(slab: number, { signal, priority = 0 }: ReadOptions): Promise<void> | undefined {
    const known = this.#slabs[slab];
    if (known === 'filled') return;
    if (known && !known.isGivenUp) return known.wait(signal);
    const job = new SharedJob((ended) => this.#read(slab, { signal: ended, priority }));
    this.#slabs[slab] = job;
    const settle = (is: 'filled' | undefined) => () => {
      if (this.#slabs[slab] === job) this.#slabs[slab] = is;
    };
    job.result.then(settle('filled'), settle(undefined));
    return job.wait(signal);
  }

  async #read(slab: number, options: ReadOptions): Promise<void> {
    const { tensor } = this.#stored;
    const axis = slowAxis(tensor);
    const from = slab * this.#linesPerSlab;
    const to = Math.min(lengthAlong(tensor, axis), from + this.#linesPerSlab);
    const whole = { x: 0, y: 0, width: tensor.width, height: tensor.height };
    const area = between(whole, axis, from, to);
    const texels = await this.#stored.texels(area, this.level, options);
    const kept = this.#kept?.tensor;
    if (kept) paste(texels, kept, area.x / 2 ** this.level, area.y / 2 ** this.level);
  }
}

const paste = (part: Texels, { data, width, channels }: StridedData, x: number, y: number): void => {
  const run = part.width * channels;
  const target = data as Uint8Array;
  if (part.width === width) {
    target.set(part.data, y * run);
    return;
  }
  for (let row = 0; row < part.height; row++) {
    target.set(part.data.subarray(row * run, (row + 1) * run), ((y + row) * width + x) * channels);
  }
};
