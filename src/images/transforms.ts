import { InnotaterError } from '../errors/index.js';
import { type ResizeFilter, resizeFilters } from '../kernels/index.js';
import type { ImageEntry } from './contract.js';

/** One number for all colour channels, or one a channel. A list as long as the colours leaves alpha as it is. */
export type PerChannel = number | readonly number[];

/**
 * A step on the values of pixels, `v` the value as it lies in the tensor (0…255 in an encoded image):
 *
 * - denormalize: `(v · std + mean) · scale`
 * - normalize: `(v − mean) / std`
 * - scale: `v · factor + offset`
 * - range: `(v − lo) / (hi − lo) · 255`
 * - channels: says which colours the channels are ('BGR', 'RGBA', …), or picks channels by number; the result is R, G, B(, A)
 *
 * Numbers a channel are in the order that the channels have at that step. What the last step yields is shown on the scale of
 * 0 to 255, rounded and clamped: with any step but `channels`, floats are no longer multiplied by 255.
 */
export type PixelTransform =
  | {
      readonly kind: 'denormalize';
      readonly mean: PerChannel;
      readonly std: PerChannel;
      readonly scale: PerChannel;
    }
  | { readonly kind: 'normalize'; readonly mean: PerChannel; readonly std: PerChannel }
  | { readonly kind: 'scale'; readonly factor: PerChannel; readonly offset: PerChannel }
  | { readonly kind: 'range'; readonly lo: PerChannel; readonly hi: PerChannel }
  | { readonly kind: 'channels'; readonly order: string | readonly number[] };

/**
 * Shows the picture as it is after a resampling to this size in pixels, as a network that is fed with it sees it; with one side given
 * the other follows. It comes after all steps on values, wherever it stands, and once in a chain. Only what is shown is resampled:
 * coordinates (of boxes, of the pointer), pixel values and histograms stay those of the original image (I10), over whose frame the
 * picture lies, enlarged to crisp squares where it has fewer pixels.
 */
export type ResizeTransform = {
  readonly kind: 'resize';
  readonly width?: number;
  readonly height?: number;
  readonly filter: ResizeFilter;
};

/** Turns an entry into another before it is shown (I3). Called once for each time a sample is opened. */
export type EntryTransform = (entry: ImageEntry) => ImageEntry | Promise<ImageEntry>;
export type ImageTransform = EntryTransform | PixelTransform | ResizeTransform;

const bad = (message: string): InnotaterError => new InnotaterError('data', message);

const listOf = (value: PerChannel): readonly number[] => (typeof value === 'number' ? [value] : value);

const checked = (step: string, name: string, value: PerChannel, isRight = Number.isFinite): PerChannel => {
  const list = typeof value === 'number' || isList(value) ? listOf(value) : [];
  if (list.length < 1 || !list.every((n) => typeof n === 'number' && isRight(n))) {
    const wanted = isRight === Number.isFinite ? 'a finite number' : 'a finite number other than 0';
    throw bad(`Transforms.${step}: ${name} must be ${wanted}, or one for each channel, not ${String(value)}`);
  }
  return typeof value === 'number' ? value : [...list];
};

const isList = (value: unknown): value is ArrayLike<number> & Iterable<number> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
const isDivisor = (n: number): boolean => Number.isFinite(n) && n !== 0;

const checkedOrder = (order: string | readonly number[]): string | readonly number[] => {
  if (typeof order === 'string') {
    if (
      !/^(?!.*(.).*\1)[RGBA]{3,4}$/.test(order) ||
      !/R/.test(order) ||
      !/G/.test(order) ||
      !/B/.test(order)
    ) {
      throw bad(
        `Transforms.channels: '${order}' must name R, G and B once each, and perhaps A, as 'BGR' does`,
      );
    }
    return order;
  }
  const isRight = isList(order) && order.length >= 1 && order.length <= 4;
  if (!isRight || ![...order].every((n) => Number.isInteger(n) && n >= 0)) {
    throw bad(
      `Transforms.channels: ${String(order)} must be a name as 'BGR', or one to four channel numbers from 0`,
    );
  }
  return [...order];
};

/** Steps on pixel values that run in the workers and can be chained in an array; see `PixelTransform` for what each computes. */
export const Transforms = {
  /** Undoes `(v / scale − mean) / std`. Throws `InnotaterError` 'data' when something is not a number. */
  denormalize: ({
    mean,
    std,
    scale = 255,
  }: {
    readonly mean: PerChannel;
    readonly std: PerChannel;
    readonly scale?: PerChannel;
  }): PixelTransform => ({
    kind: 'denormalize',
    mean: checked('denormalize', 'mean', mean),
    std: checked('denormalize', 'std', std),
    scale: checked('denormalize', 'scale', scale),
  }),
  /** `(v − mean) / std`; std must not be 0. */
  normalize: ({ mean, std }: { readonly mean: PerChannel; readonly std: PerChannel }): PixelTransform => ({
    kind: 'normalize',
    mean: checked('normalize', 'mean', mean),
    std: checked('normalize', 'std', std, isDivisor),
  }),
  /** `v · factor + offset`. */
  scale: (factor: PerChannel, offset: PerChannel = 0): PixelTransform => ({
    kind: 'scale',
    factor: checked('scale', 'factor', factor),
    offset: checked('scale', 'offset', offset),
  }),
  /** Window and level: `lo` is shown black, `hi` white; `lo` above `hi` inverts. */
  range: (lo: PerChannel, hi: PerChannel): PixelTransform => {
    const low = listOf(checked('range', 'lo', lo));
    const high = listOf(checked('range', 'hi', hi));
    const at = (list: readonly number[], i: number) => list[list.length === 1 ? 0 : i];
    const count = Math.max(low.length, high.length);
    for (let i = 0; i < count; i++) {
      if (at(low, i) === at(high, i)) throw bad('Transforms.range: lo and hi must differ');
    }
    return { kind: 'range', lo: checked('range', 'lo', lo), hi: checked('range', 'hi', hi) };
  },
  /** 'BGR' says that the first channel is blue; [3, 1, 0] shows channels 3, 1 and 0 as red, green and blue. Wins over `colorspace`. */
  channels: (order: string | readonly number[]): PixelTransform => ({
    kind: 'channels',
    order: checkedOrder(order),
  }),
  /**
   * Resamples what is shown (see `ResizeTransform`): 'box', 'bilinear' or 'lanczos3' (the default), with half-pixel centres, widened
   * where it makes smaller. Images of more than 2^24 pixels are first reduced by areas to no more. Throws `InnotaterError` 'data'
   * when neither side is given, for sides that are not whole numbers from 1 to 8192, and for other filters.
   */
  resize: ({
    width,
    height,
    filter = 'lanczos3',
  }: {
    readonly width?: number;
    readonly height?: number;
    readonly filter?: ResizeFilter;
  }): ResizeTransform => {
    const isSide = (side: number | undefined) =>
      side === undefined || (Number.isInteger(side) && side >= 1 && side <= mostSide);
    if ((width === undefined && height === undefined) || !isSide(width) || !isSide(height)) {
      throw bad(
        `Transforms.resize: width or height must be given, whole numbers from 1 to ${mostSide}, not ${width} and ${height}`,
      );
    }
    if (!resizeFilters.includes(filter)) {
      throw bad(
        `Transforms.resize: filter must be one of ${resizeFilters.join(', ')}, not ${String(filter)}`,
      );
    }
    return {
      kind: 'resize',
      filter,
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
    };
  },
} as const;

/** The longest side of a picture that `Transforms.resize` makes. */
export const mostSide = 8192;

const kinds: readonly string[] = ['denormalize', 'normalize', 'scale', 'range', 'channels'];

const isPixelTransform = (value: unknown): value is PixelTransform =>
  typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(String(value.kind));

const isResize = (value: unknown): value is ResizeTransform =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'resize';

/** The option `transform` taken apart: functions on the entry first, then steps on its pixels, then what is shown of them. */
export type TransformChain = {
  readonly entry: readonly EntryTransform[];
  readonly pixels: readonly PixelTransform[];
  readonly resize: ResizeTransform | null;
};

/** Throws `InnotaterError` 'data' for anything that is none, for a function behind a step on pixels, and for a second size. */
export const transformChain = (
  transform: ImageTransform | readonly ImageTransform[] | undefined,
): TransformChain => {
  const list: readonly unknown[] =
    transform === undefined ? [] : Array.isArray(transform) ? transform : [transform];
  const entry: EntryTransform[] = [];
  const pixels: PixelTransform[] = [];
  let resize: ResizeTransform | null = null;
  for (const step of list) {
    if (isPixelTransform(step)) pixels.push(step);
    else if (isResize(step)) {
      if (resize) throw bad('transform: Transforms.resize stands twice; once says the size');
      resize = step;
    } else if (typeof step !== 'function') {
      throw bad(
        `transform must be a function, a value of Transforms, or an array of these, not ${String(step)}`,
      );
    } else if (pixels.length > 0 || resize) {
      throw bad('transform: functions get the entry itself, so they come before the values of Transforms');
    } else entry.push(step as EntryTransform);
  }
  return { entry, pixels, resize };
};
