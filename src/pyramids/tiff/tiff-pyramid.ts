import { GeoTIFF } from 'geotiff';
import { InnotaterError } from '../../errors/index.js';
import type { ElementArray } from '../../kernels/index.js';
import { type ByteSource, inBlocks } from '../bytes.js';
import type { Pyramid, PyramidLevel, TensorTile } from '../contract.js';
import { sampledWindow } from '../sampled-window.js';
import { type BlockReader, blockReader, blockRows, checkBlocks } from './blocks.js';
import { shownColours, shownSamples } from './colours.js';
import { checkDecodable, photometrics, type TiffImage } from './directory.js';
import { tiffLevels } from './levels.js';
import { newSamples, sampleBytes } from './samples.js';

export type TiffOptions = {
  /** Which image of a file that has several, counted from 0; default 0. */
  readonly page?: number;
  readonly signal?: AbortSignal;
};

/** Strips are put together to about this many rows and bytes, since a row alone is much work for little. */
const fewestRows = 64;
const stripBytes = 1 << 20;

/** Strips in one of our tiles. */
const stripsPerTile = (image: TiffImage): number => {
  if (image.isTiled) return 1;
  const bytes = image.blockWidth * image.blockHeight * image.samples * sampleBytes(image.dtype);
  return Math.max(1, Math.ceil(Math.min(fewestRows / image.blockHeight, stripBytes / bytes)));
};

const levelOf = (image: TiffImage): PyramidLevel => ({
  width: image.width,
  height: image.height,
  tileWidth: image.blockWidth,
  tileHeight: image.blockHeight * stripsPerTile(image),
});

/**
 * A TIFF, BigTIFF or COG as a pyramid: tiles or strips, with its overviews. Decoding runs on this thread. Rejects with
 * `InnotaterError` that names the file and what of it is not decoded, or with `signal.reason`.
 */
export const tiffPyramid = async (
  bytes: ByteSource,
  { page = 0, signal }: TiffOptions = {},
): Promise<Pyramid<TensorTile>> => {
  const file = inBlocks(bytes);
  const images = await told(file, signal, async () =>
    tiffLevels(await opened(file, signal), page, file.name),
  );
  for (const image of images) checkDecodable(image, file.name);
  for (const image of images) checkBlocks(image, file.name);
  const readers = await Promise.all(images.map((image) => blockReader(image, file)));
  const main = images[0]!;
  const pyramid: Pyramid<TensorTile> = {
    width: main.width,
    height: main.height,
    levels: images.map(levelOf),
    name: file.name,
    dtype: isBytes(main) ? 'u8' : main.dtype,
    channelAxis: 'last',
    shownChannels: channelsOf(main),
    getTile: (level, x, y, options) => tileAt(images[level]!, readers[level]!, x, y, options.signal),
  };
  if (isBytes(main)) return pyramid;
  const window = main.range ?? (await sampledWindow(pyramid, main.noData, signal));
  return { ...pyramid, window };
};

const isBytes = (image: TiffImage): boolean =>
  image.dtype === 'u8' ||
  [photometrics.palette, photometrics.cmyk, photometrics.yCbCr, photometrics.cieLab].some(
    (p) => p === image.photometric,
  );

const channelsOf = (image: TiffImage): readonly number[] => {
  const { alpha } = image;
  const samples = shownSamples(image);
  if (samples !== image.samples) return [0, 1, 2];
  const colours = alpha === null ? samples : samples - 1;
  const shown = colours >= 3 ? [0, 1, 2] : [0];
  return alpha === null ? shown : [...shown, alpha];
};

const opened = async (file: ByteSource, signal: AbortSignal | undefined): Promise<GeoTIFF> => {
  const source = {
    fetch: (slices: readonly { offset: number; length: number }[], abort?: AbortSignal) =>
      Promise.all(slices.map(({ offset, length }) => file.read(offset, length, abort ?? signal))),
    fetchSlice: async (slice: { offset: number; length: number }, abort?: AbortSignal) => ({
      ...slice,
      data: await file.read(slice.offset, slice.length, abort ?? signal),
    }),
    fileSize: null,
    close: async () => {},
  };
  return GeoTIFF.fromSource(source);
};

/** What goes wrong in reading the file's headers, with its name. */
const told = async <T>(
  file: ByteSource,
  signal: AbortSignal | undefined,
  read: () => Promise<T>,
): Promise<T> => {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof InnotaterError || signal?.aborted) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InnotaterError(
      'format',
      `${file.name} is no TIFF file, or is cut off: ${why}`,
      { file: file.name },
      { cause },
    );
  }
};

const tileAt = async (
  image: TiffImage,
  read: BlockReader,
  x: number,
  y: number,
  signal: AbortSignal,
): Promise<TensorTile> => {
  const strips = stripsPerTile(image);
  const first = y * strips;
  const last = Math.min(first + strips, Math.ceil(image.height / image.blockHeight));
  const planes = image.isPlanar ? image.samples : 1;
  const jobs = Array.from({ length: (last - first) * planes }, (_, i) =>
    read(x, first + Math.floor(i / planes), i % planes, signal),
  );
  const blocks = await Promise.all(jobs);
  const rows = Array.from({ length: last - first }, (_, i) => blockRows(image, first + i)).reduce(
    (sum, n) => sum + n,
    0,
  );
  const perPlane = image.blockWidth * rows;
  const data = blocks.length === 1 ? blocks[0]!.data : newSamples(image.dtype, perPlane * image.samples);
  if (blocks.length > 1) {
    for (const [i, block] of blocks.entries()) {
      const row = Math.floor(i / planes) * image.blockHeight;
      place(
        data,
        block.data,
        (i % planes) * perPlane + row * image.blockWidth * (planes === 1 ? image.samples : 1),
      );
    }
  }
  const strides = image.isPlanar
    ? ([image.blockWidth, 1, perPlane] as const)
    : ([image.blockWidth * image.samples, image.samples, 1] as const);
  const tile: TensorTile = {
    data,
    dtype: image.dtype,
    shape: [rows, image.blockWidth, image.samples],
    strides,
  };
  return shownColours(tile, image, blocks[0]!.isRgb);
};

/** Both hold the same element type. */
const place = (whole: ElementArray, part: ElementArray, at: number): void =>
  (whole as Uint8Array).set(part as Uint8Array, at);
