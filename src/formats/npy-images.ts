import { InnotaterError } from '../errors/index.js';
import { type NpyBlobTensor, type NpyFile, npyTensorOf } from './npy.js';

/** How the axes of a 3-dimensional array are read: one image, or a stack of grey ones. */
export type NpyReading = 'auto' | 'image' | 'stack';

/** Images of a `.npy` file as a column: of each what is shown is read, when it is shown, by slices. */
export type NpyImages = {
  readonly length: number;
  get(uindex: number, options?: { readonly signal?: AbortSignal }): Promise<NpyBlobTensor>;
};

const channelCounts = [1, 3, 4];

/** (H,W), (H,W,C) and (C,H,W) are one image; (n,H,W), (n,H,W,C) and (n,C,H,W) a stack. */
const isStack = ({ shape }: NpyFile, reading: NpyReading): boolean => {
  if (shape.length !== 3) return shape.length === 4;
  if (reading !== 'auto') return reading === 'stack';
  return !channelCounts.includes(shape[2]!) && !channelCounts.includes(shape[0]!);
};

/** Throws `InnotaterError` 'format' when the shape is no image and no stack of images. */
export const npyImages = (file: NpyFile, reading: NpyReading = 'auto'): NpyImages => {
  const { shape, name } = file;
  if (shape.length < 2 || shape.length > 4 || shape.some((n) => n === 0)) {
    throw new InnotaterError(
      'format',
      `${name} has the shape (${shape.join(', ')}); images need (H,W), (H,W,C), (C,H,W), or a stack (n,H,W), (n,H,W,C), (n,C,H,W)`,
      { file: name },
    );
  }
  const whole = npyTensorOf(file);
  if (!isStack(file, reading)) return { length: 1, get: async () => whole };
  return { length: shape[0]!, get: async (uindex) => rowOf(whole, uindex) };
};

const rowOf = (whole: NpyBlobTensor, index: number): NpyBlobTensor => ({
  ...whole,
  shape: whole.shape.slice(1),
  strides: whole.strides.slice(1),
  offset: index * whole.strides[0]!,
});
