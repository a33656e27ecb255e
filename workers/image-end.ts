import { blobContains, bytesAt } from './blob-bytes.js';
import type { ImageFormat } from './image-format.js';

const view = async (blob: Blob, offset: number, length: number): Promise<DataView> =>
  new DataView((await bytesAt(blob, offset, length)).buffer);

/** EOI; inside compressed data 0xff is always followed by 0 or a restart marker, so it is found nowhere else after the header. */
const jpegEnd = Uint8Array.of(0xff, 0xd9);
/** The IEND chunk's type and checksum. */
const pngEnd = Uint8Array.of(0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82);

/** Box by box (ISO/IEC 14496-12, 4.2): size 0 reaches to the end, 1 is followed by 64 bits. */
const boxesFit = async (blob: Blob): Promise<boolean> => {
  let at = 0;
  while (at + 8 <= blob.size) {
    const box = await view(blob, at, 16);
    const small = box.getUint32(0);
    if (small === 0) return true;
    const size = small === 1 && box.byteLength === 16 ? Number(box.getBigUint64(8)) : small;
    if (size < 8) return false;
    at += size;
  }
  return at === blob.size;
};

/** A file may be longer than its header says (padding), never shorter. */
const declaredLengthFits = async (blob: Blob, offset: number, extra: number): Promise<boolean> =>
  blob.size >= 12 && (await view(blob, offset, 4)).getUint32(0, true) + extra <= blob.size;

/**
 * Whether the file ends before its image does, told from end markers and declared lengths without decoding.
 * `dataOffset`: where the compressed data of a JPEG starts, null where no start was found.
 */
export const isTruncated = async (
  blob: Blob,
  format: ImageFormat,
  dataOffset: number | null,
): Promise<boolean> => {
  switch (format) {
    case 'JPEG':
      return dataOffset === null || !(await blobContains(blob, jpegEnd, dataOffset));
    case 'PNG':
      return !(await blobContains(blob, pngEnd, 8));
    case 'WebP':
      return !(await declaredLengthFits(blob, 4, 8));
    case 'BMP':
      return !(await declaredLengthFits(blob, 2, 0));
    case 'AVIF':
      return !(await boxesFit(blob));
    case 'GIF':
      return (await bytesAt(blob, blob.size - 1, 1))[0] !== 0x3b;
  }
};
