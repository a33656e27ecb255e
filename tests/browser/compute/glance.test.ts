import { seededJpeg } from '../../../demo/bench/data/jpeg.js';
import { createPixelPool } from '../../../src/compute/index.js';
import { decodeScaled } from '../../../workers/decode.js';
import { jpegParts } from '../../../workers/jpeg-parts.js';
import { equal } from '../expect.js';
import { largestDifference } from './fixtures.js';

const [width, height] = [6008, 4100];
const [across, down] = [width / 8, Math.ceil(height / 8)];

/** The browser's own decoding of the whole at an eighth. */
const eighthOf = async (file: Blob): Promise<Uint8Array> => {
  const decoder = new ImageDecoder({
    data: file.stream(),
    type: 'image/jpeg',
    colorSpaceConversion: 'none',
    desiredWidth: across,
    desiredHeight: down,
  });
  const { image } = await decoder.decode();
  const pixels = new Uint8Array(image.allocationSize({ format: 'RGBA' }));
  await image.copyTo(pixels, { format: 'RGBA' });
  equal([image.codedWidth, image.codedHeight], [across, down]);
  image.close();
  decoder.close();
  return pixels;
};

describe('the first picture of a large JPEG', () => {
  it('of restart markers is decoded in parts, to the pixels of the whole, wherever it is cut (seed 7)', async () => {
    const blob = seededJpeg(width, height, 7);
    let parts = 0;
    for await (const { rows } of jpegParts(blob, height, 2)) parts += Math.sign(rows);
    equal(parts, 2);
    const pool = createPixelPool({ maxWorkers: 1 });
    const image = { id: 'glance', blob, isGlance: true };
    const facts = await pool.glance(image);
    equal(facts, { level: 3, width, height, bytes: across * down * 4 });
    const look = { level: 0, affine: null, swapRedBlue: false };
    const whole = { x: 0, y: 0, width: across, height: down };
    const expected = await eighthOf(blob);
    const all = await pool.read({ image, region: whole, ...look });
    equal([all.width, all.height, largestDifference(all, expected)], [across, down, 0]);
    const region = { x: 3, y: 200, width: 40, height: 160 };
    const part = await pool.read({ image, region, ...look });
    const rows = Array.from({ length: region.height }, (_, y) =>
      expected.subarray(((region.y + y) * across + region.x) * 4).subarray(0, region.width * 4),
    );
    equal(largestDifference(part, Uint8Array.from(rows.flatMap((row) => [...row]))), 0);
    pool.dispose();
  });

  it('is none where the file can no longer be read behind its header (seed 7)', async () => {
    let refusals = 0;
    class ShrunkFile extends Blob {
      override slice(from = 0, to = this.size): Blob {
        const part = super.slice(from, to);
        if (part.size > 1 << 17) {
          refusals++;
          part.arrayBuffer = () => Promise.reject(new Error('gone'));
        }
        return part;
      }
    }
    equal([await decodeScaled(new ShrunkFile([seededJpeg(width, height, 7)])), refusals], [null, 1]);
  });
});
