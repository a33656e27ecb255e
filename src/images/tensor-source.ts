import type { PixelPool } from '../compute/index.js';
import type { PixelRect, RgbaPixels } from '../kernels/index.js';
import { type BandLayout, bandBlocks, bandLayout, copyBlock } from './band.js';
import { bandQueueOf } from './band-queue.js';
import type { ImageSource, ReadOptions, TileAddress } from './contract.js';
import type { PixelProgram } from './pixel-program.js';
import type { TensorPixels } from './tensor.js';
import { tileArea, tileTexels } from './tile-grid.js';

/** Bands of one tile that wait for their turn, or for the workers, at a time. */
const bandsAtATime = 4;

/** An image in the caller's memory, read anew for each tile and never changed. */
export class TensorSource implements ImageSource {
  readonly bytes: number;
  readonly #tensor: TensorPixels;
  readonly #program: PixelProgram;
  readonly #layout: BandLayout;
  readonly #pool: PixelPool;

  /** `bytes`: what the tensor's memory counts as, 0 where the caller holds it anyway. */
  constructor(tensor: TensorPixels, program: PixelProgram, pool: PixelPool, bytes: number) {
    this.#tensor = tensor;
    this.#program = program;
    this.#layout = bandLayout(tensor, program.picks);
    this.#pool = pool;
    this.bytes = bytes;
  }

  get width(): number {
    return this.#tensor.width;
  }
  get height(): number {
    return this.#tensor.height;
  }

  async readTile(tile: TileAddress, { signal, priority }: ReadOptions): Promise<RgbaPixels> {
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
        const part = await this.#readBlock(block, tile.level, options);
        paste(part, whole, (block.x - area.x) / unit, (block.y - area.y) / unit);
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

  #readBlock(block: PixelRect, level: number, options: ReadOptions): Promise<RgbaPixels> {
    const { layout, order, picks } = this.#layout;
    const { dtype } = this.#tensor;
    const channels = picks.length as 1 | 2 | 3 | 4;
    const recipe = { layout, channels, order, affine: this.#program.affine };
    const convert = () => {
      const data = copyBlock(this.#tensor, this.#layout, block);
      const band = { data, dtype, width: block.width, rows: block.height, recipe };
      return this.#pool.convert({ band, level }, options);
    };
    return bandQueueOf(this.#pool).run(convert, options);
  }

  /** The memory is the caller's. */
  dispose(): void {}
}

const paste = (part: RgbaPixels, whole: RgbaPixels, x: number, y: number): void => {
  const rowBytes = part.width * 4;
  if (part.width === whole.width) {
    whole.rgba.set(part.rgba, y * rowBytes);
    return;
  }
  for (let row = 0; row < part.height; row++) {
    const from = row * rowBytes;
    whole.rgba.set(part.rgba.subarray(from, from + rowBytes), ((y + row) * whole.width + x) * 4);
  }
};
