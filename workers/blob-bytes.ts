/** Bytes of a blob's part; shorter where the blob ends. Rejects when the file behind the blob is gone or was changed. */
export const bytesAt = async (blob: Blob, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await blob.slice(offset, Math.min(blob.size, offset + length)).arrayBuffer());

/** Position of `pattern` (not empty) in `bytes`, or -1. */
export const indexOfBytes = (bytes: Uint8Array, pattern: Uint8Array): number => {
  for (let at = bytes.indexOf(pattern[0]!); at >= 0; at = bytes.indexOf(pattern[0]!, at + 1)) {
    if (pattern.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
};

const TAIL_BYTES = 65_536;
const STEP_BYTES = 8 << 20;

/**
 * Whether `pattern` occurs at or after `offset`. Looks at the last 64 KiB first, where end markers are, so an ordinary file costs
 * one small read; only a file with much data after its end, or none at all, is read through.
 */
export const blobContains = async (blob: Blob, pattern: Uint8Array, offset: number): Promise<boolean> => {
  const tail = Math.max(offset, blob.size - TAIL_BYTES);
  if (indexOfBytes(await bytesAt(blob, tail, TAIL_BYTES), pattern) >= 0) return true;
  for (let at = offset; at < tail; at += STEP_BYTES) {
    if (indexOfBytes(await bytesAt(blob, at, STEP_BYTES + pattern.length - 1), pattern) >= 0) return true;
  }
  return false;
};
