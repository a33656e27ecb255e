import {
  clamp,
  imageRect,
  intersection,
  isEmpty,
  type Rect,
  rect,
  type ScreenFromImage,
  type Size,
} from '../geometry/index.js';
import type { PixelRect } from '../kernels/index.js';
import { TILE_SIZE, type TileAddress } from './contract.js';

/** The coarsest level: the whole image is one tile there. */
export const topLevel = ({ width, height }: Size): number =>
  Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / TILE_SIZE)));

/** The coarsest level whose texels are at least as dense as device pixels, for a scale in device px per image px. */
export const levelForScale = (deviceScale: number, image: Size): number =>
  clamp(Math.floor(Math.log2(1 / deviceScale) + 1e-9), 0, topLevel(image));

/** The source pixels that a tile covers. */
export const tileArea = (image: Size, { level, x, y }: TileAddress): PixelRect => {
  const side = TILE_SIZE * 2 ** level;
  return {
    x: x * side,
    y: y * side,
    width: Math.min(side, image.width - x * side),
    height: Math.min(side, image.height - y * side),
  };
};

/** Texels of a tile; the last ones may stand for a part of a square of `2^level` pixels. */
export const tileTexels = (image: Size, tile: TileAddress): Size => {
  const { width, height } = tileArea(image, tile);
  return { width: Math.ceil(width / 2 ** tile.level), height: Math.ceil(height / 2 ** tile.level) };
};

export const tileName = ({ level, x, y, isCoarse }: TileAddress): string =>
  isCoarse ? 'coarse' : `${level}/${x}/${y}`;

/** The tile that shows the whole image coarsely. */
export const coarseTile = (image: Size): TileAddress => ({
  level: topLevel(image),
  x: 0,
  y: 0,
  isCoarse: true,
});

/** Tiles of a level that show some of this part of the image, those nearest its centre first. */
export const tilesIn = (image: Size, part: Rect, level: number): TileAddress[] => {
  const inside = intersection(part, rect(0, 0, image.width, image.height));
  if (isEmpty(inside)) return [];
  const side = TILE_SIZE * 2 ** level;
  const columns = span(inside.x, inside.x + inside.width, side);
  const rows = span(inside.y, inside.y + inside.height, side);
  const middle = { x: part.x + part.width / 2, y: part.y + part.height / 2 };
  const away = ({ x, y }: TileAddress) =>
    Math.hypot((x + 0.5) * side - middle.x, (y + 0.5) * side - middle.y);
  return rows
    .flatMap((y) => columns.map((x): TileAddress => ({ level, x, y })))
    .sort((a, b) => away(a) - away(b));
};

const span = (from: number, to: number, side: number): number[] => {
  const first = Math.floor(from / side);
  const count = Math.max(1, Math.ceil(to / side) - first);
  return Array.from({ length: count }, (_, i) => first + i);
};

/** The part of the image that a frame shows, in image px (it may reach beyond the image). */
export const viewedPart = (screenFromImage: ScreenFromImage, frame: Rect): Rect =>
  imageRect(screenFromImage, frame);

/** The tile `up` levels above that holds this one. */
export const ancestor = ({ level, x, y }: TileAddress, up: number): TileAddress => ({
  level: level + up,
  x: Math.floor(x / 2 ** up),
  y: Math.floor(y / 2 ** up),
});

/** The tiles one level below that make up this one; fewer at the image's edges, none at level 0. */
export const children = (image: Size, { level, x, y }: TileAddress): TileAddress[] => {
  if (level === 0) return [];
  const side = TILE_SIZE * 2 ** (level - 1);
  return [
    { level: level - 1, x: 2 * x, y: 2 * y },
    { level: level - 1, x: 2 * x + 1, y: 2 * y },
    { level: level - 1, x: 2 * x, y: 2 * y + 1 },
    { level: level - 1, x: 2 * x + 1, y: 2 * y + 1 },
  ].filter((child) => child.x * side < image.width && child.y * side < image.height);
};
