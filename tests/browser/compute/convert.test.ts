import { bandJobsOf } from '../../../src/compute/band-jobs.js';
import { createPixelPool } from '../../../src/compute/index.js';
import type { Band, PixelLayout } from '../../../src/kernels/index.js';
import { equal, isTrue } from '../expect.js';
import { fixtureBlob, grey } from './fixtures.js';

const mean = [0.485, 0.456, 0.406];
const std = [0.229, 0.224, 0.225];

/** A normalised float image of any layout whose pixel (x, y, channel) is (x + 2y + 50 channel) mod 256 when denormalised. */
const normalised = (layout: PixelLayout, width: number, rows: number): Band => {
  const data = new Float32Array(width * rows * 3);
  for (let index = 0; index < data.length; index++) {
    const channel = layout === 'planar' ? Math.floor(index / (width * rows)) : index % 3;
    const pixel = layout === 'planar' ? index % (width * rows) : Math.floor(index / 3);
    data[index] =
      (wanted(pixel % width, Math.floor(pixel / width), channel) / 255 - mean[channel]!) / std[channel]!;
  }
  const scale = [255 * std[0]!, 255 * std[1]!, 255 * std[2]!, 1] as const;
  const offset = [255 * mean[0]!, 255 * mean[1]!, 255 * mean[2]!, 0] as const;
  const recipe = { layout, channels: 3, order: 'RGB', affine: { scale, offset } } as const;
  return { data, dtype: 'f32', width, rows, recipe };
};
const wanted = (x: number, y: number, channel: number) => (x + 2 * y + 50 * channel) & 255;

describe('tensor bands', () => {
  for (const maxWorkers of [0, 2]) {
    for (const layout of ['planar', 'interleaved'] as const) {
      it(`${layout} floats are denormalised ${maxWorkers ? 'in a worker' : 'on the main thread'}, in several bands`, async () => {
        const pool = createPixelPool({ maxWorkers });
        const [width, rows] = [701, 901];
        const pixels = await bandJobsOf(pool).convert({ band: normalised(layout, width, rows), level: 0 });
        equal([pixels.width, pixels.height], [width, rows]);
        for (let pixel = 0; pixel < width * rows; pixel++) {
          const [x, y] = [pixel % width, Math.floor(pixel / width)];
          for (let channel = 0; channel < 3; channel++) {
            if (pixels.rgba[pixel * 4 + channel] !== wanted(x, y, channel)) {
              throw new Error(`pixel ${x}, ${y}, channel ${channel}`);
            }
          }
          if (pixels.rgba[pixel * 4 + 3] !== 255) throw new Error(`alpha of ${x}, ${y}`);
        }
        equal(pool.stats.backend, maxWorkers ? 'worker+simd' : 'main');
        pool.dispose();
      });
    }
  }

  it('a part of a larger array is converted without taking the rest along', async () => {
    const pool = createPixelPool({ maxWorkers: 1 });
    const whole = Uint8Array.from({ length: 1000 }, (_, index) => index & 255);
    const recipe = { layout: 'interleaved', channels: 1, order: 'RGB', affine: null } as const;
    const band: Band = { data: whole.subarray(100, 112), dtype: 'u8', width: 4, rows: 3, recipe };
    const { rgba } = await bandJobsOf(pool).convert({ band, level: 0 });
    equal([rgba.length, rgba[0], rgba[44]], [48, 100, 111]);
    pool.dispose();
  });

  it('reading and converting on the main thread lets what else the page has to do come between', async () => {
    const pool = createPixelPool({ maxWorkers: 0 });
    const image = { id: 'large', blob: await fixtureBlob('large.png') };
    await pool.open(image);
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    }, 0);
    const region = { x: 0, y: 0, width: 12_000, height: 9000 };
    await pool.read({ image, region, level: 5, affine: null, swapRedBlue: false });
    const afterReading = turns;
    await bandJobsOf(pool).convert({ band: grey(8000, 4000), level: 0 });
    clearInterval(turning);
    pool.dispose();
    isTrue(afterReading >= 4 && turns - afterReading >= 4, `turns: ${afterReading}, ${turns - afterReading}`);
  });
});
