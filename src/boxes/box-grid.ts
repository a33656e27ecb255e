import { type Rect, rect, type ScreenFromImage, type Size } from '../geometry/index.js';
import { mostTileSide } from '../kernels/index.js';

/** Device px a side of a box tile, less where the image ends. */
export const BOX_TILE = mostTileSide;

/** Column and row of a tile in the grid of one scale, counted from the image's corner. */
export type BoxTileAddress = { readonly x: number; readonly y: number };

/** Where a grid of device px lies: px per image px, and the device px at which the image's corner is drawn, whole. */
export type BoxGrid = { readonly scale: number; readonly left: number; readonly top: number };

/** The grid of a view, moved by less than a device px so that tiles lie on whole ones. */
export const gridOf = ({ scale, x, y }: ScreenFromImage, devicePixelRatio: number): BoxGrid => ({
  scale: scale * devicePixelRatio,
  left: Math.round(x * devicePixelRatio),
  top: Math.round(y * devicePixelRatio),
});

export const boxTileName = ({ x, y }: BoxTileAddress): string => `${x}/${y}`;

const span = (from: number, to: number): number[] =>
  Array.from(
    { length: Math.max(0, Math.ceil(to / BOX_TILE) - Math.floor(from / BOX_TILE)) },
    (_, i) => Math.floor(from / BOX_TILE) + i,
  );

const tilesOfPx = (left: number, top: number, right: number, bottom: number): BoxTileAddress[] => {
  const columns = span(left, right);
  return span(top, bottom).flatMap((y) => columns.map((x) => ({ x, y })));
};

/** Tiles that show a part of the frame (CSS px), those nearest its middle first; none beyond the image and its strokes. */
export const boxTilesIn = (
  grid: BoxGrid,
  frame: Rect,
  devicePixelRatio: number,
  image: Size,
  thick: number,
): BoxTileAddress[] => {
  const left = frame.x * devicePixelRatio - grid.left;
  const top = frame.y * devicePixelRatio - grid.top;
  const [width, height] = [frame.width * devicePixelRatio, frame.height * devicePixelRatio];
  const middle = { x: (left + width / 2) / BOX_TILE - 0.5, y: (top + height / 2) / BOX_TILE - 0.5 };
  const away = ({ x, y }: BoxTileAddress) => Math.hypot(x - middle.x, y - middle.y);
  return tilesOfPx(
    Math.max(0, left),
    Math.max(0, top),
    Math.min(image.width * grid.scale + thick, left + width),
    Math.min(image.height * grid.scale + thick, top + height),
  ).sort((a, b) => away(a) - away(b));
};

/** Tiles of a scale into which a stroke around a part of the image reaches. */
export const boxTilesTouching = (part: Rect, scale: number, thick: number): BoxTileAddress[] =>
  tilesOfPx(
    part.x * scale - thick - 1,
    part.y * scale - thick - 1,
    (part.x + part.width) * scale + thick + 1,
    (part.y + part.height) * scale + thick + 1,
  );

/** Size of a tile in device px: whole, but where the image and its strokes end. */
export const boxTileSize = ({ x, y }: BoxTileAddress, image: Size, scale: number, thick: number): Size => ({
  width: Math.min(BOX_TILE, Math.ceil(image.width * scale) + thick - x * BOX_TILE),
  height: Math.min(BOX_TILE, Math.ceil(image.height * scale) + thick - y * BOX_TILE),
});

/** The part of the image, in image px, that a tile of this scale and size shows. */
export const boxTileArea = ({ x, y }: BoxTileAddress, { width, height }: Size, scale: number): Rect =>
  rect((x * BOX_TILE) / scale, (y * BOX_TILE) / scale, width / scale, height / scale);

/** Tiles of another scale that cover a part of the image. */
export const boxTilesCovering = (part: Rect, scale: number): BoxTileAddress[] =>
  tilesOfPx(
    part.x * scale + 1e-6,
    part.y * scale + 1e-6,
    (part.x + part.width) * scale - 1e-6,
    (part.y + part.height) * scale - 1e-6,
  );
