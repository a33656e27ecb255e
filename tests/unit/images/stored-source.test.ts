import { describe, expect, it } from 'vitest';
import { openImage } from '../../../src/images/index.js';
import { programsOf } from '../../../src/images/pixel-program.js';
import { StoredSource } from '../../../src/images/stored-source.js';
import { storedPixels } from '../../../src/images/tensor.js';
import { tileArea, topLevel } from '../../../src/images/tile-grid.js';
import { Transforms } from '../../../src/images/transforms.js';
import type { RgbaPixels } from '../../../src/kernels/index.js';
import { convertedBand, PlainPool, reducedPixels } from './plain-pool.js';

const [width, height] = [1700, 1300];
const [white, order] = [255, 'RGB'] as const;

/** A slope with texture, `[height, width, 3]`. */
const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
  const [pixel, c] = [Math.floor(i / 3), i % 3];
  return ((pixel % width) / 9 + Math.floor(pixel / width) / 17 + c * 40 + ((pixel * 7) % 5)) & 255;
});

/** The same in columns, one channel after another. */
const columnMajor = () => {
  const turned = new Uint8Array(data.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) turned[c * width * height + x * height + y] = data[i++]!;
    }
  }
  return turned;
};

const whole = convertedBand({
  data,
  dtype: 'u8',
  width,
  rows: height,
  recipe: { layout: 'interleaved', channels: 3, order: 'RGB', affine: null },
});
const wanted = Array.from({ length: topLevel(whole) + 1 }, (_, level) => reducedPixels(whole, level));

/** The greatest difference between a tile and the same place of the level made from the whole. */
const worst = (level: number, x: number, y: number, tile: RgbaPixels): number => {
  const all = wanted[level]!;
  const area = tileArea({ width, height }, { level, x, y });
  const [left, top] = [area.x / 2 ** level, area.y / 2 ** level];
  let most = 0;
  for (let i = 0; i < tile.rgba.length; i++) {
    const [pixel, c] = [Math.floor(i / 4), i % 4];
    const at = ((top + Math.floor(pixel / tile.width)) * all.width + left + (pixel % tile.width)) * 4 + c;
    most = Math.max(most, Math.abs(tile.rgba[i]! - all.rgba[at]!));
  }
  return most;
};

const sourceOf = (bytes: Uint8Array<ArrayBuffer>, fortranOrder = false, dtype = 'u1') => {
  const pool = new PlainPool();
  const shape = [height, width, 3];
  const { stored } = storedPixels({ blob: new Blob([bytes]), dtype, shape, fortranOrder });
  const programFor = programsOf([], { channels: 3, order, white });
  const limits = { slabBytes: 300 * width * 3, keptBytes: 700_000 };
  return { pool, source: new StoredSource(stored, programFor, pool, limits) };
};

describe('an image in a file', () => {
  for (const fortran of [false, true]) {
    const bytes = fortran ? columnMajor() : data;
    it(`every tile is the mean of its squares; ${fortran ? 'Fortran' : 'C'} order`, async () => {
      const { source } = sourceOf(bytes, fortran);
      for (let level = 0; level < wanted.length; level++) {
        const [columns, rows] = [width, height].map((n) => Math.ceil(n / 512 / 2 ** level));
        const places = Array.from({ length: rows! * columns! }, (_, i) => [
          i % columns!,
          Math.floor(i / columns!),
        ]);
        const read = async ([x, y]: number[]) =>
          worst(level, x!, y!, await source.readTile({ level, x: x!, y: y! }, {}));
        expect(Math.max(...(await Promise.all(places.map(read)))), `level ${level}`).toBeLessThanOrEqual(
          level > 2 ? 1 : 0,
        );
      }
    }, 30_000);
  }

  it('reads each part of the file once for the whole view and all coarser ones, and counts what it keeps', async () => {
    const { source, pool } = sourceOf(data);
    expect(source.bytes).toBe(0);
    await Promise.all([
      source.readTile({ level: 2, x: 0, y: 0 }, {}),
      source.readTile({ level: 2, x: 0, y: 0 }, {}),
    ]);
    await source.readTile({ level: 3, x: 0, y: 0 }, {});
    const lines = pool.regions.map(({ y, height: rows }) => [y, y + rows]).sort((a, b) => a[0]! - b[0]!);
    expect(lines).toEqual([0, 300, 600, 900, 1200].map((from) => [from, Math.min(height, from + 300)]));
    expect(source.bytes).toBe(425 * 325 * 4);
    source.dispose();
    expect(source.bytes).toBe(0);
  });

  it('tiles side by side are read together, and their neighbours with them', async () => {
    const { source, pool } = sourceOf(data);
    const tile = (x: number) => source.readTile({ level: 0, x, y: 1 }, {});
    await Promise.all([tile(0), tile(1)]);
    expect(pool.regions).toEqual([
      { x: 0, y: 512, width, height: 300 },
      { x: 0, y: 812, width, height: 212 },
    ]);
    expect(source.bytes).toBe((512 + 164) * 512 * 4);
    expect(worst(0, 2, 1, await tile(2))).toBe(0);
    expect([pool.regions.length, source.bytes]).toEqual([2, 164 * 512 * 4]);
  });

  it('reading ends when nobody waits any more, and begins anew for who does', async () => {
    const { source, pool } = sourceOf(data);
    const [one, other] = [new AbortController(), new AbortController()];
    const read = (level: number, signal: AbortSignal) => source.readTile({ level, x: 0, y: 0 }, { signal });
    for (const level of [0, 2]) {
      const [first, second] = [read(level, one.signal), read(level, other.signal)];
      one.abort(new Error('panned away'));
      await expect(first).rejects.toThrow('panned away');
      expect((await second).width).toBe(level === 0 ? 512 : 425);
      const before = pool.regions.length;
      const third = new AbortController();
      const left = read(level === 0 ? 1 : 3, third.signal);
      third.abort(new Error('gone'));
      await left.catch((error: Error) => expect(error.message).toBe('gone'));
      expect(pool.regions.length).toBe(before);
    }
    expect(source.progress).toBeNull();
  });

  it('a window over wide values is applied to what is kept, without reading the file', async () => {
    const pool = new PlainPool();
    const values = Uint16Array.from({ length: 64 * 64 }, (_, i) => (i % 64 < 32 ? 100 : 300));
    const source = await openImage({ blob: new Blob([values]), dtype: 'uint16', shape: [64, 64] }, pool, {
      transform: Transforms.range(0, 1000),
    });
    const shown = async (range: { lo: number; hi: number } | null) => {
      const { rgba } = await source.readTile({ level: 0, x: 0, y: 0 }, { range });
      return [rgba[0], rgba[63 * 4]];
    };
    expect(await shown(null)).toEqual([26, 77]);
    expect(await shown({ lo: 100, hi: 300 })).toEqual([0, 255]);
    expect(pool.regions.length).toBe(1);
    expect(source.bytes).toBe(64 * 64 * 4);
    expect((await source.readValues(40, 7, {})).values).toEqual([300]);
    const { lo, hi, counts } = await source.readHistogram(2, {});
    expect([lo, hi, [...counts[0]!]]).toEqual([100, 300, [2048, 2048]]);
  });

  it('a .npy file is an entry as it is; a stack, an unknown dtype and a short file say what is wrong', async () => {
    const header = "{'descr': '>f4', 'fortran_order': False, 'shape': (1, 2), }\n";
    const start = new Uint8Array([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, header.length, 0]);
    const values = new DataView(new ArrayBuffer(8));
    values.setFloat32(0, 1);
    values.setFloat32(4, 0.5);
    const file = new File([start, header, values.buffer], 'a.npy');
    const source = await openImage(file, new PlainPool());
    const { rgba } = await source.readTile({ level: 0, x: 0, y: 0 }, {});
    expect([...rgba]).toEqual([255, 255, 255, 255, 128, 128, 128, 255]);
    const blob = new Blob(['12345678']);
    const failing = (entry: object) =>
      openImage({ blob, dtype: 'u1', shape: [2, 4], ...entry }, new PlainPool());
    await expect(failing({ shape: [2, 2, 2, 1] })).rejects.toThrow(/more than one image/);
    await expect(failing({ dtype: 'U12' })).rejects.toThrow(/dtype U12, which is not known/);
    await expect(failing({ shape: [3, 3] })).rejects.toThrow(/elements 0 to 8 of its data, which holds 8/);
  });
});

describe('a tensor in memory that is shared with the workers', () => {
  it('is read where it lies: nothing is copied, and what is shown is the same', async () => {
    const pool = new PlainPool();
    const shared = new Uint8Array(new SharedArrayBuffer(data.length + 7), 7);
    shared.set(data);
    const options = { colorspace: 'RGB' } as const;
    const source = await openImage({ data: shared, shape: [height, width, 3] }, pool, options);
    const tile = await source.readTile({ level: 1, x: 1, y: 0 }, {});
    expect([worst(1, 1, 0, tile), pool.bands.length, source.bytes]).toEqual([0, 0, 0]);
    expect(pool.regions.length).toBeGreaterThan(0);
  });
});

describe('the coarse whole of a large image', () => {
  const [wide, high] = [8192, 4100];
  const row = Uint8Array.from({ length: wide }, (_, x) => x >> 5);
  const blob = new Blob(Array.from({ length: high }, () => row));
  const rises = ({ width: w, height: h, rgba }: RgbaPixels) => {
    expect([w, h]).toEqual([512, 257]);
    for (const [x, y] of [
      [0, 0],
      [300, 200],
      [511, 256],
    ] as const) {
      expect(Math.abs(rgba[(y * 512 + x) * 4]! - (x >> 1))).toBeLessThanOrEqual(1);
    }
  };

  it('is made of some rows of a file', async () => {
    const pool = new PlainPool();
    const { stored } = storedPixels({ blob, dtype: 'u1', shape: [high, wide] });
    const rows: number[] = [];
    pool.readStored = async ({ region, level }) => {
      rows.push(region.height);
      const line = convertedBand({
        data: row,
        dtype: 'u8',
        width: wide,
        rows: 1,
        recipe: { layout: 'planar', channels: 1, order: 'RGB', affine: null },
      });
      return reducedPixels(line, level);
    };
    const source = new StoredSource(stored, programsOf([], { channels: 1, order, white }), pool);
    rises(await source.readCoarse!({}));
    expect(rows).toEqual(Array(256).fill(1));
  });

  it('is a pixel for each texel of an array in memory; smaller images need none', async () => {
    const pool = new PlainPool();
    const all = new Uint8Array(wide * high);
    for (let y = 0; y < high; y++) all.set(row, y * wide);
    const source = await openImage({ data: all, shape: [high, wide] }, pool);
    rises(await source.readCoarse!({}));
    expect(pool.bands.map(({ width: w, rows }) => w * rows)).toEqual([1 << 16, 1 << 16, 512]);
    const small = await openImage({ data: all, shape: [1000, 1000] }, pool);
    expect(small.readCoarse).toBeUndefined();
  });
});
