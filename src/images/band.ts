import type { ChannelOrder, ElementArray, PixelLayout, PixelRect } from '../kernels/index.js';
import { bytesPerElement, newElements } from './dtype.js';
import type { TensorPixels } from './tensor.js';

/** How blocks of a tensor are copied into contiguous memory. */
export type BandLayout = {
  readonly layout: PixelLayout;
  /** Order of the copied colour channels. Planes are copied in the order of the result, so it is 'RGB' for them. */
  readonly order: ChannelOrder;
  /** Channels of the tensor, as copied. */
  readonly picks: readonly number[];
  /** Whether elements lie side by side, so that whole runs are copied; else each by itself. */
  readonly runs: boolean;
};

/** Most bytes that are copied in one go; about 1 ms. */
export const maxBandBytes = 4 << 20;
/** Most elements that are copied one by one in one go. */
const maxGatheredElements = 1 << 18;

const isIdentity = (picks: readonly number[]): boolean => picks.every((pick, i) => pick === i);
const isSwapped = (picks: readonly number[]): boolean =>
  picks.length >= 3 && isIdentity([picks[2]!, picks[1]!, picks[0]!, ...picks.slice(3)]);

/** `picks`: the tensor's channel for each channel of the result (grey; grey, alpha; R, G, B; R, G, B, A). */
export const bandLayout = (tensor: TensorPixels, picks: readonly number[]): BandLayout => {
  const { strides, channels } = tensor;
  const isInterleaved =
    channels > 1 && strides.c === 1 && strides.x === channels && picks.length === channels;
  if (isInterleaved && (isIdentity(picks) || isSwapped(picks))) {
    const natural = picks.map((_, i) => i);
    return { layout: 'interleaved', order: isIdentity(picks) ? 'RGB' : 'BGR', picks: natural, runs: true };
  }
  return { layout: 'planar', order: 'RGB', picks, runs: strides.x === 1 };
};

/**
 * Cuts an area into blocks for copying, row by row. Blocks span the area's whole width where they can; their edges lie at
 * multiples of `unit` (2^level) pixels from the area's corner, so that each is reduced by itself.
 */
export const bandBlocks = (
  area: PixelRect,
  unit: number,
  tensor: TensorPixels,
  { picks, runs }: BandLayout,
): PixelRect[] => {
  const bytesPerPixel = bytesPerElement(tensor.dtype) * picks.length;
  const bytesAtMost = maxBandBytes / bytesPerPixel;
  const pixels = runs ? bytesAtMost : Math.min(bytesAtMost, maxGatheredElements / picks.length);
  const whole = (n: number) => Math.max(unit, Math.floor(n / unit) * unit);
  const width = Math.min(area.width, whole(Math.max(unit, pixels / unit)));
  const height = Math.min(area.height, whole(pixels / width));
  const blocks: PixelRect[] = [];
  for (let y = 0; y < area.height; y += height) {
    for (let x = 0; x < area.width; x += width) {
      blocks.push({
        x: area.x + x,
        y: area.y + y,
        width: Math.min(width, area.width - x),
        height: Math.min(height, area.height - y),
      });
    }
  }
  return blocks;
};

/** Copies a block out of the caller's memory: `[rows, columns, channels]`, or `[channels, rows, columns]` for planar. */
export const copyBlock = (tensor: TensorPixels, how: BandLayout, block: PixelRect): ElementArray => {
  const out = newElements(tensor.dtype, block.width * block.height * how.picks.length);
  if (how.layout === 'interleaved') copyRuns(tensor, block, start(tensor, block, 0), out, 0, tensor.channels);
  else for (const [i, pick] of how.picks.entries()) copyPlane(tensor, how.runs, block, pick, out, i);
  return out;
};

const start = ({ offset, strides }: TensorPixels, { x, y }: PixelRect, channel: number): number =>
  offset + y * strides.y + x * strides.x + channel * strides.c;

const copyPlane = (
  tensor: TensorPixels,
  runs: boolean,
  block: PixelRect,
  channel: number,
  out: ElementArray,
  plane: number,
): void => {
  const copy = runs ? copyRuns : gather;
  copy(tensor, block, start(tensor, block, channel), out, plane * block.width * block.height, 1);
};

const copyRuns = (
  { data, strides }: TensorPixels,
  { width, height }: PixelRect,
  from: number,
  out: ElementArray,
  to: number,
  perPixel: number,
): void => {
  const run = width * perPixel;
  const [runs, length] = strides.y === run ? [1, run * height] : [height, run];
  for (let i = 0; i < runs; i++) setRun(out, data, from + i * strides.y, to + i * length, length);
};

/** Both arrays hold the same element type, which TypeScript cannot know. */
const setRun = (out: ElementArray, data: ElementArray, from: number, to: number, length: number): void =>
  (out as Uint8Array).set((data as Uint8Array).subarray(from, from + length), to);

const gather = (
  { data, strides }: TensorPixels,
  { width, height }: PixelRect,
  from: number,
  out: ElementArray,
  to: number,
): void => {
  const source = data as Uint8Array;
  const target = out as Uint8Array;
  let at = to;
  for (let y = 0; y < height; y++) {
    let read = from + y * strides.y;
    for (let x = 0; x < width; x++, read += strides.x) target[at++] = source[read]!;
  }
};
