import type { PixelPool } from '../compute/index.js';
import { InnotaterError } from '../errors/index.js';
import type { EncodedImage, EncodedRegion, OpenedImage, RgbaPixels } from '../kernels/index.js';
import type { ReadOptions } from './contract.js';

let opened = 0;

/** What is cut out of the decoded pixels, and what becomes of their values. */
export type DecodedCut = Omit<EncodedRegion, 'image'>;

/** An encoded image that a worker decodes once, when it is first needed, and keeps until `dispose()`. An SVG is rasterised on the page. */
export class DecodedImage {
  readonly #image: EncodedImage;
  readonly #isSvg: boolean;
  readonly #pool: PixelPool;
  readonly #life = new AbortController();
  #opening: Promise<OpenedImage> | null = null;
  #bytes = 0;
  #adopting: Promise<unknown> | null = null;

  constructor(blob: Blob, kind: 'bitmap' | 'svg', pool: PixelPool) {
    this.#image = { id: `image ${opened++}`, blob };
    this.#isSvg = kind === 'svg';
    this.#pool = pool;
  }

  /** Bytes of the decoded pixels. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Decodes it, once for all who ask: it goes on when one of them no longer waits. Rejects as that does, or with `signal.reason`. */
  open({ signal, priority = 0 }: ReadOptions): Promise<OpenedImage> {
    this.#opening ??= this.#open(priority);
    return abortable(this.#opening, signal);
  }

  async #open(priority: number): Promise<OpenedImage> {
    const options = { signal: this.#life.signal, priority };
    const opening = this.#isSvg
      ? adoptSvg(this.#image, this.#pool, options)
      : this.#pool.open(this.#image, options);
    const size = await opening;
    if (!this.#isDisposed) this.#bytes = size.bytes;
    return size;
  }

  async read(cut: DecodedCut, options: ReadOptions): Promise<RgbaPixels> {
    await this.open(options);
    const request = { image: this.#image, ...cut };
    try {
      return await this.#pool.read(request, options);
    } catch (error) {
      if (!this.#isSvg || this.#isDisposed || !isLost(error)) throw error;
      await this.#adoptAgain(options);
      options.signal?.throwIfAborted();
      return this.#pool.read(request, options);
    }
  }

  /** Once for all the tiles that find the bitmap gone, so no tile's signal ends it. */
  #adoptAgain({ priority = 0 }: ReadOptions): Promise<unknown> {
    this.#adopting ??= adoptSvg(this.#image, this.#pool, { priority }).finally(() => {
      this.#adopting = null;
      if (this.#isDisposed) this.#pool.release(this.#image.id);
    });
    return this.#adopting;
  }

  get #isDisposed(): boolean {
    return this.#life.signal.aborted;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#life.abort(new InnotaterError('aborted', 'The image is no longer wanted'));
    this.#bytes = 0;
    this.#pool.release(this.#image.id);
  }
}

/** The worker that held the bitmap crashed; no other can decode an SVG itself. */
const isLost = (error: unknown): boolean => error instanceof InnotaterError && error.facts.lost === true;

const adoptSvg = async (image: EncodedImage, pool: PixelPool, options: ReadOptions): Promise<OpenedImage> => {
  const { rasterisedSvg } = await import('./svg.js');
  const bitmap = await rasterisedSvg(image.blob, options.signal);
  return pool.adopt(image.id, bitmap, options);
};

/** The same promise, which rejects with `signal.reason` when aborted before. */
const abortable = <T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> =>
  new Promise((resolve, reject) => {
    const giveUp = () => reject(signal?.reason);
    if (signal?.aborted) giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', giveUp));
  });
