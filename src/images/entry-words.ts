import { isBlob, isBlobTensor, isTensorLike, isTileSource, tagOf } from './entry-kinds.js';

export const whatImagesAre =
  'an image must be a file name, a URL, a Blob or File, the bytes of a file (Uint8Array or ArrayBuffer), a tensor {data, shape}, an ImageData (as getImageData() of a canvas gives it), or a tile source {width, height, levels, getTile}';

/** What an entry that is no name is, in words, for messages. */
export const entryInWords = (entry: unknown): string => {
  if (isBlob(entry)) {
    const name = 'name' in entry ? ` ${String(entry.name)}` : '';
    return `${tagOf(entry)}${name} (${entry.type || 'no type'}, ${entry.size} bytes)`;
  }
  if (entry === null || entry === undefined) return String(entry);
  if (isTensorLike(entry) || isBlobTensor(entry)) return '';
  if (isTileSource(entry)) return entry.name ?? 'tile source';
  if (typeof entry !== 'object') return `${typeof entry} ${String(entry)}`;
  const length = 'byteLength' in entry ? ` of ${String(entry.byteLength)} bytes` : '';
  return `${tagOf(entry) === 'Object' ? `object {${Object.keys(entry).slice(0, 6).join(', ')}}` : tagOf(entry)}${length}`;
};
