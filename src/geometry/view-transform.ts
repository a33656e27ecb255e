import { clamp, type Point, type Rect, rect, type Size } from './rect.js';

/** `pScreen = pImage · scale + offset`: uniform scale (screen px per image px) and a translation in screen px. */
export type ScreenFromImage = { readonly scale: number; readonly x: number; readonly y: number };

export const screenPoint = (t: ScreenFromImage, pImage: Point): Point => ({
  x: pImage.x * t.scale + t.x,
  y: pImage.y * t.scale + t.y,
});

export const imagePoint = (t: ScreenFromImage, pScreen: Point): Point => ({
  x: (pScreen.x - t.x) / t.scale,
  y: (pScreen.y - t.y) / t.scale,
});

export const screenRect = (t: ScreenFromImage, rImage: Rect): Rect =>
  rect(rImage.x * t.scale + t.x, rImage.y * t.scale + t.y, rImage.width * t.scale, rImage.height * t.scale);

export const imageRect = (t: ScreenFromImage, rScreen: Rect): Rect =>
  rect(
    (rScreen.x - t.x) / t.scale,
    (rScreen.y - t.y) / t.scale,
    rScreen.width / t.scale,
    rScreen.height / t.scale,
  );

/** The whole image, as large as the frame allows, centred. */
export const fitInFrame = (image: Size, frame: Rect): ScreenFromImage => {
  const scale = Math.min(frame.width / image.width, frame.height / image.height);
  return {
    scale,
    x: frame.x + (frame.width - image.width * scale) / 2,
    y: frame.y + (frame.height - image.height * scale) / 2,
  };
};

/** Scaled by `factor` about a fixed screen point, the scale kept within `[least, most]`. */
export const zoomAt = (
  t: ScreenFromImage,
  pScreen: Point,
  factor: number,
  least: number,
  most: number,
): ScreenFromImage => {
  const scale = clamp(t.scale * factor, least, most);
  const k = scale / t.scale;
  return { scale, x: pScreen.x + (t.x - pScreen.x) * k, y: pScreen.y + (t.y - pScreen.y) * k };
};

/** Moved so that the image covers the frame where it is larger, and is centred where it is smaller. */
export const keepInFrame = (t: ScreenFromImage, image: Size, frame: Rect): ScreenFromImage => {
  const axis = (offset: number, extent: number, low: number, size: number) =>
    extent <= size ? low + (size - extent) / 2 : clamp(offset, low + size - extent, low);
  return {
    scale: t.scale,
    x: axis(t.x, image.width * t.scale, frame.x, frame.width),
    y: axis(t.y, image.height * t.scale, frame.y, frame.height),
  };
};
