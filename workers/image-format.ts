/** Formats whose header is read here; a browser may decode others too. */
export type ImageFormat = 'JPEG' | 'PNG' | 'GIF' | 'WebP' | 'BMP' | 'AVIF';

/** A name, and the bytes that tell it, as Latin-1 text: at the start of a file or so many bytes behind it. */
export type Signature<T extends string = string> = readonly [name: T, magic: string, offset?: number];

/** PNG: RFC 2083; GIF: GIF89a specification; ISO base media brands: ISO/IEC 14496-12. */
const formats: readonly Signature<ImageFormat>[] = [
  ['JPEG', '\xff\xd8\xff'],
  ['PNG', '\x89PNG\r\n\x1a\n'],
  ['GIF', 'GIF87a'],
  ['GIF', 'GIF89a'],
  ['WebP', 'WEBP', 8],
  ['AVIF', 'ftypavif', 4],
  ['AVIF', 'ftypavis', 4],
  ['BMP', 'BM'],
];

/** The first bytes of a file as text, and the first of these names that they tell. */
export const latinHead = (head: Uint8Array): string => String.fromCharCode(...head.subarray(0, 512));
export const signedName = <T extends string>(latin: string, signatures: readonly Signature<T>[]): T | null =>
  signatures.find(([, magic, offset = 0]) => latin.startsWith(magic, offset))?.[0] ?? null;

/** The format that the first bytes of a file tell; null: none of these. */
export const formatOf = (head: Uint8Array): ImageFormat | null => signedName(latinHead(head), formats);
