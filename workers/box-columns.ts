import { InnotaterError } from '../src/errors/index.js';
import { type BoxColumns, type BoxRaster, rasteriseBoxesScalar } from '../src/kernels/index.js';
import { wasmModule } from './wasm-module.js';

/** Columns of a set of boxes, and pictures of them. The arrays are views for the caller to fill; they stay as long as the set. */
export type HeldColumns = BoxColumns & {
  readonly bytes: number;
  /** RGBA of the boxes in the order of `rows` (null: of all); null where none reaches into the tile. */
  rasterise(rows: Uint32Array | null, raster: BoxRaster): Uint8Array<ArrayBuffer> | null;
};

type Raster = {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  rasteriseBoxes(
    boxes: number,
    colors: number,
    shown: number,
    rows: number,
    count: number,
    target: number,
    width: number,
    height: number,
    thick: number,
    view: number,
  ): number;
};

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;
const viewBytes = 32;

/** A memory of its own for each set, so that what a million boxes took is given back with them. */
class WasmColumns implements HeldColumns {
  readonly boxes: Float32Array;
  readonly colors: Uint32Array;
  readonly shown: Uint8Array;
  readonly bytes: number;
  readonly #wasm: Raster;
  readonly #at: { readonly boxes: number; readonly colors: number; readonly shown: number };
  readonly #rows: number;
  readonly #view: number;
  readonly #target: number;

  constructor(wasm: Raster, count: number, mostPixels: number) {
    this.#wasm = wasm;
    const boxes = aligned(wasm.heapBase() >>> 0);
    const colors = boxes + count * 16;
    const shown = aligned(colors + count * 4);
    this.#at = { boxes, colors, shown };
    this.#rows = aligned(shown + count);
    this.#view = aligned(this.#rows + count * 4);
    this.#target = this.#view + viewBytes;
    this.bytes = this.#target + mostPixels * 4;
    const missing = Math.ceil((this.bytes - wasm.memory.buffer.byteLength) / 65_536);
    if (missing > 0) wasm.memory.grow(missing);
    const { buffer } = wasm.memory;
    this.boxes = new Float32Array(buffer, boxes, count * 4);
    this.colors = new Uint32Array(buffer, colors, count);
    this.shown = new Uint8Array(buffer, shown, count);
  }

  rasterise(
    rows: Uint32Array | null,
    { scale, left, top, width, height, thick }: BoxRaster,
  ): Uint8Array<ArrayBuffer> | null {
    const { buffer } = this.#wasm.memory;
    new Float64Array(buffer, this.#view, 3).set([scale, left, top]);
    if (rows) new Uint32Array(buffer, this.#rows, rows.length).set(rows);
    const { boxes, colors, shown } = this.#at;
    const drawn = this.#wasm.rasteriseBoxes(
      boxes,
      colors,
      shown,
      rows ? this.#rows : 0,
      rows ? rows.length : this.shown.length,
      this.#target,
      width,
      height,
      thick,
      this.#view,
    );
    if (drawn === 0) return null;
    return new Uint8Array(buffer).slice(this.#target, this.#target + width * height * 4);
  }
}

const scalarColumns = (count: number): HeldColumns => {
  const columns = {
    boxes: new Float32Array(count * 4),
    colors: new Uint32Array(count),
    shown: new Uint8Array(count),
  };
  return {
    ...columns,
    bytes: count * 21,
    rasterise(rows, raster) {
      const target = new Uint32Array(raster.width * raster.height);
      const drawn = rasteriseBoxesScalar(columns, rows, raster, target);
      return drawn === 0 ? null : new Uint8Array(target.buffer);
    },
  };
};

/** Columns for so many boxes, of zeros, and tiles of at most so many pixels. Throws `InnotaterError` 'limit' without the memory. */
export const boxColumns = async (count: number, mostPixels: number): Promise<HeldColumns> => {
  try {
    const module = await wasmModule().catch(() => null);
    if (!module) return scalarColumns(count);
    const { exports } = await WebAssembly.instantiate(module);
    return new WasmColumns(exports as unknown as Raster, count, mostPixels);
  } catch (cause) {
    throw new InnotaterError('limit', `There is no memory for ${count} boxes`, { count }, { cause });
  }
};
