import { wrap } from 'comlink';
import { InnotaterError, type Reply, unwrap } from '../errors/index.js';
import type {
  Pyramid,
  PyramidFacts,
  PyramidKind,
  PyramidRequest,
  PyramidService,
  TensorTile,
} from '../pyramids/index.js';
import { configured } from './configured.js';
import { defaultTiming, firstAnswer } from './first-answer.js';

/** A worker that opens pyramids of one kind, or the page's own thread. */
type Decoder = {
  readonly service: PyramidService;
  /** Rejects when the worker dies. */
  readonly crashed: Promise<never>;
  end(): void;
};

/** How long a worker without open pyramids is kept for the next. */
const lingerMs = 5000;

const inlineWorker: Record<PyramidKind, () => Promise<new (options?: { name?: string }) => Worker>> = {
  tiff: async () => (await import('../../workers/tiff.worker.ts?worker&inline')).default,
  zarr: async () => (await import('../../workers/zarr.worker.ts?worker&inline')).default,
};

const connected = async (make: () => Promise<Worker>): Promise<Decoder> => {
  const worker = await make();
  const service = wrap<PyramidService>(worker) as PyramidService;
  try {
    await firstAnswer(worker, () => service.hello(), defaultTiming.helloMs);
  } catch (thrown) {
    worker.terminate();
    throw thrown;
  }
  const crashed = new Promise<never>((_, reject) => {
    const crash = (event: Event) => {
      worker.terminate();
      const why = (event as ErrorEvent).message || 'there may not be memory enough';
      reject(
        new InnotaterError('worker', `The worker that decodes the image crashed: ${why}`, { crashed: true }),
      );
    };
    worker.addEventListener('error', crash);
    worker.addEventListener('messageerror', crash);
  });
  crashed.catch(() => {});
  return { service, crashed, end: () => worker.terminate() };
};

const onPage = async (kind: PyramidKind): Promise<Decoder> => {
  const { createPyramidService, openTiffRequest, openZarrRequest } = await import('../pyramids/service.js');
  const service = createPyramidService(kind === 'tiff' ? openTiffRequest : openZarrRequest);
  return { service, crashed: new Promise(() => {}), end: () => {} };
};

let warned = false;

/** The worker at `sourcesWorkerUrl`, the inline one, or the page: with one warning that names the fix. */
const startDecoder = async (kind: PyramidKind): Promise<Decoder> => {
  const { sourcesWorkerUrl: url, maxWorkers } = configured();
  if (maxWorkers === 0 || typeof Worker === 'undefined') return onPage(kind);
  const name = `innotater ${kind}`;
  const ways = [
    ...(url ? [async () => new Worker(url, { type: 'module', name })] : []),
    async () => new (await inlineWorker[kind]())({ name }),
  ];
  let reason = '';
  for (const way of ways) {
    try {
      return await connected(way);
    } catch (thrown) {
      reason = thrown instanceof Error ? thrown.message : String(thrown);
    }
  }
  if (!warned) {
    warned = true;
    console.warn(
      `innotater: the worker that decodes ${kind === 'tiff' ? 'TIFF' : 'OME-Zarr'} did not start (${reason}); the main thread decodes instead, which may hold it for more than 8 ms. To fix it, serve the file innotater/sources-worker.js from your own site and call configure({ sourcesWorkerUrl: … }) with its address, or allow "worker-src blob:" in the Content-Security-Policy.`,
    );
  }
  return onPage(kind);
};

type Shared = { decoder: Promise<Decoder>; users: number; timer: ReturnType<typeof setTimeout> | undefined };
const shared = new Map<PyramidKind, Shared>();

const acquire = (kind: PyramidKind): Shared => {
  const known = shared.get(kind);
  if (known) {
    clearTimeout(known.timer);
    known.users++;
    return known;
  }
  const made: Shared = { decoder: startDecoder(kind), users: 1, timer: undefined };
  shared.set(kind, made);
  const forget = () => {
    if (shared.get(kind) === made) shared.delete(kind);
  };
  made.decoder.then(({ crashed }) => crashed.catch(forget), forget);
  return made;
};

const release = (kind: PyramidKind, used: Shared): void => {
  used.users--;
  if (used.users > 0) return;
  const end = () => {
    if (shared.get(kind) === used) shared.delete(kind);
    used.decoder.then(
      (decoder) => decoder.end(),
      () => {},
    );
  };
  if (shared.get(kind) === used) used.timer = setTimeout(end, lingerMs);
  else end();
};

let ids = 0;
let calls = 0;

/** One call that ends early where the signal says so, or the worker dies. */
const called = async <T>(
  { service, crashed }: Decoder,
  signal: AbortSignal | undefined,
  call: (id: number) => Promise<Reply<T>>,
): Promise<T> => {
  signal?.throwIfAborted();
  const id = calls++;
  let giveUp = () => {};
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => {
      service.cancel(id).catch(() => {});
      reject(signal?.reason);
    };
  });
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    return unwrap(await Promise.race([call(id), crashed, aborted]));
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
};

/** A pyramid in a worker, which is opened again where that died. */
type Session = { readonly used: Shared; readonly id: string; readonly facts: Promise<PyramidFacts> };

/**
 * Opens a TIFF or an OME-Zarr image in a worker that is loaded on demand. Close it when it is no longer needed. Rejects with
 * `InnotaterError`, or with `signal.reason`.
 */
export const openPyramid = async (
  request: PyramidRequest,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Pyramid<TensorTile>> => {
  const { kind } = request;
  const begin = (stop?: AbortSignal): Session => {
    const used = acquire(kind);
    const id = `pyramid ${ids++}`;
    const facts = used.decoder.then((decoder) =>
      called(decoder, stop, (call) => decoder.service.open(id, request, call)),
    );
    facts.catch(() => {});
    return { used, id, facts };
  };
  let session: Session | null = begin(signal);
  const leave = (left: Session) => {
    if (session === left) session = null;
    release(kind, left.used);
  };
  const first = session;
  const facts = await first.facts.catch((thrown) => {
    leave(first);
    throw thrown;
  });
  let closed = false;

  return {
    ...facts,
    getTile: async (level, x, y, options) => {
      if (closed) throw new InnotaterError('aborted', 'The image was closed');
      session ??= begin();
      const current = session;
      try {
        const decoder = await current.used.decoder;
        await current.facts;
        return await called(decoder, options.signal, (call) =>
          decoder.service.tile(current.id, level, x, y, call),
        );
      } catch (thrown) {
        if (thrown instanceof InnotaterError && thrown.facts.crashed && session === current) leave(current);
        throw thrown;
      }
    },
    close: () => {
      if (closed) return;
      closed = true;
      const current = session;
      if (!current) return;
      current.used.decoder.then(({ service }) => service.close(current.id)).catch(() => {});
      leave(current);
    },
  };
};
