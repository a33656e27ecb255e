import { InnotaterError } from '../src/errors/index.js';

/** The raw exports of the wasm module: pointers and counts, in bytes and pixels; each is described where it is written, in `assembly/`. */
export type Exports = {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  isOpaque(source: number, pixels: number): number;
  toBytes(type: number, source: number, target: number, count: number, constants: number): void;
  valuesToRgba(
    type: number,
    channels: number,
    swap: number,
    constants: number,
    source: number,
    plane: number,
    target: number,
    pixels: number,
    scratch: number,
  ): void;
  reduceScratchBytes(): number;
  reduceStrip(
    type: number,
    channels: number,
    swap: number,
    constants: number,
    source: number,
    plane: number,
    target: number,
    width: number,
    rows: number,
    n: number,
    scratch: number,
  ): void;
  verticalTaps(
    rows: number,
    weights: number,
    pairs: number,
    target: number,
    bytes: number,
    shift: number,
  ): void;
  verticalWeightedTaps(
    rows: number,
    weights: number,
    pairs: number,
    target: number,
    bytes: number,
    shift: number,
  ): void;
  horizontalTaps(
    source: number,
    target: number,
    channels: number,
    swap: number,
    starts: number,
    weights: number,
    pairs: number,
    pixels: number,
    shift: number,
  ): void;
  horizontalWeightedTaps(
    source: number,
    target: number,
    swap: number,
    starts: number,
    weights: number,
    pairs: number,
    pixels: number,
    shift: number,
  ): void;
};

/** Those that every module of kernels has. */
export type BandExports = Pick<
  Exports,
  'memory' | 'heapBase' | 'valuesToRgba' | 'reduceScratchBytes' | 'reduceStrip'
>;

const pageBytes = 65_536;
/** Places are multiples of this, whole cache lines. */
const unit = 64;
export const aligned = (bytes: number): number => Math.ceil(bytes / unit) * unit;

/**
 * Memory of the wasm module handed out front to back and taken back all at once, at the start of the next call. It grows and never
 * shrinks. Growing detaches views: `bytes` is asked for after the last `take`, and not kept.
 */
export class Arena {
  readonly #memory: WebAssembly.Memory;
  readonly #base: number;
  #next: number;

  constructor(wasm: BandExports) {
    this.#memory = wasm.memory;
    this.#base = aligned(wasm.heapBase() >>> 0);
    this.#next = this.#base;
  }

  reset(): void {
    this.#next = this.#base;
  }

  /** Throws `InnotaterError` 'limit' where there is no more. */
  take(bytes: number): number {
    const at = this.#next;
    this.#next = at + aligned(bytes);
    const missing = this.#next - this.#memory.buffer.byteLength;
    if (missing > 0) this.#grow(Math.ceil(missing / pageBytes));
    return at;
  }

  #grow(pages: number): void {
    try {
      this.#memory.grow(pages);
    } catch (cause) {
      throw tooLarge(this.#next, cause);
    }
  }

  get bytes(): Uint8Array {
    return new Uint8Array(this.#memory.buffer);
  }

  put(data: ArrayBufferView): number {
    const at = this.take(data.byteLength);
    this.bytes.set(bytesOf(data), at);
    return at;
  }
}

export const bytesOf = (data: ArrayBufferView): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** Memory of a result. Throws `InnotaterError` 'limit' where there is not so much. */
export const newPixels = (width: number, height: number): Uint8Array<ArrayBuffer> => {
  const bytes = width * height * 4;
  try {
    if (bytes < 2 ** 32) return new Uint8Array(bytes);
  } catch (cause) {
    throw tooLarge(bytes, cause);
  }
  throw tooLarge(bytes);
};

const tooLarge = (bytes: number, cause?: unknown): InnotaterError => {
  const mebibytes = Math.ceil(bytes / 2 ** 20);
  const message = `The pixels need ${mebibytes} MiB of memory at once, more than there is; convert fewer rows at a time`;
  return new InnotaterError('limit', message, { mebibytes }, { cause });
};
