import {
  asBand,
  type Band,
  checkedBand,
  checkLevel,
  checkPixels,
  checkResize,
  checkSmaller,
  type PixelBackend,
  type PixelKernels,
  type ResizePart,
  type ResizeTo,
  type RgbaPixels,
  scalarKernels,
  wholeFactors,
  wholePart,
} from '../src/kernels/index.js';
import { BandKernels } from './band-kernels.js';
import { rowsOfBand } from './bands.js';
import type { Exports } from './wasm-memory.js';
import { wasmModule } from './wasm-module.js';
import { LastTaps, resizeBand } from './wasm-resize.js';

/** The kernels over one instance of the wasm module. Bands go through its memory piece by piece, however large they are. */
export class WasmKernels implements PixelKernels {
  readonly #bands: BandKernels<Exports>;
  readonly #lastTaps = new LastTaps();

  constructor(instance: WebAssembly.Instance) {
    this.#bands = new BandKernels(instance);
  }

  toRgba(band: Band): RgbaPixels {
    return this.#bands.toRgba(checkedBand(band));
  }

  reduce(pixels: RgbaPixels, level: number): RgbaPixels {
    checkLevel(level);
    checkPixels(pixels);
    return this.convertReduced(asBand(pixels), level);
  }

  convertReduced(band: Band, level: number): RgbaPixels {
    checkLevel(level);
    return this.#bands.convertReduced(checkedBand(band), level);
  }

  reduceTo(pixels: RgbaPixels, width: number, height: number): RgbaPixels {
    checkPixels(pixels);
    checkSmaller(pixels, width, height);
    return this.resize(pixels, { width, height, filter: 'box' });
  }

  resize(source: Band | RgbaPixels, to: ResizeTo, part?: ResizePart): RgbaPixels {
    const band = checkedBand(asBand(source));
    const now = part ?? wholePart(band.rows, to.height);
    checkResize(band, to, now);
    const factors = wholeFactors(band.width, now.sourceRows, to);
    if (!factors) return resizeBand({ ...this.#bands.begin(), lastTaps: this.#lastTaps }, band, to, now);
    const [across, down] = factors;
    return this.#bands.average(
      rowsOfBand(band, now.top * down - now.sourceTop, now.rows * down),
      across,
      down,
    );
  }
}

export type LoadedKernels = { readonly kernels: PixelKernels; readonly backend: PixelBackend };

let loaded: Promise<LoadedKernels> | undefined;

/** One set of kernels for this thread: wasm with SIMD, or plain JavaScript where WebAssembly or its SIMD is refused. */
export const loadKernels = (): Promise<LoadedKernels> => {
  loaded ??= load();
  return loaded;
};

const load = async (): Promise<LoadedKernels> => {
  try {
    const instance = await WebAssembly.instantiate(await wasmModule());
    return { kernels: new WasmKernels(instance), backend: 'simd' };
  } catch {
    return { kernels: scalarKernels, backend: 'js' };
  }
};
