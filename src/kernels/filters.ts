import type { ResizeFilter } from './filter-names.js';

/**
 * The weights of one axis in 16-bit fixed point. Target pixel i is the sum over k < `count` of `weights[i · count + k]` times the source
 * pixel `starts[i] + k`, divided by `2^shift`; each pixel's weights add up to `2^shift`. `count` is even; weights of taps beyond the
 * source are 0.
 */
export type Taps = {
  readonly count: number;
  readonly starts: Int32Array<ArrayBuffer>;
  readonly weights: Int16Array<ArrayBuffer>;
  readonly shift: number;
};

/** So that sums of 14-bit numbers and these weights stay within 31 bits. */
const mostShift = 16;
const mostWeight = 32_767;

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const kernels = {
  bilinear: { support: 1, at: (x: number) => Math.max(0, 1 - Math.abs(x)) },
  lanczos3: { support: 3, at: (x: number) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
} as const;

/** The source pixels from `first` that one target pixel is made of; may reach beyond the source. */
type Window = { readonly first: number; readonly weights: readonly number[] };

const boxWindow = (i: number, scale: number): Window => {
  const [from, to] = [i * scale, (i + 1) * scale];
  const first = Math.floor(from);
  const weights = Array.from(
    { length: Math.max(1, Math.ceil(to) - first) },
    (_, k) => Math.min(to, first + k + 1) - Math.max(from, first + k),
  );
  return { first, weights };
};

const kernelWindow = (filter: 'bilinear' | 'lanczos3', i: number, scale: number): Window => {
  const { support, at } = kernels[filter];
  const width = Math.max(scale, 1);
  const centre = (i + 0.5) * scale - 0.5;
  const first = Math.ceil(centre - support * width);
  const last = Math.floor(centre + support * width);
  const weights = Array.from({ length: last - first + 1 }, (_, k) => at((first + k - centre) / width));
  return { first, weights };
};

/** What lies beyond an edge is the pixel at the edge; weights add up to 1. */
const clamped = ({ first, weights }: Window, length: number): Window => {
  const start = Math.min(Math.max(first, 0), length - 1);
  const last = Math.min(Math.max(first + weights.length - 1, 0), length - 1);
  const inside = new Array<number>(last - start + 1).fill(0);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  weights.forEach((weight, k) => {
    const at = Math.min(Math.max(first + k, start), last) - start;
    inside[at]! += weight / total;
  });
  return { first: start, weights: inside };
};

/** Rounded to integers whose sum is `2^shift`; what rounding left over goes to the largest. */
const fixedPoint = (weights: readonly number[], shift: number): number[] => {
  const whole = weights.map((weight) => Math.round(weight * 2 ** shift));
  const left = 2 ** shift - whole.reduce((sum, weight) => sum + weight, 0);
  const largest = weights.reduce((best, weight, k) => (weight > weights[best]! ? k : best), 0);
  whole[largest]! += left;
  return whole;
};

/** One axis of a resampling: `target` pixels over the part of a source of `length` pixels from `start`, `span` pixels long. */
export type ResizeAxis = {
  readonly length: number;
  readonly target: number;
  readonly start: number;
  readonly span: number;
};

export const wholeAxis = (length: number, target: number): ResizeAxis => ({
  length,
  target,
  start: 0,
  span: length,
});

/**
 * Weights of the target pixels from `from` to `to`: as many bits as 16-bit weights and 32-bit sums allow, the same for any rows of one
 * resampling.
 */
export const resizeTaps = (
  filter: ResizeFilter,
  axis: ResizeAxis,
  from = 0,
  to: number = axis.target,
): Taps => {
  const { length, target, start, span } = axis;
  const scale = span / target;
  const window = (i: number): Window => {
    const at = i + start / scale;
    return clamped(filter === 'box' ? boxWindow(at, scale) : kernelWindow(filter, at, scale), length);
  };
  const shift = shiftFor(filter, axis);
  const windows = Array.from({ length: to - from }, (_, i) => window(from + i));
  const longest = windows.reduce((most, { weights }) => Math.max(most, weights.length), 1);
  const count = longest + (longest % 2);
  const starts = Int32Array.from(windows, ({ first }) => first);
  const weights = new Int16Array(count * windows.length);
  windows.forEach((one, i) => {
    weights.set(fixedPoint(one.weights, shift), i * count);
  });
  return { count, starts, weights, shift };
};

/**
 * The largest weight of a filter is about its middle's share, 1 ÷ max(scale, 1); the pixel at an edge stands for up to a fifth of the
 * whole besides, and for all of it where a part reaches beyond the source.
 */
const shiftFor = (filter: ResizeFilter, { length, target, start, span }: ResizeAxis): number => {
  const isInside = start >= 0 && start + span <= length;
  const middle = isInside ? 1 / Math.max(span / target, 1) : 1;
  const most = filter === 'box' ? middle : middle + 0.2;
  return Math.min(mostShift, Math.floor(Math.log2(mostWeight / (most * 1.05))));
};

/** Rows of the source, from the first to behind the last, that rows `from` to `to` of the target are made of. */
export const rowsNeeded = (
  filter: ResizeFilter,
  axis: ResizeAxis,
  from: number,
  to: number,
): readonly [number, number] => {
  const first = resizeTaps(filter, axis, from, from + 1);
  const last = resizeTaps(filter, axis, to - 1, to);
  const taps = last.weights.findLastIndex((weight) => weight !== 0) + 1;
  return [first.starts[0]!, last.starts[0]! + taps];
};
