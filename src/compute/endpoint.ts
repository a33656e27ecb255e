import { wrap } from 'comlink';
import type { PixelBackend, WorkerService } from '../kernels/index.js';
import { type ComputeTiming, firstAnswer } from './first-answer.js';
import { createHeartbeat, type Heartbeat } from './heartbeat.js';

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
