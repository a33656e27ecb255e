import type { Size } from '../geometry/index.js';
import type { PixelRect } from '../kernels/index.js';
import type { PyramidLevel } from '../pyramids/index.js';
import { TILE_SIZE, type TileAddress } from './contract.js';
import { tileTexels } from './tile-grid.js';

/** How one of our tiles comes out of a level of a pyramid. */
export type LevelPlan = {
  readonly level: number;
  /** What is read of the level, in its texels; from a multiple of `2^reduction` on. */
  readonly region: PixelRect;
  /** Power of two by which it is averaged. */
  readonly reduction: number;
  /** What of the averaged region becomes which texels of the tile, where a factor that is no power of two is left; else null. */
  readonly resample: { readonly x: Span; readonly y: Span } | null;
  readonly tile: Size;
};

/** Texel i of the result is the mean of the source from `from + i · step` to `from + (i + 1) · step`. */
export type Span = { readonly from: number; readonly step: number };

/**
 * Pixels of the image a texel of a level, along one side. Levels are rounded up, down or to the nearest; so a whole number that
 * explains the size within a texel is taken for the scale.
 */
export const scaleOf = (full: number, size: number): number => {
  const ratio = full / size;
  const candidates = [2 ** Math.round(Math.log2(ratio)), Math.round(ratio)];
  return candidates.find((scale) => Math.abs(full / scale - size) < 1) ?? ratio;
};

/** A texel may stand for slightly more than ours does. */
const slack = 1 + 1e-3;

/** Uses the coarsest level that is at least as dense as the tile. */
export const levelPlan = (image: Size, levels: readonly PyramidLevel[], address: TileAddress): LevelPlan => {
  const ours = 2 ** address.level;
  const scales = levels.map(({ width, height }) => ({
    x: scaleOf(image.width, width),
    y: scaleOf(image.height, height),
  }));
  const level = Math.max(
    0,
    scales.findLastIndex(({ x, y }) => Math.max(x, y) <= ours * slack),
  );
  const { width, height } = levels[level]!;
  const factor = { x: ours / scales[level]!.x, y: ours / scales[level]!.y };
  const reduction = Math.max(0, Math.floor(Math.log2(Math.min(factor.x, factor.y)) + 1e-3));
  const unit = 2 ** reduction;
  const tile = tileTexels(image, address);
  const isExact = factor.x === unit && factor.y === unit;
  const x = span(address.x * TILE_SIZE, tile.width, factor.x / unit, Math.ceil(width / unit));
  const y = span(address.y * TILE_SIZE, tile.height, factor.y / unit, Math.ceil(height / unit));
  const region = {
    x: x.first * unit,
    y: y.first * unit,
    width: Math.min(x.count * unit, width - x.first * unit),
    height: Math.min(y.count * unit, height - y.first * unit),
  };
  const resample = isExact ? null : { x: { from: x.from, step: x.step }, y: { from: y.from, step: y.step } };
  return { level, region, reduction, resample, tile };
};

/** The whole texels, of `length` there are, that hold so many results of so many texels each. */
const span = (start: number, count: number, step: number, length: number) => {
  const first = Math.min(length - 1, Math.floor(start * step));
  const end = Math.min(length, Math.ceil((start + count) * step - 1e-6));
  return { first, count: Math.max(1, end - first), from: start * step - first, step };
};

/** Most bytes that a block is copied in. */
const blockBytes = 4 << 20;

/**
 * Cuts a region into blocks that are copied and averaged one at a time: edges at multiples of `unit` from the region's corner, as high
 * as the level's tiles where that is possible, so that a row of blocks needs about a row of tiles.
 */
export const regionBlocks = (
  region: PixelRect,
  unit: number,
  { tileHeight }: PyramidLevel,
  bytesPerPixel: number,
): PixelRect[] => {
  const pixels = blockBytes / bytesPerPixel;
  const whole = (n: number) => Math.max(unit, Math.floor(n / unit) * unit);
  const high = whole(
    Math.min(region.height + unit - 1, Math.max(tileHeight + unit - 1, pixels / region.width)),
  );
  const height = high * unit > pixels ? unit : high;
  const width = whole(Math.min(region.width + unit - 1, pixels / height));
  const blocks: PixelRect[] = [];
  for (let y = 0; y < region.height; y += height) {
    for (let x = 0; x < region.width; x += width) {
      const size = { width: Math.min(width, region.width - x), height: Math.min(height, region.height - y) };
      blocks.push({ x: region.x + x, y: region.y + y, ...size });
    }
  }
  return blocks;
};

/** Columns and rows of a level's tiles that hold some of a region. */
export const tilesOfRegion = (
  { x, y, width, height }: PixelRect,
  { tileWidth, tileHeight }: PyramidLevel,
): readonly (readonly [x: number, y: number])[] => {
  const columns = range(Math.floor(x / tileWidth), Math.floor((x + width - 1) / tileWidth));
  const rows = range(Math.floor(y / tileHeight), Math.floor((y + height - 1) / tileHeight));
  return rows.flatMap((row) => columns.map((column) => [column, row] as const));
};
const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** The part of a level that is a tile's own, and the texels of its picture that come before that part. */
export const tileCore = (level: PyramidLevel, x: number, y: number) => {
  const { tileWidth, tileHeight, overlap = 0 } = level;
  const core = {
    x: x * tileWidth,
    y: y * tileHeight,
    width: Math.min(tileWidth, level.width - x * tileWidth),
    height: Math.min(tileHeight, level.height - y * tileHeight),
  };
  return { core, left: x > 0 ? overlap : 0, top: y > 0 ? overlap : 0 };
};

export const overlapOf = (a: PixelRect, b: PixelRect): PixelRect => {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return {
    x,
    y,
    width: Math.min(a.x + a.width, b.x + b.width) - x,
    height: Math.min(a.y + a.height, b.y + b.height) - y,
  };
};
