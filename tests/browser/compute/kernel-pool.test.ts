import { createKernelPool, createKernels } from 'innotater/kernels';
import { equal, isTrue, rejects } from '../expect.js';

const [width, rows] = [333, 201];
const band = {
  data: Uint8Array.from({ length: width * rows * 3 }, (_, i) => (i * i * 31 + i * 7) >> 3),
  dtype: 'u8',
  width,
  rows,
  recipe: { layout: 'interleaved', channels: 3, order: 'BGR', affine: null },
} as const;

const sameBytes = (got: Uint8Array, wanted: Uint8Array) => {
  equal(got.length, wanted.length);
  isTrue(
    got.every((value, i) => value === wanted[i]),
    'the bytes are those of one thread',
  );
};

describe('the pool of kernels in the browser', () => {
  it('gives the bytes that the page itself gets: converted, reduced, resampled; its source stays', async () => {
    const pool = createKernelPool({ workers: 2 });
    const kernels = createKernels();
    const before = band.data.slice();
    try {
      sameBytes((await pool.toRgba(band)).rgba, kernels.toRgba(band).rgba);
      sameBytes((await pool.convertReduced(band, 2)).rgba, kernels.convertReduced(band, 2).rgba);
      for (const filter of ['box', 'bilinear', 'lanczos3'] as const) {
        const to = { width: 90, height: 301, filter };
        sameBytes((await pool.resize(band, to)).rgba, kernels.resize(band, to).rgba);
      }
      sameBytes(band.data, before);
    } finally {
      pool.dispose();
    }
  });

  it("an engine's own halves are the bits that they are, in the pool too; wrong bands are refused", async () => {
    const pool = createKernelPool({ workers: 1 });
    const kernels = createKernels();
    const bits = Uint16Array.from({ length: 60 }, (_, i) => 0x3c00 + i * 173);
    const halves = { ...band, data: bits, dtype: 'f16', width: 5, rows: 4 } as const;
    const Float16 = (globalThis as { Float16Array?: new (bytes: ArrayBuffer) => unknown }).Float16Array!;
    const native = { ...halves, data: new Float16(bits.buffer) } as never;
    try {
      const wanted = kernels.toRgba(halves).rgba;
      isTrue(new Set(wanted).size > 3, 'there are values');
      sameBytes(kernels.toRgba(native).rgba, wanted);
      sameBytes((await pool.toRgba(native)).rgba, wanted);
      const wrong = (await rejects(pool.toRgba({ ...band, dtype: 'uint8' } as never))) as Error;
      isTrue(wrong.message.includes('dtype "uint8"'), wrong.message);
    } finally {
      pool.dispose();
    }
  });

  it('says what is wrong where the worker cannot be loaded', async () => {
    const pool = createKernelPool({ workers: 1, workerUrl: '/there-is-none.js' });
    const thrown = await pool.toRgba(band).then(
      () => null,
      (error: { code: string; message: string }) => error,
    );
    equal(thrown?.code, 'worker');
    pool.dispose();
  });
});
