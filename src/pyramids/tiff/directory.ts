import type { GeoTIFFImage } from 'geotiff';
import { InnotaterError } from '../../errors/index.js';
import type { DType } from '../../kernels/index.js';

/** The tags of one image in a TIFF file that its pixels depend on (TIFF 6.0, its supplements, GDAL's NODATA). */
export type TiffImage = {
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  readonly bits: number;
  /** Element type of the samples; bits below 8 are unpacked to bytes. */
  readonly dtype: DType;
  readonly isPlanar: boolean;
  readonly photometric: number;
  readonly compression: number;
  readonly predictor: number;
  readonly isTiled: boolean;
  /** Size of what is decoded as one: a tile, a strip (as wide as the image), or a part of a strip that is not compressed. */
  readonly blockWidth: number;
  readonly blockHeight: number;
  /** Rows of a whole strip; of a tile where there are tiles. */
  readonly stripHeight: number;
  /** The sample that is alpha, if one is. */
  readonly alpha: number | null;
  readonly isAssociatedAlpha: boolean;
  /** Red, green, blue of each value, 16 bits; empty where there is no palette. */
  readonly palette: ArrayLike<number>;
  readonly isSubsampled: boolean;
  readonly isReduced: boolean;
  readonly isMask: boolean;
  readonly littleEndian: boolean;
  readonly noData: number | null;
  /** The range of values, where the file tells it. */
  readonly range: { readonly lo: number; readonly hi: number } | null;
  readonly directory: GeoTIFFImage['fileDirectory'];
};

export const photometrics = {
  whiteIsZero: 0,
  blackIsZero: 1,
  rgb: 2,
  palette: 3,
  mask: 4,
  cmyk: 5,
  yCbCr: 6,
  cieLab: 8,
} as const;

/** What is decoded, by the number of its compression. */
const known: ReadonlySet<number> = new Set([1, 5, 7, 8, 32_773, 32_946, 34_887, 50_000, 50_001]);
const names: Readonly<Record<number, string>> = {
  2: 'CCITT (fax)',
  3: 'CCITT group 3',
  4: 'CCITT group 4',
  6: 'old-style JPEG',
  33003: 'JPEG 2000 (Aperio)',
  33005: 'JPEG 2000 (Aperio)',
  34661: 'JBIG',
  34712: 'JPEG 2000',
  34892: 'lossy DNG',
  34925: 'LZMA',
  50002: 'JPEG XL',
};

const first = (value: unknown, otherwise: number): number => {
  const number = typeof value === 'object' && value !== null ? (value as ArrayLike<number>)[0] : value;
  return number === undefined ? otherwise : Number(number);
};
const list = (value: unknown): readonly number[] =>
  value === undefined || value === null
    ? []
    : typeof value === 'object'
      ? Array.from(value as ArrayLike<number>, Number)
      : [Number(value)];

/** Reads the tags. Throws `InnotaterError` 'format' for what no image can be, 'decode' for what cannot be decoded here. */
export const tiffImage = async (image: GeoTIFFImage, name: string): Promise<TiffImage> => {
  const directory = image.fileDirectory;
  const load = (tag: string): Promise<unknown> => directory.loadValue(tag as 'ImageWidth');
  const [width, height] = [first(await load('ImageWidth'), 0), first(await load('ImageLength'), 0)];
  if (!(width > 0 && height > 0)) throw fail('format', name, 'an image in it has no width or height');
  const samples = first(await load('SamplesPerPixel'), 1);
  const bits = first(await load('BitsPerSample'), 1);
  const allBits = list(await load('BitsPerSample'));
  if (allBits.some((other) => other !== bits))
    throw fail('decode', name, `its samples have different sizes (${allBits.join(', ')} bits)`);
  const photometric = first(
    await load('PhotometricInterpretation'),
    samples >= 3 ? photometrics.rgb : photometrics.blackIsZero,
  );
  const compression = first(await load('Compression'), 1);
  const isTiled = directory.hasTag('TileWidth');
  const extra = list(await load('ExtraSamples'));
  const colours = photometric === photometrics.cmyk ? 4 : [2, 6, 8].includes(photometric) ? 3 : 1;
  const alphaAt = extra.findIndex((kind) => kind === 1 || kind === 2);
  const rowsPerStrip = Math.min(first(await load('RowsPerStrip'), height) || height, height);
  const stripHeight = isTiled ? first(await load('TileLength'), height) : rowsPerStrip;
  const isPlanar = first(await load('PlanarConfiguration'), 1) === 2 && samples > 1;
  const rowBytes = (width * bits * (isPlanar ? 1 : samples)) / 8;
  const isCut = !isTiled && compression === 1 && bits % 8 === 0;
  return {
    width,
    height,
    samples,
    bits,
    dtype: dtypeOf(bits, first(await load('SampleFormat'), 1), name),
    isPlanar,
    photometric,
    compression,
    predictor: first(await load('Predictor'), 1),
    isTiled,
    blockWidth: isTiled ? first(await load('TileWidth'), width) : width,
    blockHeight: isCut ? partOfStrip(stripHeight, height, rowBytes) : stripHeight,
    stripHeight,
    alpha: alphaAt < 0 ? null : colours + alphaAt,
    isAssociatedAlpha: extra[alphaAt] === 1,
    palette: photometric === photometrics.palette ? ((await load('ColorMap')) as ArrayLike<number>) : [],
    isSubsampled: photometric === photometrics.yCbCr && list(await load('YCbCrSubSampling')).join() !== '1,1',
    isReduced:
      (first(await load('NewSubfileType'), 0) & 1) === 1 || first(await load('SubfileType'), 1) === 2,
    isMask: (first(await load('NewSubfileType'), 0) & 4) === 4 || photometric === photometrics.mask,
    littleEndian: image.littleEndian,
    noData: noDataOf(await load('GDAL_NODATA')),
    range: rangeOf(await load('SMinSampleValue'), await load('SMaxSampleValue'), await load('GDAL_METADATA')),
    directory,
  };
};

const partBytes = 1 << 20;

/** Rows of a strip without compression that are read at a time: all strips are cut alike, or the only one into equal parts. */
const partOfStrip = (stripHeight: number, height: number, rowBytes: number): number => {
  const most = Math.max(1, Math.floor(partBytes / rowBytes));
  if (stripHeight <= most || stripHeight >= height) return Math.min(stripHeight, most);
  for (let rows = most; rows > 1; rows--) if (stripHeight % rows === 0) return rows;
  return 1;
};

/** Throws `InnotaterError` 'decode' that names what is not decoded, and what is. */
export const checkDecodable = (image: TiffImage, name: string): void => {
  const { compression, photometric } = image;
  if (!known.has(compression)) {
    const what = names[compression] ?? `compression ${compression}`;
    throw fail(
      'decode',
      name,
      `it is compressed by ${what}; decoded are none, LZW, Deflate, PackBits, JPEG, LERC, Zstandard and WebP`,
    );
  }
  if (image.isSubsampled && compression !== 7)
    throw fail('decode', name, 'its colours are subsampled YCbCr without JPEG compression');
  if (!Object.values<number>(photometrics).includes(photometric)) {
    throw fail(
      'decode',
      name,
      `its photometric interpretation is ${photometric}; decoded are grey, RGB, palette, CMYK, YCbCr and CIE L*a*b*`,
    );
  }
};

const fail = (code: 'format' | 'decode', name: string, why: string): InnotaterError =>
  new InnotaterError(code, `${name} cannot be shown: ${why}`, { file: name });

const dtypeOf = (bits: number, format: number, name: string): DType => {
  const kind = format === 3 ? 'f' : format === 2 ? 'i' : 'u';
  const whole = bits < 8 ? 8 : bits;
  const dtype = `${kind}${whole > 8 && whole < 16 ? 16 : whole}`;
  if (['u8', 'i8', 'u16', 'i16', 'u32', 'i32', 'f16', 'f32', 'f64'].includes(dtype)) return dtype as DType;
  throw fail('decode', name, `its samples have ${bits} bits of format ${format}`);
};

const noDataOf = (value: unknown): number | null => {
  const text = typeof value === 'string' ? value.replace(/\0/g, '').trim() : '';
  return text === '' || Number.isNaN(Number(text)) ? null : Number(text);
};

const rangeOf = (min: unknown, max: unknown, metadata: unknown): TiffImage['range'] => {
  const [lo, hi] = [Math.min(...list(min)), Math.max(...list(max))];
  if (lo < hi && Number.isFinite(lo) && Number.isFinite(hi)) return { lo, hi };
  const stated = (key: string): number[] =>
    [...String(metadata ?? '').matchAll(new RegExp(`name="STATISTICS_${key}"[^>]*>([^<]*)<`, 'g'))].map(
      (found) => Number(found[1]),
    );
  const [low, high] = [Math.min(...stated('MINIMUM')), Math.max(...stated('MAXIMUM'))];
  return low < high && Number.isFinite(low) && Number.isFinite(high) ? { lo: low, hi: high } : null;
};
