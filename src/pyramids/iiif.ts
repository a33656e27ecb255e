import { InnotaterError } from '../errors/index.js';
import type { PyramidLevel } from './contract.js';

/** What an info.json says, as far as tiles need it. */
export type Iiif = {
  /** Address of the image, without a slash at its end. */
  readonly id: string;
  readonly version: 2 | 3;
  readonly width: number;
  readonly height: number;
  /** Finest first. `region: 'full'`: the level is one tile that is asked for as the whole image. */
  readonly levels: readonly IiifLevel[];
  /** Ending of the tiles. */
  readonly format: string;
};

export type IiifLevel = PyramidLevel & {
  /** Pixels of the full image a texel. */
  readonly scale: number;
  readonly region: 'tiles' | 'full';
};

type Info = Readonly<Record<string, unknown>>;
type TileSet = { readonly width: number; readonly height: number; readonly scaleFactors: readonly number[] };

/** The largest picture that a server makes; missing numbers are no limit. */
type Limits = { readonly width: number; readonly height: number; readonly area: number };

/** Side of the tiles where the server cuts any region and proposes none. */
const freeTileSize = 512;

const bad = (name: string, why: string): InnotaterError =>
  new InnotaterError('format', `${name} is no info.json of the IIIF Image API 2 or 3: ${why}`, {
    file: name,
  });

/** Whether an object looks like an info.json. */
export const isIiifInfo = (value: unknown): boolean => {
  const info = value as Info | null;
  if (typeof info !== 'object' || info === null) return false;
  const context = [info['@context']].flat().join(' ');
  return /iiif\.io\/api\/image\//.test(context) || info.protocol === 'http://iiif.io/api/image';
};

/**
 * Reads an info.json (iiif.io/api/image/2.1 and 3.0). `address` is where it was found: for messages, and the image's address where
 * the file gives no absolute one. Throws `InnotaterError` 'format' that says what is wrong, 'limit' where the server gives too
 * little of the image.
 */
export const parseIiif = (text: string, address: string): Iiif => {
  const info = parsed(text, address);
  const version = versionOf(info, address);
  const side = (key: 'width' | 'height'): number => {
    const value = info[key];
    if (Number.isInteger(value) && (value as number) > 0) return value as number;
    throw bad(address, `${key} must be a whole number above 0, and is ${String(value)}`);
  };
  const size = { width: side('width'), height: side('height') };
  const extra = profileOf(info);
  const format = formatOf([
    ...list(info.preferredFormats),
    ...list(extra.formats),
    ...list(info.extraFormats),
  ]);
  const levels = levelsOf(info, extra, size, address);
  return { id: idOf(info, address), version, ...size, levels, format };
};

const parsed = (text: string, address: string): Info => {
  try {
    const info: unknown = JSON.parse(text);
    if (typeof info === 'object' && info !== null) return info as Info;
  } catch (cause) {
    throw new InnotaterError('format', `${address} is no valid JSON`, { file: address }, { cause });
  }
  throw bad(address, 'it is not an object');
};

const versionOf = (info: Info, address: string): 2 | 3 => {
  const context = [info['@context']].flat().join(' ');
  const named = /api\/image\/([23])\//.exec(context)?.[1];
  if (named) return named === '3' ? 3 : 2;
  if (info.type === 'ImageService3') return 3;
  if (isIiifInfo(info)) return 2;
  throw bad(address, `its @context is ${context || 'missing'}`);
};

const idOf = (info: Info, address: string): string => {
  const id = info.id ?? info['@id'];
  const own = address.replace(/[?#].*$/, '').replace(/\/info\.json$/, '');
  return (typeof id === 'string' && /^https?:\/\//.test(id) ? id : own).replace(/\/+$/, '');
};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The limits and formats that version 2 keeps in its profile. */
const profileOf = (info: Info): Info =>
  Object.assign({}, ...list(info.profile).filter((part) => typeof part === 'object' && part !== null));

/** Every server has JPEG; another is taken only where the file prefers it. */
const formatOf = (preferred: readonly unknown[]): string => {
  const decodable = ['jpg', 'png', 'webp'];
  const first = preferred.find((format) => decodable.includes(String(format)));
  return preferred.includes('jpg') || first === undefined ? 'jpg' : String(first);
};

const isLevel0 = (info: Info): boolean => /level0/.test([info.profile].flat().map(String).join(' '));

const levelsOf = (info: Info, extra: Info, size: Size, address: string): readonly IiifLevel[] => {
  const limits = limitsOf(info, extra);
  const tiles = tileSetOf(info, size) ?? (isLevel0(info) ? null : freeTiles(size, limits));
  if (tiles) return tiles.scaleFactors.map((scale) => tileLevel(size, scale, tiles));
  const sizes = [...list(info.sizes).map((given) => given as Size), ...(fits(size, limits) ? [size] : [])];
  const levels = fullLevels(sizes, size);
  if (levels[0]?.width === size.width) return levels;
  const message = `${address}: the server makes no tiles and no picture of all ${size.width} × ${size.height} pixels`;
  throw new InnotaterError('limit', message, { file: address, ...size });
};

type Size = { readonly width: number; readonly height: number };

const tileLevel = ({ width, height }: Size, scale: number, { width: w, height: h }: TileSet): IiifLevel => {
  const level = { width: Math.ceil(width / scale), height: Math.ceil(height / scale), scale };
  return { ...level, tileWidth: w, tileHeight: h, region: 'tiles' };
};

const fullLevels = (sizes: readonly Size[], full: Size): IiifLevel[] =>
  sizes
    .filter(
      ({ width, height }) => Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0,
    )
    .sort((a, b) => b.width - a.width)
    .filter(({ width }, i, all) => i === 0 || width < all[i - 1]!.width)
    .map(({ width, height }) => ({
      width,
      height,
      tileWidth: width,
      tileHeight: height,
      scale: full.width / width,
      region: 'full',
    }));

/** The first set of tiles that begins at full size. */
const tileSetOf = (info: Info, size: Size): TileSet | null => {
  for (const given of list(info.tiles) as readonly Record<string, unknown>[]) {
    const width = Number(given.width);
    const height = Number(given.height ?? given.width);
    const factors = list(given.scaleFactors)
      .map(Number)
      .filter((n) => Number.isFinite(n) && n >= 1);
    const scaleFactors = [...new Set(factors)]
      .sort((a, b) => a - b)
      .filter((n) => useful(n, size, width, height));
    if (width >= 1 && height >= 1 && scaleFactors[0] === 1) return { width, height, scaleFactors };
  }
  return null;
};

/** Levels beyond the first that is a single tile are not needed. */
const useful = (scale: number, { width, height }: Size, tileWidth: number, tileHeight: number): boolean =>
  scale === 1 || width / (scale / 2) > tileWidth || height / (scale / 2) > tileHeight;

const freeTiles = (size: Size, limits: Limits): TileSet => {
  const side = Math.floor(Math.min(freeTileSize, limits.width, limits.height, Math.sqrt(limits.area)));
  const scaleFactors = Array.from({ length: 32 }, (_, n) => 2 ** n).filter((n) =>
    useful(n, size, side, side),
  );
  return { width: side, height: side, scaleFactors };
};

const limitsOf = (info: Info, extra: Info): Limits => {
  const number = (key: string): number => Number(info[key] ?? extra[key] ?? Number.POSITIVE_INFINITY);
  const width = number('maxWidth');
  const given = info.maxHeight ?? extra.maxHeight;
  return { width, height: given === undefined ? width : Number(given), area: number('maxArea') };
};

const fits = ({ width, height }: Size, limits: Limits): boolean =>
  width <= limits.width && height <= limits.height && width * height <= limits.area;

/** The canonical address of a tile: `{id}/{region}/{size}/0/default.{format}`. */
export const iiifTile = (image: Iiif, level: IiifLevel, x: number, y: number): string => {
  const [region, size] = level.region === 'full' ? wholeOf(image, level) : partOf(image, level, x, y);
  return `${image.id}/${region}/${size}/0/default.${image.format}`;
};

type RegionAndSize = readonly [region: string, size: string];

const wholeOf = ({ version, width }: Iiif, level: IiifLevel): RegionAndSize => {
  if (level.width === width) return ['full', version === 3 ? 'max' : 'full'];
  return ['full', version === 3 ? `${level.width},${level.height}` : `${level.width},`];
};

const partOf = (image: Iiif, level: IiifLevel, column: number, row: number): RegionAndSize => {
  const { scale, tileWidth, tileHeight } = level;
  const x = column * tileWidth * scale;
  const y = row * tileHeight * scale;
  const width = Math.min(tileWidth * scale, image.width - x);
  const height = Math.min(tileHeight * scale, image.height - y);
  const isWhole = width === image.width && height === image.height;
  const region = isWhole ? 'full' : `${x},${y},${width},${height}`;
  const [w, h] = [Math.ceil(width / scale), Math.ceil(height / scale)];
  if (isWhole && scale === 1) return [region, image.version === 3 ? 'max' : 'full'];
  return [region, image.version === 3 ? `${w},${h}` : `${w},`];
};
