import { imagePoint, type Point, type Rect, rect, type ScreenFromImage } from '../geometry/index.js';
import type { ImageDetail } from '../images/index.js';
import type { Shape } from '../paint/index.js';
import type { Theme } from '../ui/index.js';

const sizePx = 140;
const marginPx = 10;
/** Screen px per image px in the loupe. */
const loupeScale = 2;

/**
 * While drawing on an image that is shown smaller than 1:1: what is under the pointer, enlarged, in the upper corner of the frame
 * that is farther from it. Null where the image is shown large enough, or the frame is too small for a loupe.
 */
export const loupeAt = (pScreen: Point, view: ScreenFromImage, frame: Rect): ImageDetail | null => {
  if (view.scale >= 1 || frame.width < 2.5 * sizePx || frame.height < 1.5 * sizePx) return null;
  const isLeft = pScreen.x < frame.x + frame.width / 2;
  const x = isLeft ? frame.x + frame.width - sizePx - marginPx : frame.x + marginPx;
  const place = rect(x, frame.y + marginPx, sizePx, sizePx);
  const under = imagePoint(view, pScreen);
  return {
    frame: place,
    screenFromImage: {
      scale: loupeScale,
      x: place.x + sizePx / 2 - under.x * loupeScale,
      y: place.y + sizePx / 2 - under.y * loupeScale,
    },
  };
};

/** The loupe with its content, a cross at the pointer's place and a border. */
export const loupeShapes = (
  { frame }: ImageDetail,
  content: readonly Shape[],
  theme: Theme,
): readonly Shape[] => {
  const { x, y, width, height } = frame;
  const cross = theme.accent;
  return [
    { tag: 'quad', rect: frame, color: theme.imageBackdrop },
    { tag: 'clip', rect: frame, shapes: content },
    { tag: 'quad', rect: rect(x + width / 2 - 8, y + height / 2, 16, 1), color: cross },
    { tag: 'quad', rect: rect(x + width / 2, y + height / 2 - 8, 1, 16), color: cross },
    { tag: 'rounded', rect: frame, radius: 0, fill: [0, 0, 0, 0], border: { width: 2, color: theme.accent } },
  ];
};
