/**
 * `innotater/kernels`: the pixel transforms alone, without a page: the same wasm in Node and in browsers, at once or in several
 * workers.
 *
 * ```ts
 * const { rgba } = createKernels().toRgba({ data, dtype: 'u8', width, rows, recipe });
 *
 * const pool = createKernelPool();
 * const small = await pool.resize(band, { width: 1200, height: 800, filter: 'lanczos3' });
 * pool.dispose();
 * ```
 */
import wasmUrl from '../build/kernels.wasm?url&inline';
import { type PixelKernels, scalarKernels } from '../src/kernels/index.js';
import { WasmKernels } from './wasm-kernels.js';

export {
  type Affine,
  type Band,
  type ChannelOrder,
  type DType,
  type ElementArray,
  mostReduction,
  type PixelKernels,
  type PixelLayout,
  type PixelRecipe,
  type ResizeArea,
  type ResizeFilter,
  type ResizePart,
  type ResizeTo,
  type RgbaPixels,
  resizeFilters,
  resizeRowsNeeded,
} from '../src/kernels/index.js';
export {
  createKernelPool,
  type KernelPool,
  type KernelPoolOptions,
  type PooledPixels,
  type PoolJobOptions,
} from './kernel-pool.js';

/** The kernels at once, from bytes that need no unpacking. Throws where WebAssembly or its SIMD is refused, or its compilation on this thread. */
const compileKernels = (): WasmKernels => {
  const base64 = wasmUrl.slice(wasmUrl.indexOf(',') + 1);
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  return new WasmKernels(new WebAssembly.Instance(new WebAssembly.Module(bytes)));
};

/**
 * Kernels with a memory of their own, which grows to what one call works on at a time (bands go through it in pieces). Browsers
 * refuse to compile them on the main thread where the page's policy forbids WebAssembly: then, and where there is no SIMD, plain
 * JavaScript computes the same bytes.
 */
export const createKernels = (): PixelKernels => {
  try {
    return compileKernels();
  } catch {
    return scalarKernels;
  }
};
