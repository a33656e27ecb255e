import { openPyramid } from '../compute/pyramid-client.js';
import { InnotaterError } from '../errors/index.js';
import {
  deepZoomOfFolder,
  deepZoomPyramid,
  type FolderFiles,
  folderOfFiles,
  folderOfHandle,
  iiifPyramid,
  type Pyramid,
  pathEnding,
  type TensorTile,
} from '../pyramids/index.js';
import { formatOfBlob, formatOfName, type TileFormat } from './recognise.js';

/** A folder: the files of `<input webkitdirectory>` or a dropped folder, or what `showDirectoryPicker` gives. */
export type Folder = Iterable<File> | FileSystemDirectoryHandle;

/** An image in tiles as the openers give it; an entry of an image column. Whoever shows it closes it. */
export type OpenedTiles = Pyramid<Blob> | Pyramid<TensorTile>;

export type OpenTilesOptions = {
  /** Ends the opening. */
  readonly signal?: AbortSignal;
};
export type OpenTiffOptions = OpenTilesOptions & {
  /** Which image of a file that has several, counted from 0; default 0. */
  readonly page?: number;
};
export type OpenZarrOptions = OpenTilesOptions & {
  /** Channels to show, counted from 0; default: those that the file has active. One alone is grey, several are mixed by colour. */
  readonly channels?: readonly number[];
  /** Positions on the other axes, such as `{ t: 3, z: 12 }`; default: the file's, else t 0 and the middle of z. */
  readonly at?: Readonly<Record<string, number>>;
};

/** Workers have no page to be relative to. */
const absolute = (url: string | URL): string => {
  const base = (globalThis as { document?: { baseURI?: string } }).document?.baseURI;
  return URL.canParse(url, base) ? new URL(url, base).href : String(url);
};

const filesOf = async (folder: Folder, signal: AbortSignal | undefined): Promise<FolderFiles> =>
  'entries' in folder && 'kind' in folder
    ? folderOfHandle(folder, signal)
    : folderOfFiles(folder as Iterable<File>);

/**
 * Opens a TIFF, BigTIFF or Cloud Optimized GeoTIFF: a file in hand, or an address whose server supports range requests. Tiles and
 * strips, overviews and SubIFDs; 1 to 64 bits, integer and float; none, LZW, Deflate, PackBits, JPEG, LERC, Zstandard, WebP.
 * Rejects with `InnotaterError` that names the file and what is wrong, or with `signal.reason`.
 */
export const openTiff = async (
  file: string | URL | Blob,
  { page = 0, signal }: OpenTiffOptions = {},
): Promise<Pyramid<TensorTile>> => {
  checkPlace(file, 'an address or a file');
  return openPyramid({ kind: 'tiff', file: isBlob(file) ? file : absolute(file), page }, { signal });
};

/** Opens a Deep Zoom image: the address of its `.dzi` (XML or JSON), or a folder with it. Rejects as `openTiff` does. */
export const openDeepZoom = async (
  place: string | URL | Folder,
  { signal }: OpenTilesOptions = {},
): Promise<Pyramid<Blob>> =>
  typeof place === 'string' || place instanceof URL
    ? deepZoomPyramid(absolute(place), { signal })
    : deepZoomOfFolder(await filesOf(place, signal));

/** Opens an image of a IIIF server (Image API 2 or 3) by the address of the image or of its info.json. Rejects as `openTiff` does. */
export const openIiif = (url: string | URL, { signal }: OpenTilesOptions = {}): Promise<Pyramid<Blob>> =>
  iiifPyramid(absolute(url), { signal });

/**
 * Opens an OME-Zarr image (0.4, 0.5, Zarr 2 and 3, shards) or a plain Zarr array: an address, a zip file or a folder. Rejects as
 * `openTiff` does.
 */
export const openOmeZarr = async (
  place: string | URL | Blob | Folder,
  { channels, at = {}, signal }: OpenZarrOptions = {},
): Promise<Pyramid<TensorTile>> => {
  checkPlace(place, 'an address, a zip file or a folder');
  const where = isAddress(place) ? absolute(place) : isBlob(place) ? place : await filesOf(place, signal);
  const name =
    typeof where === 'string'
      ? where
      : isBlob(place)
        ? (place as Partial<File>).name || 'the zip file'
        : nameOfFolder(place as Folder);
  return openPyramid({ kind: 'zarr', place: where, name, channels: channels ?? null, at }, { signal });
};

/** Opens whatever of these an entry is, by content first and name second. Rejects with `InnotaterError` 'data' where it is none. */
export const openTiles = async (
  entry: string | URL | Blob | Folder,
  options: OpenTilesOptions = {},
): Promise<OpenedTiles> => {
  checkPlace(entry, 'an address, a file or a folder');
  const format = isBlob(entry)
    ? await formatOfBlob(entry)
    : isAddress(entry)
      ? formatOfName(String(entry))
      : 'folder';
  if (!format)
    throw unknownFormat(isBlob(entry) ? (entry as Partial<File>).name || 'The file' : String(entry));
  return openFormat(format, entry, options);
};

/** As `openTiles`, where the format is known. */
export const openFormat = async (
  format: TileFormat,
  entry: string | URL | Blob | Folder,
  options: OpenTilesOptions,
): Promise<OpenedTiles> => {
  if (format === 'tiff') return openTiff(entry as string | URL | Blob, options);
  if (format === 'zarr') return openOmeZarr(entry, options);
  if (format === 'folder') return openFolder(entry as Folder, options);
  if (isBlob(entry)) return openDescriptor(format, entry, options);
  return format === 'iiif' ? openIiif(entry as string, options) : openDeepZoom(entry as string, options);
};

const openFolder = async (folder: Folder, options: OpenTilesOptions): Promise<OpenedTiles> => {
  const files = await filesOf(folder, options.signal);
  if (pathEnding(files, /\.dzi$/i) !== null) return deepZoomOfFolder(files);
  if (pathEnding(files, /(?:^|\/)(?:zarr\.json|\.zgroup|\.zarray)$/) === null)
    throw unknownFormat('The folder');
  return openPyramid(
    { kind: 'zarr', place: files, name: nameOfFolder(folder), channels: null, at: {} },
    options,
  );
};

/** A descriptor without what it describes: an info.json names its server, a .dzi does not. */
const openDescriptor = async (
  format: TileFormat,
  blob: Blob,
  options: OpenTilesOptions,
): Promise<OpenedTiles> => {
  const name = (blob as Partial<File>).name ?? '';
  if (format === 'iiif') {
    const info = parsed(await blob.text(), name);
    const id = info?.id ?? info?.['@id'];
    if (typeof id === 'string' && /^https?:/.test(id)) return openIiif(id, options);
  }
  const message = `${name} alone has no tiles; give the folder that holds it and its tiles, or its address`;
  throw new InnotaterError('data', message, { file: name });
};

const parsed = (text: string, file: string): { id?: unknown; '@id'?: unknown } | null => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InnotaterError('format', `${file} is no JSON file: ${String(cause)}`, { file }, { cause });
  }
};

/** Throws `InnotaterError` 'data' for what cannot be an image in tiles. */
const checkPlace = (place: unknown, wanted: string): void => {
  if (isAddress(place) || isBlob(place) || (typeof place === 'object' && place !== null)) return;
  throw new InnotaterError('data', `Images in tiles are opened from ${wanted}, not from ${String(place)}`);
};

const nameOfFolder = (folder: Folder): string => {
  if ('kind' in folder && 'name' in folder) return folder.name;
  const [first] = folder as Iterable<File>;
  return first?.webkitRelativePath?.split('/')[0] || 'the folder';
};

const isAddress = (entry: unknown): entry is string | URL =>
  typeof entry === 'string' || entry instanceof URL;
const isBlob = (entry: unknown): entry is Blob => entry instanceof Blob;

/** `InnotaterError` 'data' that names what can be opened. */
const unknownFormat = (what: string): InnotaterError =>
  new InnotaterError(
    'data',
    `${what} is no image in tiles that is known: TIFF (.tif, .svs), Deep Zoom (.dzi), IIIF (info.json) or OME-Zarr (.zarr, a zip file of it, or its folder)`,
  );
