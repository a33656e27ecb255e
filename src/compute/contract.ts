import type { Reply } from '../errors/index.js';
import type {
  Affine,
  Band,
  BoxService,
  EncodedImage,
  EncodedRegion,
  FirstPicture,
  MeanValues,
  OpenedImage,
  ReducedBand,
  ResizeTo,
  RgbaPixels,
  StoredRegion,
  StoredSample,
  WorkerService,
} from '../kernels/index.js';

/** Lower runs earlier; jobs of one priority run in the order they came. */
export type Priority = number;

export type JobOptions = {
  readonly priority?: Priority;
  /** Aborting a queued job means it never starts; a running one finishes and its result is dropped. Rejects with `signal.reason`. */
  readonly signal?: AbortSignal;
};

/** Makes a band in this memory, or in memory of its own where there is none or it is too small. */
export type BandMaker = (spare: ArrayBuffer | undefined) => ReducedBand;

/** Where a job runs: a worker, or the page's own thread. */
export type Workplace = {
  readonly service: WorkerService;
  readonly backend: 'worker+simd' | 'worker+js' | 'main';
};

/** Where pixels are computed. One pool serves the page; failures reject with `InnotaterError`. */
export interface PixelPool {
  /**
   * Starts a worker for jobs that are to come soon. `all`: for others than decoded pictures, too, and two where there are cores for
   * them; a picture is decoded, and its tiles are cut, by one.
   */
  warm(all?: boolean): void;
  /** Decodes an image in a worker, which keeps it until `release(id)`. Jobs of one id go to the worker that holds it. */
  open(image: EncodedImage, options?: JobOptions): Promise<OpenedImage>;
  /** See `PixelService`. */
  glance(image: EncodedImage, options?: JobOptions): Promise<FirstPicture | null>;
  adopt(id: string, bitmap: ImageBitmap, options?: JobOptions): Promise<OpenedImage>;
  read(request: EncodedRegion, options?: JobOptions): Promise<RgbaPixels>;
  /**
   * Runs a job on any worker. Where that crashes it is run once more, unless it is not `repeatable`: then it rejects with `facts.lost`.
   */
  compute<T>(
    run: (where: Workplace) => Promise<Reply<T>>,
    options?: JobOptions,
    repeatable?: boolean,
  ): Promise<T>;
  /**
   * Asks the worker that holds the boxes of this id. After a crash another one answers, which does not have them: it rejects with
   * `facts.lost`.
   */
  boxes<T>(id: string, ask: (service: BoxService) => Promise<Reply<T>>, options?: JobOptions): Promise<T>;
  /** Frees the image or the boxes of this id. */
  release(id: string): void;
  /** Live figures for `view.stats`. */
  readonly stats: {
    readonly workers: number;
    readonly queued: number;
    readonly backend: Workplace['backend'];
  };
  dispose(): void;
}

/** What a pool computes from bands and tensors, which most pages do not have. */
export interface BandJobs {
  /**
   * Converts and reduces a band of tensor rows; `band.data` is transferred and unusable afterwards. A function makes the band at once,
   * in the memory of an earlier one where that is large enough, and again where the worker crashes.
   */
  convert(request: ReducedBand | BandMaker, options?: JobOptions): Promise<RgbaPixels>;
  /** Resamples a band as `PixelKernels.resize` says; `band.data` is transferred and unusable afterwards. */
  resize(band: Band, to: ResizeTo, options?: JobOptions): Promise<RgbaPixels>;
  /** Reads a region of a stored tensor where its bytes lie; see `PixelService`. */
  readStored(
    request: StoredRegion & { readonly affine: Affine | null },
    options?: JobOptions,
  ): Promise<RgbaPixels>;
  readMeans(request: StoredRegion, options?: JobOptions): Promise<MeanValues>;
  sampleStored(request: StoredSample, options?: JobOptions): Promise<Float64Array<ArrayBuffer>>;
}

/** Page-wide settings; take effect for the pool that is created after them. */
export type ComputeConfiguration = {
  /** The worker as a file of its own (`innotater/worker.js`), for pages whose policy forbids blob workers. */
  readonly workerUrl?: string | URL;
  /**
   * The decoders of TIFF and OME-Zarr as a file of their own (`innotater/sources-worker.js`), for such pages; without it they run on
   * the main thread there.
   */
  readonly sourcesWorkerUrl?: string | URL;
  /** Makes the worker; wins over `workerUrl`. */
  readonly createWorker?: () => Worker;
  /** Default: the machine's cores, at most 8. 0 computes on the main thread; more than 64 count as 64, 2.5 as 2. */
  readonly maxWorkers?: number;
};
