import type { Size } from '../geometry/index.js';

const fits = (scale: number, css: Size, device: Size): boolean =>
  Math.abs(css.width * scale - device.width) <= 1 && Math.abs(css.height * scale - device.height) <= 1;

/**
 * Device px per CSS px, one number for both axes. The backing store is a whole number of px, so device / css is a little off the true
 * ratio and changes with every resize; a ratio that explains both sizes to within one px is taken as it is (`likely`, in
 * order of preference: the window's, the last one), which keeps text the same while a view is resized.
 */
export const scaleOf = (css: Size, device: Size, likely: readonly number[]): number => {
  const known = likely.find((scale) => scale > 0 && fits(scale, css, device));
  if (known !== undefined) return known;
  const measured = css.width >= css.height ? device.width / css.width : device.height / css.height;
  return Number.isFinite(measured) && measured > 0 ? measured : 1;
};
