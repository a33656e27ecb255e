import { type Rect, rect, type ScreenFromImage, type Size } from '../geometry/index.js';
import type { Shape } from '../paint/index.js';
import { TILE_SIZE, type TileAddress } from './contract.js';
import { ancestor, children, coarseTile, tileArea, topLevel } from './tile-grid.js';

/** A part of the image, in image px, and the tile it is drawn from. */
export type Piece = { readonly tile: TileAddress; readonly part: Rect };

/** How many levels below a missing tile finer ones are looked for. */
const depthBelow = 3;

/**
 * What can be drawn where a tile belongs: the tile itself; else the four finer ones where all are there; else its part of the
 * nearest coarser one, or of the coarse whole; else the finer ones that there are. Pieces never overlap, so that transparent images stay transparent.
 */
export const piecesOf = (
  image: Size,
  tile: TileAddress,
  isReady: (tile: TileAddress) => boolean,
): Piece[] => {
  const part = tileArea(image, tile);
  if (isReady(tile)) return [{ tile, part }];
  const finer = children(image, tile);
  if (finer.length > 0 && finer.every(isReady)) return finer.map((child) => wholeOf(image, child));
  for (let up = 1; tile.level + up <= topLevel(image); up++) {
    const coarser = ancestor(tile, up);
    if (isReady(coarser)) return [{ tile: coarser, part }];
  }
  const whole = coarseTile(image);
  return isReady(whole) ? [{ tile: whole, part }] : finerPieces(image, tile, isReady, depthBelow);
};

const wholeOf = (image: Size, tile: TileAddress): Piece => ({ tile, part: tileArea(image, tile) });

const finerPieces = (
  image: Size,
  tile: TileAddress,
  isReady: (tile: TileAddress) => boolean,
  depth: number,
): Piece[] => {
  if (depth === 0) return [];
  return children(image, tile).flatMap((child) =>
    isReady(child) ? [wholeOf(image, child)] : finerPieces(image, child, isReady, depth - 1),
  );
};

/**
 * The shape of a piece. Edges come from image coordinates alone, so neighbours share theirs exactly. Texels are shown as squares
 * where they are no smaller than a device pixel and the tile is as sharp as the view needs, else they are interpolated.
 */
export const pieceShape = (
  { tile, part }: Piece,
  key: string,
  view: ScreenFromImage,
  isSharp: boolean,
  devicePixelRatio: number,
): Shape => {
  const pixels = 2 ** tile.level;
  const x = part.x / pixels - tile.x * TILE_SIZE;
  const y = part.y / pixels - tile.y * TILE_SIZE;
  const isCoarserThanScreen = view.scale * devicePixelRatio * pixels >= 1 - 1e-9;
  return {
    tag: 'tile',
    key,
    source: rect(x, y, part.width / pixels, part.height / pixels),
    target: targetOf(part, view),
    filter: isSharp && isCoarserThanScreen ? 'nearest' : 'linear',
    opacity: 1,
  };
};

/** The right and bottom edges are the very numbers that the next piece has as its left and top ones. */
const targetOf = (part: Rect, { scale, x, y }: ScreenFromImage): Rect => {
  const left = part.x * scale + x;
  const top = part.y * scale + y;
  const right = (part.x + part.width) * scale + x;
  const bottom = (part.y + part.height) * scale + y;
  return rect(left, top, right - left, bottom - top);
};
