import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openImage, type TensorLike, Transforms } from '../../../src/images/index.js';
import { histogramOf, sampledGrid } from '../../../src/images/values.js';
import { PlainPool } from './plain-pool.js';

const seed = 481516;
const top = { level: 0, x: 0, y: 0 };
const wide: TensorLike = { data: Uint16Array.of(0, 1000, 2000, 4000), shape: [2, 2] };

describe('values of a tensor', () => {
  it('are told by channel in the order of the source, before any transform', async () => {
    const data = Float32Array.from({ length: 2 * 3 * 3 }, (_, i) => i / 2);
    const transform = [Transforms.channels('BGR'), Transforms.scale(3, 1)];
    const source = await openImage({ data, shape: [2, 3, 3] }, new PlainPool(), { transform });
    expect(await source.readValues(1.9, 1, {})).toEqual({ dtype: 'f32', values: [6, 6.5, 7] });
    await expect(source.readValues(3, 0, {})).rejects.toMatchObject({ code: 'range' });
    expect(source.isWide).toBe(true);
  });

  it('halves are numbers', async () => {
    const half: TensorLike = { data: Uint16Array.of(0x3c00, 0xc000), dtype: 'float16', shape: [1, 2] };
    const source = await openImage(half, new PlainPool());
    expect((await source.readValues(1, 0, {})).values).toEqual([-2]);
  });

  it('a window takes the place of steps on values and keeps the channels', async () => {
    const transform = [Transforms.channels('RGB'), Transforms.scale(0, 7)];
    const data = Int16Array.of(-100, 0, 100);
    const source = await openImage({ data, shape: [1, 1, 3] }, new PlainPool(), { transform });
    const shown = async (range: { lo: number; hi: number } | null) => [
      ...(await source.readTile(top, { range })).rgba,
    ];
    expect(await shown({ lo: -100, hi: 100 })).toEqual([0, 128, 255, 255]);
    expect(await shown({ lo: 100, hi: -100 })).toEqual([255, 128, 0, 255]);
    expect(await shown(null)).toEqual([7, 7, 7, 255]);
  });
});

describe('histograms', () => {
  it('count every pixel of a small image', async () => {
    const source = await openImage(wide, new PlainPool());
    const { lo, hi, counts } = await source.readHistogram(4, {});
    expect([lo, hi, counts.map((row) => [...row])]).toEqual([0, 4000, [[1, 1, 1, 1]]]);
  });

  it('leave out what is no finite number, and tell a range where there is one value or none', () => {
    const { NaN: none, POSITIVE_INFINITY: infinite } = Number;
    expect(histogramOf([none, 2, infinite], 1, 2)).toEqual({ lo: 2, hi: 3, counts: [Uint32Array.of(1, 0)] });
    expect(histogramOf([none], 1, 2)).toEqual({ lo: 0, hi: 1, counts: [Uint32Array.of(0, 0)] });
    expect(() => histogramOf([1], 1, 0)).toThrow(/1 to 65,536 bins/);
  });

  it(`their samples are bounded, inside, and never empty (seed ${seed})`, () => {
    const length = fc.integer({ min: 1, max: 2_000_000 });
    fc.assert(
      fc.property(length, length, (width, height) => {
        const { rows, columns } = sampledGrid({ width, height });
        expect(rows.length * columns.length).toBeGreaterThan(0);
        expect(rows.length * columns.length).toBeLessThanOrEqual(1 << 15);
        expect(rows.at(-1)).toBeLessThan(height);
        expect(columns.at(-1)).toBeLessThan(width);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('look at some squares of an encoded image', async () => {
    const { PNG } = await import('pngjs');
    const png = new PNG({ width: 100, height: 40 });
    png.data.fill(77);
    const source = await openImage(new Blob([new Uint8Array(PNG.sync.write(png))]), new PlainPool());
    const { lo, hi, counts } = await source.readHistogram(2, {});
    expect([lo, hi, counts.map((row) => [...row])]).toEqual([77, 78, Array(4).fill([4000, 0])]);
    expect(await source.readValues(99, 39, {})).toEqual({ dtype: 'u8', values: [77, 77, 77, 77] });
    expect(source.isWide).toBe(false);
  });
});
