import { describe, expect, it } from 'vitest';
import {
  type Band,
  type PixelRecipe,
  type ResizeFilter,
  type RgbaPixels,
  resizeFilters,
  resizeRowsNeeded,
  resizeTaps,
  scalarKernels,
  wholeAxis,
} from '../../src/kernels/index.js';
import { rowsOfBand } from '../../workers/bands.js';
import { createKernels } from '../../workers/kernels.js';
import { floatResize, picture, psnr } from './resize-reference.js';
import { seededBytes } from './seeded.js';

const wasm = createKernels();

/** Minified, magnified, whole factors, extreme ones, and a side that stays. */
const sizes: readonly (readonly [number, number, number, number])[] = [
  [61, 47, 20, 15],
  [60, 40, 6, 4],
  [13, 9, 40, 31],
  [64, 5, 64, 2],
  [1, 1, 7, 5],
  [3, 200, 2, 1],
  [700, 3, 1, 9],
  [33, 33, 33, 33],
];

const equal = (a: RgbaPixels, b: RgbaPixels, name: string) => {
  expect([a.width, a.height], name).toEqual([b.width, b.height]);
  expect(Buffer.compare(a.rgba, b.rgba), name).toBe(0);
};

describe('resize: wasm and plain JavaScript give the same bytes', () => {
  for (const filter of resizeFilters) {
    it(`${filter}: RGBA, opaque, transparent and half of each (seed 91)`, () => {
      for (const [width, height, toWidth, toHeight] of sizes) {
        for (const kind of ['opaque', 'transparent', 'half'] as const) {
          const rgba = seededBytes(width * height * 4, 91);
          const opaque = { opaque: height, transparent: 0, half: height >> 1 }[kind];
          for (let i = 3; i < width * opaque * 4; i += 4) rgba[i] = 255;
          const to = { width: toWidth, height: toHeight, filter };
          const name = `${kind}, ${width}×${height} to ${toWidth}×${toHeight}`;
          equal(
            wasm.resize({ width, height, rgba }, to),
            scalarKernels.resize({ width, height, rgba }, to),
            name,
          );
        }
      }
    });

    it(`${filter}: bytes and floats, 1 to 4 channels, both layouts and orders (seed 92)`, () => {
      for (const channels of [1, 2, 3, 4] as const) {
        for (const layout of ['interleaved', 'planar'] as const) {
          for (const order of ['RGB', 'BGR'] as const) {
            for (const dtype of ['u8', 'f32'] as const) {
              const [width, rows] = [43, 31];
              const bytes = seededBytes(width * rows * channels, 92);
              const data = dtype === 'u8' ? bytes : Float32Array.from(bytes, (v) => v * 1.1 - 10);
              const recipe: PixelRecipe = { layout, channels, order, affine: null };
              const band: Band = { data, dtype, width, rows, recipe };
              for (const [w, h] of [
                [10, 7],
                [91, 64],
              ] as const) {
                const to = { width: w, height: h, filter };
                const name = `${dtype} ${layout} ${channels} ${order} to ${w}×${h}`;
                equal(wasm.resize(band, to), scalarKernels.resize(band, to), name);
              }
            }
          }
        }
      }
    });

    it(`${filter}: parts of rows, each from the rows it needs alone, are those of the whole (seed 93)`, () => {
      for (const [width, rows, toWidth, toHeight] of sizes) {
        const data = seededBytes(width * rows * 4, 93);
        for (let i = 3; i < data.length / 2; i += 4) data[i] = 255;
        const recipe: PixelRecipe = { layout: 'planar', channels: 4, order: 'BGR', affine: null };
        const band: Band = { data, dtype: 'u8', width, rows, recipe };
        const to = { width: toWidth, height: toHeight, filter };
        const whole = wasm.resize(band, to);
        for (let top = 0; top < toHeight; top += 3) {
          const made = Math.min(3, toHeight - top);
          const [from, end] = resizeRowsNeeded(rows, to, top, made);
          const part = { sourceTop: from, sourceRows: rows, top, rows: made };
          for (const kernels of [wasm, scalarKernels]) {
            const got = kernels.resize(rowsOfBand(band, from, end - from), to, part);
            const wanted = whole.rgba.subarray(top * toWidth * 4, (top + made) * toWidth * 4);
            expect(Buffer.compare(got.rgba, wanted), `${width}×${rows}, rows from ${top}`).toBe(0);
          }
        }
      }
    });
  }
});

describe('what a resampling means', () => {
  const filters: readonly ResizeFilter[] = resizeFilters;

  it('weights are 16-bit numbers whose sum is exact, from 1:1 to 1:20,000 and 100:1', () => {
    for (const filter of filters) {
      for (const [length, target] of [
        [1, 1],
        [5, 5],
        [12_000, 1200],
        [20_000, 1],
        [1000, 999],
        [7, 700],
        [3, 4],
        [1000, 3],
      ] as const) {
        const { count, starts, weights, shift } = resizeTaps(filter, wholeAxis(length, target));
        expect(count % 2).toBe(0);
        for (let i = 0; i < target; i++) {
          const own = [...weights.subarray(i * count, (i + 1) * count)];
          expect(
            own.reduce((a, b) => a + b),
            `${filter} ${length}:${target}, ${i}`,
          ).toBe(2 ** shift);
          own.forEach((w, k) => {
            if (w !== 0) expect(starts[i]! + k).toBeLessThan(length);
          });
        }
      }
    }
  });

  it('a flat picture stays flat, opaque or not', () => {
    for (const alpha of [255, 77]) {
      const rgba = new Uint8Array(31 * 17 * 4).map((_, i) => (i % 4 === 3 ? alpha : 200));
      for (const filter of filters) {
        for (const [width, height] of [
          [7, 5],
          [90, 40],
        ] as const) {
          const got = wasm.resize({ width: 31, height: 17, rgba }, { width, height, filter }).rgba;
          expect(new Set(got.filter((_, i) => i % 4 === 3))).toEqual(new Set([alpha]));
          expect(new Set(got.filter((_, i) => i % 4 !== 3))).toEqual(new Set([200]));
        }
      }
    }
  });

  it('the same size gives the same pixels, and a box enlarged by a whole factor is crisp', () => {
    const source = picture(40, 30, 94);
    for (const filter of filters) {
      expect(wasm.resize(source, { width: 40, height: 30, filter }).rgba).toEqual(source.rgba);
    }
    const large = wasm.resize(source, { width: 120, height: 90, filter: 'box' });
    for (let y = 0; y < 90; y++) {
      for (let x = 0; x < 120; x++) {
        const at = (Math.floor(y / 3) * 40 + Math.floor(x / 3)) * 4;
        const got = large.rgba.subarray((y * 120 + x) * 4, (y * 120 + x) * 4 + 4);
        expect(got).toEqual(source.rgba.subarray(at, at + 4));
      }
    }
  });

  it('a part of the source: whole pixels as cut out, halves between them, and edges repeated', () => {
    const source = picture(12, 10, 99);
    const band = { x: 3, y: 2, width: 6, height: 5 };
    const cut = wasm.resize(source, { width: 6, height: 5, filter: 'box', area: band });
    for (let y = 0; y < 5; y++) {
      const from = ((y + 2) * 12 + 3) * 4;
      const row = cut.rgba.subarray(y * 24, y * 24 + 24);
      expect(row).toEqual(source.rgba.subarray(from, from + 24));
    }
    for (const filter of filters) {
      for (const area of [
        { x: 2.5, y: 1.25, width: 6.5, height: 7 },
        { x: -3, y: 8.5, width: 20, height: 30 },
        { x: 11.9, y: 0, width: 40, height: 0.5 },
      ]) {
        for (const size of [
          [5, 4],
          [31, 27],
        ] as const) {
          const to = { width: size[0], height: size[1], filter, area };
          equal(wasm.resize(source, to), scalarKernels.resize(source, to), JSON.stringify(to));
        }
        const to = { width: 4, height: 4, filter, area: { x: 50, y: 50, width: 9, height: 9 } };
        const corner = wasm.resize(source, to).rgba;
        expect(corner.subarray(0, 4)).toEqual(source.rgba.subarray(-4));
      }
    }
  });

  it('transparent pixels leave no fringe', () => {
    const rgba = new Uint8Array(20 * 20 * 4);
    for (let i = 0; i < rgba.length; i += 4) rgba.set(i % 80 < 40 ? [255, 0, 0, 255] : [0, 255, 0, 0], i);
    for (const filter of filters) {
      const got = wasm.resize({ width: 20, height: 20, rgba }, { width: 7, height: 7, filter }).rgba;
      for (let i = 0; i < got.length; i += 4)
        if (got[i + 3]! > 0) expect([...got.subarray(i, i + 3)]).toEqual([255, 0, 0]);
    }
  });

  it('refuses sizes, filters and parts that are none', () => {
    const source = picture(8, 8, 95);
    for (const to of [
      { width: 0, height: 4, filter: 'box' },
      { width: 4, height: 1.5, filter: 'box' },
      { width: 4, height: 4, filter: 'cubic' as ResizeFilter },
      { width: 4, height: 4, filter: 'box', area: { x: 0, y: 0, width: 0, height: 4 } },
    ] as const) {
      for (const kernels of [wasm, scalarKernels]) expect(() => kernels.resize(source, to)).toThrow(/not/);
    }
    const to = { width: 4, height: 4, filter: 'lanczos3' } as const;
    const part = { sourceTop: 2, sourceRows: 20, top: 0, rows: 2 };
    expect(() => wasm.resize(source, to, part)).toThrow('Rows 0 to 2 need rows 0 to');
  });
});

describe('quality against 64-bit floats, written independently', () => {
  for (const [filter, least] of [
    ['lanczos3', 57],
    ['bilinear', 57],
    ['box', 57],
  ] as const) {
    for (const [width, height, toWidth, toHeight] of [
      [600, 400, 60, 40],
      [601, 399, 250, 130],
      [90, 70, 300, 201],
    ] as const) {
      it(`${filter}, ${width}×${height} to ${toWidth}×${toHeight}: at least ${least} dB, no byte off by more than 1 (seed 96)`, () => {
        const source = picture(width, height, 96);
        const to = { width: toWidth, height: toHeight, filter };
        const got = wasm.resize(source, to).rgba;
        const wanted = floatResize(source, to);
        expect(psnr(got, wanted)).toBeGreaterThan(least);
        const most = wanted.reduce((most, v, i) => Math.max(most, Math.abs(got[i]! - v)), 0);
        expect(most).toBeLessThanOrEqual(1);
      });
    }
  }

  it('lanczos3 of transparent pixels, colours times alpha: at least 50 dB (seed 97)', () => {
    const source = picture(300, 200, 97);
    const alphas = seededBytes(300 * 200, 98);
    alphas.forEach((alpha, i) => {
      source.rgba[i * 4 + 3] = alpha;
    });
    const to = { width: 80, height: 61, filter: 'lanczos3' } as const;
    expect(psnr(wasm.resize(source, to).rgba, floatResize(source, to))).toBeGreaterThan(50);
  });
});
