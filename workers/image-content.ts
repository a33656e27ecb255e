import { formatOf, type ImageFormat, latinHead, type Signature, signedName } from './image-format.js';

/** What a file holds by its first bytes: a name for people, and the format where it is one of ours. */
export type Content = { readonly name: string; readonly format: ImageFormat | null };

/** What people may take for an image, or open in the place of one. */
const others: readonly Signature[] = [
  ['HEIC', 'ftyphei', 4],
  ['HEIC', 'ftypmif1', 4],
  ['JPEG XL', '\xff\x0a'],
  ['JPEG XL', 'JXL \r\n\x87\n', 4],
  ['JPEG 2000', 'jP  \r\n\x87\n', 4],
  ['TIFF', 'II*\0'],
  ['TIFF', 'MM\0*'],
  ['TIFF', 'II+\0'],
  ['an icon (ICO)', '\0\0\x01\0'],
  ['Photoshop', '8BPS'],
  ['DICOM', 'DICM', 128],
  ['a NumPy array (.npy)', '\x93NUMPY'],
  ['HDF5', '\x89HDF\r\n\x1a\n'],
  ['PDF', '%PDF'],
  ['a ZIP archive', 'PK\x03\x04'],
  ['gzip', '\x1f\x8b'],
  ['a video (MP4)', 'ftyp', 4],
];

const markup = (text: string): string | null => {
  if (/<svg[\s>]/i.test(text)) return 'SVG';
  if (/^\s*(<!doctype html|<html|<head|<body)/i.test(text)) return 'an HTML page';
  return /^\s*<\?xml/i.test(text) ? 'XML' : null;
};

const isText = (latin: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary data from text
  !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(latin);

/** Names the content from its first bytes (512 or more are best). */
export const sniffContent = (head: Uint8Array): Content => {
  if (head.length === 0) return { name: 'nothing (the file is empty)', format: null };
  const format = formatOf(head);
  if (format) return { name: format, format };
  const latin = latinHead(head);
  const found = signedName(latin, others);
  if (found) return { name: found, format: null };
  if (!isText(latin)) return { name: 'unknown binary data', format: null };
  return { name: markup(latin) ?? 'plain text', format: null };
};
