import type { AbsolutePath, AsyncReadable, Chunk, DataType, Readable, Array as ZarrArray } from 'zarrita';
import { describe, RecentEntries } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { Pace } from '../formats/reading.js';
import { shortUrl } from '../pyramids/index.js';
import { type AsyncColumn, checkRow, type ReadOptions } from './contract.js';
import { plain } from './plain.js';

/**
 * An array opened with zarrita, whatever its store. Only what tells it from other things is named here, so that the types of this package
 * need no zarrita beside them.
 */
export type OpenZarrArray = {
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  getChunk(at: number[]): Promise<unknown>;
};

type Opened = ZarrArray<DataType, Readable>;

/** Chunks of a store behind a URL that are kept. */
const limits = { count: 4096, weight: 64 << 20 };

/**
 * The first axis of a Zarr array (2 or 3) as a column: an entry is the rest of the array at that row, as a tensor `{data, shape, stride}`;
 * a number, text or boolean where there is no other axis. By URL chunks are fetched as they are needed and kept, 64 MiB at most.
 * Rejects with `InnotaterError` 'format' for what is no array.
 */
export const zarrColumn = async <T = unknown>(
  source: string | URL | OpenZarrArray,
): Promise<AsyncColumn<T>> => {
  if (!isSource(source)) {
    throw new InnotaterError(
      'data',
      `A Zarr array must be its URL, or an array opened with zarrita, not ${describe(source)}`,
    );
  }
  const zarrita = await import('zarrita');
  const isUrl = typeof source === 'string' || source instanceof URL;
  const array = isUrl ? await opened(zarrita, String(source)) : (source as Opened);
  const [length = 0] = array.shape;
  if (array.shape.length === 0 || length === 0) {
    throw new InnotaterError(
      'format',
      `The Zarr array has the shape (${array.shape.join(', ')}), and no rows`,
    );
  }
  const rest = array.shape.slice(1).map(() => null);
  const read = async (first: number | ReturnType<typeof zarrita.slice>, signal: AbortSignal | undefined) => {
    signal?.throwIfAborted();
    return (await zarrita.get(array, [first, ...rest], signal ? { opts: { signal } } : {})) as unknown;
  };
  const rowsATime = array.chunks[0] ?? 1;
  return {
    length,
    get: async (uindex, { signal } = {}) => {
      checkRow(uindex, length, 'The Zarr array');
      const entry = await read(uindex, signal);
      return (isTensor(entry) ? entry : plain(entry)) as T;
    },
    read: async ({ onProgress, signal }: ReadOptions = {}) => {
      const all: T[] = [];
      const pace = new Pace(signal ? { signal } : {});
      while (all.length < length) {
        const end = Math.min(length, all.length + rowsATime);
        const part = (await read(zarrita.slice(all.length, end), signal)) as Chunk<DataType>;
        await pace.loop(part.shape[0]!, (row) => all.push(rowOf(part, row) as T));
        onProgress?.(all.length / length);
      }
      return all;
    },
  };
};

const isSource = (source: unknown): boolean =>
  (typeof source === 'string' && source !== '') ||
  source instanceof URL ||
  (typeof source === 'object' && source !== null && 'shape' in source && 'chunks' in source);

/** Addresses may be relative to a page; without one they are whole. */
const addressOf = (url: string): URL => {
  try {
    return new URL(url, globalThis.location?.href);
  } catch (cause) {
    const message = `${shortUrl(url)} is no URL of a Zarr array; without a page it must be whole, as https://…`;
    throw new InnotaterError('data', message, { url: shortUrl(url) }, { cause });
  }
};

const isTensor = (entry: unknown): entry is Chunk<DataType> =>
  typeof entry === 'object' && entry !== null && 'shape' in entry;

/** One row of a part, in memory of its own: numbers in an array where there is one axis more, a tensor where there are several. */
const rowOf = ({ data, shape, stride }: Chunk<DataType>, row: number): unknown => {
  const values = data as unknown as { slice(from: number, to: number): unknown; [at: number]: unknown };
  const from = row * stride[0]!;
  if (shape.length === 1)
    return plain('get' in values ? (data as { get(at: number): unknown }).get(from) : values[from]);
  const entry = values.slice(from, from + stride[0]!);
  return shape.length === 2 ? entry : { data: entry, shape: shape.slice(1), stride: stride.slice(1) };
};

const opened = async (zarrita: typeof import('zarrita'), url: string): Promise<Opened> => {
  const store = keeping(new zarrita.FetchStore(addressOf(url)));
  try {
    return (await zarrita.open(store, { kind: 'array' })) as Opened;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `${shortUrl(url)} is not a Zarr array that can be read: ${why}`;
    throw new InnotaterError('format', message, { url: shortUrl(url) }, { cause });
  }
};

/** The same store, with what it gave of late. */
const keeping = (store: AsyncReadable): AsyncReadable => {
  const recent = new RecentEntries<Uint8Array, AbsolutePath>(limits);
  return {
    ...(store.getRange ? { getRange: store.getRange.bind(store) } : {}),
    get: async (key, options) => {
      const known = recent.get(key);
      if (known) return known;
      const bytes = await store.get(key, options);
      if (bytes) recent.set(key, bytes, bytes.byteLength);
      return bytes;
    },
  };
};
