import { describe, expect, it } from 'vitest';
import { Transforms } from '../../../src/images/index.js';
import { openImage } from '../../../src/images/open-image.js';
import { scalarKernels } from '../../../src/kernels/index.js';
import { PlainPool } from './plain-pool.js';

const [width, height] = [60, 40];
const tensor = () => ({
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * i * 31 + i * 7) >> 3),
  shape: [height, width, 3],
});
const rgba = () => {
  const { data } = tensor();
  const recipe = { layout: 'interleaved', channels: 3, order: 'RGB', affine: null } as const;
  return scalarKernels.toRgba({ data, dtype: 'u8', width, rows: height, recipe });
};
const tile = { level: 0, x: 0, y: 0 };

describe('Transforms.resize', () => {
  it('I10: shows the resampled picture over the original pixels; size, values and histogram stay the original ones', async () => {
    const source = await openImage(tensor(), new PlainPool(), {
      colorspace: 'RGB',
      transform: Transforms.resize({ width: 15, height: 10, filter: 'lanczos3' }),
    });
    expect([source.width, source.height]).toEqual([width, height]);
    const small = scalarKernels.resize(rgba(), { width: 15, height: 10, filter: 'lanczos3' });
    const shown = await source.readTile(tile, {});
    expect([shown.width, shown.height]).toEqual([width, height]);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = ((y >> 2) * 15 + (x >> 2)) * 4;
        const got = shown.rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 4);
        expect(got, `${x}, ${y}`).toEqual(small.rgba.subarray(at, at + 4));
      }
    }
    const { values } = await source.readValues(7.5, 3.5, {});
    expect(values).toEqual([...tensor().data.subarray((3 * width + 7) * 3, (3 * width + 7) * 3 + 3)]);
    expect((await source.readHistogram(8, {})).counts).toHaveLength(3);
  });

  it('follows the proportions where one side is given, and comes after the steps on values', async () => {
    const inverted = Transforms.range(255, 0);
    for (const order of [
      [inverted, Transforms.resize({ height: 10, filter: 'box' })],
      [Transforms.resize({ height: 10, filter: 'box' }), inverted],
    ] as const) {
      const source = await openImage(tensor(), new PlainPool(), { colorspace: 'RGB', transform: order });
      const { rgba: shown } = await source.readTile(tile, {});
      const whole = rgba();
      const inverse = { ...whole, rgba: whole.rgba.map((v, i) => (i % 4 === 3 ? v : 255 - v)) };
      const small = scalarKernels.resize(inverse, { width: 15, height: 10, filter: 'box' });
      expect(shown.subarray(0, 4)).toEqual(small.rgba.subarray(0, 4));
      expect(shown.subarray(-4)).toEqual(small.rgba.subarray(-4));
    }
  });

  it('enlarges too; a coarser level shows means of the picture', async () => {
    const to = { width: 120, height: 80, filter: 'bilinear' } as const;
    const source = await openImage(tensor(), new PlainPool(), {
      colorspace: 'RGB',
      transform: Transforms.resize(to),
    });
    const large = scalarKernels.resize(rgba(), to);
    expect((await source.readTile(tile, {})).rgba).toEqual(scalarKernels.reduce(large, 1).rgba);
    expect(source.bytes).toBeGreaterThan(large.rgba.length);
    source.dispose();
    source.dispose();
    expect(source.bytes).toBe(0);
  });

  it('makes the picture once, and anew for another window; an aborted tile leaves the others', async () => {
    const pool = new PlainPool();
    const source = await openImage(tensor(), pool, { transform: Transforms.resize({ width: 30 }) });
    const abort = new AbortController();
    const first = source.readTile(tile, { signal: abort.signal });
    const second = source.readTile(tile, {});
    abort.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect((await second).width).toBe(width);
    const made = pool.bands.length;
    await source.readTile(tile, {});
    expect(pool.bands.length).toBe(made);
    await source.readTile(tile, { range: { lo: 0, hi: 10 } });
    expect(pool.bands.length).toBeGreaterThan(made);
  });

  it('refuses sizes and filters that are none, and a second size', () => {
    for (const wrong of [{}, { width: 0 }, { width: 1.5 }, { height: 9000 }]) {
      expect(() => Transforms.resize(wrong)).toThrow('Transforms.resize: width or height');
    }
    expect(() => Transforms.resize({ width: 5, filter: 'cubic' as 'box' })).toThrow(
      'box, bilinear, lanczos3',
    );
    const twice = [Transforms.resize({ width: 5 }), Transforms.resize({ width: 4 })];
    return expect(openImage(tensor(), new PlainPool(), { transform: twice })).rejects.toThrow('stands twice');
  });
});
