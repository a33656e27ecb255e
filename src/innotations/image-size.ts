import { InnotaterError } from '../errors/index.js';
import { keepInFrame, type Rect, type ScreenFromImage, type Size } from '../geometry/index.js';

/** The greatest size the caller wants an image shown at, in CSS px; each may be absent. */
export type SizeLimit = { readonly width?: number | undefined; readonly height?: number | undefined };

/** The caller's limit; null counts as absent. Throws `InnotaterError` 'data' for what is no number of CSS px above 0. */
export const sizeLimit = (
  given: { readonly width?: unknown; readonly height?: unknown },
  who: string,
): SizeLimit => ({
  width: extentOf(given.width, 'width', who),
  height: extentOf(given.height, 'height', who),
});

const extentOf = (value: unknown, name: string, who: string): number | undefined => {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && value > 0 && Number.isFinite(value)) return value;
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  const px = Number.parseFloat(String(value));
  const right = px > 0 && Number.isFinite(px) ? `; write ${name}: ${px}` : '';
  throw new InnotaterError(
    'data',
    `${who}: ${name} must be a number of CSS px above 0, not ${shown}${right}`,
  );
};

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
