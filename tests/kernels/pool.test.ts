import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { InnotaterError } from '../../src/errors/index.js';
import type { Band, PixelRecipe } from '../../src/kernels/index.js';
import {
  createKernelPool,
  createKernels,
  type KernelPool,
  type PooledPixels,
} from '../../workers/kernels.js';
import { bytesOf } from '../../workers/wasm-memory.js';
import { seededBytes, seededFloats } from './seeded.js';

const kernels = createKernels();
const folder = mkdtempSync(join(tmpdir(), 'innotater-worker-'));
const workerUrl = pathToFileURL(join(folder, 'worker.js'));

/** The worker as the package ships it. */
beforeAll(async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const lib = { formats: ['es' as const], entry: { worker: `${root}workers/pixel.worker.ts` } };
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { outDir: folder, emptyOutDir: false, target: 'es2022', lib },
  });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const shared = <T extends Uint8Array | Float32Array>(array: T): T => {
  const memory = new SharedArrayBuffer(array.byteLength);
  const copy = new (array.constructor as new (buffer: SharedArrayBuffer) => T)(memory);
  copy.set(array);
  return copy;
};

const withPool = async (workers: number, use: (pool: KernelPool) => Promise<void>): Promise<void> => {
  const pool = createKernelPool({ workers, workerUrl });
  try {
    await use(pool);
  } finally {
    pool.dispose();
  }
};

const equal = (got: PooledPixels, wanted: PooledPixels) => {
  expect([got.width, got.height]).toEqual([wanted.width, wanted.height]);
  expect(Buffer.compare(got.rgba, wanted.rgba)).toBe(0);
};

const rejectionOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (thrown: unknown) => thrown,
  );

describe("the pool of kernels in Node's worker threads", () => {
  const [width, rows] = [301, 203];
  const bands = (layout: 'interleaved' | 'planar', isShared: boolean): readonly Band[] => {
    const recipe: PixelRecipe = { layout, channels: 3, order: 'BGR', affine: null };
    const own = isShared ? shared : <T>(array: T): T => array;
    return [
      { data: own(seededBytes(width * rows * 3, 111)), dtype: 'u8', width, rows, recipe },
      { data: own(seededFloats(width * rows * 3, 112)), dtype: 'f32', width, rows, recipe },
    ];
  };

  for (const isShared of [false, true]) {
    for (const layout of ['interleaved', 'planar'] as const) {
      it(`gives the bytes that one thread gives: ${layout}, memory ${isShared ? 'shared' : 'copied'} (seeds 111, 112)`, () =>
        withPool(2, async (pool) => {
          for (const band of bands(layout, isShared)) {
            const before = band.data.slice();
            for (const level of [0, 1, 3]) {
              equal(await pool.convertReduced(band, level), kernels.convertReduced(band, level));
            }
            for (const [w, h, filter] of [
              [97, 60, 'lanczos3'],
              [400, 333, 'bilinear'],
              [43, 29, 'box'],
              [100, 70, 'box'],
            ] as const) {
              const to = { width: w, height: h, filter };
              equal(await pool.resize(band, to), kernels.resize(band, to));
            }
            expect(Buffer.compare(bytesOf(band.data), bytesOf(before))).toBe(0);
          }
        }));
    }
  }

  it('hands copies over where memory cannot be shared', async () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    try {
      await withPool(2, async (pool) => {
        for (const layout of ['interleaved', 'planar'] as const) {
          for (const band of bands(layout, false)) {
            const before = band.data.slice();
            equal(await pool.convertReduced(band, 1), kernels.convertReduced(band, 1));
            expect(Buffer.compare(bytesOf(band.data), bytesOf(before))).toBe(0);
          }
        }
      });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('writes into the memory that it is given, shared or not, and nowhere else', () =>
    withPool(3, async (pool) => {
      const [band] = bands('interleaved', true);
      const wanted = kernels.toRgba(band!).rgba;
      for (const memory of [new SharedArrayBuffer(wanted.length + 64), new ArrayBuffer(wanted.length + 64)]) {
        const whole = new Uint8Array(memory).fill(0xa5);
        const into = whole.subarray(32);
        const { rgba } = await pool.toRgba(band!, { into });
        expect(rgba.buffer).toBe(memory);
        expect(Buffer.compare(rgba, wanted)).toBe(0);
        expect(new Set([...whole.subarray(0, 32), ...whole.subarray(32 + wanted.length)])).toEqual(
          new Set([0xa5]),
        );
      }
    }));

  it('several jobs at once do not disturb each other, and a pool has one worker a core', () =>
    withPool(2, async (pool) => {
      const [bytes, floats] = bands('interleaved', false);
      const jobs = [pool.toRgba(bytes!), pool.convertReduced(floats!, 2), pool.toRgba(floats!)];
      const wanted = [kernels.toRgba(bytes!), kernels.convertReduced(floats!, 2), kernels.toRgba(floats!)];
      (await Promise.all(jobs)).forEach((got, i) => {
        equal(got, wanted[i]!);
      });
      expect(createKernelPool().workers).toBeGreaterThanOrEqual(1);
    }));

  it('refuses what the kernels refuse, and goes on', () =>
    withPool(1, async (pool) => {
      const [band] = bands('interleaved', false);
      for (const [work, code] of [
        [pool.convertReduced(band!, -1), 'range'],
        [pool.resize(band!, { width: 0, height: 5, filter: 'box' }), 'range'],
        [pool.toRgba({ ...band!, rows: rows + 1 }), 'data'],
        [pool.toRgba(band!, { into: new Uint8Array(7) }), 'data'],
      ] as const) {
        const thrown = await rejectionOf(work);
        expect(thrown).toBeInstanceOf(InnotaterError);
        expect((thrown as InnotaterError).code).toBe(code);
      }
      expect((await pool.toRgba(band!)).rgba.length).toBe(width * rows * 4);
      expect(() => createKernelPool({ workers: 0 })).toThrow('at least one worker');
    }));

  it('rejects with the reason of an abort, with aborted when disposed, with worker where there is none', async () => {
    const [band] = bands('interleaved', false);
    await withPool(1, async (pool) => {
      const abort = new AbortController();
      const work = pool.resize(
        band!,
        { width: 2000, height: 2000, filter: 'lanczos3' },
        { signal: abort.signal },
      );
      abort.abort(new Error('enough'));
      expect(await rejectionOf(work)).toEqual(new Error('enough'));
      expect((await pool.toRgba(band!)).width).toBe(width);
      const last = pool.resize(band!, { width: 2000, height: 2000, filter: 'lanczos3' });
      pool.dispose();
      pool.dispose();
      expect(await rejectionOf(last)).toMatchObject({ code: 'aborted' });
    });
    const none = createKernelPool({ workers: 1, workerUrl: pathToFileURL(join(folder, 'none.js')) });
    const thrown = await rejectionOf(none.toRgba(band!));
    expect(thrown).toMatchObject({ code: 'worker', message: expect.stringContaining('none.js') });
    none.dispose();
  });
});
