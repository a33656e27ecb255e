import { bytesAt } from '../../workers/blob-bytes.js';
import { formatOf } from '../../workers/image-format.js';
import { headerSize } from '../../workers/image-size.js';

/** Exif 2.32: APP1 begins with `Exif\0\0` and a TIFF header; tag 0x0112 of its first directory. 1 where there is none. */
const exifOrientation = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    if (bytes[at + 1] === 0xda) return 1;
    const tiff = at + 10;
    if (bytes[at + 1] !== 0xe1 || tiff + 8 > bytes.length || view.getUint32(at + 4) !== 0x45786966) continue;
    const isLittle = view.getUint16(tiff) === 0x4949;
    const directory = tiff + view.getUint32(tiff + 4, isLittle);
    if (directory + 2 > bytes.length) return 1;
    const count = view.getUint16(directory, isLittle);
    for (let i = 0; i < count; i++) {
      const entry = directory + 2 + 12 * i;
      if (entry + 12 > bytes.length) return 1;
      if (view.getUint16(entry, isLittle) === 0x0112) return view.getUint16(entry + 8, isLittle);
    }
  }
  return 1;
};

/** Width and height of an image in pixels as displayed, from its header; null where it cannot be told. */
export const displayedSize = async (
  blob: Blob,
): Promise<{ readonly width: number; readonly height: number } | null> => {
  const head = await bytesAt(blob, 0, 65_536);
  const format = formatOf(head);
  const size = format && (await headerSize(blob, format));
  if (!size || size.width <= 0 || size.height <= 0) return null;
  const isTurned = format === 'JPEG' && exifOrientation(head) >= 5 && exifOrientation(head) <= 8;
  return isTurned ? { width: size.height, height: size.width } : { width: size.width, height: size.height };
};
