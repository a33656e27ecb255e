import type { PixelPool } from '../compute/index.js';
import { type ErrorCode, InnotaterError } from '../errors/index.js';
import type { ChannelOrder } from '../kernels/index.js';
import { formatOfBlob, formatOfName, isFolder, type TileFormat } from '../sources/recognise.js';
import type { BlobTensor, ImageEntry, ImageSource, OpenOptions } from './contract.js';
import { EncodedSource } from './encoded-source.js';
import { isBlob, isBlobTensor, isTensorLike, isTileSource, tagOf } from './entry-kinds.js';
import { fetched, shortName, urlOfName } from './fetched.js';
import type { ChannelAxis } from './tensor.js';
import type { TileSource } from './tile-source.js';
import {
  type ImageTransform,
  type ResizeTransform,
  type TransformChain,
  transformChain,
} from './transforms.js';

/** How the entries of one column are read. */
export type ImageOptions = {
  /** Prefixed to names only (I2). */
  readonly path?: string;
  /** Functions on the entry first, then steps on its pixels. */
  readonly transform?: ImageTransform | readonly ImageTransform[];
  /** Order of a tensor's colour channels; default 'BGR' (I6). */
  readonly colorspace?: ChannelOrder;
  /** Default 'auto': the last axis of a three-dimensional tensor where it has 1, 3 or 4, else the first (I4). */
  readonly channels?: ChannelAxis;
  /**
   * Milliseconds without a byte from its server after which a picture fetched by name or URL counts as failed and can be tried again.
   * Default 30,000; Infinity: it is waited for.
   */
  readonly timeout?: number;
};

export type OpenImageOptions = ImageOptions &
  OpenOptions & {
    /** The innotation's name and the caller's row, for messages. */
    readonly name?: string;
    readonly uindex?: number;
    /** Hears of the first tile of a tile source that cannot be had; the rest is shown. */
    readonly onProblem?: (error: InnotaterError) => void;
  };

/** Throws `InnotaterError` 'data' for an option that can be no good for any entry. */
export const checkImageOptions = ({ colorspace, channels, transform, timeout }: ImageOptions): void => {
  if (colorspace !== undefined && colorspace !== 'RGB' && colorspace !== 'BGR') {
    throw new InnotaterError('data', "Parameter colorspace must be either 'RGB' or 'BGR'");
  }
  if (channels !== undefined && !['first', 'last', 'auto'].includes(channels)) {
    throw new InnotaterError('data', "Parameter channels must be 'first', 'last' or 'auto'");
  }
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout > 0)) {
    throw new InnotaterError('data', 'Parameter timeout must be milliseconds above 0, or Infinity');
  }
  transformChain(transform);
};

/**
 * Opens one entry: runs the caller's functions on it, then fetches and decodes it, or reads it as a tensor. Who gets the source
 * disposes it. Rejects with `InnotaterError` whose message names the innotation, the sample and what the entry was, or with
 * `signal.reason`.
 */
export const openImage = async (
  entry: ImageEntry,
  pool: PixelPool,
  options: OpenImageOptions = {},
): Promise<ImageSource> => {
  let shown = entry;
  try {
    checkImageOptions(options);
    const chain = transformChain(options.transform);
    shown = await transformed(entry, chain, options.signal);
    const source = await openEntry(shown, isOurs(shown, entry), chain, pool, options);
    return chain.resize ? await resized(source, chain.resize, pool) : source;
  } catch (error) {
    options.signal?.throwIfAborted();
    const told = await placed(error, shown, options);
    options.signal?.throwIfAborted();
    throw told;
  }
};

const transformed = async (
  entry: ImageEntry,
  chain: TransformChain,
  signal: AbortSignal | undefined,
): Promise<ImageEntry> => {
  let current = entry;
  for (const step of chain.entry) {
    try {
      current = await step(current);
    } catch (cause) {
      const message = `transform threw: ${cause instanceof Error ? cause.message : String(cause)}`;
      throw new InnotaterError('transform', message, {}, { cause });
    }
    signal?.throwIfAborted();
  }
  return current;
};

/** Whether a transform made a tensor with memory of its own, which lives as long as the source. */
const isOurs = (shown: ImageEntry, entry: ImageEntry): boolean =>
  isTensorLike(shown) && !(isTensorLike(entry) && bufferOf(shown.data) === bufferOf(entry.data));
const bufferOf = (data: unknown): unknown => (ArrayBuffer.isView(data) ? data.buffer : data);

const openEntry = async (
  entry: ImageEntry,
  isOwn: boolean,
  chain: TransformChain,
  pool: PixelPool,
  options: OpenImageOptions,
): Promise<ImageSource> => {
  const pixels = chain.pixels;
  if (isTensorLike(entry)) {
    const { tensorSource } = await import('./open-tensor.js');
    return tensorSource(entry, isOwn, pixels, pool, options);
  }
  if (isBlobTensor(entry)) return stored(entry, chain, pool, options);
  const tiles = await tileSourceOf(entry, options);
  if (tiles) return pyramidSource(tiles, chain, pool, options);
  const blob = await blobOf(entry, options);
  if (blob.size === 0) throw new InnotaterError('decode', 'there are no bytes in it');
  const npy = await npyTensor(blob, options.signal);
  if (npy) return stored(npy, chain, pool, options);
  const kind = (await isSvg(blob)) ? 'svg' : 'bitmap';
  options.signal?.throwIfAborted();
  const place = (error: unknown) => placed(error, entry, options);
  return EncodedSource.open(blob, kind, pixels, pool, options, place);
};

const stored = async (
  tensor: BlobTensor,
  { pixels }: TransformChain,
  pool: PixelPool,
  options: OpenImageOptions,
): Promise<ImageSource> => {
  const { storedSource } = await import('./open-tensor.js');
  return storedSource(tensor, pixels, pool, options);
};

const resized = async (
  source: ImageSource,
  resize: ResizeTransform,
  pool: PixelPool,
): Promise<ImageSource> => {
  try {
    const { ResizedSource } = await import('./resized-source.js');
    return new ResizedSource(source, resize, pool);
  } catch (error) {
    source.dispose();
    throw error;
  }
};

/** The array in a `.npy` file, known by how it begins; null for other files. */
const npyTensor = async (blob: Blob, signal: AbortSignal | undefined): Promise<BlobTensor | null> => {
  if (isEncodedType(blob) || !(await blob.slice(0, 6).text()).endsWith('NUMPY')) return null;
  const { npyTensorOf, openNpy } = await import('../formats/npy.js');
  return npyTensorOf(await openNpy(blob, undefined, signal));
};

const isEncodedType = ({ type }: Blob): boolean => /^image\/(?:png|jpeg|webp|gif|avif|bmp)$/i.test(type);

/** An entry that is a tile source, or names one; opened by code that is loaded then. Null: it is none. */
const tileSourceOf = async (
  entry: ImageEntry,
  { path, signal }: OpenImageOptions,
): Promise<TileSource | null> => {
  if (isTileSource(entry)) return entry;
  const address = typeof entry === 'string' ? urlOfName(entry, path) : entry;
  const format = await formatOf(address);
  if (!format) return null;
  const { openFormat } = await import('../sources/openers.js');
  return openFormat(format, address as Parameters<typeof openFormat>[1], signal ? { signal } : {});
};

const formatOf = async (entry: unknown): Promise<TileFormat | null> => {
  if (typeof entry === 'string' || entry instanceof URL) return formatOfName(String(entry));
  if (isBlob(entry)) return formatOfBlob(entry);
  return isFolder(entry) ? 'folder' : null;
};

const pyramidSource = async (
  tiles: TileSource,
  { pixels }: TransformChain,
  pool: PixelPool,
  options: OpenImageOptions,
): Promise<ImageSource> => {
  const { signal, onProblem } = options;
  try {
    const { PyramidSource } = await import('./pyramid-source.js');
    signal?.throwIfAborted();
    const place = (error: InnotaterError) => placed(error, tiles, options);
    return new PyramidSource(tiles, { pool, chain: pixels, onProblem, place });
  } catch (thrown) {
    tiles.close?.();
    throw thrown;
  }
};

const blobOf = async (
  entry: ImageEntry,
  { path, signal, onProgress, timeout }: OpenImageOptions,
): Promise<Blob> => {
  if (typeof entry === 'string') {
    if (entry === '') throw new InnotaterError('data', 'the file name is empty');
    return fetched(urlOfName(entry, path), signal, onProgress, timeout);
  }
  if (entry instanceof URL) return fetched(entry.href, signal, onProgress, timeout);
  if (isBlob(entry)) return entry;
  if (tagOf(entry) === 'ArrayBuffer') return new Blob([entry as ArrayBuffer]);
  if (tagOf(entry) === 'Uint8Array') return new Blob([entry as Uint8Array<ArrayBuffer>]);
  throw new InnotaterError('data', (await loadedWords())?.whatImagesAre ?? 'it is no image');
};

const isSvg = async (blob: Blob): Promise<boolean> => {
  if (/^image\/svg\+xml\b/i.test(blob.type)) return true;
  if (isEncodedType(blob)) return false;
  const { looksLikeSvg } = await import('./svg.js');
  return looksLikeSvg(await blob.slice(0, 4096).text());
};

/** Loaded with the first message that has them; where they cannot be loaded, shorter ones do. */
const loadedWords = () => import('./entry-words.js').catch(() => null);

/** What an entry is, in words, for messages. */
const described = async (entry: unknown): Promise<string> => {
  if (typeof entry === 'string') return shortName(entry);
  if (entry instanceof URL) return shortName(entry.href);
  return (await loadedWords())?.entryInWords(entry) ?? tagOf(entry);
};

/** The same error with the place before its message. */
const placed = async (
  thrown: unknown,
  entry: unknown,
  { name, uindex }: OpenImageOptions,
): Promise<InnotaterError> => {
  const known = thrown instanceof InnotaterError ? thrown : null;
  const code: ErrorCode = known?.code ?? 'decode';
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const sample = uindex === undefined ? undefined : `sample ${uindex}`;
  const what = await described(entry);
  const place = [name, sample, message.startsWith(what) ? '' : what].filter(Boolean).join(', ');
  const facts = {
    ...known?.facts,
    ...(name === undefined ? {} : { name }),
    ...(uindex === undefined ? {} : { uindex }),
    ...(what === '' ? {} : { entry: what }),
  };
  return new InnotaterError(code, place ? `${place}: ${message}` : message, facts, {
    cause: known?.cause ?? thrown,
  });
};
