import { failure, type Reply, success } from '../errors/index.js';
import { blobBytes, urlBytes } from './bytes.js';
import type { FolderFiles, Pyramid, TensorTile } from './contract.js';

/** What a worker is asked to open. Addresses are absolute: a worker has no page to be relative to. */
export type PyramidRequest =
  | { readonly kind: 'tiff'; readonly file: string | Blob; readonly page: number }
  | {
      readonly kind: 'zarr';
      /** An address, a zip file or the files of a folder. */
      readonly place: string | Blob | FolderFiles;
      readonly name: string;
      readonly channels: readonly number[] | null;
      readonly at: Readonly<Record<string, number>>;
    };
export type PyramidKind = PyramidRequest['kind'];

/** A pyramid without its functions. */
export type PyramidFacts = Omit<Pyramid<TensorTile>, 'getTile' | 'close'>;

/** Number of a call that can be cancelled. */
export type CallId = number;

/** What runs in a worker; every answer is a reply, nothing is thrown across. */
export interface PyramidService {
  hello(): Promise<boolean>;
  /** Opens and keeps a pyramid under `id` until `close(id)`. */
  open(id: string, request: PyramidRequest, call: CallId): Promise<Reply<PyramidFacts>>;
  tile(id: string, level: number, x: number, y: number, call: CallId): Promise<Reply<TensorTile>>;
  /** Ends requests to servers and drops the result; unknown calls are ignored. */
  cancel(call: CallId): Promise<void>;
  close(id: string): Promise<void>;
}

export type PyramidOpener = (request: PyramidRequest, signal: AbortSignal) => Promise<Pyramid<TensorTile>>;

export const openTiffRequest: PyramidOpener = async (request, signal) => {
  if (request.kind !== 'tiff') throw new Error(`${request.kind} is not opened by this worker`);
  const { tiffPyramid } = await import('./tiff/tiff-pyramid.js');
  const { file, page } = request;
  return tiffPyramid(typeof file === 'string' ? urlBytes(file) : blobBytes(file), { page, signal });
};

export const openZarrRequest: PyramidOpener = async (request, signal) => {
  if (request.kind !== 'zarr') throw new Error(`${request.kind} is not opened by this worker`);
  const [{ zarrPyramid }, { storeOf }] = await Promise.all([
    import('./zarr/zarr-pyramid.js'),
    import('./zarr/stores.js'),
  ]);
  const { place, name, channels, at } = request;
  return zarrPyramid(storeOf(place), name, { at, signal, ...(channels ? { channels } : {}) });
};

/** The service with nothing open yet. Runs in workers and on the page alike. */
export const createPyramidService = (open: PyramidOpener): PyramidService => {
  const pyramids = new Map<string, Pyramid<TensorTile>>();
  const calls = new Map<CallId, AbortController>();

  const replied = async <T>(call: CallId, work: (signal: AbortSignal) => Promise<T>): Promise<Reply<T>> => {
    const stop = new AbortController();
    calls.set(call, stop);
    try {
      return success(await work(stop.signal));
    } catch (thrown) {
      return failure(thrown, 'decode');
    } finally {
      calls.delete(call);
    }
  };

  return {
    hello: async () => true,
    open: (id, request, call) =>
      replied(call, async (signal) => {
        const pyramid = await open(request, signal);
        signal.throwIfAborted();
        pyramids.set(id, pyramid);
        const { getTile, close, ...facts } = pyramid;
        return facts;
      }),
    tile: (id, level, x, y, call) =>
      replied(call, (signal) => {
        const pyramid = pyramids.get(id);
        if (!pyramid) throw new Error(`${id} is not open`);
        return pyramid.getTile(level, x, y, { signal });
      }),
    cancel: async (call) => calls.get(call)?.abort(),
    close: async (id) => {
      pyramids.get(id)?.close?.();
      pyramids.delete(id);
    },
  };
};
