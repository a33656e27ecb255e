import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Band, DType, ElementArray, PixelRecipe, RgbaPixels } from '../../src/kernels/index.js';
import { floatsOf, quantize, scalarKernels } from '../../src/kernels/index.js';
import { createKernels } from '../../workers/kernels.js';
import { seeded, seededBytes, seededFloats } from './seeded.js';

const wasm = createKernels();

const arrays: Record<DType, (length: number, seed: number) => ElementArray> = {
  u8: seededBytes,
  bool: (n, seed) => seededBytes(n, seed).map((v) => v & 1),
  i8: (n, seed) => new Int8Array(seededBytes(n, seed).buffer),
  u16: (n, seed) => Uint16Array.from(seededBytes(n, seed), (v) => v * 3),
  i16: (n, seed) => Int16Array.from(seededBytes(n, seed), (v) => v * 3 - 300),
  u32: (n, seed) => Uint32Array.from(seededBytes(n, seed), (v) => (v > 200 ? 4_000_000_000 : v * 2)),
  i32: (n, seed) => Int32Array.from(seededBytes(n, seed), (v) => v * 4 - 400),
  i64: (n, seed) =>
    BigInt64Array.from(seededBytes(n, seed), (v) => (v > 250 ? -(2n ** 62n) : BigInt(v) * 2n - 100n)),
  u64: (n, seed) => BigUint64Array.from(seededBytes(n, seed), (v) => (v > 250 ? 2n ** 63n : BigInt(v))),
  f16: (n, seed) => Uint16Array.from(seededBytes(n, seed), (v) => 0x3800 + v * 4),
  f32: seededFloats,
  f64: (n, seed) => Float64Array.from(seededFloats(n, seed)),
};

const recipe = fc.record({
  layout: fc.constantFrom('interleaved' as const, 'planar' as const),
  channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
  order: fc.constantFrom('RGB' as const, 'BGR' as const),
  affine: fc.option(
    fc.record({
      scale: fc.constant([255, 51.3, -80, 255] as const),
      offset: fc.constant([0, 1.75, 200, 0.5] as const),
    }),
  ),
}) as fc.Arbitrary<PixelRecipe>;

const band = fc
  .record({
    dtype: fc.constantFrom(...(Object.keys(arrays) as DType[])),
    width: fc.integer({ min: 1, max: 40 }),
    rows: fc.integer({ min: 1, max: 20 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
    recipe,
  })
  .map(
    ({ dtype, width, rows, seed, recipe }): Band => ({
      dtype,
      width,
      rows,
      recipe,
      data: arrays[dtype](width * rows * recipe.channels, seed),
    }),
  );

const pixels = (transparent: boolean) =>
  fc
    .record({
      width: fc.integer({ min: 1, max: 70 }),
      height: fc.integer({ min: 1, max: 70 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
    })
    .map(({ width, height, seed }): RgbaPixels => {
      const rgba = seededBytes(width * height * 4, seed);
      const next = seeded(seed);
      for (let i = 3; i < rgba.length; i += 4) rgba[i] = transparent ? [0, 255, rgba[i]!][next() % 3]! : 255;
      return { width, height, rgba };
    });

const differences = (a: RgbaPixels, b: RgbaPixels): number => {
  expect([a.width, a.height, a.rgba.length]).toEqual([b.width, b.height, b.rgba.length]);
  return a.rgba.reduce((count, value, i) => count + (value === b.rgba[i] ? 0 : 1), 0);
};

describe('wasm and plain JavaScript give the same bytes', () => {
  it('is the wasm that is tested, not its stand-in', () => expect(wasm).not.toBe(scalarKernels));

  it('toRgba: every dtype, layout, channel count, order, with and without scale and offset (seed 51)', () => {
    fc.assert(
      fc.property(band, (b) => {
        expect(differences(wasm.toRgba(b), scalarKernels.toRgba(b))).toBe(0);
      }),
      { seed: 51, numRuns: 400 },
    );
  });

  it('convertReduced: the same, reduced (seed 52)', () => {
    fc.assert(
      fc.property(band, fc.integer({ min: 0, max: 4 }), (b, level) => {
        expect(differences(wasm.convertReduced(b, level), scalarKernels.convertReduced(b, level))).toBe(0);
      }),
      { seed: 52, numRuns: 200 },
    );
  });

  it('convertReduced: every dtype, layout, channel count and order, with and without scale and offset, whole (seed 56)', () => {
    for (const dtype of Object.keys(arrays) as DType[]) {
      for (const layout of ['interleaved', 'planar'] as const) {
        for (const channels of [1, 2, 3, 4] as const) {
          for (const order of ['RGB', 'BGR'] as const) {
            for (const affine of [
              null,
              { scale: [1.5, 51.3, -80, 1], offset: [0, 1.75, 200, 0.5] } as const,
            ]) {
              const [width, rows] = [37, 13];
              const data = arrays[dtype](width * rows * channels, 56);
              const b: Band = { dtype, width, rows, data, recipe: { layout, channels, order, affine } };
              for (const level of [0, 1, 3]) {
                const name = `${dtype} ${layout} ${channels} ${order} ${affine ? 'affine' : 'as is'} ${level}`;
                const got = wasm.convertReduced(b, level);
                expect(differences(got, scalarKernels.convertReduced(b, level)), name).toBe(0);
              }
            }
          }
        }
      }
    }
  });

  it('bands larger than what the wasm memory holds at a time (seed 57)', () => {
    const [width, rows] = [1531, 203];
    for (const layout of ['interleaved', 'planar'] as const) {
      const recipe: PixelRecipe = { layout, channels: 3, order: 'BGR', affine: null };
      const b: Band = { dtype: 'u8', width, rows, data: seededBytes(width * rows * 3, 57), recipe };
      for (const level of [0, 1, 4]) {
        expect(differences(wasm.convertReduced(b, level), scalarKernels.convertReduced(b, level))).toBe(0);
      }
    }
  });

  for (const transparent of [false, true]) {
    it(`reduce: ${transparent ? 'transparent' : 'opaque'} pixels, every level (seed 53)`, () => {
      fc.assert(
        fc.property(pixels(transparent), fc.integer({ min: 0, max: 8 }), (p, level) => {
          expect(differences(wasm.reduce(p, level), scalarKernels.reduce(p, level))).toBe(0);
        }),
        { seed: 53, numRuns: 200 },
      );
    });

    it(`reduceTo: ${transparent ? 'transparent' : 'opaque'} pixels, any smaller size (seed 54)`, () => {
      fc.assert(
        fc.property(
          pixels(transparent),
          fc.double({ min: 0.01, max: 1, noNaN: true }),
          fc.double({ min: 0.01, max: 1, noNaN: true }),
          (p, fx, fy) => {
            const [width, height] = [
              Math.max(1, Math.floor(p.width * fx)),
              Math.max(1, Math.floor(p.height * fy)),
            ];
            expect(
              differences(wasm.reduceTo(p, width, height), scalarKernels.reduceTo(p, width, height)),
            ).toBe(0);
          },
        ),
        { seed: 54, numRuns: 100 },
      );
    });
  }
});

describe('what the transforms mean', () => {
  const one = (data: ElementArray, dtype: DType, over: Partial<PixelRecipe> = {}, width = 1) => [
    ...wasm.toRgba({
      data,
      dtype,
      width,
      rows: 1,
      recipe: { layout: 'interleaved', channels: 3, order: 'RGB', affine: null, ...over },
    }).rgba,
  ];
  const by255 = { scale: [255, 255, 255, 255], offset: [0, 0, 0, 0] } as const;

  it('I5: floats by 255 are rounded to nearest and clamped; NaN is 0', () => {
    expect(one(Float32Array.of(0.5, 1.2, -0.3), 'f32', { affine: by255 })).toEqual([128, 255, 0, 255]);
    expect(
      one(Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY), 'f32', {
        affine: by255,
      }),
    ).toEqual([0, 255, 0, 255]);
  });

  it('I5: integers are clamped, never wrapped, 64-bit ones too', () => {
    expect(one(Int32Array.of(256, -1, 70_000), 'i32')).toEqual([255, 0, 255, 255]);
    expect(one(BigInt64Array.of(256n, -1n, 12n), 'i64')).toEqual([255, 0, 12, 255]);
  });

  it('64-bit integers become the floats nearest to them (seed 55)', () => {
    const edges = [0n, 1n, 255n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n + 1n, 2n ** 63n - 1n];
    const anyBits = fc.array(
      fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.constantFrom(...edges)),
    );
    const recipe: PixelRecipe = { layout: 'interleaved', channels: 1, order: 'RGB', affine: null };
    fc.assert(
      fc.property(anyBits, (values) => {
        const unsigned = BigUint64Array.from(values);
        const signed = new BigInt64Array(unsigned.buffer);
        const floats = (data: ElementArray, dtype: DType) => [
          ...floatsOf({ data, dtype, width: data.length, rows: 1, recipe }),
        ];
        expect(floats(unsigned, 'u64')).toEqual([...unsigned].map((v) => Math.fround(Number(v))));
        expect(floats(signed, 'i64')).toEqual([...signed].map((v) => Math.fround(Number(v))));
      }),
      { seed: 55, numRuns: 200 },
    );
  });

  it('I6: BGR puts the third channel first; alpha stays last (I7)', () => {
    expect(one(Uint8Array.of(1, 2, 3, 4), 'u8', { channels: 4, order: 'BGR' })).toEqual([3, 2, 1, 4]);
    expect(one(Uint8Array.of(7), 'u8', { channels: 1, order: 'BGR' })).toEqual([7, 7, 7, 255]);
  });

  it('halves go to the even neighbour', () => {
    expect([0.5, 1.5, 2.5, 254.5].map((v) => quantize(v, 1, 0))).toEqual([0, 2, 2, 254]);
  });

  it('denormalisation undoes normalisation for every byte', () => {
    const [mean, std] = [0.485, 0.229];
    for (let value = 0; value < 256; value++) {
      const normalised = Math.fround((value / 255 - mean) / std);
      expect(quantize(normalised, std * 255, mean * 255)).toBe(value);
    }
  });

  it('a flat picture stays flat at every reduction, and transparent pixels leave no fringe', () => {
    const flat: RgbaPixels = { width: 37, height: 21, rgba: new Uint8Array(37 * 21 * 4).fill(200) };
    for (let level = 0; level <= 8; level++)
      expect(new Set(wasm.reduce(flat, level).rgba)).toEqual(new Set([200]));
    const edge: RgbaPixels = { width: 2, height: 1, rgba: Uint8Array.of(255, 0, 0, 255, 0, 0, 0, 0) };
    expect([...wasm.reduce(edge, 1).rgba]).toEqual([255, 0, 0, 128]);
    expect([...wasm.reduceTo(edge, 1, 1).rgba]).toEqual([255, 0, 0, 128]);
  });

  it('too few values are refused', () => {
    expect(() => one(new Uint8Array(2), 'u8')).toThrow(/needs 3 values, not 2/);
  });
});
