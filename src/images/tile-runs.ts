import type { PixelRect, RgbaPixels } from '../kernels/index.js';
import {
  type ReadOptions,
  TILE_SIZE,
  type TileAddress,
  type TileOptions,
  type ValueRange,
} from './contract.js';
import type { ProgramFor } from './pixel-program.js';
import { cutRgba, pasteRgba } from './rgba.js';
import { SharedJob } from './shared-job.js';
import { type Axis, between, lengthAlong, slowAxis } from './slabs.js';
import type { StoredPixels } from './stored-pixels.js';
import { tileArea, tileName } from './tile-grid.js';

/** Most bytes of tiles that were read beside those asked for and are kept for a while. */
const mostAheadBytes = 32 << 20;

/** Tiles side by side whose lines lie in the same part of the file, which is read once for all of them. */
type Run = {
  readonly range: ValueRange | null;
  readonly tiles: Map<string, TileAddress>;
  /** null: more tiles may join. */
  job: SharedJob<ReadonlyMap<string, RgbaPixels>> | null;
};

/**
 * Tiles finer than what is kept, read straight from the file. Those asked for together are read in runs along the lines of the file;
 * their neighbours in these lines come with them, since lines are read whole.
 */
export class TileRuns {
  readonly #stored: StoredPixels;
  readonly #programFor: ProgramFor;
  readonly #axis: Axis;
  readonly #runs = new Map<string, Run>();
  readonly #ahead = new Map<string, RgbaPixels>();
  #aheadBytes = 0;

  constructor(stored: StoredPixels, programFor: ProgramFor) {
    this.#stored = stored;
    this.#programFor = programFor;
    this.#axis = slowAxis(stored.tensor);
  }

  get bytes(): number {
    return this.#aheadBytes;
  }

  async readTile(
    tile: TileAddress,
    { signal, priority = 0, range = null }: TileOptions,
  ): Promise<RgbaPixels> {
    const name = nameIn(tile, range);
    const ready = this.#takeAhead(name);
    if (ready) return ready;
    const run = this.#runFor(tile, name, range);
    // What is asked for in one go comes together.
    await null;
    signal?.throwIfAborted();
    run.job ??= this.#begun(run, priority);
    return (await run.job.wait(signal)).get(name)!;
  }

  dispose(): void {
    this.#ahead.clear();
    this.#aheadBytes = 0;
  }

  #runFor(tile: TileAddress, name: string, range: ValueRange | null): Run {
    const key = nameIn({ level: tile.level, x: 0, y: 0, [this.#axis]: tile[this.#axis] }, range);
    const known = this.#runs.get(key);
    if (known?.job === null) known.tiles.set(name, tile);
    if (known && !known.job?.isGivenUp && known.tiles.has(name)) return known;
    const run: Run = { range, tiles: new Map([[name, tile]]), job: null };
    this.#runs.set(key, run);
    return run;
  }

  #begun(run: Run, priority: number): SharedJob<ReadonlyMap<string, RgbaPixels>> {
    const asked = new Set(run.tiles.keys());
    for (const tile of this.#neighbours([...run.tiles.values()]))
      run.tiles.set(nameIn(tile, run.range), tile);
    const job = new SharedJob((signal) => this.#read(run, { signal, priority }));
    const forget = () => {
      for (const [key, other] of this.#runs) if (other === run) this.#runs.delete(key);
    };
    job.result.then((tiles) => {
      forget();
      for (const [name, pixels] of tiles) if (!asked.has(name)) this.#putAhead(name, pixels);
    }, forget);
    return job;
  }

  /** As many tiles again on either side as are asked for, within the bytes for them; nearest first. */
  #neighbours(tiles: readonly TileAddress[]): TileAddress[] {
    const along = this.#axis === 'y' ? 'x' : 'y';
    const [tile] = tiles as readonly [TileAddress];
    const places = tiles.map((other) => other[along]);
    const [first, last] = [Math.min(...places), Math.max(...places)];
    const reach = Math.min(last - first + 1, mostAheadBytes / tileBytes / 2);
    const end = Math.ceil(lengthAlong(this.#stored.tensor, along) / tileSide(tile.level));
    const from = Math.max(0, Math.floor(first - reach));
    const to = Math.min(end - 1, Math.ceil(last + reach));
    return Array.from({ length: to - from + 1 }, (_, i) => ({ ...tile, [along]: from + i }));
  }

  async #read({ tiles, range }: Run, options: ReadOptions): Promise<ReadonlyMap<string, RgbaPixels>> {
    const { tensor } = this.#stored;
    const [{ level }] = [...tiles.values()] as [TileAddress];
    const unit = 2 ** level;
    const { affine } = this.#programFor(range);
    const areas = [...tiles].map(([name, tile]) => ({ name, area: tileArea(tensor, tile) }));
    const whole = areas.map(({ area }) => area).reduce(union);
    const strip = blank(texelsOf(whole, whole, unit));
    const slabs = slabsOf(whole, this.#axis, this.#stored.lines(unit));
    const read = async (slab: PixelRect) => {
      const part = await this.#stored.rgba(slab, level, affine, options);
      const { x, y } = texelsOf(slab, whole, unit);
      pasteRgba(part, strip, x, y);
    };
    await Promise.all(slabs.map(read));
    return new Map(areas.map(({ name, area }) => [name, cutRgba(strip, texelsOf(area, whole, unit))]));
  }

  #takeAhead(name: string): RgbaPixels | undefined {
    const pixels = this.#ahead.get(name);
    if (pixels && this.#ahead.delete(name)) this.#aheadBytes -= pixels.rgba.byteLength;
    return pixels;
  }

  #putAhead(name: string, pixels: RgbaPixels): void {
    this.#takeAhead(name);
    this.#ahead.set(name, pixels);
    this.#aheadBytes += pixels.rgba.byteLength;
    for (const oldest of this.#ahead.keys()) {
      if (this.#aheadBytes <= mostAheadBytes) return;
      this.#takeAhead(oldest);
    }
  }
}

const tileSide = (level: number): number => TILE_SIZE * 2 ** level;
const tileBytes = TILE_SIZE * TILE_SIZE * 4;

const nameIn = (tile: TileAddress, range: ValueRange | null): string =>
  range ? `${tileName(tile)} ${range.lo} ${range.hi}` : tileName(tile);

const union = (a: PixelRect, b: PixelRect): PixelRect => {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
};

const slabsOf = (area: PixelRect, axis: Axis, lines: number): PixelRect[] => {
  const [start, end] = [area[axis], area[axis] + lengthAlong(area, axis)];
  const count = Math.ceil((end - start) / lines);
  return Array.from({ length: count }, (_, i) =>
    between(area, axis, start + i * lines, Math.min(end, start + (i + 1) * lines)),
  );
};

/** Where an area lies among the texels of one that holds it. */
const texelsOf = (area: PixelRect, { x, y }: PixelRect, unit: number): PixelRect => ({
  x: (area.x - x) / unit,
  y: (area.y - y) / unit,
  width: Math.ceil(area.width / unit),
  height: Math.ceil(area.height / unit),
});

const blank = ({ width, height }: PixelRect): RgbaPixels => ({
  width,
  height,
  rgba: new Uint8Array(width * height * 4),
});
