import type { Band, RgbaPixels } from '../src/kernels/index.js';
import { type BandForm, bandForm, copyPixels } from './band-form.js';
import { Arena, type BandExports, newPixels } from './wasm-memory.js';

/** Bytes of a band that are in the wasm memory at a time: what the second cache keeps while the kernels work on it. */
const pieceBytes = 256 << 10;
/** Bytes of scratch that `valuesToRgba` wants. */
const convertScratch = 4096;

/** Bands, of the sizes that they say, through the memory of one wasm instance piece by piece, however large they are. */
export class BandKernels<W extends BandExports> {
  readonly #wasm: W;
  readonly #arena: Arena;

  constructor(instance: WebAssembly.Instance) {
    this.#wasm = instance.exports as unknown as W;
    this.#arena = new Arena(this.#wasm);
  }

  convertReduced(band: Band, level: number): RgbaPixels {
    return level === 0 ? this.toRgba(band) : this.average(band, 2 ** level, 2 ** level);
  }

  toRgba(band: Band): RgbaPixels {
    const form = bandForm(band);
    const pixels = band.width * band.rows;
    const rgba = newPixels(band.width, band.rows);
    const most = Math.min(pixels, Math.ceil(pieceBytes / (form.valueBytes * form.channels)));
    const { arena, wasm } = this.begin();
    const constants = form.constants ? arena.put(form.constants) : 0;
    const scratch = arena.take(convertScratch);
    const source = arena.take(most * form.valueBytes * form.channels);
    const target = arena.take(most * 4);
    const memory = arena.bytes;
    for (let from = 0; from < pixels; from += most) {
      const now = Math.min(most, pixels - from);
      copyPixels(band, form, from, now, memory, source);
      const plane = form.planar ? now * form.valueBytes : 0;
      const { type, channels, swap } = form;
      wasm.valuesToRgba(type, channels, swap, constants, source, plane, target, now, scratch);
      rgba.set(memory.subarray(target, target + now * 4), from * 4);
    }
    return { width: band.width, height: band.rows, rgba };
  }

  /** Averages of squares of `across` by `down` pixels, some rows of squares at a time. */
  average(band: Band, across: number, down: number): RgbaPixels {
    const form = bandForm(band);
    const width = Math.ceil(band.width / across);
    const height = Math.ceil(band.rows / down);
    const rgba = newPixels(width, height);
    const rowBytes = band.width * form.valueBytes * form.channels;
    const strips = Math.max(1, Math.min(height, Math.floor(pieceBytes / (rowBytes * down))));
    const { arena, wasm } = this.begin();
    const constants = form.constants ? arena.put(form.constants) : 0;
    const scratch = arena.take(wasm.reduceScratchBytes());
    const source = arena.take(Math.min(band.rows, strips * down) * rowBytes);
    const target = arena.take(strips * width * 4);
    const memory = arena.bytes;
    for (let strip = 0; strip < height; strip += strips) {
      const from = strip * down;
      const rows = Math.min(strips * down, band.rows - from);
      copyPixels(band, form, from * band.width, rows * band.width, memory, source);
      const made = this.#averageRows(
        form,
        source,
        target,
        band.width,
        rows,
        [across, down],
        constants,
        scratch,
      );
      rgba.set(memory.subarray(target, target + made * width * 4), strip * width * 4);
    }
    return { width, height, rgba };
  }

  /** How many rows were made. */
  #averageRows(
    { type, channels, swap, planar, valueBytes }: BandForm,
    source: number,
    target: number,
    width: number,
    rows: number,
    [across, down]: readonly [number, number],
    constants: number,
    scratch: number,
  ): number {
    const plane = planar ? width * rows * valueBytes : 0;
    const rowBytes = width * valueBytes * (planar ? 1 : channels);
    const targetBytes = Math.ceil(width / across) * 4;
    let made = 0;
    for (let row = 0; row < rows; row += down, made++) {
      const now = Math.min(down, rows - row);
      const [at, to] = [source + row * rowBytes, target + made * targetBytes];
      this.#wasm.reduceStrip(type, channels, swap, constants, at, plane, to, width, now, across, scratch);
    }
    return made;
  }

  /** Takes back all that was handed out of the arena. */
  begin(): { readonly arena: Arena; readonly wasm: W } {
    this.#arena.reset();
    return { arena: this.#arena, wasm: this.#wasm };
  }
}
