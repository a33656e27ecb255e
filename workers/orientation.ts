import type { PixelRect } from '../src/kernels/index.js';

/** How stored pixels are turned to be displayed: clockwise by degrees, then mirrored left to right. */
export type Orientation = { readonly rotation: number; readonly flip: boolean };

type Size = { readonly width: number; readonly height: number };

export const isUpright = ({ rotation, flip }: Orientation): boolean => rotation === 0 && !flip;

/** Whether stored rows are displayed as columns. */
export const isSideways = ({ rotation }: Orientation): boolean => rotation % 180 !== 0;

/** The stored place of the displayed pixel (x, y); `shown` is the displayed size. */
const storedPlace = (
  x: number,
  y: number,
  shown: Size,
  { rotation, flip }: Orientation,
): [number, number] => {
  const unflipped = flip ? shown.width - 1 - x : x;
  switch (rotation) {
    case 90:
      return [y, shown.width - 1 - unflipped];
    case 180:
      return [shown.width - 1 - unflipped, shown.height - 1 - y];
    case 270:
      return [shown.height - 1 - y, unflipped];
    default:
      return [unflipped, y];
  }
};

/** The stored rectangle that is displayed as `rect` of an image whose displayed size is `shown`. */
export const storedRect = (rect: PixelRect, shown: Size, orientation: Orientation): PixelRect => {
  const [x0, y0] = storedPlace(rect.x, rect.y, shown, orientation);
  const [x1, y1] = storedPlace(rect.x + rect.width - 1, rect.y + rect.height - 1, shown, orientation);
  return {
    x: Math.min(x0, x1),
    y: Math.min(y0, y1),
    width: Math.abs(x1 - x0) + 1,
    height: Math.abs(y1 - y0) + 1,
  };
};

/** Turns stored pixels of 4 bytes so that they are as displayed, in new memory; `shown` is their size afterwards. */
export const turnPixels = (
  stored: Uint8Array<ArrayBuffer>,
  shown: Size,
  orientation: Orientation,
): Uint8Array<ArrayBuffer> => {
  const source = new Uint32Array(stored.buffer, stored.byteOffset, shown.width * shown.height);
  const turned = new Uint32Array(source.length);
  const stride = isSideways(orientation) ? shown.height : shown.width;
  const indexAt = (x: number, y: number) => {
    const [left, top] = storedPlace(x, y, shown, orientation);
    return top * stride + left;
  };
  const step = indexAt(1, 0) - indexAt(0, 0);
  for (let y = 0, to = 0; y < shown.height; y++) {
    let from = indexAt(0, y);
    for (let x = 0; x < shown.width; x++, from += step) turned[to++] = source[from]!;
  }
  return new Uint8Array(turned.buffer);
};
