import { InnotaterError } from '../errors/index.js';
import type { PyramidLevel } from './contract.js';

/** What a Deep Zoom descriptor says. */
export type DeepZoom = {
  readonly width: number;
  readonly height: number;
  readonly tileSize: number;
  readonly overlap: number;
  /** Ending of the tiles' names. */
  readonly format: string;
  /** Where the folders of levels are, if the descriptor tells; relative to it. */
  readonly url: string | null;
};

/** A level of the pyramid and its number in the format: 0 is a single pixel. */
export type DeepZoomLevel = PyramidLevel & { readonly number: number };

const bad = (name: string, why: string): InnotaterError =>
  new InnotaterError('format', `${name} is no Deep Zoom descriptor: ${why}`, { file: name });

/**
 * Reads a `.dzi` descriptor, as XML or JSON (schemas.microsoft.com/deepzoom/2008 and 2009). `name` is for messages.
 * Throws `InnotaterError` 'format' that says what is missing.
 */
export const parseDeepZoom = (text: string, name: string): DeepZoom => {
  const fields = text.trimStart().startsWith('{') ? jsonFields(text, name) : xmlFields(text, name);
  const whole = (key: string, least: number): number => {
    const value = Number(fields[key]);
    if (fields[key] !== undefined && Number.isInteger(value) && value >= least) return value;
    throw bad(name, `${key} must be a whole number of at least ${least}, and is ${fields[key] ?? 'missing'}`);
  };
  const format = fields.Format;
  if (!format) throw bad(name, 'Format is missing');
  return {
    width: whole('Width', 1),
    height: whole('Height', 1),
    tileSize: whole('TileSize', 1),
    overlap: fields.Overlap === undefined ? 0 : whole('Overlap', 0),
    format,
    url: fields.Url ?? null,
  };
};

type Fields = Readonly<Record<string, string | undefined>>;

const jsonFields = (text: string, name: string): Fields => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new InnotaterError('format', `${name} is no valid JSON`, { file: name }, { cause });
  }
  const image = (parsed as { Image?: Record<string, unknown> } | null)?.Image;
  if (typeof image !== 'object' || image === null) throw bad(name, 'it has no "Image"');
  const flat = { ...image, ...(image.Size as Record<string, unknown> | undefined) };
  return Object.fromEntries(Object.entries(flat).map(([key, value]) => [key, String(value)]));
};

/** The descriptor has two elements with attributes, so no parser is needed, which a worker would not have. */
const xmlFields = (text: string, name: string): Fields => {
  const plain = text.replace(/<!--[\s\S]*?-->/g, '');
  if (/<(?:\w+:)?Collection[\s>]/.test(plain))
    throw bad(name, 'it is a collection; give the .dzi of one of its images');
  const elements = ['Image', 'Size'].map(
    (tag) => new RegExp(`<(?:\\w+:)?${tag}\\s([^>]*)>`).exec(plain)?.[1],
  );
  if (elements[0] === undefined) throw bad(name, 'it has no element <Image>');
  if (elements[1] === undefined) throw bad(name, 'it has no element <Size>');
  const pairs = elements.join(' ').matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries([...pairs].map(([, key, double, single]) => [key, double ?? single]));
};

/** The levels that a viewer needs, finest first: down to the first that is a single tile. */
export const deepZoomLevels = ({ width, height, tileSize, overlap }: DeepZoom): readonly DeepZoomLevel[] => {
  const finest = Math.ceil(Math.log2(Math.max(width, height)));
  const levels: DeepZoomLevel[] = [];
  for (let number = finest; number >= 0; number--) {
    const scale = 2 ** (finest - number);
    const size = { width: Math.ceil(width / scale), height: Math.ceil(height / scale) };
    levels.push({ ...size, tileWidth: tileSize, tileHeight: tileSize, overlap, number });
    if (Math.max(size.width, size.height) <= tileSize) break;
  }
  return levels;
};

/** The folder of the levels' folders: `name_files/` beside `name.dzi`, unless the descriptor names another. */
export const deepZoomFolder = (address: string, { url }: DeepZoom): string => {
  const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(address) ?? [];
  const beside = path.replace(/[^/]*$/, '');
  if (url !== null) return /^[a-z][a-z\d+.-]*:|^\//i.test(url) ? slashed(url) : slashed(beside + url);
  return `${path.replace(/\.(?:dzi|xml|json|js)$/i, '')}_files/${query}`;
};
const slashed = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

/** The address of a tile in the folder; a query behind the folder's address is kept. */
export const deepZoomTile = (
  folder: string,
  { number }: DeepZoomLevel,
  x: number,
  y: number,
  format: string,
): string => {
  const [path = '', query] = folder.split('?');
  return `${path}${number}/${x}_${y}.${format}${query === undefined ? '' : `?${query}`}`;
};
