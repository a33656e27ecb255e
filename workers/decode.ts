import { InnotaterError } from '../src/errors/index.js';
import { bytesAt } from './blob-bytes.js';
import { type FrameStack, frameStack, framesAreUsable, type TurnedFrame } from './frame-stack.js';
import { isTruncated } from './image-end.js';
import { formatOf, type ImageFormat } from './image-format.js';
import { type HeaderSize, headerSize } from './image-size.js';
import { type JpegPart, jpegParts } from './jpeg-parts.js';

/** Browsers decode no more pixels than this into one image. */
export const MOST_PIXELS = 2 ** 29;

/** Keeps the samples as the file has them. */
export const exactly: ImageBitmapOptions = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' };

type Header = {
  readonly format: ImageFormat | null;
  readonly size: HeaderSize | null;
  /** `large`: more pixels than any browser decodes; whether it ends early is not looked at then. */
  readonly state: 'large' | 'truncated' | 'whole';
};

/** Looks at the header and the end of the file. Rejects where it cannot be read. */
export const inspect = async (blob: Blob): Promise<Header> => {
  const format = formatOf(await bytesAt(blob, 0, 512));
  if (!format) return { format, size: null, state: 'whole' };
  const size = await headerSize(blob, format);
  if (size && size.width * size.height > MOST_PIXELS) return { format, size, state: 'large' };
  const truncated = await isTruncated(blob, format, size?.dataOffset ?? null);
  return { format, size, state: truncated ? 'truncated' : 'whole' };
};

/** The error for a file that is not decoded; `cause`: what was thrown over it. */
export type Diagnose = (blob: Blob, cause: unknown) => Promise<InnotaterError>;

/** Where it says no more, another is asked who does (`src/compute/two-workers.ts`). */
export const noDiagnosis: Diagnose = async (_, cause) =>
  new InnotaterError('decode', 'The image is damaged, or none that this browser can decode.', {}, { cause });

/**
 * Decodes an encoded image as its samples are: straight alpha, no colour conversion, EXIF orientation applied; of an animation the
 * first frame. The bitmap is the caller's to close. Throws what `diagnose` says.
 * Files that end early are refused though some browsers would show a part of them; only a GIF may lack its last byte.
 */
export const decodeImage = async (blob: Blob, diagnose: Diagnose): Promise<ImageBitmap> => {
  try {
    const { format, state } = await inspect(blob);
    if (state === 'whole' || (state === 'truncated' && format === 'GIF'))
      return await createImageBitmap(blob, exactly);
  } catch (thrown) {
    throw await diagnose(blob, thrown);
  }
  throw await diagnose(blob, undefined);
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

/** Takes the part's memory. The frame is the caller's to close. Rejects where it comes out as anything else than an eighth of this size. */
const decodePart = async ({ bytes, rows }: JpegPart, width: number): Promise<TurnedFrame> => {
  const [desiredWidth, desiredHeight] = [scaledLength(width), scaledLength(rows)];
  const decoder = new ImageDecoder({
    data: bytes,
    transfer: [bytes.buffer],
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

/** Null where one of them cannot be decoded, or the file no longer be read. */
const decodeParts = async (parts: AsyncIterable<JpegPart>, width: number): Promise<FrameStack | null> => {
  const decodes: Promise<TurnedFrame | null>[] = [];
  try {
    for await (const part of parts) decodes.push(decodePart(part, width).catch(() => null));
  } catch {
    decodes.push(Promise.resolve(null));
  }
  const frames = (await Promise.all(decodes)).filter((frame) => frame !== null);
  const picture = frames.length === decodes.length ? frameStack(frames) : null;
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
  const { size, state } = await inspect(blob);
  if (!size?.isSequential || state !== 'whole' || size.width * size.height < leastScaledPixels) return null;
  // To look for cuts in so many bytes takes longer than the page's own thread may.
  const threads =
    typeof FileReaderSync === 'undefined' ? 1 : Math.min(mostParts, navigator.hardwareConcurrency);
  const picture = await decodeParts(jpegParts(blob, size.height, threads), size.width);
  if (!picture) return null;
  const [width, height] = picture.isSideways ? [size.height, size.width] : [size.width, size.height];
  return { picture, level: scaledLevel, width, height };
};
