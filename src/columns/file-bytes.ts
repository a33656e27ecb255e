import type { AsyncBuffer } from 'hyparquet';
import { describe } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { type ByteSource, blobBytes, urlBytes } from '../pyramids/bytes.js';
import { fetchOk, shortUrl } from '../pyramids/index.js';

/** A file that is read by parts, and how long it is. */
export type SizedBytes = { readonly source: ByteSource; readonly size: number };

/** A file from disk, or one behind a URL. Rejects with `InnotaterError` 'fetch', or 'data' for what is neither. */
export const sizedBytes = async (file: string | URL | Blob, signal?: AbortSignal): Promise<SizedBytes> => {
  if (file instanceof Blob) return { source: blobBytes(file), size: file.size };
  if (!(file instanceof URL) && (typeof file !== 'string' || file === '')) {
    const given: unknown = file;
    const isBytes = given instanceof ArrayBuffer || ArrayBuffer.isView(given);
    const found = isBytes ? 'bytes; new Blob([bytes]) makes a file of them' : describe(file);
    throw new InnotaterError('data', `A file must be a Blob or File, or its URL, not ${found}`);
  }
  const url = String(file);
  return { source: urlBytes(url), size: await sizeOf(url, signal) };
};

/** By its headers alone. Content-Range may be hidden from pages of other origins, Content-Length is not. */
const sizeOf = async (url: string, signal?: AbortSignal): Promise<number> => {
  const init = signal ? { signal } : {};
  const head = await fetch(url, { ...init, method: 'HEAD' }).catch(() => null);
  const length =
    head?.ok && !head.headers.get('content-encoding') ? head.headers.get('content-length') : null;
  if (length) return Number(length);
  signal?.throwIfAborted();
  const response = await fetchOk(url, { signal, headers: { range: 'bytes=0-0' } });
  await response.body?.cancel();
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (total) return Number(total);
  const message = `${shortUrl(url)} does not say how long it is: its server must answer with Content-Length, or to ranges with Content-Range`;
  throw new InnotaterError('fetch', message, { url: shortUrl(url) });
};

/** As hyparquet reads it. */
export const asyncBuffer = ({ source, size }: SizedBytes, signal?: AbortSignal): AsyncBuffer => ({
  byteLength: size,
  slice: (start, end = size) => source.read(start, end - start, signal),
});
