import type { Rect, Size } from '../geometry/index.js';
import type { ImageDetail, TileAddress } from './contract.js';
import { levelForScale, tilesIn, topLevel, viewedPart } from './tile-grid.js';

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

/** A few tiles under those that are needed, where these are many: the finest level at which few cover the view. */
export const coarseCover = (
  image: Size,
  part: Rect,
  needed: readonly TileAddress[],
): readonly TileAddress[] => {
  if (needed.length <= fewTiles) return [];
  for (let level = needed[0]!.level + 1; level <= topLevel(image); level++) {
    const tiles = tilesIn(image, part, level);
    if (tiles.length <= coarseTiles) return tiles;
  }
  return [];
};
