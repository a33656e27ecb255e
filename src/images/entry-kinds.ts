import type { BlobTensor, PixelsLike, TensorLike } from './contract.js';
import type { TileSource } from './tile-source.js';

/** True for objects that `tensorPixels` is to read: they have data and a shape, or data, width and height. */
export const isTensorLike = (entry: unknown): entry is TensorLike | PixelsLike =>
  typeof entry === 'object' &&
  entry !== null &&
  !ArrayBuffer.isView(entry) &&
  !('blob' in entry) &&
  ('shape' in entry || 'dims' in entry || ('data' in entry && 'width' in entry && 'height' in entry));

/** True for objects that `storedPixels` is to read. */
export const isBlobTensor = (entry: unknown): entry is BlobTensor =>
  typeof entry === 'object' && entry !== null && 'blob' in entry && 'shape' in entry;

/** Whether an entry of a column is a source of tiles. */
export const isTileSource = (entry: unknown): entry is TileSource =>
  typeof entry === 'object' && entry !== null && typeof (entry as Partial<TileSource>).getTile === 'function';

/** The kind of a built-in object, whatever realm it comes from. */
export const tagOf = (entry: unknown): string => Object.prototype.toString.call(entry).slice(8, -1);
export const isBlob = (entry: unknown): entry is Blob => ['Blob', 'File'].includes(tagOf(entry));
