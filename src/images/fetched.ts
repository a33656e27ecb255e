import { InnotaterError } from '../errors/index.js';
import { defaultPatienceMs, type Patience, patient, silenceText } from '../pyramids/patience.js';
import type { LoadProgress } from './contract.js';

const hasScheme = (name: string): boolean => /^[a-z][a-z\d+.-]+:/i.test(name);

/**
 * The URL of a name: `path` goes before it with one slash between, unless the name is a URL with a scheme or begins with a
 * slash (I2). Signs that a file name may hold and a URL may not ('#', a lone '%') are escaped.
 */
export const urlOfName = (name: string, path: string | undefined): string => {
  if (hasScheme(name)) return name;
  const joined = !path || name.startsWith('/') ? name : `${path.replace(/\/+$/, '')}/${name}`;
  return joined.replace(/#/g, '%23').replace(/%(?![\da-f]{2})/gi, '%25');
};

/** A name for messages: long ones (data URLs) are cut. */
export const shortName = (name: string): string => (name.length > 120 ? `${name.slice(0, 100)}…` : name);

/**
 * The bytes behind a URL; `onProgress` hears as they come. Rejects with `InnotaterError` 'fetch' that names the URL and the HTTP status or
 * that its server sent nothing for `timeoutMs`, or with `signal.reason`.
 */
export const fetched = async (
  url: string,
  signal: AbortSignal | undefined,
  onProgress?: (progress: LoadProgress) => void,
  timeoutMs: number = defaultPatienceMs,
): Promise<Blob> => {
  const name = shortName(url);
  const patience = patient(signal, timeoutMs);
  const attempt = async <T>(job: () => Promise<T>, message: string): Promise<T> => {
    try {
      return await job();
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      const why = patience.isOver ? `${name} could not be loaded: ${silenceText(timeoutMs)}` : message;
      throw new InnotaterError('fetch', why, { url: name }, { cause });
    }
  };
  try {
    const response = await attempt(
      () => fetch(url, { signal: patience.signal }),
      `${name} could not be loaded: no answer, or its server does not allow this page to read it`,
    );
    if (!response.ok) {
      const { status, statusText } = response;
      const message = `${name} could not be loaded: the server answered ${status} ${statusText}`.trimEnd();
      throw new InnotaterError('fetch', message, { url: name, status });
    }
    const read = () => counted(response, patience, onProgress).blob();
    const blob = await attempt(read, `${name} broke off while loading`);
    if (!/^text\/html\b/i.test(blob.type)) return blob;
    const message = `${name} could not be loaded: the server answered with a web page, not an image; does the file exist?`;
    throw new InnotaterError('fetch', message, { url: name, status: response.status });
  } finally {
    patience.end();
  }
};

/** What the body's length is, in the bytes that are read; null where the server does not tell, or tells that of a packed body. */
const totalOf = ({ headers }: Response): number | null => {
  const length = Number(headers.get('content-length') ?? Number.NaN);
  return Number.isSafeInteger(length) && length > 0 && !headers.has('content-encoding') ? length : null;
};

/** The same response, its bytes counted on their way. */
const counted = (
  response: Response,
  patience: Patience,
  onProgress?: (progress: LoadProgress) => void,
): Response => {
  if (!response.body) return response;
  const totalBytes = totalOf(response);
  let loadedBytes = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      patience.heard();
      loadedBytes += chunk.byteLength;
      // Another origin may hide that its body is packed.
      onProgress?.({
        loadedBytes,
        totalBytes: totalBytes !== null && loadedBytes <= totalBytes ? totalBytes : null,
      });
      controller.enqueue(chunk);
    },
  });
  const { headers } = response;
  return new Response(response.body.pipeThrough(counter), { headers });
};
