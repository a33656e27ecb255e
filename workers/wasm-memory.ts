import wasmUrl from '../build/kernels.wasm?url&inline';
import { InnotaterError } from '../src/errors/index.js';
import {
  type Affine,
  type Band,
  checkedBand,
  checkLevel,
  checkPixels,
  checkSmaller,
  floatsOf,
  identityAffine,
  isBytes,
  type PixelBackend,
  type PixelKernels,
  type RgbaPixels,
  scalarKernels,
} from '../src/kernels/index.js';

/** The raw exports of the wasm module: pointers and counts, all in bytes and pixels. */
type Exports = {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  greyToRgba(source: number, target: number, pixels: number): void;
  greyAlphaToRgba(source: number, target: number, pixels: number): void;
  rgbToRgba(source: number, target: number, pixels: number): void;
  bgrToRgba(source: number, target: number, pixels: number): void;
  bgraToRgba(source: number, target: number, pixels: number): void;
  planarU8ToRgba(r: number, g: number, b: number, target: number, pixels: number): void;
  planarU8AlphaToRgba(r: number, g: number, b: number, a: number, target: number, pixels: number): void;
  planarF32ToRgba(r: number, g: number, b: number, target: number, pixels: number, affine: number): void;
  planarF32AlphaToRgba(
    r: number,
    g: number,
    b: number,
    a: number,
    target: number,
    pixels: number,
    affine: number,
  ): void;
  interleavedF32ToRgba(source: number, target: number, pixels: number, affine: number, swap: number): void;
  interleavedF32AlphaToRgba(
    source: number,
    target: number,
    pixels: number,
    affine: number,
    swap: number,
  ): void;
  affineRgba(source: number, target: number, pixels: number, affine: number): void;
  isOpaque(source: number, pixels: number): number;
  reduceOpaque(source: number, target: number, width: number, height: number, level: number): void;
  reduceTransparent(source: number, target: number, width: number, height: number, level: number): void;
  resampleArea(
    source: number,
    target: number,
    scratch: number,
    width: number,
    height: number,
    targetWidth: number,
    targetHeight: number,
  ): void;
};

const pageBytes = 65_536;
const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;

/**
 * Memory of the wasm module handed out front to back and taken back all at once, at the start of the next call. It grows and never
 * shrinks; no view is kept, since growing detaches them.
 */
class Arena {
  readonly #wasm: Exports;
  readonly #base: number;
  #next: number;

  constructor(wasm: Exports) {
    this.#wasm = wasm;
    this.#base = aligned(wasm.heapBase() >>> 0);
    this.#next = this.#base;
  }

  reset(): void {
    this.#next = this.#base;
  }

  take(bytes: number): number {
    const at = this.#next;
    this.#next = at + aligned(bytes);
    const missing = this.#next - this.#wasm.memory.buffer.byteLength;
    if (missing > 0) this.#grow(Math.ceil(missing / pageBytes));
    return at;
  }

  #grow(pages: number): void {
    try {
      this.#wasm.memory.grow(pages);
    } catch (cause) {
      const mebibytes = Math.ceil(this.#next / 2 ** 20);
      const message = `The pixels need ${mebibytes} MiB of memory at once, more than there is; convert fewer rows at a time`;
      throw new InnotaterError('limit', message, { mebibytes }, { cause });
    }
  }

  put(data: ArrayBufferView): number {
    const at = this.take(data.byteLength);
    const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    new Uint8Array(this.#wasm.memory.buffer).set(bytes, at);
    return at;
  }

  copyOut(at: number, bytes: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#wasm.memory.buffer).slice(at, at + bytes);
  }
}

const constantsOf = ({ scale, offset }: Affine): Float32Array => new Float32Array([...scale, ...offset]);

/** Grey takes the first scale and offset for its three; without alpha in the source it stays opaque. */
const forRgba = ({ scale, offset }: Affine, channels: number): Affine => {
  const grey = channels <= 2;
  const opaque = channels === 1 || channels === 3;
  const three = (v: Affine['scale']): [number, number, number] =>
    grey ? [v[0], v[0], v[0]] : [v[0], v[1], v[2]];
  return {
    scale: [...three(scale), opaque ? 0 : scale[3]],
    offset: [...three(offset), opaque ? 255 : offset[3]],
  };
};

/** In the order of the source, for kernels that swap afterwards. */
const swapped = ({ scale, offset }: Affine): Affine => ({
  scale: [scale[2], scale[1], scale[0], scale[3]],
  offset: [offset[2], offset[1], offset[0], offset[3]],
});

/** The kernels over one instance of the wasm module. */
export class WasmKernels implements PixelKernels {
  readonly #wasm: Exports;
  readonly #arena: Arena;

  constructor(instance: WebAssembly.Instance) {
    this.#wasm = instance.exports as unknown as Exports;
    this.#arena = new Arena(this.#wasm);
  }

  toRgba(band: Band): RgbaPixels {
    this.#arena.reset();
    const at = this.#convert(band);
    return {
      width: band.width,
      height: band.rows,
      rgba: this.#arena.copyOut(at, band.width * band.rows * 4),
    };
  }

  reduce(pixels: RgbaPixels, level: number): RgbaPixels {
    checkLevel(level);
    checkPixels(pixels);
    this.#arena.reset();
    return this.#reduced(this.#arena.put(pixels.rgba), pixels.width, pixels.height, level, false);
  }

  convertReduced(band: Band, level: number): RgbaPixels {
    checkLevel(level);
    this.#arena.reset();
    const { channels } = band.recipe;
    return this.#reduced(this.#convert(band), band.width, band.rows, level, channels === 1 || channels === 3);
  }

  reduceTo(pixels: RgbaPixels, width: number, height: number): RgbaPixels {
    checkPixels(pixels);
    checkSmaller(pixels, width, height);
    this.#arena.reset();
    const source = this.#arena.put(pixels.rgba);
    const target = this.#arena.take(width * height * 4);
    const scratch = this.#arena.take(pixels.width * 16);
    this.#wasm.resampleArea(source, target, scratch, pixels.width, pixels.height, width, height);
    return { width, height, rgba: this.#arena.copyOut(target, width * height * 4) };
  }

  /** RGBA at `source` reduced in place. */
  #reduced(source: number, width: number, height: number, level: number, knownOpaque: boolean): RgbaPixels {
    if (level > 0) {
      const opaque = knownOpaque || this.#wasm.isOpaque(source, width * height) === 1;
      this.#wasm[opaque ? 'reduceOpaque' : 'reduceTransparent'](source, source, width, height, level);
    }
    const n = 2 ** level;
    const size = { width: Math.ceil(width / n), height: Math.ceil(height / n) };
    return { ...size, rgba: this.#arena.copyOut(source, size.width * size.height * 4) };
  }

  /** Where the band's RGBA lies. */
  #convert(given: Band): number {
    const band = checkedBand(given);
    const target = this.#arena.take(band.width * band.rows * 4);
    if (isBytes(band)) this.#convertBytes(band, target);
    else this.#convertFloats(band, target);
    return target;
  }

  #convertBytes(band: Band, target: number): void {
    const { channels, layout, order, affine } = band.recipe;
    const pixels = band.width * band.rows;
    const source = this.#arena.put(band.data);
    if (layout === 'planar' && channels > 1) this.#planarBytes(source, target, pixels, band);
    else if (channels === 1) this.#wasm.greyToRgba(source, target, pixels);
    else if (channels === 2) this.#wasm.greyAlphaToRgba(source, target, pixels);
    else if (channels === 3) this.#wasm[order === 'BGR' ? 'bgrToRgba' : 'rgbToRgba'](source, target, pixels);
    else if (order === 'BGR') this.#wasm.bgraToRgba(source, target, pixels);
    else new Uint8Array(this.#wasm.memory.buffer).copyWithin(target, source, source + pixels * 4);
    if (affine) {
      const constants = this.#arena.put(constantsOf(forRgba(affine, channels)));
      this.#wasm.affineRgba(target, target, pixels, constants);
    }
  }

  #planarBytes(source: number, target: number, pixels: number, { recipe }: Band): void {
    const [r, g, b, a] = planes(source, pixels, recipe);
    if (a === null) this.#wasm.planarU8ToRgba(r, g, b, target, pixels);
    else this.#wasm.planarU8AlphaToRgba(r, g, b, a, target, pixels);
  }

  #convertFloats(band: Band, target: number): void {
    const { channels, layout, order } = band.recipe;
    const affine = forRgba(band.recipe.affine ?? identityAffine, channels);
    const pixels = band.width * band.rows;
    const values =
      layout === 'interleaved' && channels === 2 ? planarPairs(floatsOf(band), pixels) : floatsOf(band);
    const source = this.#arena.put(values);
    if (layout === 'interleaved' && channels > 2) {
      const swap = order === 'BGR';
      const constants = this.#arena.put(constantsOf(swap ? swapped(affine) : affine));
      const kernel = channels === 4 ? 'interleavedF32AlphaToRgba' : 'interleavedF32ToRgba';
      this.#wasm[kernel](source, target, pixels, constants, swap ? 1 : 0);
      return;
    }
    const constants = this.#arena.put(constantsOf(affine));
    const [r, g, b, a] = planes(source, pixels * 4, band.recipe);
    if (a === null) this.#wasm.planarF32ToRgba(r, g, b, target, pixels, constants);
    else this.#wasm.planarF32AlphaToRgba(r, g, b, a, target, pixels, constants);
  }
}

/** Where the planes of R, G, B and A begin. */
const planes = (
  source: number,
  planeBytes: number,
  { channels, order }: Band['recipe'],
): readonly [number, number, number, number | null] => {
  const plane = (i: number) => source + i * planeBytes;
  if (channels <= 2) return [source, source, source, channels === 2 ? plane(1) : null];
  const alpha = channels === 4 ? plane(3) : null;
  return order === 'BGR' ? [plane(2), plane(1), plane(0), alpha] : [plane(0), plane(1), plane(2), alpha];
};

const planarPairs = (pairs: Float32Array, pixels: number): Float32Array => {
  const planar = new Float32Array(pixels * 2);
  for (let i = 0; i < pixels; i++) {
    planar[i] = pairs[i * 2]!;
    planar[pixels + i] = pairs[i * 2 + 1]!;
  }
  return planar;
};

/** The wasm module's bytes, decoded from the text it is shipped in (it is never fetched). */
const wasmBytes = (): Uint8Array<ArrayBuffer> => {
  const base64 = wasmUrl.slice(wasmUrl.indexOf(',') + 1);
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
};

/** The kernels at once. Throws where WebAssembly or its SIMD is refused, or its compilation on this thread. */
export const compileKernels = (): WasmKernels =>
  new WasmKernels(new WebAssembly.Instance(new WebAssembly.Module(wasmBytes())));

export type LoadedKernels = { readonly kernels: PixelKernels; readonly backend: PixelBackend };

let loaded: Promise<LoadedKernels> | undefined;

/** One set of kernels for this thread: wasm with SIMD, or plain JavaScript where WebAssembly or its SIMD is refused. */
export const loadKernels = (): Promise<LoadedKernels> => {
  loaded ??= load();
  return loaded;
};

const load = async (): Promise<LoadedKernels> => {
  try {
    const { instance } = await WebAssembly.instantiate(wasmBytes());
    return { kernels: new WasmKernels(instance), backend: 'simd' };
  } catch {
    return { kernels: scalarKernels, backend: 'js' };
  }
};
