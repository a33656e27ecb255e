/**
 * How a resampled pixel is made of source pixels. Pixels are squares: target pixel i lies over the source from i·s to (i + 1)·s,
 * s = source length ÷ target length, its centre at (i + ½)·s. Filters are widened by s where that is above 1.
 *
 * - box: source pixels count by the part of them that is covered (the area average; crisp squares where pixels are enlarged)
 * - bilinear: the triangle 1 − |x|, |x| < 1
 * - lanczos3: sinc(x) · sinc(x / 3), |x| < 3
 */
export type ResizeFilter = 'box' | 'bilinear' | 'lanczos3';
export const resizeFilters: readonly ResizeFilter[] = ['box', 'bilinear', 'lanczos3'];
