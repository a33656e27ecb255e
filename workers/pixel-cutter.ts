import type { PixelRect } from '../src/kernels/index.js';
import { exactly } from './decode.js';
import { type CutPixels, FrameStack, frameStack, framesAreUsable, type TurnedFrame } from './frame-stack.js';
import type { HeldPicture } from './held-images.js';

/** Cuts rectangles out of one picture. `close` frees what the cutter made, not the picture. */
export type PixelCutter = {
  cut(rect: PixelRect): Promise<CutPixels>;
  close(): void;
};

/** A frame over the bitmap's own pixels, without a copy; null where the bitmap is beyond its limits. */
const framed = (bitmap: ImageBitmap): FrameStack | null => {
  if (!framesAreUsable()) return null;
  try {
    const frame = new VideoFrame(bitmap, { timestamp: 0 }) as TurnedFrame;
    const stack = frameStack([frame]);
    if (!stack) frame.close();
    return stack;
  } catch {
    return null;
  }
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
  const frames = framed(part);
  try {
    const whole = { x: 0, y: 0, width: rect.width, height: rect.height };
    return frames ? await frames.cut(whole) : cutByCanvas(part, whole);
  } finally {
    frames?.close();
    part.close();
  }
};

/** The exact way that this browser has: a VideoFrame's native samples, else canvas 2D (older browsers, and pages that
 * are not secure contexts). */
export const createPixelCutter = (picture: HeldPicture): PixelCutter => {
  if (picture instanceof FrameStack) return { cut: (rect) => picture.cut(rect), close: () => {} };
  const frames = framed(picture);
  if (frames) return frames;
  const cut = framesAreUsable()
    ? (rect: PixelRect) => cutByPart(picture, rect)
    : async (rect: PixelRect) => cutByCanvas(picture, rect);
  return { cut, close: () => {} };
};
