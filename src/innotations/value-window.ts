import { clamp } from '../geometry/index.js';
import type { Histogram, ValueRange } from '../images/index.js';

/** What a window is chosen from: the values there are, and those that the handles are on. */
export type WindowScale = {
  /** The ends of the axis, in values. */
  readonly least: number;
  readonly most: number;
  /** What an arrow key moves a handle by. */
  readonly step: number;
};

export type WindowEnd = 'lo' | 'hi';

/** Steps of an axis of floats. */
const floatSteps = 1000;

/** An axis that holds the histogram and the window; whole steps for whole numbers. */
export const windowScale = (
  histogram: Histogram | null,
  window: ValueRange,
  isWhole: boolean,
): WindowScale => {
  const ends = [window.lo, window.hi, ...(histogram ? [histogram.lo, histogram.hi] : [])];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  return { least, most, step: isWhole ? 1 : (most - least) / floatSteps };
};

/** The window with one end moved, kept on the axis and a step away from the other end, on the side where it was. */
export const movedEnd = (window: ValueRange, end: WindowEnd, to: number, scale: WindowScale): ValueRange => {
  const { least, most, step } = scale;
  const value = step === 1 ? Math.round(to) : to;
  const isUpper = (end === 'hi') === window.lo < window.hi;
  const other = end === 'lo' ? window.hi : window.lo;
  const kept = isUpper
    ? Math.max(other + step, Math.min(value, most))
    : Math.min(other - step, Math.max(value, least));
  return { ...window, [end]: kept };
};

/** Both ends moved by as much, as far as the axis goes. */
export const movedWindow = (
  { lo, hi }: ValueRange,
  by: number,
  { least, most, step }: WindowScale,
): ValueRange => {
  const room = clamp(by, least - Math.min(lo, hi), most - Math.max(lo, hi));
  const whole = step === 1 ? Math.round(room) : room;
  return { lo: lo + whole, hi: hi + whole };
};

/** Of the values below and above, so many are shown black and white. */
const cutShare = 0.005;

/** The window that leaves out half a percent of the values at either end; null where there are none. */
export const automaticWindow = ({ lo, hi, counts }: Histogram): ValueRange | null => {
  const bins = counts[0]?.length ?? 0;
  const sums = Array.from({ length: bins }, (_, i) => counts.reduce((sum, row) => sum + row[i]!, 0));
  const all = sums.reduce((sum, n) => sum + n, 0);
  if (all === 0) return null;
  const cut = all * cutShare;
  const firstBeyond = (list: readonly number[]): number => {
    let seen = 0;
    return list.findIndex((n) => {
      seen += n;
      return seen > cut;
    });
  };
  const width = (hi - lo) / bins;
  return { lo: lo + firstBeyond(sums) * width, hi: hi - firstBeyond([...sums].reverse()) * width };
};

/** A value with as many digits as a step of its axis tells apart. */
export const formatOnScale = (value: number, { step }: WindowScale): string => {
  if (step === 1) return String(Math.round(value));
  const digits = Math.ceil(-Math.log10(step || 1)) + 1;
  return digits > 12 || digits < -3
    ? value.toExponential(4)
    : String(Number(value.toFixed(clamp(digits, 0, 12))));
};
