import { createPixelPool, type PixelPool } from '../../../src/compute/index.js';
import { InnotaterError } from '../../../src/errors/index.js';
import type { Affine, EncodedRegion, PixelRect } from '../../../src/kernels/index.js';
import { equal, isTrue, rejects } from '../expect.js';
import {
  averaged,
  cropOf,
  type ExpectedImage,
  expectedImages,
  fixtureBlob,
  fixtureImage,
  largestDifference,
} from './fixtures.js';

/** Decoders may round differently in JPEG and AVIF; all other formats are exact. */
const toleranceOf = (name: string): number => (name.endsWith('.jpg') ? 4 : name.endsWith('.avif') ? 6 : 0);

const everything = { x: 0, y: 0, width: 1e6, height: 1e6 };

describe('encoded images in a worker', () => {
  let pool: PixelPool;
  let expected: ReadonlyMap<string, ExpectedImage>;
  before(async () => {
    pool = createPixelPool({ maxWorkers: 2 });
    expected = await expectedImages();
  });
  after(() => pool.dispose());

  const read = async (name: string, rest: Partial<EncodedRegion> = {}) =>
    pool.read({
      image: await fixtureImage(name),
      region: everything,
      level: 0,
      affine: null,
      swapRedBlue: false,
      ...rest,
    });

  it('has the size and the pixels that PIL reads, in every format', async () => {
    for (const [name, wanted] of expected) {
      const { width, height, bytes } = await pool.open(await fixtureImage(name));
      equal([name, width, height, bytes], [name, wanted.width, wanted.height, width * height * 4]);
      const most = largestDifference(await read(name), wanted.rgba);
      isTrue(most <= toleranceOf(name), `${name} differs by ${most}`);
    }
    equal(pool.stats.backend, 'worker+simd');
  });

  it('cuts regions exactly at odd places and sizes, and clips them', async () => {
    const wanted = expected.get('noise-alpha.png')!;
    const regions: PixelRect[] = [
      { x: 1, y: 1, width: 1, height: 1 },
      { x: 7, y: 11, width: 33, height: 21 },
      { x: 74, y: 0, width: 1, height: 53 },
    ];
    for (const region of regions) {
      equal(largestDifference(await read('noise-alpha.png', { region }), cropOf(wanted, region)), 0);
    }
    const clipped = await read('noise-alpha.png', { region: { x: 70, y: 50, width: 512, height: 512 } });
    equal([clipped.width, clipped.height], [5, 3]);
    equal(largestDifference(clipped, cropOf(wanted, { x: 70, y: 50, width: 5, height: 3 })), 0);
  });

  it('cuts regions out of turned and mirrored images', async () => {
    const region = { x: 3, y: 5, width: 41, height: 17 };
    for (const name of [...expected.keys()].filter((key) => key.startsWith('oriented'))) {
      const most = largestDifference(await read(name, { region }), cropOf(expected.get(name)!, region));
      isTrue(most <= toleranceOf(name), `${name} differs by ${most}`);
    }
  });

  it('cuts exactly out of an image that is wider than a frame can be', async () => {
    const region = { x: 39_001, y: 3, width: 511, height: 17 };
    const { rgba } = await read('wide.png', { region });
    for (let pixel = 0; pixel < 511 * 17; pixel++) {
      const [x, y] = [39_001 + (pixel % 511), 3 + Math.floor(pixel / 511)];
      equal([...rgba.subarray(pixel * 4, pixel * 4 + 4)], [x % 251, y * 12, 0, 255 - y * 5], `${x}, ${y}`);
    }
  });

  it('reduces by area averaging', async () => {
    for (const level of [1, 2, 3, 7]) {
      const reduced = await read('smooth.png', { level });
      equal([reduced.width, reduced.height], [Math.ceil(75 / 2 ** level), Math.ceil(53 / 2 ** level)]);
      const most = largestDifference(reduced, averaged(expected.get('smooth.png')!, level));
      isTrue(most <= 1, `level ${level} differs by ${most}`);
    }
  });

  it('swaps red and blue, then applies the affine; an opaque image stays opaque', async () => {
    const affine: Affine = { scale: [2, 1, 0.5, 0], offset: [-10, 5, 0, 7] };
    const { rgba } = await read('smooth.png', { affine, swapRedBlue: true });
    const source = expected.get('smooth.png')!.rgba;
    const clamp = (value: number) => Math.min(255, Math.max(0, value));
    for (let at = 0; at < source.length; at += 4) {
      const wanted = [source[at + 2]! * 2 - 10, source[at + 1]! + 5, source[at]! * 0.5];
      wanted.forEach((value, channel) => {
        isTrue(Math.abs(rgba[at + channel]! - clamp(value)) <= 0.5, `byte ${at + channel}`);
      });
      equal(rgba[at + 3], 255);
    }
  });

  it('reads an image on whatever was not opened before', async () => {
    pool.release('opencv.png');
    equal(largestDifference(await read('opencv.png'), expected.get('opencv.png')!.rgba), 0);
  });

  it('adopts a bitmap that the page made, until it is released', async () => {
    const context = new OffscreenCanvas(9, 5).getContext('2d')!;
    context.fillStyle = '#204060';
    context.fillRect(0, 0, 9, 5);
    const opened = await pool.adopt('made', context.canvas.transferToImageBitmap());
    equal(opened, { width: 9, height: 5, bytes: 180 });
    const request: EncodedRegion = {
      image: { id: 'made', blob: new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>']) },
      region: { x: 8, y: 4, width: 1, height: 1 },
      level: 0,
      affine: null,
      swapRedBlue: false,
    };
    equal([...(await pool.read(request)).rgba], [0x20, 0x40, 0x60, 255]);
    pool.release('made');
    const error = (await rejects(pool.read(request))) as InnotaterError;
    equal([error.code, error.facts.content], ['decode', 'SVG']);
  });

  const failures: [string, string, RegExp][] = [
    ['text.png', 'decode', /not an image that this browser can decode.*460 bytes.*plain text/],
    ['page.jpg', 'decode', /not an image.*an HTML page/],
    ['empty.png', 'decode', /not an image.*0 bytes.*the file is empty/],
    ['truncated.jpg', 'decode', /truncated.*JPEG/],
    ['thumbnail-truncated.jpg', 'decode', /truncated.*JPEG/],
    ['header-only.jpg', 'decode', /truncated.*JPEG/],
    ['truncated.png', 'decode', /truncated.*PNG/],
    ['truncated.webp', 'decode', /truncated.*WebP/],
    ['truncated.gif', 'decode', /truncated.*GIF/],
    ['truncated.bmp', 'decode', /truncated.*BMP/],
    ['truncated.avif', 'decode', /truncated.*AVIF/],
    ['too-large.png', 'limit', /30,000×30,000 pixels.*2\^29/],
  ];
  for (const [name, code, message] of failures) {
    it(`tells what is wrong with ${name}`, async () => {
      const image = await fixtureImage(name);
      const error = (await rejects(pool.open(image))) as InnotaterError;
      isTrue(error instanceof InnotaterError, 'an InnotaterError');
      equal(error.code, code);
      isTrue(message.test(error.message), error.message);
    });
  }

  it('says that a region lies outside the image', async () => {
    const region = { x: 100, y: 0, width: 5, height: 5 };
    equal(((await rejects(read('smooth.png', { region }))) as InnotaterError).code, 'range');
  });

  it('decodes once for many readers that come at the same time', async () => {
    const blob = await fixtureBlob('large.png');
    const at = (x: number, y: number) =>
      pool.read({
        image: { id: 'large', blob },
        region: { x, y, width: 1021, height: 1023 },
        level: 0,
        affine: null,
        swapRedBlue: false,
      });
    const places = [
      [0, 0],
      [10_001, 7003],
      [511, 4097],
    ] as const;
    const startMs = performance.now();
    const parts = await Promise.all(places.map(([x, y]) => at(x, y)));
    isTrue(performance.now() - startMs < 20_000, 'one decoding is enough');
    parts.forEach((part, index) => {
      const [left, top] = places[index]!;
      equal([part.width, part.height], [1021, 1023]);
      for (let pixel = 0; pixel < 1021 * 1023; pixel += 37) {
        const [x, y] = [left + (pixel % 1021), top + Math.floor(pixel / 1021)];
        const wanted = [
          ((x >> 6) * 7 + (y >> 6) * 3) & 255,
          Math.floor(x / 48) & 255,
          Math.floor(y / 40) & 255,
          255,
        ];
        equal([...part.rgba.subarray(pixel * 4, pixel * 4 + 4)], wanted, `large.png at ${x}, ${y}`);
      }
    });
  });

  it('reduces all of 12,000×9,000 pixels band by band', async () => {
    const level = 6;
    const whole = await pool.read({
      image: { id: 'large', blob: await fixtureBlob('large.png') },
      region: everything,
      level,
      affine: null,
      swapRedBlue: false,
    });
    equal([whole.width, whole.height], [188, 141]);
    for (let pixel = 0; pixel < 188 * 141; pixel++) {
      const [x, y] = [pixel % 188, Math.floor(pixel / 188)];
      equal(whole.rgba[pixel * 4], (x * 7 + y * 3) & 255, `red of square ${x}, ${y}`);
    }
    pool.release('large');
  });
});
