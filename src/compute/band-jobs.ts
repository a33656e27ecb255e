import { transfer } from 'comlink';
import { success } from '../errors/index.js';
import type { Band, ElementArray, ReducedBand, ResizeTo } from '../kernels/index.js';
import type { BandJobs, BandMaker, JobOptions, PixelPool, Workplace } from './contract.js';

/** Copying takes the main thread about half a millisecond for each MiB, and may take 8 ms. */
const MOST_COPIED_BYTES = 8 << 20;

/** New memory costs ten times what copying into old memory does: it is kept so long for another band. */
const SPARE_MS = 1000;

const isPartOfBuffer = ({ buffer, byteLength }: ElementArray): boolean =>
  !(buffer instanceof ArrayBuffer) || byteLength < buffer.byteLength;

/** Whether a copy of the band is sent and the original kept, so that it can be sent again after a crash. */
const isCopied = ({ data }: Band): boolean => data.byteLength <= MOST_COPIED_BYTES || isPartOfBuffer(data);

const sent = (request: ReducedBand) => transfer(request, [request.band.data.buffer]);

/** A band of the caller's as it is sent to a worker. */
const sentCopy = (request: ReducedBand) => {
  const { band } = request;
  return sent({ ...request, band: { ...band, data: isCopied(band) ? band.data.slice() : band.data } });
};

/** On the main thread nothing is sent. */
const convertAt = ({ service, backend }: Workplace, request: ReducedBand, send: typeof sent) =>
  service.convert(backend === 'main' ? request : send(request));

/** Without a place for the pixels of its own, the answer has them. */
const resizeAt = async ({ service, backend }: Workplace, band: Band, to: ResizeTo) => {
  const data = isCopied(band) && backend !== 'main' ? band.data.slice() : band.data;
  const task = { band: { ...band, data }, work: { kind: 'resize', to } } as const;
  const reply = await service.compute(backend === 'main' ? task : transfer(task, [data.buffer]));
  return reply.ok ? success(reply.value.pixels!) : reply;
};

/** Memory that came back serves the next bands, the largest first; workers are often done before the next is made. */
class Spares {
  readonly #buffers: ArrayBuffer[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  take(): ArrayBuffer | undefined {
    return this.#buffers.pop();
  }

  keep(spare: ArrayBufferLike, most: number): void {
    if (!(spare instanceof ArrayBuffer) || spare.byteLength > MOST_COPIED_BYTES) return;
    this.#buffers.push(spare);
    this.#buffers.sort((a, b) => a.byteLength - b.byteLength);
    if (this.#buffers.length > most) this.#buffers.shift();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#buffers.length = 0;
    }, SPARE_MS);
  }
}

const made = new WeakMap<PixelPool, BandJobs>();

/** What this pool computes from bands and tensors; all who ask for it share the memory that comes back. */
export const bandJobsOf = (pool: PixelPool): BandJobs => {
  const known = made.get(pool);
  if (known) return known;
  const jobs = createBandJobs(pool);
  made.set(pool, jobs);
  return jobs;
};

const createBandJobs = (pool: PixelPool): BandJobs => {
  const spares = new Spares();

  const convertGiven = async (request: ReducedBand, options?: JobOptions) => {
    const run = (where: Workplace) => convertAt(where, request, sentCopy);
    return (await pool.compute(run, options, isCopied(request.band))).pixels;
  };

  const convertMade = async (make: BandMaker, options?: JobOptions) => {
    options?.signal?.throwIfAborted();
    let first: ReducedBand | null = make(spares.take());
    const run = (where: Workplace) => {
      const request = first ?? make(spares.take());
      first = null;
      return convertAt(where, request, sent);
    };
    const { pixels, spare } = await pool.compute(run, options);
    spares.keep(spare, pool.stats.workers + 1);
    return pixels;
  };

  return {
    convert: (request, options) =>
      typeof request === 'function' ? convertMade(request, options) : convertGiven(request, options),
    resize: (band, to, options) =>
      pool.compute((where) => resizeAt(where, band, to), options, isCopied(band)),
    readStored: (request, options) => pool.compute(({ service }) => service.readStored(request), options),
    readMeans: (request, options) => pool.compute(({ service }) => service.readMeans(request), options),
    sampleStored: (request, options) => pool.compute(({ service }) => service.sampleStored(request), options),
  };
};
