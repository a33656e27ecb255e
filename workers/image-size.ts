import { bytesAt, indexOfBytes } from './blob-bytes.js';
import type { ImageFormat } from './image-format.js';
import { isFrameHeader, jpegSegments } from './jpeg-segments.js';

/** Size in pixels as stored (before any orientation), and where the compressed data of a JPEG starts, in bytes. */
export type HeaderSize = {
  readonly width: number;
  readonly height: number;
  readonly dataOffset: number;
  /** A JPEG whose blocks follow one another, so that it can be decoded at a fraction of its size. */
  readonly isSequential: boolean;
};

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const sized = (width: number, height: number, isSequential = false): HeaderSize => ({
  width,
  height,
  dataOffset: 0,
  isSequential,
});

/** IHDR follows the signature. */
const pngSize = (head: DataView) => sized(head.getUint32(16), head.getUint32(20));
/** The logical screen. */
const gifSize = (head: DataView) => sized(head.getUint16(6, true), head.getUint16(8, true));
/** BITMAPCOREHEADER has 12 bytes and 16-bit sizes; later headers 32-bit ones, a negative height means top down. */
const bmpSize = (head: DataView) =>
  head.getUint32(14, true) === 12
    ? sized(head.getUint16(18, true), head.getUint16(20, true))
    : sized(head.getInt32(18, true), Math.abs(head.getInt32(22, true)));

const uint24 = (head: DataView, at: number) => head.getUint16(at, true) + head.getUint8(at + 2) * 65_536;

/** RFC 9649: VP8X holds the canvas less one, VP8L 14 bits each less one, VP8 14 bits after its start code. */
const webpSize = (head: DataView): HeaderSize | null => {
  const chunk = String.fromCharCode(...new Uint8Array(head.buffer, head.byteOffset + 12, 4));
  if (chunk === 'VP8X') return sized(uint24(head, 24) + 1, uint24(head, 27) + 1);
  if (chunk === 'VP8 ') return sized(head.getUint16(26, true) & 0x3fff, head.getUint16(28, true) & 0x3fff);
  if (chunk !== 'VP8L') return null;
  const bits = head.getUint32(21, true);
  return sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
};

/** The largest `ispe` property (ISO/IEC 23008-12): the image itself rather than its grid cells, alpha or thumbnail. */
const avifSize = (head: DataView): HeaderSize | null => {
  const bytes = new Uint8Array(head.buffer, head.byteOffset, head.byteLength);
  const ispe = new TextEncoder().encode('ispe');
  let best: HeaderSize | null = null;
  for (let from = 0; ; ) {
    const at = indexOfBytes(bytes.subarray(from), ispe);
    if (at < 0 || from + at + 16 > bytes.length) return best;
    const size = sized(head.getUint32(from + at + 8), head.getUint32(from + at + 12));
    if (!best || size.width * size.height > best.width * best.height) best = size;
    from += at + 4;
  }
};

const WINDOW_BYTES = 65_536;

/** Null where the segments end before the first scan. */
const jpegSize = async (blob: Blob): Promise<HeaderSize | null> => {
  let size: HeaderSize | null = null;
  for await (const { marker, at, bytes } of jpegSegments(blob)) {
    if (isFrameHeader(marker)) size = sized(bytes.getUint16(7), bytes.getUint16(5), marker <= 0xc1);
    if (marker === 0xda) return size && { ...size, dataOffset: at };
  }
  return null;
};

const fromHead: Record<Exclude<ImageFormat, 'JPEG'>, (head: DataView) => HeaderSize | null> = {
  PNG: pngSize,
  GIF: gifSize,
  BMP: bmpSize,
  WebP: webpSize,
  AVIF: avifSize,
};

/** Size from the header, without decoding: one read of at most 64 KiB, for JPEG as many as its metadata takes. Null: cannot be told. */
export const headerSize = async (blob: Blob, format: ImageFormat): Promise<HeaderSize | null> => {
  if (format === 'JPEG') return jpegSize(blob);
  const head = view(await bytesAt(blob, 0, WINDOW_BYTES));
  return head.byteLength < 32 ? null : fromHead[format](head);
};
