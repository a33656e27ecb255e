import { InnotaterError } from '../errors/index.js';
import { defaultPatienceMs, patient, silenceText } from './patience.js';

/** A name for messages: long ones (data URLs) are cut. */
export const shortUrl = (url: string): string => (url.length > 120 ? `${url.slice(0, 100)}…` : url);

export type FetchOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Record<string, string>;
  /** How long an answer may take to begin. */
  readonly timeoutMs?: number;
};

/**
 * What a server answers, if it answers well. Rejects with `signal.reason`, or with `InnotaterError` 'fetch' that names the URL and
 * the status, or tells whether there was no answer, none in time, or one that this page may not read (CORS).
 */
export const fetchOk = async (
  url: string,
  { signal, headers, timeoutMs = defaultPatienceMs }: FetchOptions,
): Promise<Response> => {
  const response = await answerOf(url, signal, headers ?? {}, timeoutMs);
  if (response.ok) return response;
  const { status, statusText } = response;
  const message =
    `${shortUrl(url)} could not be loaded: the server answered ${status} ${statusText}`.trimEnd();
  throw new InnotaterError('fetch', message, { url: shortUrl(url), status });
};

const answerOf = async (
  url: string,
  signal: AbortSignal | undefined,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<Response> => {
  const patience = patient(signal, timeoutMs);
  try {
    return await fetch(url, { signal: patience.signal, headers });
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (!patience.isOver) throw await unanswered(url, cause);
    const message = `${shortUrl(url)} could not be loaded: ${silenceText(timeoutMs)}`;
    throw new InnotaterError('fetch', message, { url: shortUrl(url) }, { cause });
  } finally {
    patience.end();
  }
};

/** The body of an answer. Rejects like `fetchOk` where it breaks off. */
export const bodyOf = async (response: Response, url: string, signal?: AbortSignal): Promise<ArrayBuffer> => {
  try {
    return await response.arrayBuffer();
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    throw new InnotaterError(
      'fetch',
      `${shortUrl(url)} broke off while loading`,
      { url: shortUrl(url) },
      { cause },
    );
  }
};

/** Whether the server is there at all: an opaque answer says nothing but that. */
const answersOthers = async (url: string): Promise<boolean> => {
  try {
    await fetch(url, { mode: 'no-cors', method: 'HEAD', signal: AbortSignal.timeout(3000) });
    return true;
  } catch {
    return false;
  }
};

const unanswered = async (url: string, cause: unknown): Promise<InnotaterError> => {
  const origin = (globalThis as { location?: { origin?: string } }).location?.origin;
  const isElsewhere =
    origin !== undefined && URL.canParse(url, origin) && new URL(url, origin).origin !== origin;
  const facts = { url: shortUrl(url) };
  if (!isElsewhere || !(await answersOthers(url))) {
    return new InnotaterError('fetch', `${facts.url} could not be loaded: no answer`, facts, { cause });
  }
  const message = `${facts.url} could not be loaded: its server does not allow pages of ${origin} to read it; it must answer with the header Access-Control-Allow-Origin (CORS)`;
  return new InnotaterError('fetch', message, { ...facts, cors: true }, { cause });
};
