import { InnotaterError } from '../src/errors/index.js';
import { bytesAt } from './blob-bytes.js';
import { type FrameStack, frameStack, framesAreUsable, type TurnedFrame } from './frame-stack.js';
import { type Content, sniffContent } from './image-content.js';
import { isTruncated } from './image-end.js';
import { type HeaderSize, headerSize } from './image-size.js';
import { type JpegPart, jpegParts } from './jpeg-parts.js';

/** Browsers decode no more pixels than this into one image. */
const MOST_PIXELS = 2 ** 29;

/** Keeps the samples as the file has them. */
export const exactly: ImageBitmapOptions = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' };

const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

const undecodable = (blob: Blob, content: Content, reason: string, cause?: unknown): InnotaterError =>
  new InnotaterError(
    'decode',
    `${reason} The file has ${count(blob.size)} bytes and holds ${content.name}.`,
    { bytes: blob.size, content: content.name, declaredType: blob.type },
    { cause },
  );

const truncated = (blob: Blob, content: Content) =>
  undecodable(blob, content, 'The image is truncated: the file ends before the image does.');

const tooLarge = (width: number, height: number): InnotaterError =>
  new InnotaterError(
    'limit',
    `The image has ${count(width)}×${count(height)} pixels; browsers decode at most ${count(MOST_PIXELS)} (2^29) pixels in one image. Save it as a tiled TIFF, Deep Zoom or OME-Zarr pyramid, or as a .npy array: these are read in parts.`,
    { width, height, mostPixels: MOST_PIXELS },
  );

type Header = { readonly content: Content; readonly truncated: boolean; readonly size: HeaderSize | null };

/** Looks at the header and the end of the file. Throws `limit` for an image that no browser decodes. */
const inspect = async (blob: Blob): Promise<Header> => {
  const content = sniffContent(await bytesAt(blob, 0, 512));
  if (!content.format) return { content, truncated: false, size: null };
  const size = await headerSize(blob, content.format);
  if (size && size.width * size.height > MOST_PIXELS) throw tooLarge(size.width, size.height);
  const truncated = await isTruncated(blob, content.format, size?.dataOffset ?? null);
  return { content, truncated, size };
};

const reasonFor = (content: Content): string => {
  if (content.format) return 'The image is damaged, or there is not memory enough to decode it.';
  return 'This is not an image that this browser can decode, or it is truncated.';
};

const inspectReadable = async (blob: Blob): Promise<Header> => {
  try {
    return await inspect(blob);
  } catch (thrown) {
    if (thrown instanceof InnotaterError) throw thrown;
    throw new InnotaterError(
      'fetch',
      'The file could not be read: it was moved, removed or changed.',
      {},
      { cause: thrown },
    );
  }
};

/**
 * Decodes an encoded image as its samples are: straight alpha, no colour conversion, EXIF orientation applied; of an animation the
 * first frame. The bitmap is the caller's to close.
 * Throws `decode` (what is wrong and what the file holds), `limit` (more pixels than browsers decode) or `fetch` (file gone).
 * Files that end early are refused though some browsers would show a part of them; only a GIF may lack its last byte.
 */
export const decodeImage = async (blob: Blob): Promise<ImageBitmap> => {
  const header = await inspectReadable(blob);
  if (header.truncated && header.content.format !== 'GIF') throw truncated(blob, header.content);
  try {
    return await createImageBitmap(blob, exactly);
  } catch (thrown) {
    if (header.truncated) throw truncated(blob, header.content);
    throw undecodable(blob, header.content, reasonFor(header.content), thrown);
  }
};

/** Smaller images are decoded whole within a blink. */
const leastScaledPixels = 24_000_000;
/** A JPEG is decoded at an eighth of its size from the means of its blocks of 8 × 8 pixels alone. */
const scaledLevel = 3;

/** An image reduced over squares of `2^level` pixels, and its full size as displayed. */
export type ScaledImage = {
  readonly picture: FrameStack;
  readonly level: number;
  readonly width: number;
  readonly height: number;
};

/** Decoded side by side at most. */
const mostParts = 4;

const scaledLength = (length: number): number => Math.ceil(length / 2 ** scaledLevel);

/** The frame is the caller's to close. Rejects where it comes out as anything else than an eighth of this size. */
const decodePart = async ({ file, rows }: JpegPart, width: number): Promise<TurnedFrame> => {
  const [desiredWidth, desiredHeight] = [scaledLength(width), scaledLength(rows)];
  const decoder = new ImageDecoder({
    data: file.stream(),
    type: 'image/jpeg',
    colorSpaceConversion: 'none',
    desiredWidth,
    desiredHeight,
  });
  try {
    const { image } = await decoder.decode();
    if (image.codedWidth === desiredWidth && image.codedHeight === desiredHeight) return image as TurnedFrame;
    image.close();
    throw new Error(`no decoder for ${desiredWidth}×${desiredHeight} pixels`);
  } finally {
    decoder.close();
  }
};

const decodeParts = async (parts: readonly JpegPart[], width: number): Promise<FrameStack | null> => {
  const results = await Promise.allSettled(parts.map((part) => decodePart(part, width)));
  const frames = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const picture = frames.length === parts.length ? frameStack(frames) : null;
  if (!picture) for (const frame of frames) frame.close();
  return picture;
};

/**
 * Decodes a large sequential JPEG at an eighth of its size, which takes a small part of the time and the memory; by several threads
 * where it has restart markers. Null for all else, and where something is wrong with the file: `decodeImage` says what. The picture is
 * the caller's to close.
 */
export const decodeScaled = async (blob: Blob): Promise<ScaledImage | null> => {
  if (typeof ImageDecoder === 'undefined' || !framesAreUsable()) return null;
  const { size, truncated } = await inspectReadable(blob);
  if (!size?.isSequential || truncated || size.width * size.height < leastScaledPixels) return null;
  const threads = Math.min(mostParts, navigator.hardwareConcurrency);
  const picture = await decodeParts(await jpegParts(blob, size.height, threads), size.width);
  if (!picture) return null;
  const [width, height] = picture.isSideways ? [size.height, size.width] : [size.width, size.height];
  return { picture, level: scaledLevel, width, height };
};
