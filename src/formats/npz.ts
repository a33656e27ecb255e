import { InnotaterError } from '../errors/index.js';
import { type NpyFile, openNpy } from './npy.js';
import { type NpyArray, writeNpy } from './npy-write.js';
import { type FormatOptions, formatError } from './reading.js';
import { zipBlob } from './zip-write.js';

/** An array of a `.npz` file, of which nothing is read yet. */
export type NpzEntry = {
  /** Without `.npy`. */
  readonly name: string;
  readonly isCompressed: boolean;
  /** Its header is read. A stored array stays in the file and is read by slices; a compressed one is unpacked as a whole. */
  open(signal?: AbortSignal): Promise<NpyFile>;
};

/** Bytes that a browser unpacks at once. */
const mostUnpacked = 2 ** 31 - 1;

/** What a damaged list says lies beyond the file is not read. */
class WithinBlob {
  readonly #blob: Blob;
  constructor(blob: Blob) {
    this.#blob = blob;
  }
  async getLength(): Promise<number> {
    return this.#blob.size;
  }
  async read(offset: number, size: number): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await (await this.sliceAsBlob(offset, size)).arrayBuffer());
  }
  async sliceAsBlob(offset: number, size: number, type = ''): Promise<Blob> {
    const isInside = offset >= 0 && size >= 0 && offset + size <= this.#blob.size;
    if (!isInside) throw new Error(`it says that ${size} bytes lie at ${offset}, and has ${this.#blob.size}`);
    return this.#blob.slice(offset, offset + size, type);
  }
}

/**
 * The arrays of a `.npz` file (`numpy.savez`, `savez_compressed`), of which only the list is read. Rejects with `InnotaterError` 'format'
 * that names the file, and on opening the array, where it cannot be read; 'limit' for a compressed array of 2 GiB and more.
 */
export const openNpz = async (
  blob: Blob,
  name: string,
  signal?: AbortSignal,
): Promise<readonly NpzEntry[]> => {
  signal?.throwIfAborted();
  const { unzip } = await import('unzipit');
  const read = async <T>(what: string, reading: () => Promise<T>): Promise<T> => {
    try {
      return await reading();
    } catch (cause) {
      if (cause instanceof InnotaterError) throw cause;
      throw formatError(name, `${what} (${cause instanceof Error ? cause.message : String(cause)})`, cause);
    }
  };
  const { entries } = await read('is not a zip file that can be read', () => unzip(new WithinBlob(blob)));
  signal?.throwIfAborted();
  return Object.values(entries)
    .filter((entry) => !entry.isDirectory)
    .map((entry) => ({
      name: entry.name.replace(/\.npy$/, ''),
      isCompressed: entry.compressionMethod !== 0,
      open: async (signal2?: AbortSignal) => {
        signal2?.throwIfAborted();
        const inner = `${name}/${entry.name}`;
        if (entry.encrypted) throw formatError(inner, 'is encrypted');
        if (entry.compressionMethod !== 0 && entry.size > mostUnpacked) {
          throw new InnotaterError(
            'limit',
            `${inner}: ${entry.size} bytes are more than the 2,147,483,647 that a browser unpacks at once; write it with numpy.savez`,
            { file: inner, bytes: entry.size },
          );
        }
        const array = await read(`its array ${entry.name} cannot be unpacked`, () => entry.blob());
        return openNpy(array, inner, signal2);
      },
    }));
};

/** A `.npz` file of arrays by name, stored as `numpy.savez` does; `compress` as `savez_compressed`. */
export const writeNpz = async (
  arrays: Readonly<Record<string, NpyArray>>,
  options: FormatOptions & { readonly compress?: boolean } = {},
): Promise<Blob> =>
  zipBlob(
    Object.entries(arrays).map(([name, array]) => ({ path: `${name}.npy`, blob: writeNpy(array) })),
    options,
  );
