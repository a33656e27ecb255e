import type { ElementArray } from '../../kernels/index.js';
import type { TensorTile } from '../contract.js';
import { photometrics, type TiffImage } from './directory.js';

/** Samples that are no longer what the file says: colours as bytes. */
const rgbTile = (rows: number, columns: number, data: Uint8Array): TensorTile => ({
  data,
  dtype: 'u8',
  shape: [rows, columns, 3],
  strides: [columns * 3, 3, 1],
});

/** Grey, RGB and everything with names of its own stay as they are; the others become RGB bytes. `isRgb`: the decoder did it. */
export const shownColours = (tile: TensorTile, image: TiffImage, isRgb: boolean): TensorTile => {
  switch (image.photometric) {
    case photometrics.whiteIsZero:
      return inverted(scaled(tile, image.bits), image.bits);
    case photometrics.blackIsZero:
      return scaled(tile, image.bits);
    case photometrics.palette:
      return mapped(tile, 1, ([value]) => paletteColour(image, value!));
    case photometrics.cmyk:
      return isRgb
        ? tile
        : mapped(tile, 4, ([c, m, y, k]) => [multiplied(c!, k!), multiplied(m!, k!), multiplied(y!, k!)]);
    case photometrics.yCbCr:
      return isRgb ? tile : mapped(tile, 3, yCbCr);
    case photometrics.cieLab:
      return mapped(tile, 3, cieLab);
    default:
      return straight(tile, image);
  }
};

/** How many samples a tile has after `shownColours`. */
export const shownSamples = ({ photometric, samples }: TiffImage): number =>
  [3, 5, 6, 8].includes(photometric) ? 3 : samples;

/** Grey of fewer than 8 bits fills 0…255. */
const scaled = (tile: TensorTile, bits: number): TensorTile => {
  if (bits >= 8) return tile;
  const factor = 255 / (2 ** bits - 1);
  return { ...tile, data: (tile.data as Uint8Array).map((value) => value * factor) };
};

const inverted = (tile: TensorTile, bits: number): TensorTile => {
  if (!tile.dtype.startsWith('u')) return tile;
  const white = bits < 8 ? 255 : 2 ** bits - 1;
  return { ...tile, data: (tile.data as Uint32Array).map((value) => white - value) };
};

/** Colours that were multiplied by alpha are divided again: everything here is straight. */
const straight = (tile: TensorTile, { alpha, isAssociatedAlpha }: TiffImage): TensorTile => {
  if (!isAssociatedAlpha || alpha === null || !tile.dtype.startsWith('u')) return tile;
  const { shape, strides } = tile;
  const white = tile.dtype === 'u8' ? 255 : tile.dtype === 'u16' ? 65_535 : 2 ** 32 - 1;
  const data = (tile.data as Uint8Array).slice();
  for (let y = 0; y < shape[0]; y++) {
    for (let x = 0; x < shape[1]; x++) {
      const at = y * strides[0] + x * strides[1];
      const a = data[at + alpha * strides[2]]!;
      if (a === 0 || a === white) continue;
      for (let c = 0; c < alpha; c++) {
        const i = at + c * strides[2];
        data[i] = Math.min(white, Math.round((data[i]! * white) / a));
      }
    }
  }
  return { ...tile, data };
};

type Triple = readonly [number, number, number];

const mapped = (
  { data, shape, strides }: TensorTile,
  samples: number,
  colour: (values: ArrayLike<number> & Iterable<number>) => Triple,
): TensorTile => {
  const [rows, columns] = shape;
  const out = new Uint8ClampedArray(rows * columns * 3);
  const values = new Array<number>(samples).fill(0);
  let to = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = y * strides[0] + x * strides[1];
      for (let c = 0; c < samples; c++)
        values[c] = Number((data as Exclude<ElementArray, BigInt64Array>)[at + c * strides[2]]);
      const [r, g, b] = colour(values);
      out[to++] = r;
      out[to++] = g;
      out[to++] = b;
    }
  }
  return rgbTile(rows, columns, new Uint8Array(out.buffer));
};

const paletteColour = ({ palette }: TiffImage, value: number): Triple => {
  const count = palette.length / 3;
  const of = (plane: number) => (palette[plane * count + value] ?? 0) / 257;
  return [of(0), of(1), of(2)];
};

const multiplied = (ink: number, black: number): number => ((255 - ink) * (255 - black)) / 255;

/** ITU-R BT.601, full range, as JFIF has it. */
const yCbCr = ([y, cb, cr]: ArrayLike<number> & Iterable<number>): Triple => [
  y! + 1.402 * (cr! - 128),
  y! - 0.344_136 * (cb! - 128) - 0.714_136 * (cr! - 128),
  y! + 1.772 * (cb! - 128),
];

/** CIE L*a*b* of 8 bits (a and b signed), white point D65, to sRGB (IEC 61966-2-1). */
const cieLab = ([l8, a8, b8]: ArrayLike<number> & Iterable<number>): Triple => {
  const signed = (v: number) => (v << 24) >> 24;
  const fy = ((l8! * 100) / 255 + 16) / 116;
  const cube = (t: number) => (t ** 3 > 0.008_856 ? t ** 3 : (t - 16 / 116) / 7.787);
  const x = 0.950_47 * cube(fy + signed(a8!) / 500);
  const y = cube(fy);
  const z = 1.088_83 * cube(fy - signed(b8!) / 200);
  const srgb = (v: number) => 255 * (v > 0.003_130_8 ? 1.055 * v ** (1 / 2.4) - 0.055 : 12.92 * v);
  return [
    srgb(3.2406 * x - 1.5372 * y - 0.4986 * z),
    srgb(-0.9689 * x + 1.8758 * y + 0.0415 * z),
    srgb(0.0557 * x - 0.204 * y + 1.057 * z),
  ];
};
