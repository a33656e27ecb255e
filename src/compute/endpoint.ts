import { wrap } from 'comlink';
import type { PixelBackend, WorkerService } from '../kernels/index.js';
import { createHeartbeat, type Heartbeat } from './heartbeat.js';

export type ComputeTiming = {
  /** How long a new worker may take to its first answer. */
  readonly helloMs: number;
  /** How often a working worker is asked whether it lives; four silent periods mean that it does not. */
  readonly heartbeatMs: number;
};

export const defaultTiming: ComputeTiming = { helloMs: 3000, heartbeatMs: 1000 };

/** A pixel service that answered its hello, and how to watch and end it. */
export type Endpoint = {
  readonly service: WorkerService;
  readonly backend: 'worker+simd' | 'worker+js' | 'main';
  /** Runs while work is going on there. */
  readonly heartbeat: Heartbeat;
  /** Starts what jobs need that are not of decoded pictures. Absent: there is nothing more to start. */
  warm?(): void;
  /** Called once, when the worker raised an error or fell silent. It is ended already. */
  onCrash: () => void;
  end(): void;
};

/** What a new worker says first. Rejects with the reason where it raises an error or stays silent; it is not ended for it. */
export const firstAnswer = <T>(worker: Worker, hello: () => Promise<T>, helloMs: number): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`gave no answer within ${helloMs / 1000} s`)), helloMs);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      worker.removeEventListener('error', onError);
      act();
    };
    const onError = (event: Event) => {
      event.preventDefault();
      const reason = (event as ErrorEvent).message || 'could not be loaded';
      settle(() => reject(new Error(reason)));
    };
    worker.addEventListener('error', onError);
    hello().then(
      (answer) => settle(() => resolve(answer)),
      (thrown: unknown) => settle(() => reject(thrown)),
    );
  });

const watch = (
  worker: Worker,
  service: WorkerService,
  backend: PixelBackend,
  heartbeatMs: number,
): Endpoint => {
  const end = () => {
    endpoint.heartbeat.stop();
    worker.terminate();
  };
  const crash = () => {
    end();
    endpoint.onCrash();
    endpoint.onCrash = () => {};
  };
  const endpoint: Endpoint = {
    service,
    backend: `worker+${backend}`,
    heartbeat: createHeartbeat(() => service.hello(), heartbeatMs, crash),
    onCrash: () => {},
    end,
  };
  worker.addEventListener('error', crash);
  worker.addEventListener('messageerror', crash);
  return endpoint;
};

/** Makes a worker and waits for its first answer. Rejects with the reason when there is none; the worker is ended then. */
export const connectWorker = async (makeWorker: () => Worker, timing: ComputeTiming): Promise<Endpoint> => {
  const worker = makeWorker();
  const service: WorkerService = wrap<WorkerService>(worker) as unknown as WorkerService;
  try {
    const backend = await firstAnswer(worker, () => service.hello(), timing.helloMs);
    return watch(worker, service, backend, timing.heartbeatMs);
  } catch (thrown) {
    worker.terminate();
    throw thrown;
  }
};

/** The same service on the page's own thread, in small steps. */
export const connectMainThread = async (): Promise<Endpoint> => {
  const { createWorkerService, onMainThread } = await import('../../workers/worker-service.js');
  return {
    service: createWorkerService(onMainThread),
    backend: 'main',
    heartbeat: { start: () => {}, stop: () => {} },
    onCrash: () => {},
    end: () => {},
  };
};
