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
import { type PixelKernels, scalarKernels } from '../src/kernels/index.js';
import { compileKernels } from './wasm-kernels.js';

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
