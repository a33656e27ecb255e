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
import { type ComputeTiming, defaultTiming, firstAnswer } from './first-answer.js';
import { createHeartbeat, type Heartbeat } from './heartbeat.js';

/** A worker that opens pyramids of one kind, or the page's own thread. */
type Decoder = {
  readonly service: PyramidService;
  /** Rejects when the worker dies or falls silent at work; it is ended then. */
  readonly crashed: Promise<never>;
  /** A call begins, or ends: while there are any the worker is asked whether it lives. */
  begin(): void;
  finish(): void;
  end(): void;
};

/** One block of a file may be 256 MiB, which a slow machine decompresses for half a minute without answering. */
const patientTiming: ComputeTiming = { ...defaultTiming, heartbeatMs: 10_000 };

/** How long a worker without open pyramids is kept for the next. */
const lingerMs = 5000;

const inlineWorker: Record<PyramidKind, () => Promise<new (options?: { name?: string }) => Worker>> = {
  tiff: async () => (await import('../../workers/tiff.worker.ts?worker&inline')).default,
  zarr: async () => (await import('../../workers/zarr.worker.ts?worker&inline')).default,
};

/** Calls `start` with the first of what is under way and `stop` with the last. */
const countedWork = ({ start, stop }: Heartbeat) => {
  let underWay = 0;
  return {
    begin: () => {
      underWay++;
      start();
    },
    finish: () => {
      underWay--;
      if (underWay === 0) stop();
    },
  };
};

const connected = async (
  make: () => Promise<Worker>,
  { helloMs, heartbeatMs }: ComputeTiming,
): Promise<Decoder> => {
  const worker = await make();
  const service = wrap<PyramidService>(worker) as PyramidService;
  try {
    await firstAnswer(worker, () => service.hello(), helloMs);
  } catch (thrown) {
    worker.terminate();
    throw thrown;
  }
  let giveUp = (_why: string): void => {};
  const crashed = new Promise<never>((_, reject) => {
    giveUp = (why) => {
      end();
      const message = `The worker that decodes the image crashed or fell silent: ${why}`;
      reject(new InnotaterError('worker', message, { crashed: true }));
    };
  });
  crashed.catch(() => {});
  const silent = () => giveUp('it gives no answer any more');
  const heartbeat = createHeartbeat(() => service.hello(), heartbeatMs, silent);
  const end = () => {
    heartbeat.stop();
    worker.terminate();
  };
  const onError = (event: Event) => giveUp((event as ErrorEvent).message || 'there may not be memory enough');
  worker.addEventListener('error', onError);
  worker.addEventListener('messageerror', onError);
  return { service, crashed, end, ...countedWork(heartbeat) };
};

const onPage = async (kind: PyramidKind): Promise<Decoder> => {
  const { createPyramidService, openTiffRequest, openZarrRequest } = await import('../pyramids/service.js');
  const service = createPyramidService(kind === 'tiff' ? openTiffRequest : openZarrRequest);
  const nothing = () => {};
  return { service, crashed: new Promise(() => {}), begin: nothing, finish: nothing, end: nothing };
};

let warned = false;

/** The worker at `sourcesWorkerUrl`, the inline one, or the page: with one warning that names the fix. */
const startDecoder = async (kind: PyramidKind, timing: ComputeTiming): Promise<Decoder> => {
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
      return await connected(way, timing);
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

const acquire = (kind: PyramidKind, timing: ComputeTiming): Shared => {
  const known = shared.get(kind);
  if (known) {
    clearTimeout(known.timer);
    known.users++;
    return known;
  }
  const made: Shared = { decoder: startDecoder(kind, timing), users: 1, timer: undefined };
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
  { service, crashed, begin, finish }: Decoder,
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
  begin();
  try {
    return unwrap(await Promise.race([call(id), crashed, aborted]));
  } finally {
    finish();
    signal?.removeEventListener('abort', giveUp);
  }
};

const isCrash = (thrown: unknown): boolean =>
  thrown instanceof InnotaterError && thrown.facts.crashed === true;

/** What a worker that died took with it is asked of another once. */
const onceMore = async <T>(attempt: () => Promise<T>): Promise<T> => {
  try {
    return await attempt();
  } catch (thrown) {
    if (!isCrash(thrown)) throw thrown;
    return attempt();
  }
};

/** A pyramid in a worker, which is opened again where that died. */
type Session = { readonly used: Shared; readonly id: string; readonly facts: Promise<PyramidFacts> };

/**
 * Opens a TIFF or an OME-Zarr image in a worker that is loaded on demand. Close it when it is no longer needed. Rejects with
 * `InnotaterError`, or with `signal.reason`; with code `worker` after two workers crashed or fell silent over the same. `timing` is for
 * tests.
 */
export const openPyramid = async (
  request: PyramidRequest,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
  timing: ComputeTiming = patientTiming,
): Promise<Pyramid<TensorTile>> => {
  const { kind } = request;
  let session: Session | null = null;
  const begin = (stop?: AbortSignal): Session => {
    const used = acquire(kind, timing);
    const id = `pyramid ${ids++}`;
    const facts = used.decoder.then((decoder) =>
      called(decoder, stop, (call) => decoder.service.open(id, request, call)),
    );
    facts.catch(() => {});
    session = { used, id, facts };
    return session;
  };
  const leave = (left: Session) => {
    if (session !== left) return;
    session = null;
    release(kind, left.used);
  };
  const facts = await onceMore(async () => {
    const first = begin(signal);
    try {
      return await first.facts;
    } catch (thrown) {
      leave(first);
      throw thrown;
    }
  });
  let closed = false;

  const tile = async (level: number, x: number, y: number, stop: AbortSignal | undefined) => {
    if (closed) throw new InnotaterError('aborted', 'The image was closed');
    const current = session ?? begin();
    try {
      const decoder = await current.used.decoder;
      await current.facts;
      return await called(decoder, stop, (call) => decoder.service.tile(current.id, level, x, y, call));
    } catch (thrown) {
      if (isCrash(thrown)) leave(current);
      throw thrown;
    }
  };

  return {
    ...facts,
    getTile: (level, x, y, options) => onceMore(() => tile(level, x, y, options.signal)),
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
