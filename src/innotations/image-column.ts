import { checkedLength, describe, RecentEntries } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { type ImageEntry, isTensorLike, type TensorLike } from '../images/index.js';

/** Entries that are fetched when they are shown. */
export type AsyncImageSource = {
  readonly length: number;
  get(uindex: number, options: { readonly signal: AbortSignal }): Promise<ImageEntry>;
};

/** What an ImageInnotation takes: a list of entries, a stack of images in one tensor, or an asynchronous source. */
export type ImageEntries = ArrayLike<ImageEntry> | TensorLike | AsyncImageSource;

/** One entry a sample, whatever the caller's column is. */
export type ImageColumn = {
  readonly length: number;
  /** Its entries, as far as one is at hand, are tensors in memory. */
  readonly holdsTensors: boolean;
  entry(uindex: number, signal: AbortSignal): ImageEntry | Promise<ImageEntry>;
  /** Equal as long as the caller did not put another entry in this place. */
  identity(uindex: number): unknown;
  /** What was fetched of this sample is fetched anew. */
  forget?(uindex: number): void;
};

const isTensor = (data: ImageEntries): data is TensorLike =>
  'data' in data && ('shape' in data || 'dims' in data);

const rowMajorStrides = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1));

/** A stack (n,H,W), (n,H,W,C) or (n,C,H,W): row i is a view on the same memory. */
const tensorColumn = (stack: TensorLike, who: string): ImageColumn => {
  const shape = [...(stack.shape ?? stack.dims ?? [])];
  if (shape.length < 3 || shape.length > 4) {
    throw new InnotaterError(
      'data',
      `${who}: a tensor of images needs the shape (n,H,W), (n,H,W,C) or (n,C,H,W), not (${shape.join(',')})`,
    );
  }
  const strides = [...(stack.strides ?? stack.stride ?? rowMajorStrides(shape))];
  const { dtype, type } = stack;
  return {
    length: shape[0]!,
    holdsTensors: true,
    identity: () => stack.data,
    entry: (uindex) => ({
      data: stack.data,
      shape: shape.slice(1),
      strides: strides.slice(1),
      offset: (stack.offset ?? 0) + uindex * strides[0]!,
      ...(dtype === undefined ? {} : { dtype }),
      ...(type === undefined ? {} : { type }),
    }),
  };
};

/** Entries that are kept as they came: files, bytes, addresses; so many, of so many bytes in all. */
const limits = { count: 64, weight: 64 << 20 };

const bytesOf = (entry: ImageEntry): number => {
  if (typeof entry === 'string') return 2 * entry.length;
  const { size, byteLength, data } = entry as { size?: number; byteLength?: number; data?: unknown };
  if (typeof size === 'number') return size;
  if (typeof byteLength === 'number') return byteLength;
  return ArrayBuffer.isView(data) ? data.byteLength : 0;
};

const asyncColumn = (source: AsyncImageSource, length: number): ImageColumn => {
  const recent = new RecentEntries<ImageEntry>(limits);
  return {
    length,
    holdsTensors: false,
    identity: () => source,
    entry: (uindex, signal) => {
      const known = recent.get(uindex);
      if (known !== undefined) return known;
      return source.get(uindex, { signal }).then((entry) => {
        recent.set(uindex, entry, bytesOf(entry));
        return entry;
      });
    },
    forget: (uindex) => recent.forget(uindex),
  };
};

const missing = (uindex: number, who: string) =>
  new InnotaterError('data', `${who}: sample ${uindex} has no image; its entry is null or undefined`, {
    uindex,
  });

const notImages = (data: unknown, who: string) => {
  const found =
    typeof data === 'string' ? `${describe(data)}; write [${JSON.stringify(data)}]` : describe(data);
  return new InnotaterError(
    'data',
    `${who}: images must come as a list of file names, blobs, bytes or tensors, as one tensor, or as {length, get}, not ${found}`,
  );
};

/** `who` names the innotation whenever it is asked. Throws `InnotaterError` 'data' when the argument is no column of images. */
export const imageColumn = (data: ImageEntries, who: () => string): ImageColumn => {
  if (typeof data !== 'object' || data === null) throw notImages(data, who());
  if (isTensor(data)) return tensorColumn(data, who());
  if ('get' in data && typeof data.get === 'function') {
    return asyncColumn(data as AsyncImageSource, checkedLength(data as AsyncImageSource, who()));
  }
  if (!('length' in data)) throw notImages(data, who());
  const list = data as ArrayLike<ImageEntry>;
  return {
    length: checkedLength(list, who()),
    holdsTensors: isTensorLike(list[0]),
    identity: (uindex) => list[uindex],
    entry: (uindex) => {
      const entry = list[uindex];
      if (entry === null || entry === undefined) throw missing(uindex, who());
      return entry;
    },
  };
};
