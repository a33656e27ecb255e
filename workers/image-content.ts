/** Formats whose header is read here; a browser may decode others too. */
export type ImageFormat = 'JPEG' | 'PNG' | 'GIF' | 'WebP' | 'BMP' | 'AVIF';

/** What a file holds by its first bytes: a name for people, and the format where it is one of ours. */
export type Content = { readonly name: string; readonly format: ImageFormat | null };

type Signature = Content & { readonly offset: number; readonly magic: string };

const image = (format: ImageFormat, magic: string, offset = 0): Signature => ({
  name: format,
  format,
  offset,
  magic,
});
const other = (name: string, magic: string, offset = 0): Signature => ({ name, format: null, offset, magic });

/** Magic as Latin-1 text. PNG: RFC 2083; GIF: GIF89a specification; ISO base media brands: ISO/IEC 14496-12. */
const signatures: readonly Signature[] = [
  image('JPEG', '\xff\xd8\xff'),
  image('PNG', '\x89PNG\r\n\x1a\n'),
  image('GIF', 'GIF87a'),
  image('GIF', 'GIF89a'),
  image('WebP', 'WEBP', 8),
  image('AVIF', 'ftypavif', 4),
  image('AVIF', 'ftypavis', 4),
  image('BMP', 'BM'),
  other('HEIC', 'ftyphei', 4),
  other('HEIC', 'ftypmif1', 4),
  other('JPEG XL', '\xff\x0a'),
  other('JPEG XL', 'JXL \r\n\x87\n', 4),
  other('JPEG 2000', 'jP  \r\n\x87\n', 4),
  other('TIFF', 'II*\0'),
  other('TIFF', 'MM\0*'),
  other('TIFF', 'II+\0'),
  other('an icon (ICO)', '\0\0\x01\0'),
  other('Photoshop', '8BPS'),
  other('DICOM', 'DICM', 128),
  other('a NumPy array (.npy)', '\x93NUMPY'),
  other('HDF5', '\x89HDF\r\n\x1a\n'),
  other('PDF', '%PDF'),
  other('a ZIP archive', 'PK\x03\x04'),
  other('gzip', '\x1f\x8b'),
  other('a video (MP4)', 'ftyp', 4),
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
  const latin = String.fromCharCode(...head.subarray(0, 512));
  const found = signatures.find(({ magic, offset }) => latin.startsWith(magic, offset));
  if (found) return { name: found.name, format: found.format };
  if (!isText(latin)) return { name: 'unknown binary data', format: null };
  return { name: markup(latin) ?? 'plain text', format: null };
};
