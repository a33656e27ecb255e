import { wrap } from 'comlink';
import type { PixelService } from '../src/kernels/index.js';

/** What comlink speaks over; in words of our own, so that the types of this package need no comlink beside them. */
export type Wire = {
  postMessage(message: unknown, moved?: Transferable[]): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: object): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: object): void;
  start?(): void;
};

/** What is used of Node's `worker_threads`. */
type NodePort = {
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
  on(type: 'message', listener: (data: unknown) => void): void;
  off(type: 'message', listener: (data: unknown) => void): void;
};
type NodeWorker = Omit<NodePort, 'on'> & {
  on(type: 'message', listener: (data: unknown) => void): void;
  on(type: 'error', listener: (error: Error) => void): void;
  terminate(): void;
  unref(): void;
};
type NodeThreads = {
  readonly parentPort: NodePort | null;
  readonly Worker: new (url: URL) => NodeWorker;
};

type Process = { getBuiltinModule?(name: string): unknown };

/** Node's threads, without an import that bundlers for browsers would stumble over; undefined in browsers and before Node 20.16. */
const nodeThreads = (): NodeThreads | undefined => {
  const { process } = globalThis as { readonly process?: Process };
  return process?.getBuiltinModule?.('node:worker_threads') as NodeThreads | undefined;
};

/** Node's ports give the data where those of browsers give an event that holds them. */
const nodeEndpoint = (port: NodePort): Wire => {
  const heard = new WeakMap<object, (data: unknown) => void>();
  return {
    postMessage: (message, moved) => port.postMessage(message, moved),
    addEventListener: (_, listener) => {
      const hear = (data: unknown) => {
        const event = { data } as MessageEvent;
        if ('handleEvent' in listener) listener.handleEvent(event);
        else listener(event);
      };
      heard.set(listener, hear);
      port.on('message', hear);
    },
    removeEventListener: (_, listener) => {
      const hear = heard.get(listener);
      if (hear) port.off('message', hear);
    },
  };
};

/** Where a worker hears from who made it: Node's port; undefined in browsers, where that is the worker's own scope. */
export const parentEndpoint = (): Wire | undefined => {
  const port = nodeThreads()?.parentPort;
  return port ? nodeEndpoint(port) : undefined;
};

/** A worker that serves pixels, wherever it runs. */
export type Thread = { readonly service: PixelService; end(): void };

export type ThreadOptions = {
  readonly workerUrl?: string | URL | undefined;
  readonly createWorker?: (() => Worker) | undefined;
};

/** Cores that can be used at once. */
export const coreCount = (): number => {
  const { navigator } = globalThis as { readonly navigator?: { readonly hardwareConcurrency?: number } };
  if (navigator?.hardwareConcurrency) return navigator.hardwareConcurrency;
  const { process } = globalThis as { readonly process?: Process };
  const os = process?.getBuiltinModule?.('node:os') as { availableParallelism(): number } | undefined;
  return os?.availableParallelism() ?? 1;
};

/** Starts a worker; `onFail` hears when it dies. Rejects where no worker can be made. */
export const startThread = async (
  options: ThreadOptions,
  onFail: (reason: string) => void,
): Promise<Thread> => {
  const threads = nodeThreads();
  if (threads && typeof Worker === 'undefined') return nodeThread(threads, options, onFail);
  const worker = await browserWorker(options);
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    onFail(event.message || 'it could not be loaded');
  });
  return { service: wrap<PixelService>(worker), end: () => worker.terminate() };
};

const nodeThread = (threads: NodeThreads, { workerUrl }: ThreadOptions, onFail: (reason: string) => void) => {
  // Not as one expression: bundlers would take the file along for browsers.
  const here = import.meta.url;
  const worker = new threads.Worker(new URL(workerUrl ?? 'worker.js', here));
  worker.on('error', (error) => onFail(error.message));
  worker.unref();
  const service = wrap<PixelService>(nodeEndpoint(worker));
  return { service, end: () => worker.terminate() };
};

const browserWorker = async ({ workerUrl, createWorker }: ThreadOptions): Promise<Worker> => {
  const name = 'innotater kernels';
  if (createWorker) return createWorker();
  if (workerUrl) return new Worker(workerUrl, { type: 'module', name });
  const { default: InlineWorker } = await import('./pixel.worker.ts?worker&inline');
  return new InlineWorker({ name });
};
