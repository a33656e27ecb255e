import PictureWorker from '../../workers/picture.worker.ts?worker&inline';
import type { ComputeConfiguration } from './contract.js';
import { connectMainThread, connectWorker, type Endpoint } from './endpoint.js';
import type { ComputeTiming } from './first-answer.js';
import { withSecondWorker } from './two-workers.js';

type Way = { readonly name: string; readonly connect: (all: boolean) => Promise<Endpoint> };

const wayBy = (name: string, timing: ComputeTiming, makeWorker: () => Worker): Way => ({
  name,
  connect: () => connectWorker(makeWorker, timing),
});

const name = 'innotater pixels';

const connectWhole = async (timing: ComputeTiming): Promise<Endpoint> => {
  const { default: WholeWorker } = await import('../../workers/pixel.worker.ts?worker&inline');
  return connectWorker(() => new WholeWorker({ name }), timing);
};

/** Null where it does not start, or is not there in time; what comes later is ended. */
const connectWholeSoon = (timing: ComputeTiming): Promise<Endpoint | null> => {
  let isLate = false;
  const lost = new Promise<null>((resolve) => {
    setTimeout(() => {
      isLate = true;
      resolve(null);
    }, timing.helloMs);
  });
  const ended = (endpoint: Endpoint) => {
    if (isLate) endpoint.end();
    return endpoint;
  };
  return Promise.race([connectWhole(timing).then(ended, () => null), lost]);
};

/** Nothing takes the place of a second worker that is slow: it is given ten times as long to answer. Where SIMD is refused, the whole worker computes all. */
const connectBuiltIn = async (timing: ComputeTiming): Promise<Endpoint> => {
  const pictures = await connectWorker(() => new PictureWorker({ name }), timing);
  if (pictures.backend === 'worker+simd')
    return withSecondWorker(pictures, () => connectWhole({ ...timing, helloMs: 10 * timing.helloMs }));
  pictures.end();
  return connectWhole(timing);
};

/** The whole worker where `all` that it knows is needed at once, unless that failed before; else one that knows pictures alone comes first. */
const builtIn = (timing: ComputeTiming): Way => {
  let startsWhole = true;
  return {
    name: 'the built-in worker',
    connect: async (all) => {
      const whole = all && startsWhole ? await connectWholeSoon(timing) : null;
      if (all && !whole) startsWhole = false;
      return whole ?? connectBuiltIn(timing);
    },
  };
};

/** What is tried, in order. With `maxWorkers: 0` the page's own thread is what was asked for. */
const waysOf = (configuration: ComputeConfiguration, timing: ComputeTiming): readonly Way[] => {
  const { createWorker, workerUrl, maxWorkers } = configuration;
  const main: Way = { name: 'the main thread', connect: connectMainThread };
  if (maxWorkers === 0) return [main];
  return [
    ...(createWorker ? [wayBy('the worker of createWorker', timing, createWorker)] : []),
    ...(workerUrl
      ? [wayBy(`the worker at ${workerUrl}`, timing, () => new Worker(workerUrl, { type: 'module', name }))]
      : []),
    builtIn(timing),
    main,
  ];
};

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** Starts a service by the first way that works; `all`: more than pictures is to come. Rejects with the last reason when none does. */
export type Starter = (all: boolean) => Promise<Endpoint>;

/**
 * A starter for one pool. A way that failed is not tried again; the first time that costs something, one warning a page on the console
 * says what failed, what is used instead and how to fix it.
 */
export const createStarter = (configuration: ComputeConfiguration, timing: ComputeTiming): Starter => {
  let ways = waysOf(configuration, timing);
  let warned = false;
  /** Waited for, so that it is told before anything is computed. */
  const warn = async (failures: readonly string[], used: string) => {
    if (warned || failures.length === 0) return;
    warned = true;
    const text = `innotater: ${failures.join('; ')}. Pixels are computed by ${used} instead.`;
    await import('./start-warning.js').then(
      ({ warnOfStart }) => warnOfStart(text),
      () => console.warn(text),
    );
  };
  return async (all) => {
    const failures: string[] = [];
    let last: unknown;
    for (const way of ways) {
      try {
        const endpoint = await way.connect(all);
        await warn(failures, way.name);
        return endpoint;
      } catch (thrown) {
        last = thrown;
        failures.push(`${way.name} did not start (${reasonOf(thrown)})`);
        if (way !== ways.at(-1)) ways = ways.filter((other) => other !== way);
      }
    }
    throw last;
  };
};
