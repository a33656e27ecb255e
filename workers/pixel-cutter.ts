import type { ChannelOrder, PixelRect } from '../src/kernels/index.js';
import { exactly } from './decode.js';
import { isUpright, type Orientation, storedRect, turnPixels } from './orientation.js';

/** Four bytes a pixel, rows without padding; `opaque`: the fourth byte says nothing and is 255. */
export type CutPixels = {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly order: ChannelOrder;
  readonly opaque: boolean;
};

/** Cuts rectangles out of one bitmap. `close` frees what the cutter made, not the bitmap. */
export type PixelCutter = {
  cut(rect: PixelRect): Promise<CutPixels>;
  close(): void;
};

const orders: Readonly<Record<string, ChannelOrder>> = { BGRA: 'BGR', BGRX: 'BGR', RGBA: 'RGB', RGBX: 'RGB' };

/**
 * A frame keeps the pixels of an EXIF-oriented bitmap as they are stored and says how they are to be turned. A browser whose frames
 * do not say it cannot be trusted with them.
 */
type TurnedFrame = VideoFrame & Orientation;
const framesAreUsable = () => typeof VideoFrame !== 'undefined' && 'rotation' in VideoFrame.prototype;

/** A frame over the bitmap's own pixels, without a copy; null where the bitmap is beyond its limits. */
const frameOf = (bitmap: ImageBitmap): TurnedFrame | null => {
  if (!framesAreUsable()) return null;
  try {
    const frame = new VideoFrame(bitmap, { timestamp: 0 }) as TurnedFrame;
    if (frame.format && frame.format in orders) return frame;
    frame.close();
  } catch {
    return null;
  }
  return null;
};

/** Padding bytes of an X format are 255 in Chromium; where the first is not, all are set. */
const makeOpaque = (data: Uint8Array): void => {
  if (data[3] === 255) return;
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
};

const cutFrame = async (frame: TurnedFrame, bitmap: ImageBitmap, shown: PixelRect): Promise<CutPixels> => {
  const rect = storedRect(shown, bitmap, frame);
  const data = new Uint8Array(rect.width * rect.height * 4);
  await frame.copyTo(data, { rect, layout: [{ offset: 0, stride: rect.width * 4 }] });
  const opaque = frame.format!.endsWith('X');
  if (opaque) makeOpaque(data);
  return {
    data: isUpright(frame) ? data : turnPixels(data, shown, frame),
    order: orders[frame.format!]!,
    opaque,
  };
};

/** Exact for opaque pixels; colours under an alpha below 255 are rounded by the canvas's premultiplication. */
const cutByCanvas = (bitmap: ImageBitmap, { x, y, width, height }: PixelRect): CutPixels => {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, x, y, width, height, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { data: new Uint8Array(data.buffer), order: 'RGB', opaque: false };
};

/** For bitmaps that are too large for one frame (2^28 pixels, or 32,767 on a side): the part is copied out first, also exactly. */
const cutByPart = async (bitmap: ImageBitmap, rect: PixelRect): Promise<CutPixels> => {
  const part = await createImageBitmap(bitmap, rect.x, rect.y, rect.width, rect.height, exactly);
  const frame = frameOf(part);
  try {
    const whole = { x: 0, y: 0, width: rect.width, height: rect.height };
    return frame ? await cutFrame(frame, part, whole) : cutByCanvas(part, whole);
  } finally {
    frame?.close();
    part.close();
  }
};

/** The exact way that this browser has: a VideoFrame's native samples, else canvas 2D (older browsers, and pages that
 * are not secure contexts). */
export const createPixelCutter = (bitmap: ImageBitmap): PixelCutter => {
  const frame = frameOf(bitmap);
  if (frame) return { cut: (rect) => cutFrame(frame, bitmap, rect), close: () => frame.close() };
  const cut = framesAreUsable()
    ? (rect: PixelRect) => cutByPart(bitmap, rect)
    : async (rect: PixelRect) => cutByCanvas(bitmap, rect);
  return { cut, close: () => {} };
};
