import type { Band, ElementArray, RgbaPixels } from '../src/kernels/index.js';

/** Pixels along one side after reduction by `2^level`; the last square may be partial. */
export const reducedLength = (length: number, level: number): number => Math.ceil(length / 2 ** level);

/** Rows of `rowBytes` that fit into `bandBytes`: a multiple of `2^level`, at least one square high. */
export const rowsPerBand = (rowBytes: number, level: number, bandBytes: number): number => {
  const square = 2 ** level;
  return Math.max(1, Math.floor(bandBytes / rowBytes / square)) * square;
};

const bytesOf = (data: ElementArray): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const planarRows = (band: Band, from: number, rows: number): ElementArray => {
  const { channels } = band.recipe;
  const rowBytes = band.width * band.data.BYTES_PER_ELEMENT;
  const part = band.data.slice(0, channels * rows * band.width);
  for (let channel = 0; channel < channels; channel++) {
    const start = (channel * band.rows + from) * rowBytes;
    bytesOf(part).set(bytesOf(band.data).subarray(start, start + rows * rowBytes), channel * rows * rowBytes);
  }
  return part;
};

/** Some rows of a band as a band: interleaved ones share its memory, planar ones are gathered into memory of their own. */
export const rowsOfBand = (band: Band, from: number, rows: number): Band => {
  if (from === 0 && rows === band.rows) return band;
  const perRow = band.width * band.recipe.channels;
  const data =
    band.recipe.layout === 'planar'
      ? planarRows(band, from, rows)
      : band.data.subarray(from * perRow, (from + rows) * perRow);
  return { ...band, data, rows };
};

export type BandPlan = {
  readonly width: number;
  readonly height: number;
  readonly level: number;
  /** A multiple of `2^level`. */
  readonly rowsPerBand: number;
  /** Awaited between two bands. */
  readonly breathe: () => Promise<void>;
};

/** Makes reduced pixels band by band, so that only one band of the source is in memory at a time. */
export const assembleBands = async (
  plan: BandPlan,
  makeBand: (from: number, rows: number) => Promise<RgbaPixels> | RgbaPixels,
): Promise<RgbaPixels> => {
  if (plan.height <= plan.rowsPerBand) return makeBand(0, plan.height);
  const width = reducedLength(plan.width, plan.level);
  const height = reducedLength(plan.height, plan.level);
  const rgba = new Uint8Array(width * height * 4);
  for (let from = 0; from < plan.height; from += plan.rowsPerBand) {
    if (from > 0) await plan.breathe();
    const band = await makeBand(from, Math.min(plan.rowsPerBand, plan.height - from));
    rgba.set(band.rgba, (from / 2 ** plan.level) * width * 4);
  }
  return { width, height, rgba };
};
