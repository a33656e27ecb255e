import { InnotaterError } from '../errors/index.js';
import { type NpyFile, type NpyTensor, readNpy, readNpyRow } from './npy.js';

/** How the axes of a 3-dimensional array are read: one image, or a stack of grey ones. */
export type NpyReading = 'auto' | 'image' | 'stack';

/** Images of a `.npy` file as a column: each is read when it is shown. */
export type NpyImages = {
  readonly length: number;
  get(uindex: number, options: { readonly signal: AbortSignal }): Promise<NpyTensor>;
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
  if (!isStack(file, reading)) return { length: 1, get: (_, { signal }) => readNpy(file, signal) };
  if (!file.fortranOrder) {
    return { length: shape[0]!, get: (uindex, { signal }) => readNpyRow(file, uindex, signal) };
  }
  let whole: Promise<NpyTensor> | undefined;
  return {
    length: shape[0]!,
    get: async (uindex) => {
      whole ??= readNpy(file);
      const tensor = await whole;
      return row(tensor, uindex);
    },
  };
};

const row = (
  { data, dtype, shape, strides }: NpyTensor,
  index: number,
): NpyTensor & { readonly offset: number } => ({
  data,
  dtype,
  shape: shape.slice(1),
  strides: strides.slice(1),
  offset: index * strides[0]!,
});
