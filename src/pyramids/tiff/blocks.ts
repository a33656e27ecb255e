import { getDecoder } from 'geotiff';
import { InnotaterError } from '../../errors/index.js';
import type { ElementArray } from '../../kernels/index.js';
import type { ByteSource } from '../bytes.js';
import { photometrics, type TiffImage } from './directory.js';
import { canDecodeJpeg, decodedJpeg, jpegFile } from './jpeg.js';
import {
  elementsIn,
  newSamples,
  sampleBytes,
  swapBytes,
  undoDifferences,
  undoFloatDifferences,
  unpackBits,
} from './samples.js';

/** Most bytes that one tile or strip may decode to. */
export const mostBlockBytes = 256 << 20;

/** A decoded tile or strip: interleaved samples, or those of one plane, `blockWidth` pixels a row. */
export type Block = { readonly data: ElementArray; readonly isRgb: boolean };

export type BlockReader = (x: number, y: number, plane: number, signal: AbortSignal) => Promise<Block>;

const jpeg = 7;
const lerc = 34_887;
const raw = 1;

/** Rows in a block: the last strip is shorter, tiles are always whole. */
export const blockRows = ({ isTiled, blockHeight, height }: TiffImage, y: number): number =>
  isTiled ? blockHeight : Math.min(blockHeight, height - y * blockHeight);

const samplesOfBlock = ({ isPlanar, samples }: TiffImage): number => (isPlanar ? 1 : samples);

/** Throws `InnotaterError` 'limit' that says how to write the file anew. */
export const checkBlocks = (image: TiffImage, name: string): void => {
  const bytes = image.blockWidth * image.blockHeight * samplesOfBlock(image) * sampleBytes(image.dtype);
  if (bytes <= mostBlockBytes) return;
  const what = image.isTiled ? 'tile' : 'strip';
  throw new InnotaterError(
    'limit',
    `${name} cannot be shown: one ${what} of it is ${image.blockWidth} × ${image.blockHeight} pixels (${Math.round(bytes / 2 ** 20)} MiB), and at most ${mostBlockBytes >> 20} MiB are decoded at a time; write it in tiles, for instance by: vips tiffsave in.tif out.tif --tile --pyramid --bigtiff`,
    { file: name, bytes, mostBytes: mostBlockBytes },
  );
};

/** Reads, decompresses and unpacks the blocks of an image. Rejects with `InnotaterError` that names the file and the block. */
export const blockReader = async (image: TiffImage, file: ByteSource): Promise<BlockReader> => {
  const { directory, compression } = image;
  const columns = Math.ceil(image.width / image.blockWidth);
  const perPlane = columns * Math.ceil(image.height / image.stripHeight);
  const rowBytes = image.blockWidth * samplesOfBlock(image) * sampleBytes(image.dtype);
  const decode = await decoderOf(image);
  const at = (tag: string, index: number) =>
    directory.loadValueIndexed(`${image.isTiled ? 'Tile' : 'Strip'}${tag}`, index);

  return async (x, y, plane, signal) => {
    const strip = Math.floor((y * image.blockHeight) / image.stripHeight);
    const index = plane * perPlane + strip * columns + x;
    const rows = blockRows(image, y);
    const what = `${file.name}, ${image.isTiled ? `tile ${x}, ${y}` : `strip ${strip}`}`;
    const [offset, whole] = (await Promise.all([at('Offsets', index), at('ByteCounts', index)])).map(Number);
    signal.throwIfAborted();
    if (!offset || !whole) return emptyBlock(image, rows);
    const isPart = image.blockHeight < image.stripHeight;
    const skipped = isPart ? (y * image.blockHeight - strip * image.stripHeight) * rowBytes : 0;
    const length = isPart ? rows * rowBytes : whole;
    const bytes = await file.read(offset + skipped, length, signal);
    if (compression === raw && bytes.byteLength < length) throw cutShort(what, file);
    try {
      const { decoded, isRgb } = await decode(bytes, rows);
      return { data: unpacked(decoded, image, rows), isRgb };
    } catch (cause) {
      if (cause instanceof InnotaterError || signal.aborted) throw cause;
      if (bytes.byteLength < length) throw cutShort(what, file);
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new InnotaterError('decode', `${what} is damaged: ${why}`, { file: file.name }, { cause });
    }
  };
};

const cutShort = (what: string, file: ByteSource): InnotaterError =>
  new InnotaterError('decode', `${what} lies beyond the end of the file, which is truncated`, {
    file: file.name,
  });

/** Blocks that the file leaves out (GDAL's sparse files) hold the value of no data, or 0. */
const emptyBlock = (image: TiffImage, rows: number): Block => {
  const data = newSamples(image.dtype, image.blockWidth * rows * samplesOfBlock(image));
  if (image.noData) (data as Float64Array).fill(image.noData);
  return { data, isRgb: image.photometric === photometrics.yCbCr && image.compression === jpeg };
};

type Decoder = (
  bytes: ArrayBuffer,
  rows: number,
) => Promise<{ readonly decoded: ArrayBuffer; readonly isRgb: boolean }>;

const decoderOf = async (image: TiffImage): Promise<Decoder> => {
  const { directory, compression, photometric, samples } = image;
  const tables =
    compression === jpeg
      ? ((await directory.loadValue('JPEGTables')) as ArrayLike<number> | undefined)
      : undefined;
  const isPlain = samplesOfBlock(image) === 1 || samples === 3;
  if (compression === jpeg && isPlain && image.bits === 8 && canDecodeJpeg()) {
    const shared = tables ? Uint8Array.from(tables) : null;
    const isYCbCr = photometric === photometrics.yCbCr;
    return async (bytes) => ({
      decoded: await decodedJpeg(jpegFile(bytes, shared, isYCbCr), samplesOfBlock(image) === 1 ? 1 : 3),
      isRgb: isYCbCr,
    });
  }
  const decoder = await getDecoder(compression, {
    tileWidth: image.blockWidth,
    tileHeight: image.blockHeight,
    predictor: 1,
    bitsPerSample: Array.from({ length: samples }, () => image.bits),
    planarConfiguration: image.isPlanar ? 2 : 1,
    samplesPerPixel: samples,
    ...(tables ? { JPEGTables: Uint8Array.from(tables) } : {}),
    ...(compression === lerc ? { LercParameters: await directory.loadValue('LercParameters') } : {}),
  });
  return async (bytes) => ({ decoded: (await decoder.decode(bytes)) as ArrayBuffer, isRgb: false });
};

/** Elements in this machine's byte order, predictors undone. */
const unpacked = (decoded: ArrayBuffer, image: TiffImage, rows: number): ElementArray => {
  const { bits, dtype, predictor, compression } = image;
  const step = samplesOfBlock(image);
  const rowSamples = image.blockWidth * step;
  const size = sampleBytes(dtype);
  if (bits % 8 !== 0) return unpackBits(decoded, bits, rowSamples, rows, dtype);
  const expected = rowSamples * rows * size;
  const bytes = decoded.byteLength >= expected ? decoded : padded(decoded, expected);
  if (predictor === 3) undoFloatDifferences(bytes, rowSamples, step, size);
  else if (!image.littleEndian && size > 1 && compression !== lerc) swapBytes(bytes, size);
  const data = elementsIn(bytes, dtype);
  if (predictor === 2) undoDifferences(data, rowSamples, step);
  return data.length > rowSamples * rows ? data.subarray(0, rowSamples * rows) : data;
};

/** Some writers end the last block early. */
const padded = (bytes: ArrayBuffer, length: number): ArrayBuffer => {
  const whole = new Uint8Array(length);
  whole.set(new Uint8Array(bytes));
  return whole.buffer;
};
