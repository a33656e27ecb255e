import { InnotaterError } from '../errors/index.js';
import { type ElementArray, elementsOf, reverseElements } from '../kernels/index.js';
import {
  elementCount,
  type NpyHeader,
  npyHeaderBytes,
  npyPrefixBytes,
  parseNpyHeader,
} from './npy-header.js';

/** A tensor in memory, sizes and strides in elements. */
export type NpyTensor = {
  readonly data: ElementArray;
  readonly dtype: NpyHeader['dtype'];
  readonly shape: readonly number[];
  readonly strides: readonly number[];
};

/** A `.npy` file whose header was read and checked against the file's size. */
export type NpyFile = NpyHeader & { readonly name: string; readonly blob: Blob };

/** One read larger than this fails in browsers. */
const mostBytesAtOnce = 2 ** 31 - 1;

const readBytes = async (blob: Blob, from: number, to: number, signal?: AbortSignal) => {
  signal?.throwIfAborted();
  const buffer = await blob.slice(from, to).arrayBuffer();
  signal?.throwIfAborted();
  return buffer;
};

const nameOf = (blob: Blob): string => ('name' in blob ? String(blob.name) : 'The file');

/**
 * Reads the header alone; errors call the file `name`, by default as it calls itself. Rejects with `InnotaterError` 'format' when the
 * file is no `.npy`, holds something else than numbers, or is shorter than its header says.
 */
export const openNpy = async (
  blob: Blob,
  name: string = nameOf(blob),
  signal?: AbortSignal,
): Promise<NpyFile> => {
  const prefix = new Uint8Array(await readBytes(blob, 0, npyPrefixBytes, signal));
  const bytes = new Uint8Array(await readBytes(blob, 0, npyHeaderBytes(prefix, name), signal));
  const header = parseNpyHeader(bytes, name);
  const needed = header.dataOffset + elementCount(header.shape) * header.bytesPerElement;
  if (blob.size < needed) {
    throw new InnotaterError(
      'format',
      `${name} ends early: its shape (${header.shape.join(', ')}) needs ${needed} bytes, the file has ${blob.size}`,
      { file: name, needed, size: blob.size },
    );
  }
  return { ...header, name, blob };
};

const strides = (shape: readonly number[], fortranOrder: boolean): number[] =>
  shape.map((_, axis) => elementCount(fortranOrder ? shape.slice(0, axis) : shape.slice(axis + 1)));

const readElements = async (file: NpyFile, from: number, count: number, signal?: AbortSignal) => {
  const bytes = count * file.bytesPerElement;
  if (bytes > mostBytesAtOnce) {
    throw new InnotaterError(
      'limit',
      `${file.name}: one array of ${bytes} bytes is more than the 2,147,483,647 that a browser reads at once`,
      { file: file.name, bytes },
    );
  }
  const start = file.dataOffset + from * file.bytesPerElement;
  const read = new Uint8Array(await readBytes(file.blob, start, start + bytes, signal));
  if (!file.littleEndian) reverseElements(read, file.bytesPerElement);
  return elementsOf(read, file.dtype);
};

/** An array in a file, of which nothing is read yet; strides and offset in elements. It is an image entry as it is. */
export type NpyBlobTensor = {
  readonly blob: Blob;
  readonly byteOffset: number;
  readonly dtype: NpyHeader['dtype'];
  readonly littleEndian: boolean;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
};

/** The whole array where it lies in the file. */
export const npyTensorOf = (file: NpyFile): NpyBlobTensor => ({
  blob: file.blob,
  byteOffset: file.dataOffset,
  dtype: file.dtype,
  littleEndian: file.littleEndian,
  shape: file.shape,
  strides: strides(file.shape, file.fortranOrder),
  offset: 0,
});

/** The whole array. */
export const readNpy = async (file: NpyFile, signal?: AbortSignal): Promise<NpyTensor> => ({
  data: await readElements(file, 0, elementCount(file.shape), signal),
  dtype: file.dtype,
  shape: file.shape,
  strides: strides(file.shape, file.fortranOrder),
});

/** Row `index` of the first axis: one slice of the file, whatever the file's size. Row-major files alone. */
export const readNpyRow = async (file: NpyFile, index: number, signal?: AbortSignal): Promise<NpyTensor> => {
  const shape = file.shape.slice(1);
  if (file.fortranOrder) {
    throw new InnotaterError(
      'format',
      `${file.name} is in Fortran order: its rows lie scattered over the file. Save it with numpy.ascontiguousarray`,
      { file: file.name },
    );
  }
  const count = elementCount(shape);
  return {
    data: await readElements(file, index * count, count, signal),
    dtype: file.dtype,
    shape,
    strides: strides(shape, false),
  };
};
