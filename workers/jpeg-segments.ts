import { bytesAt } from './blob-bytes.js';

/** One segment: its marker (the byte after 255), where it lies in the file, and its bytes from the marker on, at least the first 64. */
export type JpegSegment = { readonly marker: number; readonly at: number; readonly bytes: DataView };

const WINDOW_BYTES = 65_536;
/** Enough for what is read of a segment: a frame header of four components has 22. */
const LEAST_BYTES = 64;

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * The segments (ITU-T T.81, B.1) up to the first scan's and with it; thumbnails lie inside segments and are stepped over. Ends early
 * where the file does, or makes no sense.
 */
export async function* jpegSegments(blob: Blob): AsyncGenerator<JpegSegment> {
  let start = 0;
  let head = view(await bytesAt(blob, 0, WINDOW_BYTES));
  for (let at = 2; at + 10 <= blob.size; ) {
    if (Math.min(at + LEAST_BYTES, blob.size) > start + head.byteLength) {
      head = view(await bytesAt(blob, at, WINDOW_BYTES));
      start = at;
    }
    const local = at - start;
    if (head.getUint8(local) !== 0xff) return;
    const marker = head.getUint8(local + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    yield { marker, at, bytes: new DataView(head.buffer, head.byteOffset + local) };
    if (marker === 0xda) return;
    at += 2 + head.getUint16(local + 2);
  }
}

/** Frame headers of every process: all of C0…CF but tables and reserved ones. */
export const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
