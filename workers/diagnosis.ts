import { InnotaterError } from '../src/errors/index.js';
import { bytesAt } from './blob-bytes.js';
import { type Diagnose, inspect, MOST_PIXELS } from './decode.js';
import { type Content, sniffContent } from './image-content.js';
import type { HeaderSize } from './image-size.js';

const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

const tooLarge = ({ width, height }: HeaderSize): InnotaterError =>
  new InnotaterError(
    'limit',
    `The image has ${count(width)}×${count(height)} pixels; browsers decode at most ${count(MOST_PIXELS)} (2^29) pixels in one image. Save it as a tiled TIFF, Deep Zoom or OME-Zarr pyramid, or as a .npy array: these are read in parts.`,
    { width, height, mostPixels: MOST_PIXELS },
  );

const reasonFor = (content: Content, isTruncated: boolean): string => {
  if (isTruncated) return 'The image is truncated: the file ends before the image does.';
  if (content.format) return 'The image is damaged, or there is not memory enough to decode it.';
  return 'This is not an image that this browser can decode, or it is truncated.';
};

/** `decode` (what is wrong and what the file holds), `limit` (more pixels than browsers decode) or `fetch` (the file is gone). */
export const diagnosis: Diagnose = async (blob, cause) => {
  try {
    const content = sniffContent(await bytesAt(blob, 0, 512));
    const { size, state } = await inspect(blob);
    if (size && state === 'large') return tooLarge(size);
    const reason = reasonFor(content, state === 'truncated');
    const message = `${reason} The file has ${count(blob.size)} bytes and holds ${content.name}.`;
    const facts = { bytes: blob.size, content: content.name, declaredType: blob.type };
    return new InnotaterError('decode', message, facts, { cause });
  } catch (thrown) {
    const message = 'The file could not be read: it was moved, removed or changed.';
    return new InnotaterError('fetch', message, {}, { cause: thrown });
  }
};
