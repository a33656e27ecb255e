import type { Size } from '../geometry/index.js';
import { bytesPerElement, type PixelRect, type StoredTensor } from '../kernels/index.js';

export type StoredLimits = {
  /** Most bytes that are read in one go; below some MiB a file is read far slower. */
  readonly slabBytes: number;
  /** Most bytes of the level that is kept of an image. */
  readonly keptBytes: number;
};

export const storedLimits: StoredLimits = { slabBytes: 16 << 20, keptBytes: 96 << 20 };

/** The axis along which whole lines of an image follow one another in memory: y, or x where columns do. */
export type Axis = 'x' | 'y';

export const slowAxis = ({ strides }: StoredTensor): Axis =>
  Math.abs(strides.y) >= Math.abs(strides.x) ? 'y' : 'x';

export const lengthAlong = (size: Size, axis: Axis): number => (axis === 'y' ? size.height : size.width);

/** The part of an area between two lines of the image along an axis. */
export const between = (area: PixelRect, axis: Axis, from: number, to: number): PixelRect =>
  axis === 'y' ? { ...area, y: from, height: to - from } : { ...area, x: from, width: to - from };

/** Lines that are read in one go: whole squares of `unit`, at least one. */
export const linesPerSlab = (tensor: StoredTensor, unit: number, slabBytes: number): number => {
  const { strides } = tensor;
  const apart = Math.max(Math.abs(strides.x), Math.abs(strides.y));
  const planes = Math.abs(strides.c) < apart ? 1 : tensor.channels;
  const lineBytes = Math.max(1, apart * planes * bytesPerElement(tensor.dtype));
  return Math.max(1, Math.floor(slabBytes / lineBytes / unit)) * unit;
};

/** The finest level whose texels of so many bytes may be kept whole. */
export const keptLevelOf = ({ width, height }: Size, texelBytes: number, bytesAtMost: number): number => {
  let level = 0;
  while (Math.ceil(width / 2 ** level) * Math.ceil(height / 2 ** level) * texelBytes > bytesAtMost) level++;
  return level;
};
