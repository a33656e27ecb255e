import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Affine,
  type Band,
  type PixelRecipe,
  type RgbaPixels,
  scalarKernels,
} from '../../src/kernels/index.js';
import { createKernels } from '../../workers/kernels.js';

type Constants = readonly [readonly [number, number, number], readonly [number, number, number]];

/** What numpy and OpenCV made of the same samples (`oracle.py`). */
const oracle = JSON.parse(readFileSync(new URL('./oracle.json', import.meta.url), 'utf8')) as {
  readonly width: number;
  readonly height: number;
  readonly affine: Constants;
  readonly byteAffine: Constants;
  readonly bytes: string;
  readonly halves: string;
  readonly wide: string;
  readonly bgr: string;
  readonly opaque: readonly (readonly [number, number, string])[];
  readonly transparent: readonly (readonly [number, number, string])[];
};

const samples = (count: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: count }, (_, i) => Math.floor((i * i * 31 + i * 7) / 8) & 255);

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const affineOf = ([scale, offset]: Constants): Affine => ({ scale: [...scale, 1], offset: [...offset, 0] });

const rgbOf = ({ rgba }: RgbaPixels): number[] => [...rgba].filter((_, i) => i % 4 !== 3);

const mostDifference = (got: RgbaPixels, wanted: Uint8Array): number => {
  expect(got.rgba.length).toBe(wanted.length);
  return got.rgba.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i]!)), 0);
};

for (const [name, kernels] of [
  ['wasm', createKernels()],
  ['plain JavaScript', scalarKernels],
] as const) {
  describe(`${name} beside numpy and OpenCV`, () => {
    const recipe = (over: Partial<PixelRecipe>): PixelRecipe => ({
      layout: 'interleaved',
      channels: 3,
      order: 'RGB',
      affine: null,
      ...over,
    });
    const convert = (band: Omit<Band, 'width' | 'rows'>) => kernels.toRgba({ ...band, width: 20, rows: 10 });

    it('bytes with a scale and an offset a channel, as numpy rounds them', () => {
      const got = convert({
        data: samples(600),
        dtype: 'u8',
        recipe: recipe({ affine: affineOf(oracle.byteAffine) }),
      });
      expect(rgbOf(got)).toEqual([...bytesOf(oracle.bytes)]);
    });

    it('16-bit floats, NaN, infinities and subnormals among them, as numpy reads them', () => {
      const data = new Uint16Array(samples(1200).buffer);
      const got = convert({ data, dtype: 'f16', recipe: recipe({ affine: affineOf(oracle.affine) }) });
      expect(rgbOf(got)).toEqual([...bytesOf(oracle.halves)]);
    });

    it('16-bit integers, clamped as by numpy', () => {
      const data = new Uint16Array(samples(1200).buffer);
      const got = convert({ data, dtype: 'u16', recipe: recipe({}) });
      expect(rgbOf(got)).toEqual([...bytesOf(oracle.wide)]);
    });

    it('BGR to RGBA as cvtColor does it', () => {
      const got = convert({ data: samples(600), dtype: 'u8', recipe: recipe({ order: 'BGR' }) });
      expect([...got.rgba]).toEqual([...bytesOf(oracle.bgr)]);
    });

    const picture = (opaque: boolean): RgbaPixels => {
      const { width, height } = oracle;
      const rgba = samples(width * height * 4);
      if (opaque) for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
      return { width, height, rgba };
    };

    for (const [width, height, hex] of oracle.opaque) {
      it(`opaque, to ${width} × ${height}: within 1 of OpenCV's INTER_AREA (which rounds twice)`, () => {
        const got = kernels.reduceTo(picture(true), width, height);
        expect(mostDifference(got, bytesOf(hex))).toBeLessThanOrEqual(1);
      });
    }

    for (const [width, height, hex] of oracle.transparent) {
      it(`transparent, to ${width} × ${height}: within 1 of numpy's doubles`, () => {
        const got = kernels.reduceTo(picture(false), width, height);
        expect(mostDifference(got, bytesOf(hex))).toBeLessThanOrEqual(1);
      });
    }
  });
}
