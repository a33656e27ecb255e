import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storedPixels } from '../../../src/images/tensor.js';
import { type Band, bandLayout, type DType, type StoredTensor } from '../../../src/kernels/index.js';
import { meanValues } from '../../../workers/mean-values.js';
import { readBlock, sampleTensor } from '../../../workers/stored-tensor.js';
import { reducedValues, storedValues } from '../images/plain-pool.js';

const seed = 77_031;
const dtypes: readonly DType[] = ['u8', 'i8', 'u16', 'i16', 'u32', 'f16', 'f32', 'f64', 'i64', 'bool'];

/** Random bytes with a header before them, read in any order of axes, padded, perhaps mirrored, in either byte order. */
const tensors = fc
  .record({
    dtype: fc.constantFrom(...dtypes),
    lengths: fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 4 }),
    ),
    order: fc.constantFrom([0, 1, 2], [2, 0, 1], [1, 0, 2], [2, 1, 0]),
    padding: fc.tuple(fc.nat(9), fc.nat(9), fc.nat(2)),
    mirrored: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    littleEndian: fc.boolean(),
    bytes: fc.uint8Array({ minLength: 64, maxLength: 64 }),
  })
  .map(({ dtype, lengths, order, padding, mirrored, littleEndian, bytes }): StoredTensor => {
    const strides = [0, 0, 0];
    let step = 1;
    for (const axis of [...order].reverse()) {
      strides[axis] = step;
      step *= lengths[axis]! + padding[axis]!;
    }
    let offset = 0;
    mirrored.forEach((isMirrored, axis) => {
      if (!isMirrored) return;
      offset += (lengths[axis]! - 1) * strides[axis]!;
      strides[axis] = -strides[axis]!;
    });
    // 0x7e… in every other place keeps floats finite.
    const data = Uint8Array.from({ length: step * 8 + 6 }, (_, i) => bytes[(i * 7) % 64]! & 0x3f);
    const blob = new Blob([data]);
    return storedPixels({ blob, byteOffset: 6, dtype, littleEndian, shape: lengths, strides, offset }, 'last')
      .stored;
  });

const part = (length: number, a: number, b: number): readonly [number, number] => {
  const from = a % length;
  return [from, 1 + (b % (length - from))];
};

describe('tensors in files', () => {
  it(`any block is read as the strides say (seed ${seed})`, async () => {
    const picks = fc.constantFrom([0], [0, 1], [0, 1, 2], [2, 1, 0], [2, 1, 0, 3], [3, 3, 0]);
    await fc.assert(
      fc.asyncProperty(tensors, picks, fc.nat(), fc.nat(), fc.nat(), async (tensor, picked, a, b, c) => {
        fc.pre(picked.every((pick) => pick < tensor.channels));
        const [x, width] = part(tensor.width, a, b);
        const [y, height] = part(tensor.height, b, c);
        const region = { x, y, width, height };
        const how = bandLayout(tensor, picked);
        const channels = picked.length as 1;
        const recipe = { layout: how.layout, channels, order: how.order, affine: null };
        const data = await readBlock(tensor, how, region);
        const band: Band = { data, dtype: tensor.dtype, width, rows: height, recipe };
        const wanted = await storedValues(tensor, region, picked);
        expect([...meanValues(band, 0).values]).toEqual([...Float32Array.from(wanted)]);
        expect([...meanValues(band, 1).values]).toEqual([
          ...reducedValues(Float64Array.from(Float32Array.from(wanted)), region, picked.length, 1).values,
        ]);
      }),
      { seed, numRuns: 400 },
    );
  });

  it(`samples are the pixels where rows and columns cross (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(tensors, async (tensor) => {
        const rows = [0, tensor.height - 1].slice(tensor.height === 1 ? 1 : 0);
        const columns = Array.from({ length: Math.ceil(tensor.width / 2) }, (_, i) => i * 2);
        const all = Array.from({ length: tensor.channels }, (_, c) => c);
        const wanted: number[] = [];
        for (const y of rows) {
          for (const x of columns) {
            wanted.push(...(await storedValues(tensor, { x, y, width: 1, height: 1 }, all)));
          }
        }
        expect([...(await sampleTensor({ tensor, rows, columns }))]).toEqual(wanted);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('a file that changed says so', async () => {
    const blob = new Blob(['12345678']);
    const { stored } = storedPixels({ blob, dtype: 'u1', shape: [2, 4] });
    const gone = {
      ...stored,
      bytes: Object.assign(new Blob(['12345678']), {
        slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadable')) }),
      }),
    };
    await expect(
      readBlock(gone as StoredTensor, bandLayout(stored, [0]), { x: 0, y: 0, width: 4, height: 2 }),
    ).rejects.toMatchObject({
      code: 'fetch',
    });
  });
});

describe('means of values', () => {
  it('leave out what is no finite number', () => {
    const { NaN: none, POSITIVE_INFINITY: infinite } = Number;
    const data = Float32Array.of(1, none, none, none, infinite, 3, none, none);
    const recipe = { layout: 'interleaved', channels: 1, order: 'RGB', affine: null } as const;
    const { width, height, values } = meanValues({ data, dtype: 'f32', width: 4, rows: 2, recipe }, 1);
    expect([width, height, [...values]]).toEqual([2, 1, [2, none]]);
  });
});
