import { describe, expect, it } from 'vitest';
import type { Band } from '../../../src/kernels/index.js';
import { assembleBands, reducedLength, rowsOfBand, rowsPerBand } from '../../../workers/bands.js';

const band = (layout: 'interleaved' | 'planar', channels: 1 | 3, width: number, rows: number): Band => ({
  data: Float32Array.from({ length: channels * width * rows }, (_, index) => index),
  dtype: 'f32',
  width,
  rows,
  recipe: { layout, channels, order: 'RGB', affine: null },
});

describe('bands', () => {
  it('are whole squares high, at least one', () => {
    expect(rowsPerBand(1000, 0, 4096)).toBe(4);
    expect(rowsPerBand(1000, 1, 3999)).toBe(2);
    expect(rowsPerBand(1000, 3, 4096)).toBe(8);
    expect(rowsPerBand(1e9, 2, 4096)).toBe(4);
  });

  it('interleaved rows share the memory of their band', () => {
    const whole = band('interleaved', 3, 4, 5);
    const part = rowsOfBand(whole, 2, 2);
    expect([...(part.data as Float32Array)]).toEqual(Array.from({ length: 24 }, (_, index) => 24 + index));
    expect(part.data.buffer).toBe(whole.data.buffer);
    expect(part.rows).toBe(2);
  });

  it('planar rows are gathered from every plane, also from a part of a buffer', () => {
    const { data, ...rest } = band('planar', 3, 4, 5);
    const shifted = new Float32Array(data.length + 3);
    shifted.set(data as Float32Array, 3);
    const part = rowsOfBand({ ...rest, data: shifted.subarray(3) }, 1, 2);
    const rows = (plane: number) => Array.from({ length: 8 }, (_, index) => plane * 20 + 4 + index);
    expect([...(part.data as Float32Array)]).toEqual([...rows(0), ...rows(1), ...rows(2)]);
  });

  it('are put together in order, with a breath between two', async () => {
    let breaths = 0;
    const breathe = async () => {
      breaths += 1;
    };
    const plan = { width: 5, height: 11, level: 1, rowsPerBand: 4, breathe };
    const seen: number[][] = [];
    const pixels = await assembleBands(plan, (from, rows) => {
      seen.push([from, rows]);
      const height = reducedLength(rows, 1);
      return { width: 3, height, rgba: new Uint8Array(3 * height * 4).fill(from + 1) };
    });
    expect(seen).toEqual([
      [0, 4],
      [4, 4],
      [8, 3],
    ]);
    expect(breaths).toBe(2);
    expect([pixels.width, pixels.height]).toEqual([3, 6]);
    expect(Array.from({ length: 6 }, (_, row) => pixels.rgba[row * 12])).toEqual([1, 1, 5, 5, 9, 9]);
  });
});
