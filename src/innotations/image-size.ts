import { keepInFrame, type Rect, type ScreenFromImage, type Size } from '../geometry/index.js';

/** The greatest size the caller wants an image shown at, in CSS px; each may be absent. */
export type SizeLimit = { readonly width?: number | undefined; readonly height?: number | undefined };

/**
 * The frame an image of this size asks for (I9): width alone fixes the frame's width; height alone shrinks the width with it;
 * both fix the frame; neither gives the natural size. Images are never scaled up.
 */
export const frameSize = (image: Size, { width, height }: SizeLimit): Size => {
  if (width !== undefined && height !== undefined) return { width, height };
  if (width !== undefined) return { width, height: image.height * Math.min(1, width / image.width) };
  if (height !== undefined) {
    const scale = Math.min(1, height / image.height);
    return { width: image.width * scale, height: image.height * scale };
  }
  return image;
};

/** Shows the whole image, centred, scaled down where it must be and never up. */
export const restView = (image: Size, frame: Rect): ScreenFromImage => {
  const scale = Math.min(1, frame.width / image.width, frame.height / image.height);
  return keepInFrame({ scale, x: 0, y: 0 }, image, frame);
};
