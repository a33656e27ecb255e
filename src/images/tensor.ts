import { InnotaterError } from '../errors/index.js';
import {
  bytesPerElement,
  type DType,
  type ElementArray,
  elementsOf,
  mostReduction,
  type StoredTensor,
  type StridedData,
} from '../kernels/index.js';
import { type BlobTensor, type PixelsLike, type TensorLike, TILE_SIZE } from './contract.js';
import { dtypeByName, dtypeOfArray, whiteOf } from './dtype.js';

/** Which axis of a three-dimensional tensor holds the channels; 'auto': the last where it has 1, 3 or 4, else the first. */
export type ChannelAxis = 'first' | 'last' | 'auto';

/** One image in somebody's memory, which stays the caller's. */
export type TensorPixels = StridedData & {
  /** The value that is shown as 255 where no transform says otherwise. */
  readonly white: 1 | 255;
  /** 'RGB' where the object itself tells the order of its channels; null: the option `colorspace` does. */
  readonly order: 'RGB' | null;
};

const fitting =
  "an image needs the shape (H,W), (H,W,1), (H,W,3), (H,W,4), or channel-first (1,H,W), (3,H,W), (4,H,W); the option channels: 'first' or 'last' says which axis it is";

const written = (shape: readonly number[]): string => `(${shape.join(', ')})`;
const fail = (message: string, cause?: unknown): InnotaterError =>
  new InnotaterError('data', message, {}, { cause });

/**
 * Reads what the caller holds as one image (I4). Leading axes of length 1 beyond three are dropped. Nothing is copied, except
 * data that is a plain array of numbers. Throws `InnotaterError` 'data' that names the shape and what would fit.
 */
export const tensorPixels = (tensor: TensorLike | PixelsLike, axis: ChannelAxis = 'auto'): TensorPixels => {
  const pixels = isPixelsLike(tensor) ? tensor : null;
  const like: TensorLike = pixels ? asTensor(pixels) : (tensor as TensorLike);
  const shape = shapeOf(like);
  const { data, dtype, white } = elements(like, shape);
  const offset = like.offset ?? 0;
  const axes = imageAxes(shape, stridesOf(like, shape), pixels ? 'last' : axis);
  checkBounds(axes, offset, data.length, shape);
  const { height, width, channels, y, x, c } = axes;
  const strides = { y, x, c };
  return { data, dtype, height, width, channels, offset, strides, white, order: pixels ? 'RGB' : null };
};

/**
 * Reads a tensor in a file as one image; nothing of the file is read. `white`: the value that is shown as 255 where no transform says
 * otherwise. Throws `InnotaterError` 'data' as `tensorPixels` does, and where the file is too short.
 */
export const storedPixels = (
  tensor: BlobTensor,
  axis: ChannelAxis = 'auto',
): { readonly stored: StoredTensor; readonly white: 1 | 255 } => {
  const shape = shapeOf(tensor);
  const dtype = dtypeByName(tensor.dtype);
  if (!dtype)
    throw fail(`A tensor of shape ${written(shape)} has the dtype ${tensor.dtype}, which is not known`);
  const { blob, byteOffset = 0, offset = 0 } = tensor;
  const littleEndian = tensor.littleEndian ?? !tensor.dtype.startsWith('>');
  const axes = imageAxes(shape, stridesOf(tensor, shape), axis);
  checkBounds(axes, offset, Math.floor((blob.size - byteOffset) / bytesPerElement(dtype)), shape);
  const { height, width, channels, y, x, c } = axes;
  const strides = { y, x, c };
  const stored = { bytes: blob, byteOffset, littleEndian, dtype, height, width, channels, offset, strides };
  return { stored, white: whiteOf(dtype) };
};

const isPixelsLike = (tensor: TensorLike | PixelsLike): tensor is PixelsLike =>
  !('shape' in tensor) && !('dims' in tensor) && 'width' in tensor && 'height' in tensor;

const asTensor = ({ data, width, height, channels = 4 }: PixelsLike): TensorLike => ({
  data,
  shape: [height, width, channels],
});

const shapeOf = (tensor: Pick<TensorLike, 'shape' | 'dims'>): readonly number[] => {
  const shape = tensor.shape ?? tensor.dims;
  if (!shape || typeof shape.length !== 'number') {
    throw fail(`A tensor without shape or dims; ${fitting}`);
  }
  const list = Array.from(shape, Number);
  if (list.length < 2) throw fail(`A tensor of shape ${written(list)} is no image; ${fitting}`);
  if (!list.every((n) => Number.isSafeInteger(n) && n > 0)) {
    throw fail(
      `A tensor of shape ${written(list)} has no pixels; every length must be a whole number above 0`,
    );
  }
  return list;
};

type GivenStrides = Pick<TensorLike, 'strides' | 'stride' | 'fortranOrder'>;

const stridesOf = (tensor: GivenStrides, shape: readonly number[]): readonly number[] => {
  const given = tensor.strides ?? tensor.stride;
  if (!given) return tensor.fortranOrder ? columnMajor(shape) : rowMajor(shape);
  const strides = Array.from(given, Number);
  if (strides.length !== shape.length || !strides.every(Number.isSafeInteger)) {
    throw fail(
      `A tensor of shape ${written(shape)} has strides ${written(strides)}; it needs one whole number an axis`,
    );
  }
  return strides;
};

const product = (lengths: readonly number[]): number => lengths.reduce((all, n) => all * n, 1);
const rowMajor = (shape: readonly number[]): number[] => shape.map((_, i) => product(shape.slice(i + 1)));
const columnMajor = (shape: readonly number[]): number[] => shape.map((_, i) => product(shape.slice(0, i)));

type Elements = Pick<TensorPixels, 'data' | 'dtype' | 'white'>;

const elements = (tensor: TensorLike, shape: readonly number[]): Elements => {
  const data = readData(tensor, shape);
  const name = tensor.dtype ?? tensor.type;
  const named = typeof name === 'string' ? dtypeByName(name) : null;
  if (Array.isArray(data)) return numbers(data, named, shape);
  if (ArrayBuffer.isView(data)) return typedElements(data, named, shape);
  const what =
    typeof data === 'function'
      ? 'is a function: await it first, as {data: await tensor.data(), shape}'
      : 'is none';
  throw fail(
    `The data of a tensor of shape ${written(shape)} must be a typed array or an array of numbers, and ${what}`,
  );
};

/** ONNX Runtime's getter throws where the tensor lives on the GPU. */
const readData = (tensor: TensorLike, shape: readonly number[]): unknown => {
  try {
    return tensor.data;
  } catch (cause) {
    const message = `The data of a tensor of shape ${written(shape)} cannot be read here; if it is on the GPU, fetch it first (await tensor.getData())`;
    throw fail(message, cause);
  }
};

const typedElements = (view: ArrayBufferView, named: DType | null, shape: readonly number[]): Elements => {
  const own = dtypeOfArray(view);
  const narrowed = (own === 'u16' && named === 'f16') || (own === 'u8' && named === 'bool');
  const dtype = narrowed ? named : (own ?? named);
  if (!dtype) {
    throw fail(`The data of a tensor of shape ${written(shape)} is a DataView without a known dtype`);
  }
  const isOurs =
    own !== null &&
    (view as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag] !== 'Float16Array';
  const data = isOurs ? (view as ElementArray) : elementsOf(view, dtype);
  return { data, dtype, white: whiteOf(dtype) };
};

/** A plain array: integers only are shown as integers, true and false as white and black, anything else as floats. */
const numbers = (
  list: readonly (number | boolean)[],
  named: DType | null,
  shape: readonly number[],
): Elements => {
  const wrong = list.findIndex((value) => typeof value !== 'number' && typeof value !== 'boolean');
  if (wrong >= 0) {
    const found: unknown = list[wrong];
    throw fail(
      `The data of a tensor of shape ${written(shape)} must be numbers; element ${wrong} is ${typeof found === 'string' ? JSON.stringify(found) : found}`,
    );
  }
  const white = named ? whiteOf(named) : list.every(Number.isInteger) ? 255 : 1;
  return { data: Float64Array.from(list as readonly number[]), dtype: 'f64', white };
};

type Axes = {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly y: number;
  readonly x: number;
  readonly c: number;
};

const imageAxes = (fullShape: readonly number[], fullStrides: readonly number[], axis: ChannelAxis): Axes => {
  const extra = Math.max(0, fullShape.length - 3);
  if (fullShape.slice(0, extra).some((n) => n !== 1)) {
    throw fail(`A tensor of shape ${written(fullShape)} is more than one image; ${fitting}`);
  }
  const [a, b, c] = fullShape.slice(extra) as [number, number, number?];
  const [sa, sb, sc] = fullStrides.slice(extra) as [number, number, number];
  if (c === undefined) return { height: a, width: b, channels: 1, y: sa, x: sb, c: 0 };
  return isChannelFirst(fullShape, a, c, axis)
    ? { height: b, width: c, channels: a, y: sb, x: sc, c: sa }
    : { height: a, width: b, channels: c, y: sa, x: sb, c: sc };
};

const isChannelFirst = (
  shape: readonly number[],
  first: number,
  last: number,
  axis: ChannelAxis,
): boolean => {
  if (axis !== 'auto') return axis === 'first';
  if (last === 1 || last === 3 || last === 4) return false;
  if (first <= 4) return true;
  throw fail(
    `A tensor of shape ${written(shape)} has more than 4 channels whichever way it is read; ${fitting}`,
  );
};

/** Tiles of `TILE_SIZE` to one that shows the whole; more than data ever hold, but strides of 0 can name them. */
const mostSide = TILE_SIZE * 2 ** mostReduction;

/** Every element the strides reach must be in the data. */
const checkBounds = (axes: Axes, offset: number, length: number, shape: readonly number[]): void => {
  const reach = [(axes.height - 1) * axes.y, (axes.width - 1) * axes.x, (axes.channels - 1) * axes.c];
  const lowest = reach.reduce((sum, n) => sum + Math.min(0, n), offset);
  const highest = reach.reduce((sum, n) => sum + Math.max(0, n), offset);
  if (!(Number.isSafeInteger(offset) && lowest >= 0 && highest < length)) {
    throw fail(
      `A tensor of shape ${written(shape)} needs elements ${lowest} to ${highest} of its data, which holds ${length}`,
    );
  }
  if (Math.max(axes.height, axes.width) > mostSide) {
    throw fail(`A tensor of shape ${written(shape)} is too large; height and width are at most ${mostSide}`);
  }
};
