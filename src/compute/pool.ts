import { transfer } from 'comlink';
import { failure, InnotaterError, type Reply, unwrap } from '../errors/index.js';
import type { ComputeConfiguration, JobOptions, PixelPool } from './contract.js';
import type { Endpoint } from './endpoint.js';
import { type ComputeTiming, defaultTiming } from './first-answer.js';
import {
  emptySchedule,
  type FailureReason,
  type Job,
  type JobId,
  type ScheduleEffect,
  type ScheduleEvent,
  stepSchedule,
  type WorkerId,
} from './schedule.js';
import { createStarter } from './start.js';

/** What the schedule does not know of a job: how to run it and whom to tell. */
type Task = {
  readonly run: (endpoint: Endpoint) => Promise<Reply<unknown>>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
};

type JobPlan<T> = Pick<Job, 'kind' | 'image' | 'repeatable'> & {
  readonly run: (endpoint: Endpoint) => Promise<Reply<T>>;
};

const failureErrors: Record<FailureReason, () => InnotaterError> = {
  crashed: () =>
    new InnotaterError(
      'worker',
      'Two workers crashed or fell silent over the same pixels; there may not be memory enough.',
    ),
  lost: () =>
    new InnotaterError('worker', 'The pixels were lost with a worker that crashed; hand them in again.', {
      lost: true,
    }),
  released: () => new InnotaterError('aborted', 'The image was released before its pixels were computed.'),
  noWorker: () => new InnotaterError('worker', 'No worker could be started, nor the main thread used.'),
};

const disposedError = () => new InnotaterError('aborted', 'The pixel pool is disposed.');

/** Of these the second is started when the first has answered. */
const warmWorkers = 2;

/** Each takes memory of its own. */
const mostWorkers = 64;

const defaultWorkers = (): number => Math.min(8, globalThis.navigator?.hardwareConcurrency ?? 4);

/** How many workers a pool has at most: 1…64. */
export const workerLimit = ({ maxWorkers = defaultWorkers() }: ComputeConfiguration): number =>
  Math.min(mostWorkers, Math.max(1, Math.floor(maxWorkers)));

/**
 * A pool of workers. Nothing is started before the first job. `timing` is for tests.
 *
 * Rejections: `signal.reason` when aborted; else an `InnotaterError`, with code `worker` after two crashes on the same job, with
 * code `worker` and `facts.lost` when what was transferred went down with its worker: an adopted bitmap (also at a later read:
 * adopt it again) or a band of more than 8 MiB (smaller ones are sent as copies and repeated); with code `aborted` when its image
 * was released, or the pool disposed, before it ran.
 */
export const createPixelPool = (
  configuration: ComputeConfiguration = {},
  timing: ComputeTiming = defaultTiming,
): PixelPool => {
  const maxWorkers = workerLimit(configuration);
  const start = createStarter(configuration, timing);
  const endpoints = new Map<WorkerId, Endpoint>();
  const tasks = new Map<JobId, Task>();
  let schedule = emptySchedule;
  let backend: Endpoint['backend'] = configuration.maxWorkers === 0 ? 'main' : 'worker+simd';
  let lastJob = 0;
  let disposed = false;
  let warmsAll = false;

  const send = (event: ScheduleEvent): void => {
    if (disposed) return;
    const [next, effects] = stepSchedule(schedule, event);
    schedule = next;
    for (const effect of effects) perform(effect);
    for (const worker of schedule.workers) watchIfBusy(worker.id);
  };

  const watchIfBusy = (id: WorkerId): void => {
    const worker = schedule.workers.find((other) => other.id === id);
    if (worker?.tag !== 'ready') return;
    if (worker.decode || worker.compute) endpoints.get(id)?.heartbeat.start();
    else endpoints.get(id)?.heartbeat.stop();
  };

  const perform = (effect: ScheduleEffect): void => {
    switch (effect.tag) {
      case 'start':
        void startWorker(effect.worker);
        break;
      case 'run':
        void run(effect.worker, effect.job);
        break;
      case 'fail':
        tasks.get(effect.job)?.reject(failureErrors[effect.reason]());
        break;
      case 'release':
        endpoints
          .get(effect.worker)
          ?.service.release(effect.image)
          .catch(() => {});
        break;
    }
  };

  const startWorker = async (worker: WorkerId): Promise<void> => {
    try {
      const endpoint = await start(warmsAll);
      if (disposed) return endpoint.end();
      welcome(worker, endpoint);
    } catch {
      send({ tag: 'startFailed', worker });
    }
  };

  const welcome = (worker: WorkerId, endpoint: Endpoint): void => {
    endpoints.set(worker, endpoint);
    if (warmsAll) endpoint.warm?.();
    backend = endpoint.backend;
    endpoint.onCrash = () => {
      endpoints.delete(worker);
      send({ tag: 'crashed', worker });
    };
    const limit = endpoint.backend === 'main' ? schedule.workers.length : maxWorkers;
    send({ tag: 'started', worker, limit });
  };

  const run = async (worker: WorkerId, job: JobId): Promise<void> => {
    const task = tasks.get(job);
    const endpoint = endpoints.get(worker);
    if (!task || !endpoint) return;
    const reply = await task.run(endpoint).catch((thrown: unknown) => failure(thrown, 'worker'));
    if (endpoints.get(worker) !== endpoint) return;
    send({ tag: 'finished', worker, job, ok: reply.ok });
    try {
      task.resolve(unwrap(reply));
    } catch (error) {
      task.reject(error);
    }
  };

  const submit = <T>({ run, ...plan }: JobPlan<T>, options: JobOptions = {}): Promise<T> => {
    const { signal, priority = 0 } = options;
    if (disposed) return Promise.reject(disposedError());
    if (signal?.aborted) return Promise.reject(signal.reason);
    lastJob += 1;
    const id = lastJob;
    return new Promise<T>((resolve, reject) => {
      const abort = () => {
        send({ tag: 'aborted', job: id });
        task.reject(signal?.reason);
      };
      const settle = () => {
        tasks.delete(id);
        signal?.removeEventListener('abort', abort);
      };
      const task: Task = {
        run,
        resolve: (value) => {
          settle();
          resolve(value as T);
        },
        reject: (reason) => {
          settle();
          reject(reason);
        },
      };
      tasks.set(id, task);
      signal?.addEventListener('abort', abort);
      send({ tag: 'submitted', job: { ...plan, id, priority, crashes: 0, wanted: true } });
    });
  };

  return {
    warm(all = false) {
      warmsAll ||= all;
      if (all) for (const endpoint of endpoints.values()) endpoint.warm?.();
      send({ tag: 'warmed', workers: Math.min(all ? warmWorkers : 1, maxWorkers) });
    },
    compute: (run, options, repeatable = true) =>
      submit({ kind: 'compute', image: null, repeatable, run }, options),
    open: (image, options) =>
      submit(
        { kind: 'decode', image: image.id, repeatable: true, run: ({ service }) => service.open(image) },
        options,
      ),
    glance: (image, options) => {
      const run = ({ service }: Endpoint) => service.glance(image);
      return submit({ kind: 'decode', image: image.id, repeatable: true, run }, options);
    },
    read: (request, options) =>
      submit(
        {
          kind: 'compute',
          image: request.image.id,
          repeatable: true,
          run: ({ service }) => service.read(request),
        },
        options,
      ),
    boxes: (id, ask, options) =>
      submit(
        { kind: 'compute', image: id, repeatable: true, run: ({ service }) => ask(service.boxes) },
        options,
      ),
    adopt: async (id, bitmap, options) => {
      const run = ({ service }: Endpoint) => service.adopt(id, transfer(bitmap, [bitmap]));
      try {
        return await submit({ kind: 'decode', image: id, repeatable: false, run }, options);
      } catch (thrown) {
        bitmap.close();
        throw thrown;
      }
    },
    release: (id) => send({ tag: 'released', image: id }),
    stats: {
      get workers() {
        return schedule.workers.length;
      },
      get queued() {
        return schedule.queue.length;
      },
      get backend() {
        return backend;
      },
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      for (const [image, holding] of schedule.images) {
        if (holding.tag === 'held') perform({ tag: 'release', worker: holding.worker, image });
      }
      for (const endpoint of endpoints.values()) endpoint.end();
      endpoints.clear();
      for (const task of [...tasks.values()]) task.reject(disposedError());
      schedule = emptySchedule;
    },
  };
};
