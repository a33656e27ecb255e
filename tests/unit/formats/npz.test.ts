import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openNpy, openNpz, readNpy, writeNpy, writeNpz } from '../../../src/formats/index.js';
import { blobOf, expected } from './annotation-files.js';

const python = process.env.PYTHON ?? 'python3';
const hasNumpy = spawnSync(python, ['-c', 'import numpy']).status === 0;

const logical = ({ data, shape, strides }: Awaited<ReturnType<typeof readNpy>>): number[] => {
  const walk = (axis: number, at: number): number[] =>
    axis === shape.length
      ? [Number(data[at])]
      : Array.from({ length: shape[axis]! }, (_, i) => walk(axis + 1, at + i * strides[axis]!)).flat();
  return walk(0, 0);
};

describe('.npz files written by numpy 2.4.6 (tests/fixtures/annotations/make.py)', () => {
  for (const file of ['stored', 'compressed']) {
    it(`${file}: the same arrays`, async () => {
      const entries = await openNpz(blobOf(`npz/${file}.npz`), `${file}.npz`);
      expect(entries.map(({ name }) => name)).toEqual(Object.keys(expected.arrays));
      for (const entry of entries) {
        const tensor = await readNpy(await entry.open());
        const { shape, values } = expected.arrays[entry.name]!;
        expect([entry.isCompressed, tensor.shape, logical(tensor)]).toEqual([
          file === 'compressed',
          shape,
          values,
        ]);
      }
    });
  }

  it('what is no zip file, and an array that is damaged, are named', async () => {
    await expect(openNpz(new Blob(['no zip']), 'a.npz')).rejects.toMatchObject({
      code: 'format',
      message: /a\.npz/,
    });
    const bytes = new Uint8Array(await blobOf('npz/compressed.npz').arrayBuffer());
    bytes.fill(255, 60, 160);
    const [entry] = await openNpz(new Blob([bytes]), 'b.npz');
    await expect(entry!.open()).rejects.toMatchObject({ code: 'format', message: /b\.npz.*boxes\.npy/ });
  });
});

describe('.npy and .npz, written', () => {
  it('are read back as they were, strided ones too (seed 23)', async () => {
    const shape = fc.array(fc.nat(4), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(shape, fc.boolean(), fc.boolean(), async (axes, isReversed, compress) => {
        const count = axes.reduce((product, n) => product * n, 1);
        const data = Float32Array.from({ length: count }, (_, i) => i / 3);
        const dense = axes.map((_, axis) => axes.slice(axis + 1).reduce((product, n) => product * n, 1));
        const array = isReversed
          ? { data, shape: [...axes].reverse(), strides: [...dense].reverse() }
          : { data, shape: axes, strides: dense };
        const [entry] = await openNpz(await writeNpz({ a: array }, { compress }), 'w.npz');
        const tensor = await readNpy(await entry!.open());
        expect([tensor.shape, logical(tensor)]).toEqual([array.shape, logical({ ...array, dtype: 'f32' })]);
      }),
      { seed: 23, numRuns: 60 },
    );
  });

  it('every dtype keeps its name and bits', async () => {
    for (const [data, dtype] of [
      [new Uint16Array([0x3c00, 1]), 'f16'],
      [new Uint8Array([0, 1]), 'bool'],
      [new BigInt64Array([-1n, 5n]), 'i64'],
      [new Float64Array([Number.NaN, 0.1]), 'f64'],
    ] as const) {
      const back = await readNpy(await openNpy(writeNpy({ data, shape: [2], dtype }), 'x.npy'));
      expect([back.dtype, back.data]).toEqual([dtype, data]);
    }
  });

  it('a shape beyond its data is refused', () => {
    const data = new Uint8Array(5);
    expect(() => writeNpy({ data, shape: [2, 3] })).toThrow(/needs more than the 5/);
    expect(() => writeNpy({ data, shape: [5], strides: [-1] })).toThrow(/needs more/);
    expect(() => writeNpy({ data, shape: [1], dtype: 'f32' })).toThrow(/does not hold f32/);
  });

  it.runIf(hasNumpy)('numpy reads them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'innotater-npz-'));
    const data = Int16Array.from({ length: 24 }, (_, i) => i - 9);
    const arrays = {
      plain: { data, shape: [2, 3, 4] },
      fortran: { data, shape: [4, 3, 2], strides: [1, 4, 12] },
      backward: { data, shape: [24], strides: [-1], offset: 23 },
      none: { data, shape: [0, 3] },
      one: { data: new Uint8Array([1]), shape: [], dtype: 'bool' },
    } as const;
    for (const compress of [false, true]) {
      const file = join(folder, `${compress}.npz`);
      writeFileSync(file, new Uint8Array(await (await writeNpz(arrays, { compress })).arrayBuffer()));
      const script = `import numpy as n, json; z = n.load(${JSON.stringify(file)}); print(json.dumps({k: [str(v.dtype), v.shape, v.ravel().tolist()] for k, v in z.items()}))`;
      const seen = JSON.parse(execFileSync(python, ['-c', script], { encoding: 'utf8' }));
      expect(seen.plain).toEqual(['int16', [2, 3, 4], [...data]]);
      expect(seen.fortran[2]).toEqual(logical({ ...arrays.fortran, dtype: 'i16' }));
      expect(seen.backward[2]).toEqual([...data].reverse());
      expect(seen.none).toEqual(['int16', [0, 3], []]);
      expect(seen.one).toEqual(['bool', [], [true]]);
    }
  });
});
