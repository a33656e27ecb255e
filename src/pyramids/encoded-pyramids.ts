import { InnotaterError } from '../errors/index.js';
import type { FolderFiles, Pyramid } from './contract.js';
import { deepZoomFolder, deepZoomLevels, deepZoomTile, parseDeepZoom } from './deep-zoom.js';
import { fetchOk, shortUrl } from './fetching.js';
import { fileAt, pathEnding } from './folder.js';
import { iiifTile, parseIiif } from './iiif.js';

type Signal = { readonly signal?: AbortSignal | undefined };

const textOf = async (url: string, options: Signal): Promise<string> => (await fetchOk(url, options)).text();

/** A web page in place of a tile is what single-page servers answer for files that they lack. */
const tileOf = async (url: string, options: Signal): Promise<Blob> => {
  const blob = await (await fetchOk(url, options)).blob();
  if (!/^text\/html\b/i.test(blob.type)) return blob;
  const message = `${shortUrl(url)} could not be loaded: the server answered with a web page, not a tile; does the file exist?`;
  throw new InnotaterError('fetch', message, { url: shortUrl(url) });
};

/** A Deep Zoom image by the address of its descriptor (`.dzi`, XML or JSON). Tiles are encoded images. */
export const deepZoomPyramid = async (url: string, options: Signal = {}): Promise<Pyramid<Blob>> => {
  const image = parseDeepZoom(await textOf(url, options), shortUrl(url));
  const folder = deepZoomFolder(url, image);
  const levels = deepZoomLevels(image);
  return {
    width: image.width,
    height: image.height,
    levels,
    name: shortUrl(url),
    getTile: (level, x, y, { signal }) =>
      tileOf(deepZoomTile(folder, levels[level]!, x, y, image.format), { signal }),
  };
};

/** A Deep Zoom image out of a folder with its `.dzi` and the files beside it. */
export const deepZoomOfFolder = async (files: FolderFiles): Promise<Pyramid<Blob>> => {
  const path = pathEnding(files, /\.dzi$/i);
  if (path === null) {
    throw new InnotaterError(
      'data',
      'The folder holds no .dzi file; a Deep Zoom image is name.dzi beside name_files/',
    );
  }
  const image = parseDeepZoom(await fileAt(files, path).text(), path);
  const folder = deepZoomFolder(path, { ...image, url: null });
  const levels = deepZoomLevels(image);
  return {
    width: image.width,
    height: image.height,
    levels,
    name: path,
    getTile: async (level, x, y) => fileAt(files, deepZoomTile(folder, levels[level]!, x, y, image.format)),
  };
};

/** An image of a IIIF server (Image API 2 or 3) by its address, with `info.json` or without. Tiles are encoded images. */
export const iiifPyramid = async (url: string, options: Signal = {}): Promise<Pyramid<Blob>> => {
  const address = /\/info\.json(?:[?#]|$)/.test(url) ? url : `${url.replace(/\/+$/, '')}/info.json`;
  const image = parseIiif(await textOf(address, options), shortUrl(address));
  const { width, height, levels } = image;
  return {
    width,
    height,
    levels,
    name: shortUrl(address),
    getTile: (level, x, y, { signal }) => tileOf(iiifTile(image, levels[level]!, x, y), { signal }),
  };
};
