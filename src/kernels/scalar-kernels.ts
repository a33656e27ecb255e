import { affineIndexes, floatsOf, identityAffine, isBytes } from './band-values.js';
import { checkedBand } from './checked-band.js';
import type { Band, RgbaPixels } from './contract.js';
import { asBand, checkPixels, checkSmaller, type PixelKernels } from './pixel-kernels.js';
import { quantize } from './quantize.js';
import { reduceScalar } from './scalar-reduce.js';
import { resizeScalar } from './scalar-resize.js';

/** For each of R, G, B, A: which channel of the source it comes from; −1 is opaque. */
const channelSources = ({ channels, order }: Band['recipe']): readonly [number, number, number, number] => {
  if (channels <= 2) return [0, 0, 0, channels === 2 ? 1 : -1];
  const alpha = channels === 4 ? 3 : -1;
  return order === 'BGR' ? [2, 1, 0, alpha] : [0, 1, 2, alpha];
};

/** Where a channel's samples are, and what makes bytes of them. */
type Channel = {
  readonly from: number;
  readonly step: number;
  readonly scale: number;
  readonly offset: number;
};

/** Bytes have 256 values: what becomes of each is computed once. */
const writeBytes = (
  rgba: Uint8Array,
  target: number,
  bytes: ArrayLike<number>,
  { from, step, scale, offset }: Channel,
): void => {
  const table = Uint8Array.from({ length: 256 }, (_, value) => quantize(value, scale, offset));
  for (let at = target, i = from; at < rgba.length; at += 4, i += step) rgba[at] = table[bytes[i]!]!;
};

const writeFloats = (
  rgba: Uint8Array,
  target: number,
  floats: Float32Array,
  { from, step, scale, offset }: Channel,
): void => {
  for (let at = target, i = from; at < rgba.length; at += 4, i += step) {
    rgba[at] = quantize(floats[i]!, scale, offset);
  }
};

const toRgba = (given: Band): RgbaPixels => {
  const band = checkedBand(given);
  const { width, rows, recipe } = band;
  const { scale, offset } = recipe.affine ?? identityAffine;
  const rgba = new Uint8Array(width * rows * 4).fill(255);
  const [step, plane] = recipe.layout === 'planar' ? [1, width * rows] : [recipe.channels, 1];
  const constants = affineIndexes(recipe.channels);
  const bytes = isBytes(band) ? (band.data as Uint8Array) : null;
  const floats = bytes ? null : floatsOf(band);
  channelSources(recipe).forEach((source, target) => {
    if (source < 0) return;
    const index = constants[target]!;
    const channel = { from: source * plane, step, scale: scale[index]!, offset: offset[index]! };
    if (bytes) writeBytes(rgba, target, bytes, channel);
    if (floats) writeFloats(rgba, target, floats, channel);
  });
  return { width, height: rows, rgba };
};

/** The kernels in plain JavaScript: the wasm's twin in tests, and its stand-in where WebAssembly is refused. */
export const scalarKernels: PixelKernels = {
  toRgba,
  reduce: reduceScalar,
  resize: (source, to, part) => resizeScalar(asBand(source), toRgba(asBand(source)), to, part),
  reduceTo: (pixels, width, height) => {
    checkPixels(pixels);
    checkSmaller(pixels, width, height);
    return resizeScalar(asBand(pixels), pixels, { width, height, filter: 'box' });
  },
  convertReduced: (band, level) => reduceScalar(toRgba(band), level),
};
