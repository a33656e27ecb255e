import type { Rect, Size } from '../geometry/index.js';
import type { ImageDetail, ImageSource, TileAddress } from './contract.js';
import { coarseTile, levelForScale, tilesIn, topLevel, viewedPart } from './tile-grid.js';

/** Views of more tiles than this get a few coarse ones first. */
const fewTiles = 12;
const coarseTiles = 4;

/** Tiles that a second view needs. */
export const detailTiles = (image: Size, { screenFromImage, frame }: ImageDetail, devicePixelRatio: number) =>
  tilesIn(
    image,
    viewedPart(screenFromImage, frame),
    levelForScale(screenFromImage.scale * devicePixelRatio, image),
  );

/**
 * What is drawn under the tiles that are needed until they are there: the coarse whole where the source makes one; else, where many
 * are needed or these take long, the finest level at which few cover the view, and that is there at once.
 */
export const coarseCover = (
  image: ImageSource,
  part: Rect,
  needed: readonly TileAddress[],
): readonly TileAddress[] => {
  if (image.readCoarse) return [coarseTile(image)];
  const { level: finest } = needed[0]!;
  const quick = image.quickLevel ?? finest;
  if (needed.length <= fewTiles && quick <= finest) return [];
  for (let level = Math.max(quick, finest + 1); level <= topLevel(image); level++) {
    const tiles = tilesIn(image, part, level);
    if (tiles.length <= coarseTiles) return tiles;
  }
  return [];
};
