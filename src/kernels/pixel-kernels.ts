import { InnotaterError } from '../errors/index.js';
import type { Band, RgbaPixels } from './contract.js';
import { type ResizeFilter, resizeFilters } from './filter-names.js';
import { type ResizeAxis, rowsNeeded, wholeAxis } from './filters.js';

/** What a resampling makes: the size in pixels, and how (see `ResizeFilter`). */
export type ResizeTo = {
  readonly width: number;
  readonly height: number;
  readonly filter: ResizeFilter;
  /** The part of the source that is taken, in its pixels, broken ones allowed; default: all. Beyond an edge is the pixel at the edge. */
  readonly area?: ResizeArea;
};

export type ResizeArea = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The two axes of a resampling of a source of this size. */
export const resizeAxes = (
  sourceWidth: number,
  sourceRows: number,
  { width, height, area }: ResizeTo,
): { readonly across: ResizeAxis; readonly down: ResizeAxis } => {
  if (!area) return { across: wholeAxis(sourceWidth, width), down: wholeAxis(sourceRows, height) };
  return {
    across: { length: sourceWidth, target: width, start: area.x, span: area.width },
    down: { length: sourceRows, target: height, start: area.y, span: area.height },
  };
};

/** Rows of a source that some rows of a resampling are made of: from the first to behind the last. */
export const resizeRowsNeeded = (
  sourceRows: number,
  to: ResizeTo,
  top: number,
  rows: number,
): readonly [number, number] => rowsNeeded(to.filter, resizeAxes(1, sourceRows, to).down, top, top + rows);

/**
 * Some rows of a resampling, for who has only some of the source: a band's first row is row `sourceTop` of a source of `sourceRows`
 * rows; rows `top` to `top + rows` of the result are made. `resizeRowsNeeded` says which rows of the source these want.
 */
export type ResizePart = {
  readonly sourceTop: number;
  readonly sourceRows: number;
  readonly top: number;
  readonly rows: number;
};

/** What the kernels do, whoever computes it. Arguments are never changed; results are new and the caller's. */
export interface PixelKernels {
  /** Samples of a band as straight RGBA, by its recipe. */
  toRgba(band: Band): RgbaPixels;
  /**
   * Area average over squares of `2^level` pixels, 0 ≤ level ≤ `mostReduction`; squares at the right and bottom edge average what
   * they have. Throws `InnotaterError` 'range' for other levels.
   */
  reduce(pixels: RgbaPixels, level: number): RgbaPixels;
  /**
   * The band's RGBA resampled to any size, smaller or larger, with half-pixel centres: pixels beyond an edge are those at the edge,
   * colours count by their alpha. Computed in fixed point of 16 bits (within 1 of doubles, but for colours that are hardly
   * seen), 'box' by whole factors up to 4096 exactly as `reduce`. With `part` only some of its rows. Throws `InnotaterError`
   * 'range' for sizes that are not whole or not positive, for unknown filters, and for parts that do not fit.
   */
  resize(source: Band | RgbaPixels, to: ResizeTo, part?: ResizePart): RgbaPixels;
  /**
   * `resize` with 'box' to any size from 1 × 1 to that of the pixels; source pixels count by the part of them that is covered. Throws
   * `InnotaterError` 'range' for other sizes.
   */
  reduceTo(pixels: RgbaPixels, width: number, height: number): RgbaPixels;
  /** `reduce(toRgba(band), level)` without the step between. */
  convertReduced(band: Band, level: number): RgbaPixels;
}

/** The highest level of `reduce`: 2^12 pixels a side keep the sums of bytes within 32 bits. */
export const mostReduction = 12;

/** Throws `InnotaterError` 'range' when the level is not an integer from 0 to `mostReduction`. */
export const checkLevel = (level: number): void => {
  if (Number.isInteger(level) && level >= 0 && level <= mostReduction) return;
  throw new InnotaterError('range', `A level is an integer from 0 to ${mostReduction}, not ${level}`);
};

const isLength = (length: number): boolean => Number.isInteger(length) && length >= 1;

const isArea = ({ x, y, width, height }: ResizeArea): boolean =>
  [x, y, width, height].every(Number.isFinite) && width > 0 && height > 0;

/** The part that is a whole resampling. */
export const wholePart = (sourceRows: number, rows: number): ResizePart => ({
  sourceTop: 0,
  sourceRows,
  top: 0,
  rows,
});

/** Throws `InnotaterError` 'range' for what `PixelKernels.resize` refuses. */
export const checkResize = (band: Band, to: ResizeTo, part: ResizePart): void => {
  const { width, height, filter, area } = to;
  const refuse = (message: string): never => {
    throw new InnotaterError('range', message);
  };
  if (!isLength(width) || !isLength(height)) {
    refuse(`A size is at least 1×1 whole pixels, not ${width}×${height}`);
  }
  if (!resizeFilters.includes(filter)) {
    refuse(`A filter is one of ${resizeFilters.join(', ')}, not ${String(filter)}`);
  }
  if (area && !isArea(area)) refuse(`The part of the source is not one: ${JSON.stringify(area)}`);
  if (!isLength(band.width) || !isLength(band.rows)) refuse('An image without pixels cannot be resampled');
  const { sourceTop, sourceRows, top, rows } = part;
  const isInside = (from: number, length: number, whole: number) =>
    Number.isInteger(from) && from >= 0 && isLength(length) && from + length <= whole;
  if (!isInside(sourceTop, band.rows, sourceRows) || !isInside(top, rows, height)) {
    refuse(`Rows ${top} to ${top + rows} of ${height} cannot be made of these rows of the source`);
  }
  const [from, end] = resizeRowsNeeded(sourceRows, to, top, rows);
  if (sourceTop <= from && end <= sourceTop + band.rows) return;
  refuse(`Rows ${top} to ${top + rows} need rows ${from} to ${end} of the source`);
};

/**
 * Whole factors by which 'box' makes the size, where it is by exact averages of equal squares; else null. A property of the
 * whole, whatever part is made.
 */
export const wholeFactors = (
  sourceWidth: number,
  sourceRows: number,
  { width, height, filter, area }: ResizeTo,
): readonly [number, number] | null => {
  const [x, y] = [sourceWidth / width, sourceRows / height];
  const isFactor = (n: number) => Number.isInteger(n) && n <= 2 ** mostReduction;
  return filter === 'box' && !area && isFactor(x) && isFactor(y) ? [x, y] : null;
};

/** RGBA as a band, without a copy. Throws `InnotaterError` 'data' when there are too few bytes. */
export const asBand = (source: Band | RgbaPixels): Band => {
  if ('recipe' in source) return source;
  checkPixels(source);
  const { width, height, rgba } = source;
  const recipe = { layout: 'interleaved', channels: 4, order: 'RGB', affine: null } as const;
  return { data: rgba, dtype: 'u8', width, rows: height, recipe };
};

/** Throws `InnotaterError` 'data' when there are fewer bytes than width and height say. */
export const checkPixels = ({ width, height, rgba }: RgbaPixels): void => {
  const needed = width * height * 4;
  if (rgba.length >= needed) return;
  const message = `RGBA of ${width}×${height} pixels needs ${needed} bytes, not ${rgba.length}`;
  throw new InnotaterError('data', message);
};

/** Throws `InnotaterError` 'range' when the size is not whole, not positive, or larger than that of the pixels. */
export const checkSmaller = (pixels: RgbaPixels, width: number, height: number): void => {
  const fits = (length: number, most: number) => Number.isInteger(length) && length >= 1 && length <= most;
  if (fits(width, pixels.width) && fits(height, pixels.height)) return;
  const most = `${pixels.width}×${pixels.height}`;
  throw new InnotaterError('range', `A reduced size is from 1×1 to ${most} pixels, not ${width}×${height}`);
};
