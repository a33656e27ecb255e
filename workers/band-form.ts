import { type Affine, affineIndexes, type Band, identityAffine, isBytes } from '../src/kernels/index.js';
import { bytesOf } from './wasm-memory.js';

/** How the kernels of `assembly/` are told what a band's values are. */
export type BandForm = {
  readonly type: number;
  readonly valueBytes: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly swap: 0 | 1;
  /** Planes of more than one channel. */
  readonly planar: boolean;
  /** Twelve scales and twelve offsets (`toBytes`), for planes as many for each; null where bytes are taken as they are. */
  readonly constants: Float32Array | null;
};

const types: readonly (readonly [abstract new (...args: never) => ArrayBufferView, number])[] = [
  [Uint8Array, 0],
  [Uint8ClampedArray, 0],
  [Int8Array, 1],
  [Uint16Array, 2],
  [Int16Array, 3],
  [Uint32Array, 4],
  [Int32Array, 5],
  [BigUint64Array, 6],
  [BigInt64Array, 7],
  [Float32Array, 9],
  [Float64Array, 10],
];
const halfType = 8;

const typeOf = ({ data, dtype }: Band): number => {
  if (dtype === 'f16' && data instanceof Uint16Array) return halfType;
  return types.find(([array]) => data instanceof array)![1];
};

/** Scale and offset of each channel in the order of the source. */
const channelConstants = ({ scale, offset }: Affine, { channels, order }: Band['recipe']) => {
  const indexes = affineIndexes(channels);
  const results = channels === 2 ? [0, 3] : order === 'BGR' ? [2, 1, 0, 3] : [0, 1, 2, 3];
  return results.slice(0, channels).map((result) => {
    const index = indexes[result]!;
    return [scale[index]!, offset[index]!] as const;
  });
};

const cycle = (pairs: readonly (readonly [number, number])[]): number[] =>
  [0, 1].flatMap((which) => Array.from({ length: 12 }, (_, i) => pairs[i % pairs.length]![which as 0 | 1]));

export const bandForm = (band: Band): BandForm => {
  const { channels, order, layout, affine } = band.recipe;
  const planar = layout === 'planar' && channels > 1;
  const asTheyAre = affine === null && isBytes(band);
  const pairs = channelConstants(affine ?? identityAffine, band.recipe);
  const constants = planar ? pairs.flatMap((pair) => cycle([pair])) : cycle(pairs);
  return {
    type: typeOf(band),
    valueBytes: band.data.BYTES_PER_ELEMENT,
    channels,
    swap: order === 'BGR' && channels > 2 ? 1 : 0,
    planar,
    constants: asTheyAre ? null : Float32Array.from(constants),
  };
};

/** Where some pixels of a band lie in its bytes: one piece, or one a plane. */
export const copyPixels = (
  { data, width, rows }: Band,
  { planar, channels, valueBytes }: BandForm,
  from: number,
  pixels: number,
  target: Uint8Array,
  at: number,
): void => {
  const source = bytesOf(data);
  const pixelBytes = planar ? valueBytes : valueBytes * channels;
  const planeBytes = width * rows * valueBytes;
  for (let plane = 0; plane < (planar ? channels : 1); plane++) {
    const start = plane * planeBytes + from * pixelBytes;
    target.set(source.subarray(start, start + pixels * pixelBytes), at + plane * pixels * valueBytes);
  }
};
