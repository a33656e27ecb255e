import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandBlocks, maxBandBytes } from '../../../src/images/band.js';
import { type TensorPixels, tensorPixels } from '../../../src/images/tensor.js';
import {
  bandLayout,
  bytesPerElement,
  copyBlock,
  type DType,
  newElements,
  type PixelRect,
} from '../../../src/kernels/index.js';

const seed = 20240611;

const dtypes: readonly DType[] = ['u8', 'i16', 'f32', 'f64', 'i64', 'u64'];

/** A tensor in any order of axes, padded, perhaps mirrored, its elements numbered. */
const tensors = fc
  .record({
    dtype: fc.constantFrom(...dtypes),
    lengths: fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 4 }),
    ),
    order: fc.constantFrom([0, 1, 2], [2, 0, 1], [1, 0, 2], [2, 1, 0]),
    padding: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)),
    mirrored: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  })
  .map(({ dtype, lengths, order, padding, mirrored }): TensorPixels => {
    const strides = [0, 0, 0];
    let step = 1;
    for (const axis of [...order].reverse()) {
      strides[axis] = step;
      step *= lengths[axis]! + padding[axis]!;
    }
    const data = newElements(dtype, step);
    for (let i = 0; i < step; i++)
      (data as Uint8Array)[i] = (dtype.endsWith('64') && dtype !== 'f64' ? BigInt(i) : i) as number;
    let offset = 0;
    mirrored.forEach((isMirrored, axis) => {
      if (!isMirrored) return;
      offset += (lengths[axis]! - 1) * strides[axis]!;
      strides[axis] = -strides[axis]!;
    });
    return tensorPixels({ data, shape: [...lengths], strides, offset }, 'last');
  });

const isTensorWith = (tensor: TensorPixels, picks: readonly number[]) =>
  picks.every((pick) => pick < tensor.channels);

describe('bands', () => {
  it(`copy what the strides say, whatever the order of memory (seed ${seed})`, () => {
    const picked = fc.constantFrom(
      [0],
      [0, 1],
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [0, 1, 2, 3],
      [2, 1, 0, 3],
      [3, 3, 0],
    );
    fc.assert(
      fc.property(tensors, picked, fc.nat(), fc.nat(), (tensor, picks, a, b) => {
        fc.pre(isTensorWith(tensor, picks));
        const x = a % tensor.width;
        const y = b % tensor.height;
        const block = { x, y, width: tensor.width - x, height: tensor.height - y };
        const how = bandLayout(tensor, picks);
        const copy = copyBlock(tensor, how, block);
        for (let i = 0; i < block.height; i++) {
          for (let j = 0; j < block.width; j++) {
            picks.forEach((pick, c) => {
              const { offset, strides } = tensor;
              const source =
                tensor.data[offset + (y + i) * strides.y + (x + j) * strides.x + pick * strides.c];
              const lane = how.order === 'BGR' && c < 3 ? 2 - c : c;
              const at =
                how.layout === 'planar'
                  ? (lane * block.height + i) * block.width + j
                  : (i * block.width + j) * picks.length + lane;
              expect(copy[at]).toBe(source);
            });
          }
        }
      }),
      { seed, numRuns: 400 },
    );
  });

  it('never take memory from the caller', () => {
    const data = new Uint8Array(12);
    const tensor = tensorPixels({ data, shape: [2, 2, 3] });
    const copy = copyBlock(tensor, bandLayout(tensor, [2, 1, 0]), { x: 0, y: 0, width: 2, height: 2 });
    expect(copy.buffer).not.toBe(data.buffer);
  });

  it(`cut an area into blocks once and whole, at multiples of the unit (seed ${seed})`, () => {
    const areas = fc.record({
      x: fc.nat(5),
      y: fc.nat(5),
      width: fc.integer({ min: 1, max: 5000 }),
      height: fc.integer({ min: 1, max: 5000 }),
    });
    const shapes = fc.constantFrom<[DType, number[]]>(
      ['u8', [0]],
      ['u8', [0, 1, 2]],
      ['f32', [0, 1, 2]],
      ['f64', [0, 1, 2, 3]],
    );
    fc.assert(
      fc.property(areas, fc.nat(8), shapes, fc.boolean(), (area, level, [dtype, picks], runs) => {
        const unit = 2 ** level;
        const tensor = { dtype } as TensorPixels;
        const how = { layout: 'planar', order: 'RGB', picks, runs } as const;
        const blocks = bandBlocks(area, unit, tensor, how);
        expect(blocks.reduce((sum, b) => sum + b.width * b.height, 0)).toBe(area.width * area.height);
        const bytesPerPixel = picks.length * bytesPerElement(dtype);
        expect(blocks.filter((block) => !fits(block, area, unit, bytesPerPixel))).toEqual([]);
        expect(new Set(blocks.map(({ x, y }) => `${x},${y}`)).size).toBe(blocks.length);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('span the whole width of a wide tensor in rows of about 4 MB', () => {
    const tensor = { dtype: 'u8' } as TensorPixels;
    const how = { layout: 'interleaved', order: 'BGR', picks: [0, 1, 2], runs: true } as const;
    const blocks = bandBlocks({ x: 0, y: 0, width: 12_000, height: 9000 }, 8, tensor, how);
    expect(blocks.every(({ width }) => width === 12_000)).toBe(true);
    expect(blocks[0]!.height * 12_000 * 3).toBeGreaterThan(3 << 20);
  });
});

const fits = (block: PixelRect, area: PixelRect, unit: number, bytesPerPixel: number): boolean =>
  (block.x - area.x) % unit === 0 &&
  (block.y - area.y) % unit === 0 &&
  block.x + block.width <= area.x + area.width &&
  block.y + block.height <= area.y + area.height &&
  block.width * block.height * bytesPerPixel <= Math.max(maxBandBytes, unit * unit * bytesPerPixel);
