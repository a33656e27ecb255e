import { PNG } from 'pngjs';
import type { JobOptions, PixelPool, Workplace } from '../../../src/compute/contract.js';
import { InnotaterError, type Reply, success, unwrap } from '../../../src/errors/index.js';
import {
  type Affine,
  type Band,
  type BandTask,
  type EncodedImage,
  type EncodedRegion,
  type MeanValues,
  type OpenedImage,
  type PixelRect,
  type ReducedBand,
  type RgbaPixels,
  type StoredRegion,
  type StoredSample,
  type StoredTensor,
  scalarKernels,
} from '../../../src/kernels/index.js';

const clampedByte = (value: number): number =>
  Number.isNaN(value) ? 0 : Math.min(255, Math.max(0, Math.round(value)));

const halfFloat = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
};

/** Pixel by pixel from the words of the kernels' contract. */
export const convertedBand = ({ data, dtype, width, rows, recipe }: Band): RgbaPixels => {
  const { channels, layout, order, affine } = recipe;
  const raw = (x: number, y: number, c: number): number => {
    const at = layout === 'planar' ? (c * rows + y) * width + x : (y * width + x) * channels + c;
    const value = data[at];
    if (value === undefined) throw new Error(`element ${at} is outside the band`);
    return dtype === 'f16' ? halfFloat(Number(value)) : Number(value);
  };
  const shown = (value: number, role: number): number =>
    clampedByte(affine ? value * affine.scale[role]! + affine.offset[role]! : value);
  const rgba = new Uint8Array(width * rows * 4).fill(255);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      for (let role = 0; role < 3; role++) {
        const c = channels < 3 ? 0 : order === 'RGB' ? role : 2 - role;
        rgba[at + role] = shown(raw(x, y, c), channels < 3 ? 0 : role);
      }
      if (channels % 2 === 0) rgba[at + 3] = shown(raw(x, y, channels - 1), 3);
    }
  }
  return { width, height: rows, rgba };
};

/** Means over squares of `2^level` pixels; at the right and bottom edge over what there is. */
export const reducedPixels = ({ width, height, rgba }: RgbaPixels, level: number): RgbaPixels => {
  const side = 2 ** level;
  const small = { width: Math.ceil(width / side), height: Math.ceil(height / side) };
  const out = new Uint8Array(small.width * small.height * 4);
  for (let i = 0; i < out.length; i++) {
    const [c, x, y] = [i % 4, Math.floor(i / 4) % small.width, Math.floor(i / 4 / small.width)];
    const [x1, y1] = [Math.min(width, (x + 1) * side), Math.min(height, (y + 1) * side)];
    let sum = 0;
    for (let py = y * side; py < y1; py++) {
      for (let px = x * side; px < x1; px++) sum += rgba[(py * width + px) * 4 + c]!;
    }
    out[i] = Math.round(sum / ((x1 - x * side) * (y1 - y * side)));
  }
  return { ...small, rgba: out };
};

const cut = (pixels: RgbaPixels, x: number, y: number, width: number, height: number): RgbaPixels => {
  const rgba = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * pixels.width + x) * 4;
    rgba.set(pixels.rgba.subarray(from, from + width * 4), row * width * 4);
  }
  return { width, height, rgba };
};

const coloured = (pixels: RgbaPixels, affine: Affine | null, swapRedBlue: boolean): RgbaPixels =>
  convertedBand({
    data: pixels.rgba,
    dtype: 'u8',
    width: pixels.width,
    rows: pixels.height,
    recipe: { layout: 'interleaved', channels: 4, order: swapRedBlue ? 'BGR' : 'RGB', affine },
  });

/** Value by value through a DataView over the whole file, `[rows, columns, channels]`. */
export const storedValues = async (
  tensor: StoredTensor,
  { x, y, width, height }: PixelRect,
  picks: readonly number[],
): Promise<Float64Array> => {
  const { bytes, byteOffset, littleEndian, offset, strides, dtype } = tensor;
  const view = new DataView(bytes instanceof Blob ? await bytes.arrayBuffer() : bytes, byteOffset);
  const kind = dtype === 'bool' ? 'u' : dtype[0]!;
  const bits = dtype === 'bool' ? 8 : Number(dtype.slice(1));
  const at = (element: number): number => {
    const byte = (element * bits) / 8;
    if (dtype === 'f16') return halfFloat(view.getUint16(byte, littleEndian));
    const name = `get${bits === 64 && kind !== 'f' ? 'Big' : ''}${{ u: 'Uint', i: 'Int', f: 'Float' }[kind]}${bits}`;
    return Number(view[name as 'getUint16'](byte, littleEndian));
  };
  const values = new Float64Array(width * height * picks.length);
  for (let i = 0; i < values.length; i++) {
    const [pixel, c] = [Math.floor(i / picks.length), picks[i % picks.length]!];
    const [column, row] = [x + (pixel % width), y + Math.floor(pixel / width)];
    values[i] = at(offset + column * strides.x + row * strides.y + c * strides.c);
  }
  return values;
};

/** Means of what is finite. */
export const reducedValues = (
  data: Float64Array,
  { width, height }: PixelRect,
  channels: number,
  level: number,
): MeanValues => {
  const side = 2 ** level;
  const small = { width: Math.ceil(width / side), height: Math.ceil(height / side) };
  const sums = new Float64Array(small.width * small.height * channels);
  const counts = new Float64Array(sums.length);
  data.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    const [pixel, c] = [Math.floor(i / channels), i % channels];
    const [x, y] = [Math.floor((pixel % width) / side), Math.floor(pixel / width / side)];
    const texel = (y * small.width + x) * channels + c;
    sums[texel]! += value;
    counts[texel]!++;
  });
  return { ...small, values: Float32Array.from(sums, (sum, i) => sum / counts[i]!) };
};

type AffineRegion = StoredRegion & { readonly affine: Affine | null };

/** A pool in plain JavaScript that decodes PNG files; for tests in Node. It counts what it holds and what it was asked. */
export class PlainPool implements PixelPool {
  readonly held = new Map<string, RgbaPixels>();
  readonly stats = { workers: 2, queued: 0, backend: 'main' as const };
  readonly bands: Band[] = [];
  /** What was read of stored tensors. */
  readonly regions: PixelRect[] = [];
  opens = 0;

  warm(): void {}

  /** Nothing is sent anywhere, so no memory comes back. */
  async compute<T>(run: (where: Workplace) => Promise<Reply<T>>, options: JobOptions = {}): Promise<T> {
    await this.#turn(options);
    return unwrap(await run({ service: this.#service, backend: 'main' }));
  }

  readonly #service = {
    convert: async ({ band, level }: ReducedBand) => {
      this.bands.push(band);
      return success({ pixels: reducedPixels(convertedBand(band), level), spare: new ArrayBuffer(0) });
    },
    compute: async ({ band, work }: BandTask) => {
      const pixels = work.kind === 'resize' ? scalarKernels.resize(band, work.to) : null;
      return success({ pixels, spare: band.data.buffer });
    },
    readStored: async (request: AffineRegion) => success(await this.readStored(request)),
    readMeans: async (stored: StoredRegion) => success(await this.readMeans(stored)),
    sampleStored: async (stored: StoredSample) => success(await this.sampleStored(stored)),
  } as unknown as Workplace['service'];

  async open({ id, blob }: EncodedImage, options: JobOptions = {}): Promise<OpenedImage> {
    await this.#turn(options);
    this.opens++;
    const bytes = Buffer.from(await blob.arrayBuffer());
    let png: PNG;
    try {
      png = PNG.sync.read(bytes);
    } catch (cause) {
      throw new InnotaterError('decode', 'The bytes are no image', {}, { cause });
    }
    this.held.set(id, { width: png.width, height: png.height, rgba: new Uint8Array(png.data) });
    return { width: png.width, height: png.height, bytes: png.data.length };
  }

  async readStored({ tensor, region, level, picks, affine }: AffineRegion): Promise<RgbaPixels> {
    this.regions.push(region);
    const data = await storedValues(tensor, region, picks);
    const channels = picks.length as 1 | 2 | 3 | 4;
    const recipe = { layout: 'interleaved', channels, order: 'RGB', affine } as const;
    const band = { data, dtype: 'f64', width: region.width, rows: region.height, recipe } as const;
    return reducedPixels(convertedBand(band), level);
  }

  async readMeans({ tensor, region, level, picks }: StoredRegion) {
    this.regions.push(region);
    return reducedValues(await storedValues(tensor, region, picks), region, picks.length, level);
  }

  async sampleStored({ tensor, rows, columns }: StoredSample) {
    const all = Array.from({ length: tensor.channels }, (_, c) => c);
    const values: number[] = [];
    for (const y of rows) {
      for (const x of columns)
        values.push(...(await storedValues(tensor, { x, y, width: 1, height: 1 }, all)));
    }
    return Float64Array.from(values);
  }

  async glance(): Promise<null> {
    return null;
  }

  adopt(): Promise<OpenedImage> {
    return Promise.reject(new Error('there are no bitmaps in Node'));
  }

  boxes(): Promise<never> {
    return Promise.reject(new Error('it holds images alone'));
  }

  async read(request: EncodedRegion, options: JobOptions = {}): Promise<RgbaPixels> {
    await this.#turn(options);
    const pixels = this.held.get(request.image.id);
    if (!pixels) throw new Error(`${request.image.id} is not open`);
    const { x, y, width, height } = request.region;
    const region = cut(pixels, x, y, width, height);
    return reducedPixels(coloured(region, request.affine, request.swapRedBlue), request.level);
  }

  release(id: string): void {
    this.held.delete(id);
  }

  dispose(): void {
    this.held.clear();
  }

  async #turn({ signal }: JobOptions): Promise<void> {
    signal?.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
}
