import type { ChannelOrder, DType, ElementArray, PixelLayout } from './contract.js';
import { roomFor } from './elements.js';
import type { PixelRect } from './wire.js';

/** Where the pixels of one image lie in some memory. Strides and offset in elements; strides may be negative or 0. */
export type StridedPixels = {
  readonly dtype: DType;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly offset: number;
  readonly strides: { readonly y: number; readonly x: number; readonly c: number };
};

/** Strided pixels with their memory. */
export type StridedData = StridedPixels & { readonly data: ElementArray };

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

const isIdentity = (picks: readonly number[]): boolean => picks.every((pick, i) => pick === i);
const isSwapped = (picks: readonly number[]): boolean =>
  picks.length >= 3 && isIdentity([picks[2]!, picks[1]!, picks[0]!, ...picks.slice(3)]);

/** `picks`: the tensor's channel for each channel of the result (grey; grey, alpha; R, G, B; R, G, B, A). */
export const bandLayout = (tensor: StridedPixels, picks: readonly number[]): BandLayout => {
  const { strides, channels } = tensor;
  const isInterleaved =
    channels > 1 && strides.c === 1 && strides.x === channels && picks.length === channels;
  if (isInterleaved && (isIdentity(picks) || isSwapped(picks))) {
    const natural = picks.map((_, i) => i);
    return { layout: 'interleaved', order: isIdentity(picks) ? 'RGB' : 'BGR', picks: natural, runs: true };
  }
  return { layout: 'planar', order: 'RGB', picks, runs: strides.x === 1 };
};

/** The block in contiguous memory: a view where it lies so already, else a copy. */
export const contiguousBlock = (tensor: StridedData, how: BandLayout, block: PixelRect): ElementArray => {
  const perPixel = how.layout === 'interleaved' ? tensor.channels : 1;
  const isRun = how.runs && (block.height === 1 || tensor.strides.y === block.width * perPixel);
  const isOnePlane = how.layout === 'interleaved' || how.picks.length === 1;
  if (!isRun || !isOnePlane) return copyBlock(tensor, how, block);
  const from = start(tensor, block, how.layout === 'interleaved' ? 0 : how.picks[0]!);
  return tensor.data.subarray(from, from + block.width * block.height * perPixel);
};

/** Copies a block out of the caller's memory, into other memory where it is large enough: `[rows, columns, channels]`, or `[channels, rows, columns]` for planar. */
export const copyBlock = (
  tensor: StridedData,
  how: BandLayout,
  block: PixelRect,
  spare?: ArrayBuffer,
): ElementArray => {
  const out = roomFor(tensor.dtype, block.width * block.height * how.picks.length, spare);
  if (how.layout === 'interleaved') copyRuns(tensor, block, start(tensor, block, 0), out, 0, tensor.channels);
  else for (const [i, pick] of how.picks.entries()) copyPlane(tensor, how.runs, block, pick, out, i);
  return out;
};

const start = ({ offset, strides }: StridedPixels, { x, y }: PixelRect, channel: number): number =>
  offset + y * strides.y + x * strides.x + channel * strides.c;

const copyPlane = (
  tensor: StridedData,
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
  { data, strides }: StridedData,
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
  { data, strides }: StridedData,
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
