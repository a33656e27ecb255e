import { InnotaterError } from '../errors/index.js';
import type { Size } from '../geometry/index.js';

/** The whole pixel that holds a point. Throws `InnotaterError` 'range' outside the image. */
export const pixelAt = ({ width, height }: Size, x: number, y: number): readonly [number, number] => {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (column >= 0 && row >= 0 && column < width && row < height) return [column, row];
  throw new InnotaterError('range', `There is no pixel at ${x}, ${y} in an image of ${width}×${height}`);
};
