import { InnotaterError } from '../errors/index.js';
import type { Pyramid } from '../pyramids/index.js';
import type { PixelsLike, TensorLike } from './contract.js';

/**
 * A tile as a source may give it: a bitmap (it is closed here), an encoded image (decoded in a worker), pixels in the order R, G, B, A,
 * or a tensor (H,W), (H,W,C) or (C,H,W) whose colours are R, G, B; `null` where there is nothing. The memory of tensors is kept for a
 * while and must not be changed.
 */
export type SourceTile = ImageBitmap | Blob | PixelsLike | TensorLike | null;

/**
 * An image of any size that is there in tiles of several sizes: whatever gives these few things can be an entry of an image column.
 * Tiles may have any size and overlap, levels any scale; only what a view needs is asked for, each tile once while it is kept.
 */
export interface TileSource extends Pyramid<SourceTile> {}

const isCount = (n: unknown): boolean => Number.isSafeInteger(n) && (n as number) > 0;

const fault = ({ width, height, levels }: TileSource): string | null => {
  if (!isCount(width) || !isCount(height))
    return `width and height must be whole numbers above 0, not ${width} and ${height}`;
  if (!Array.isArray(levels) || levels.length === 0) return 'levels must be a list of at least one level';
  for (const [i, level] of levels.entries()) {
    const sizes = [level.width, level.height, level.tileWidth, level.tileHeight];
    if (!sizes.every(isCount))
      return `the sizes of level ${i} must be whole numbers above 0, not ${sizes.join(', ')}`;
    if (i > 0 && level.width >= levels[i - 1]!.width && level.height >= levels[i - 1]!.height) {
      return `levels go from the finest to the coarsest, and level ${i} is not smaller than level ${i - 1}`;
    }
  }
  const [first] = levels;
  if (first!.width === width && first!.height === height) return null;
  return `level 0 is ${first!.width} × ${first!.height} and the image ${width} × ${height}; the first level must be of full size`;
};

/** Throws `InnotaterError` 'data' that says what of a source does not fit. */
export const checkTileSource = (source: TileSource): void => {
  const wrong = fault(source);
  if (wrong) throw new InnotaterError('data', `A tile source does not fit: ${wrong}`);
};
