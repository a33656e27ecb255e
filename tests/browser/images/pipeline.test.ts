import { createPixelPool } from '../../../src/compute/index.js';
import { InnotaterError } from '../../../src/errors/index.js';
import { type ImageEntry, openImage, type TensorLike, Transforms } from '../../../src/images/index.js';
import InlineWorker from '../../../workers/pixel.worker.ts?worker&inline';
import { expectedImages, fixtureBlob, largestDifference } from '../compute/fixtures.js';
import { equal, isTrue, near, rejects } from '../expect.js';
import { frame, stand } from './stand.js';

const top = { level: 0, x: 0, y: 0 };
const svg = (root: string, inside = '<rect width="50%" height="100%" fill="#f00"/>') =>
  new Blob([`<svg xmlns="http://www.w3.org/2000/svg" ${root}>${inside}</svg>`], { type: 'image/svg+xml' });

const failureOf = async (entry: ImageEntry): Promise<InnotaterError> => {
  const pool = createPixelPool({ maxWorkers: 1 });
  const error = await rejects(openImage(entry, pool, { name: 'data1', uindex: 7 }));
  pool.dispose();
  if (error instanceof InnotaterError) return error;
  throw error;
};

describe('encoded images', () => {
  it('I1, I6: a lossless file shows exactly its pixels, whatever the colorspace', async () => {
    const wanted = (await expectedImages()).get('noise-alpha.png')!;
    const pool = createPixelPool({ maxWorkers: 1 });
    const blob = await fixtureBlob('noise-alpha.png');
    const bytes = new Uint8Array(await blob.arrayBuffer());
    for (const entry of [blob, bytes, bytes.buffer, new File([blob], 'a.png'), 'noise-alpha.png']) {
      const source = await openImage(entry, pool, { path: '/tests/fixtures/images', colorspace: 'BGR' });
      equal([source.width, source.height], [wanted.width, wanted.height]);
      equal(largestDifference(await source.readTile(top, {}), wanted.rgba), 0);
      source.dispose();
    }
    pool.dispose();
  });

  it('transforms run on what was decoded', async () => {
    const wanted = (await expectedImages()).get('smooth.png')!;
    const pool = createPixelPool({ maxWorkers: 1 });
    const transform = [Transforms.channels('BGR'), Transforms.scale(-1, 255)];
    const source = await openImage(await fixtureBlob('smooth.png'), pool, { transform });
    const inverted = wanted.rgba.map((_, i) => {
      const channel = i % 4;
      return channel === 3 ? wanted.rgba[i]! : 255 - wanted.rgba[i - channel + 2 - channel]!;
    });
    equal(largestDifference(await source.readTile(top, {}), inverted), 0);
    pool.dispose();
  });

  it('damaged files and files of another kind say so, by name', async () => {
    const truncated = new File([await fixtureBlob('truncated.jpg')], 'cat.jpg', { type: 'image/jpeg' });
    const error = await failureOf(truncated);
    equal(error.code, 'decode');
    isTrue(/^data1, sample 7, File cat\.jpg \(image\/jpeg, \d+ bytes\): /.test(error.message), error.message);
    equal((await failureOf(new File(['hello'], 'x.png'))).code, 'decode');
    equal((await failureOf(new Uint8Array(0))).code, 'decode');
    const lost = await failureOf('/tests/fixtures/images/gone.png');
    equal([lost.code, lost.facts.status], ['fetch', 404]);
  });
});

describe('SVG', () => {
  const shown = async (blob: Blob) => {
    const pool = createPixelPool({ maxWorkers: 1 });
    const source = await openImage(blob, pool);
    const tile = await source.readTile(top, {});
    const at = (x: number, y: number) => [...tile.rgba.subarray((y * tile.width + x) * 4).slice(0, 4)];
    source.dispose();
    pool.dispose();
    return { size: [source.width, source.height], at };
  };

  it('is drawn at its size, transparent where nothing is', async () => {
    const { size, at } = await shown(svg('width="40" height="20"'));
    equal(size, [40, 20]);
    equal(
      [at(5, 5), at(19, 19), at(20, 0)],
      [
        [255, 0, 0, 255],
        [255, 0, 0, 255],
        [0, 0, 0, 0],
      ],
    );
  });

  it('is drawn at its viewBox, or at 300 × 150, when it has no size', async () => {
    const boxed = await shown(svg('viewBox="0 0 64 32"', '<rect width="32" height="32" fill="#0f0"/>'));
    equal(
      [boxed.size, boxed.at(31, 31), boxed.at(32, 31)],
      [
        [64, 32],
        [0, 255, 0, 255],
        [0, 0, 0, 0],
      ],
    );
    const bare = await shown(svg(''));
    equal(
      [bare.size, bare.at(149, 149), bare.at(150, 0)],
      [
        [300, 150],
        [255, 0, 0, 255],
        [0, 0, 0, 0],
      ],
    );
    const percent = await shown(svg('width="100%" viewBox="0 0 10 10"', '<rect width="5" height="5"/>'));
    equal(
      [percent.size, percent.at(4, 4), percent.at(5, 5)],
      [
        [10, 10],
        [0, 0, 0, 255],
        [0, 0, 0, 0],
      ],
    );
  });

  it('is told by its content where the type is missing, and refused when it is no XML', async () => {
    const untyped = new Blob([await svg('width="8" height="4"').arrayBuffer()]);
    equal((await shown(untyped)).size, [8, 4]);
    const broken = new Blob(['<svg xmlns="http://www.w3.org/2000/svg"><rect'], { type: 'image/svg+xml' });
    const error = await failureOf(broken);
    equal(error.code, 'decode');
    isTrue(/well-formed/.test(error.message), error.message);
  });

  it('is drawn again when the worker that held it crashed', async () => {
    const workers: Worker[] = [];
    const createWorker = () => {
      const worker = new InlineWorker();
      workers.push(worker);
      return worker;
    };
    const pool = createPixelPool({ createWorker, maxWorkers: 1 }, { helloMs: 3000, heartbeatMs: 50 });
    const source = await openImage(svg('width="1030" height="8"'), pool);
    equal((await source.readTile(top, {})).rgba[0], 255);
    workers[0]!.terminate();
    const tiles = await Promise.all([0, 1, 2].map((x) => source.readTile({ ...top, x }, {})));
    equal(
      tiles.map(({ width, rgba }) => [width, rgba[0], rgba[3]]),
      [
        [512, 255, 255],
        [512, 255, 255],
        [6, 0, 0],
      ],
    );
    equal(workers.length, 2);
    pool.dispose();
  });
});

const [width, height] = [12_000, 9000];
/** Red tells the column's band of 100, green the row's, blue both; written as BGR. */
const largeTensor = (): TensorLike => {
  const data = new Uint8Array(width * height * 3);
  const row = new Uint8Array(width * 3);
  for (let x = 0; x < width; x++) row[x * 3 + 2] = Math.floor(x / 100);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) row[x * 3 + 1] = Math.floor(y / 100);
    data.set(row, y * width * 3);
  }
  return { data, shape: [height, width, 3] };
};

describe('12,000 × 9,000', () => {
  const near1 = (pixel: readonly number[], x: number, y: number) => {
    near(pixel[0]!, x / 100, 1.01, 'red');
    near(pixel[1]!, y / 100, 1.01, 'green');
    equal(pixel[3], 255);
  };

  it('a tensor opens, and shows single pixels', async () => {
    const tensor = largeTensor();
    const board = stand(() => tensor);
    await board.show(0);
    await board.show(0, [], { scale: 8, x: -8 * 7000, y: -8 * 5000 });
    equal(board.pixelAt(804, 4), [71, 50, 0, 255]);
    equal(board.pixelAt(796, 804 - 8 * 25), [70, 50, 0, 255]);
    await board.show(0);
    for (const [x, y] of [
      [10, 10],
      [400, 300],
      [790, 590],
    ] as const) {
      near1(board.pixelAt(x, y), ((x + 0.5) / frame.width) * width, ((y + 0.5) / frame.height) * height);
    }
    board.dispose();
  });

  it('a tensor of transposed memory opens', async () => {
    const data = new Float32Array(4000 * 3000);
    const tensor = { data, shape: [3000, 4000], strides: [1, 3000] };
    for (let x = 0; x < 4000; x++) data.fill(x / 4000, x * 3000, (x + 1) * 3000);
    const board = stand(() => tensor);
    await board.show(0);
    near(board.pixelAt(200, 300)[0]!, 255 / 4, 1.5, 'grey at a quarter');
    near(board.pixelAt(600, 10)[0]!, (255 * 3) / 4, 1.5, 'grey at three quarters');
    board.dispose();
  });

  it('a PNG opens, and shows single pixels', async () => {
    const blob = await fixtureBlob('large.png');
    const board = stand(() => blob);
    await board.show(0);
    await board.show(0, [], { scale: 8, x: -8 * 7000, y: -8 * 5000 });
    isTrue(board.images.decodedBytes >= width * height * 4, 'the decoded bytes are counted');
    board.images.dispose();
    equal([board.images.decodedBytes, board.textures.bytes], [0, 0]);
    board.dispose();
  });
});

describe('memory', () => {
  it('I14: stepping 300 encoded images there and back leaves bytes and textures where they were', async () => {
    const names = ['noise-alpha.png', 'smooth.jpg', 'grey.png', 'noise.webp', 'smooth.bmp', 'oriented-6.jpg'];
    const blobs = await Promise.all(names.map(fixtureBlob));
    const board = stand((uindex) => (uindex % 7 === 6 ? svg('width="75" height="53"') : blobs[uindex % 7]!));
    const upcoming = (uindex: number) => [uindex + 1, uindex + 2].filter((other) => other < 300);
    await board.show(0, upcoming(0));
    const held = () => [board.images.decodedBytes, board.textures.bytes, board.textures.held.size];
    const before = held();
    for (let i = 1; i < 300; i++) await step(i);
    for (let i = 298; i >= 0; i--) await step(i);
    await board.show(0, upcoming(0));
    equal(held(), before);
    board.images.dispose();
    equal(held(), [0, 0, 0]);
    board.dispose();

    /** Some are waited for, some are left at once. */
    async function step(uindex: number): Promise<void> {
      if (uindex % 5 === 0) await board.show(uindex, upcoming(uindex));
      else board.images.show(uindex, upcoming(uindex));
      if (uindex % 5 === 2) await new Promise((resolve) => setTimeout(resolve));
    }
  });
});
