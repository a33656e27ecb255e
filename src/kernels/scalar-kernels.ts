import { checkBand, floatsOf, identityAffine } from './band-values.js';
import type { Band, RgbaPixels } from './contract.js';
import type { PixelKernels } from './pixel-kernels.js';
import { reduceScalar, resampleScalar } from './scalar-reduce.js';

const f32 = Math.fround;
/** 1.5 · 2²³: adding and taking it away rounds a float of 0…255 to nearest, ties to even. */
const rounder = 12_582_912;

/** `clamp(round(v · scale + offset), 0, 255)` in 32-bit floats, ties to even, NaN to 0: the formula of the wasm kernels. */
export const quantize = (value: number, scale: number, offset: number): number => {
  const affine = f32(f32(f32(value) * f32(scale)) + f32(offset));
  const clamped = Number.isNaN(affine) ? 0 : Math.min(Math.max(affine, 0), 255);
  return f32(clamped + rounder) - rounder;
};

/** For each of R, G, B, A: which channel of the source it comes from; −1 is opaque. */
const channelSources = ({ channels, order }: Band['recipe']): readonly [number, number, number, number] => {
  if (channels <= 2) return [0, 0, 0, channels === 2 ? 1 : -1];
  const alpha = channels === 4 ? 3 : -1;
  return order === 'BGR' ? [2, 1, 0, alpha] : [0, 1, 2, alpha];
};

/** Index of the scale and offset of each of R, G, B, A; grey takes the first for its three. */
const affineIndexes = (channels: number): readonly [number, number, number, number] =>
  channels <= 2 ? [0, 0, 0, 3] : [0, 1, 2, 3];

const toRgba = (band: Band): RgbaPixels => {
  checkBand(band);
  const { width, rows, recipe } = band;
  const values = floatsOf(band);
  const { scale, offset } = recipe.affine ?? identityAffine;
  const pixels = width * rows;
  const rgba = new Uint8Array(pixels * 4);
  const planar = recipe.layout === 'planar';
  const [step, plane] = planar ? [1, pixels] : [recipe.channels, 1];
  const constants = affineIndexes(recipe.channels);
  channelSources(recipe).forEach((channel, target) => {
    const [s, o] = [scale[constants[target]!]!, offset[constants[target]!]!];
    for (let i = 0; i < pixels; i++) {
      rgba[i * 4 + target] = channel < 0 ? 255 : quantize(values[i * step + channel * plane]!, s, o);
    }
  });
  return { width, height: rows, rgba };
};

/** The kernels in plain JavaScript: the wasm's twin in tests, and its stand-in where WebAssembly is refused. */
export const scalarKernels: PixelKernels = {
  toRgba,
  reduce: reduceScalar,
  reduceTo: resampleScalar,
  convertReduced: (band, level) => reduceScalar(toRgba(band), level),
};
