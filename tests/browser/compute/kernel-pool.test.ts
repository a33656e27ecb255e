import { createKernelPool, createKernels } from 'innotater/kernels';
import { equal, isTrue } from '../expect.js';

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
