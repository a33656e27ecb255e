import type { Reply } from '../errors/index.js';
import type { BoxService, WorkerService } from '../kernels/index.js';
import type { Endpoint } from './endpoint.js';

/**
 * A worker that knows decoded pictures alone, and beside it, from the first call for anything else on, one that knows all: most pages
 * never load the second. They count as one: what ends or crashes one ends both. A second worker that does not start fails the
 * call, and the next one tries again. A file that the first cannot decode is given to the second, which says what is wrong with it;
 * where that does not start, the answer of the first stands.
 */
export const withSecondWorker = (pictures: Endpoint, connect: () => Promise<Endpoint>): Endpoint => {
  let second: Promise<Endpoint> | null = null;
  let connected: Endpoint | null = null;
  let watched = false;
  let ended = false;

  const end = () => {
    ended = true;
    pictures.end();
    connected?.end();
  };
  const crash = () => {
    end();
    both.onCrash();
  };
  const connectSecond = async (): Promise<Endpoint> => {
    try {
      const endpoint = await connect();
      endpoint.onCrash = crash;
      connected = endpoint;
      if (ended) endpoint.end();
      else if (watched) endpoint.heartbeat.start();
      return endpoint;
    } catch (thrown) {
      second = null;
      throw thrown;
    }
  };
  const all = async (): Promise<WorkerService> => {
    second ??= connectSecond();
    return (await second).service;
  };

  const decoded = async <T>(ask: (service: WorkerService) => Promise<Reply<T>>): Promise<Reply<T>> => {
    const reply = await ask(pictures.service);
    return reply.ok || reply.code !== 'decode' ? reply : all().then(ask, () => reply);
  };

  const boxes = new Proxy({} as BoxService, {
    get:
      (_, name) =>
      async (...given: readonly unknown[]) =>
        ((await all()).boxes[name as keyof BoxService] as (...given: readonly unknown[]) => unknown)(
          ...given,
        ),
  });
  const both: Endpoint = {
    service: {
      hello: () => pictures.service.hello(),
      open: (image) => decoded((service) => service.open(image)),
      glance: (image) => pictures.service.glance(image),
      adopt: (id, bitmap) => pictures.service.adopt(id, bitmap),
      read: (request) => decoded((service) => service.read(request)),
      convert: async (request) => (await all()).convert(request),
      compute: async (task) => (await all()).compute(task),
      readStored: async (request) => (await all()).readStored(request),
      readMeans: async (request) => (await all()).readMeans(request),
      sampleStored: async (request) => (await all()).sampleStored(request),
      release: async (id) => {
        await Promise.all([pictures.service.release(id), connected?.service.release(id)]);
      },
      boxes,
    },
    backend: pictures.backend,
    heartbeat: {
      start() {
        watched = true;
        pictures.heartbeat.start();
        connected?.heartbeat.start();
      },
      stop() {
        watched = false;
        pictures.heartbeat.stop();
        connected?.heartbeat.stop();
      },
    },
    warm() {
      // Where it does not start, the job that needs it says so.
      all().catch(() => {});
    },
    onCrash: () => {},
    end,
  };
  pictures.onCrash = crash;
  return both;
};
