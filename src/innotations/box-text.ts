import type { BoxValue } from '../dataset/index.js';

/** "x, y, w, h" in whole numbers (T1). */
export const formatBox = (box: BoxValue): string => box.map(Math.trunc).join(', ');

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What a box is typed as, for who typed something else. */
export const boxForm = 'A box is four numbers x, y, w, h, separated by commas or blanks';

/**
 * Reads four numbers separated by commas or blanks; decimals are truncated (T2), digits and commas may be full-width. Null when there are not exactly four numbers or
 * an extent is negative. An empty text is the blank box.
 */
export const parseBox = (text: string): BoxValue | null => {
  const trimmed = text.normalize('NFKC').trim();
  if (trimmed === '') return [0, 0, 0, 0];
  const parts = trimmed.split(/\s*,\s*|\s+/);
  if (parts.length !== 4 || !parts.every((part) => number.test(part))) return null;
  const [x, y, width, height] = parts.map((part) => Math.trunc(Number(part)) + 0) as [
    number,
    number,
    number,
    number,
  ];
  const usable = [x, y, width, height].every(Number.isSafeInteger) && width >= 0 && height >= 0;
  return usable ? [x, y, width, height] : null;
};
