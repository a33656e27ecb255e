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

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

/** What a box must be, where a value is none; null where it is one. */
export const boxWanted = (value: unknown): string | null => {
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  const numbers = isList ? Array.from(value as unknown as ArrayLike<unknown>) : [];
  return numbers.length === 4 && numbers.every(isNumber)
    ? null
    : 'a box [x, y, width, height] of four numbers';
};
