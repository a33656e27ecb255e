import { afterEach, describe, expect, it, vi } from 'vitest';
import { InnotaterError } from '../../src/errors/index.js';
import { mostReduction, type RgbaPixels, scalarKernels } from '../../src/kernels/index.js';
import { createKernels } from '../../workers/kernels.js';
import { seededBytes } from './seeded.js';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof InnotaterError) return error.code;
    throw error;
  }
  return 'nothing thrown';
};

for (const [name, kernels] of [
  ['wasm', createKernels()],
  ['plain JavaScript', scalarKernels],
] as const) {
  describe(`${name} refuses what it cannot do`, () => {
    const pixels: RgbaPixels = { width: 5, height: 4, rgba: seededBytes(80, 81) };
    const recipe = { layout: 'interleaved', channels: 4, order: 'RGB', affine: null } as const;
    const band = { data: pixels.rgba, dtype: 'u8', width: 5, rows: 4, recipe } as const;

    it('levels that are negative, broken or too high', () => {
      for (const level of [-1, 0.5, Number.NaN, mostReduction + 1]) {
        expect(codeOf(() => kernels.reduce(pixels, level))).toBe('range');
        expect(codeOf(() => kernels.convertReduced(band, level))).toBe('range');
      }
      expect(kernels.reduce(pixels, mostReduction).rgba.length).toBe(4);
    });

    it('sizes that are empty, broken or larger than the pixels', () => {
      for (const [width, height] of [
        [0, 4],
        [5, 0],
        [6, 4],
        [5, 5],
        [2.5, 2],
        [Number.NaN, 1],
      ] as const) {
        expect(codeOf(() => kernels.reduceTo(pixels, width, height))).toBe('range');
      }
      expect(kernels.reduceTo(pixels, 5, 4).rgba.length).toBe(80);
    });

    it('pixels and bands with too few bytes', () => {
      const few = { ...pixels, rgba: pixels.rgba.subarray(1) };
      expect(codeOf(() => kernels.reduce(few, 1))).toBe('data');
      expect(codeOf(() => kernels.reduceTo(few, 2, 2))).toBe('data');
      expect(codeOf(() => kernels.toRgba({ ...band, rows: 5 }))).toBe('data');
    });

    it('bands whose parts are none, each named with what would be right', () => {
      const one = { ...band, data: new Uint8Array(4), width: 1, rows: 1 };
      const affine = { scale: [1, 1, 1, 1], offset: [0, 0, 0] };
      for (const [given, message] of [
        [null, 'must be an object'],
        [{ ...one, recipe: undefined }, 'recipe.layout'],
        [{ ...one, recipe: { ...recipe, layout: 'x' } }, "'interleaved' or 'planar'"],
        [{ ...one, recipe: { ...recipe, channels: 5 } }, 'from 1 to 4'],
        [{ ...one, recipe: { ...recipe, order: 'bgr' } }, "'RGB' or 'BGR', not \"bgr\""],
        [{ ...one, recipe: { ...recipe, affine } }, 'four numbers'],
        [{ ...one, dtype: 'uint8' }, 'dtype "uint8"'],
        [{ ...one, dtype: 'f32' }, 'needs its data as Float32Array, not Uint8Array'],
        [{ ...one, dtype: 'i8', data: new Uint8ClampedArray(4) }, 'Int8Array, not Uint8ClampedArray'],
        [{ ...one, data: [1, 2, 3, 4] }, 'Uint8Array, not object'],
        [{ ...one, width: -2, rows: -2 }, 'whole numbers'],
        [{ ...one, width: 1.5 }, 'whole numbers'],
      ] as const) {
        expect(() => kernels.toRgba(given as never)).toThrow(message);
        expect(codeOf(() => kernels.convertReduced(given as never, 1))).toBe('data');
      }
    });

    it('takes clamped bytes as bytes', () => {
      const bytes = new Uint8ClampedArray(pixels.rgba);
      expect(kernels.toRgba({ ...band, data: bytes })).toEqual(kernels.toRgba(band));
    });
  });
}

it('a band that wasm memory cannot hold is refused by size, and the next call works', () => {
  const kernels = createKernels();
  const rows = 2 ** 15;
  const recipe = { layout: 'interleaved', channels: 1, order: 'RGB', affine: null } as const;
  const band = { data: new Uint8Array(rows * rows), dtype: 'u8', width: rows, rows, recipe } as const;
  expect(codeOf(() => kernels.toRgba(band))).toBe('limit');
  expect([...kernels.toRgba({ ...band, width: 1, rows: 1 }).rgba]).toEqual([0, 0, 0, 255]);
});

describe('where WebAssembly is refused', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('plain JavaScript computes, and says so', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const { loadKernels } = await import('../../workers/wasm-kernels.js');
    const { backend, kernels } = await loadKernels();
    expect(backend).toBe('js');
    const pixels: RgbaPixels = { width: 3, height: 3, rgba: seededBytes(36, 82) };
    expect(kernels.reduce(pixels, 1)).toEqual(scalarKernels.reduce(pixels, 1));
  });

  it('it is wasm elsewhere, once a thread', async () => {
    const { loadKernels } = await import('../../workers/wasm-kernels.js');
    const first = await loadKernels();
    expect(first.backend).toBe('simd');
    expect(await loadKernels()).toBe(first);
  });
});
