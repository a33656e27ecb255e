/**
 * `innotater/kernels`: the pixel transforms alone, synchronous, without a page: the same wasm in Node and in browsers.
 *
 * ```ts
 * const { rgba } = createKernels().toRgba({ data, dtype: 'u8', width, rows, recipe });
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
  type RgbaPixels,
} from '../src/kernels/index.js';

/**
 * Kernels with a memory of their own, which grows to the largest call. Browsers refuse to compile them on the main thread where
 * the page's policy forbids WebAssembly: then, and where there is no SIMD, plain JavaScript computes the same bytes.
 */
export const createKernels = (): PixelKernels => {
  try {
    return compileKernels();
  } catch {
    return scalarKernels;
  }
};
