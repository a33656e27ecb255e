import type { FigureName } from './model.js';

const words: { readonly [name in FigureName]: string } = {
  frameMs: 'frame, median',
  frameP95Ms: 'frame, p95',
  beatMs: 'from frame to frame, ms',
  beatP95Ms: 'from frame to frame, p95, ms',
  scriptMs: 'script of a frame, median',
  longestTaskMs: 'longest task',
  firstMs: 'first picture, median',
  firstP95Ms: 'first picture, p95',
  sharpMs: 'sharp picture, median',
  sharpP95Ms: 'sharp picture, p95',
  decodeMs: 'createImageBitmap alone, median',
  readMs: 'reading the same bytes, median',
  readP95Ms: 'reading the same bytes, p95',
  framesP95: 'frames after the key, p95',
  heldMB: 'held by the page',
  texturesMB: 'textures',
  decodedMB: 'decoded pixels',
  heapGrowthMB: 'more in the heap than before',
  busyWorkers: 'workers at work',
};

export const figureNames = Object.keys(words) as readonly FigureName[];

export const figureTitle = (name: FigureName): string => words[name];

const unitOf = (name: FigureName): string => (name.endsWith('Ms') ? ' ms' : name.endsWith('MB') ? ' MB' : '');

/** Three digits that count. */
export const shortNumber = (value: number): string =>
  value === 0 || Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);

export const figureText = (name: FigureName, value: number): string => `${shortNumber(value)}${unitOf(name)}`;

/** The middle one, or the mean of the two in the middle. NaN of none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** The least value that 95 of 100 do not exceed (nearest rank). NaN of none. */
export const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;
