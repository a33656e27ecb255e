import ZipFileStore from '@zarrita/storage/zip';
import type { AbsolutePath, AsyncReadable, RangeQuery } from 'zarrita';
import { InnotaterError } from '../../errors/index.js';
import { type ByteSource, blobBytes, urlBytes } from '../bytes.js';
import type { FolderFiles } from '../contract.js';
import { bodyOf, fetchOk } from '../fetching.js';

/** Answers that mean that a chunk or a file of metadata is not there. Object stores say 403 where they do not list. */
const absent: ReadonlySet<unknown> = new Set([404, 403]);

const read = async (
  url: string,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> => {
  try {
    const response = await fetchOk(url, { headers, signal });
    if (/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) return undefined;
    return new Uint8Array(await bodyOf(response, url, signal));
  } catch (thrown) {
    if (thrown instanceof InnotaterError && absent.has(thrown.facts.status)) return undefined;
    throw thrown;
  }
};

const rangeHeader = (range: RangeQuery): string =>
  'suffixLength' in range
    ? `bytes=-${range.suffixLength}`
    : `bytes=${range.offset}-${range.offset + range.length - 1}`;

/** A hierarchy below a URL, each file by its own address. A query is kept. */
export const urlStore = (address: string): AsyncReadable => {
  const [, base = '', query = ''] = /^([^?#]*?)\/*(\?[^#]*)?(?:#.*)?$/.exec(address) ?? [];
  const urlOf = (key: AbsolutePath) => `${base}${key}${query}`;
  return {
    get: (key, options) => read(urlOf(key), {}, options?.signal),
    getRange: (key, range, options) => read(urlOf(key), { range: rangeHeader(range) }, options?.signal),
  };
};

/** A hierarchy in a folder's files. */
export const folderStore = (files: FolderFiles): AsyncReadable => {
  const fileOf = (key: AbsolutePath) => files.get(key.slice(1));
  const bytesOf = async (blob: Blob | undefined) => blob && new Uint8Array(await blob.arrayBuffer());
  return {
    get: (key) => bytesOf(fileOf(key)),
    getRange: async (key, range) => {
      const file = fileOf(key);
      if (!file) return undefined;
      return bytesOf(
        'suffixLength' in range
          ? file.slice(-range.suffixLength)
          : file.slice(range.offset, range.offset + range.length),
      );
    },
  };
};

/** A hierarchy in a zip file, read by parts. A folder that holds everything is looked into. */
export const zipStore = (bytes: ByteSource, length: () => Promise<number>): AsyncReadable => {
  const reader = {
    getLength: length,
    read: async (from: number, count: number) => new Uint8Array(await bytes.read(from, count)),
  };
  return new ZipFileStore(reader, { transformEntries: withoutFolder });
};

export const zipOfBlob = (blob: Blob): AsyncReadable => zipStore(blobBytes(blob), async () => blob.size);
export const zipOfUrl = (url: string): AsyncReadable => zipStore(urlBytes(url), () => sizeOf(url));

const sizeOf = async (url: string): Promise<number> => {
  const response = await fetchOk(url, { headers: { range: 'bytes=0-0' } });
  const total = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]);
  await response.body?.cancel();
  if (total > 0) return total;
  const message = `${url} cannot be read by parts: its server does not answer range requests with a readable Content-Range; give the folder instead of the zip file, or open it from disk`;
  throw new InnotaterError('fetch', message, { url, ranges: false });
};

type Entries = Readonly<Record<string, unknown>>;
const isMetadata = (path: string): boolean => /(?:^|\/)(?:zarr\.json|\.zattrs|\.zgroup|\.zarray)$/.test(path);

const withoutFolder = <T extends Entries>(entries: T): T => {
  const paths = Object.keys(entries);
  const top = paths.filter(isMetadata).sort((a, b) => a.split('/').length - b.split('/').length)[0];
  const folder = top?.replace(/[^/]*$/, '') ?? '';
  return Object.fromEntries(
    Object.entries(entries).map(([path, entry]) => [
      path.startsWith(folder) ? path.slice(folder.length) : path,
      entry,
    ]),
  ) as T;
};

/** The part of a store below a path. */
export const storeBelow = (files: FolderFiles, folder: string): FolderFiles =>
  folder === ''
    ? files
    : new Map(
        [...files]
          .filter(([path]) => path.startsWith(folder))
          .map(([path, file]) => [path.slice(folder.length), file]),
      );

/** The folder in these files that holds the topmost metadata. */
export const zarrFolder = (files: FolderFiles): string | null => {
  const top = [...files.keys()]
    .filter(isMetadata)
    .sort((a, b) => a.split('/').length - b.split('/').length)[0];
  return top === undefined ? null : top.replace(/[^/]*$/, '');
};

/** The store of an address, a zip file (by address or in hand), or a folder. */
export const storeOf = (place: string | Blob | FolderFiles): AsyncReadable => {
  if (typeof place === 'string')
    return /\.(?:zip|ozx)(?:[?#]|$)/i.test(place) ? zipOfUrl(place) : urlStore(place);
  if (place instanceof Blob) return zipOfBlob(place);
  const folder = zarrFolder(place);
  return folderStore(folder ? storeBelow(place, folder) : place);
};
