import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InnotaterError } from '../../../src/errors/index.js';
import { writeNpy } from '../../../src/formats/npy-write.js';
import { EncodedSource } from '../../../src/images/encoded-source.js';
import { urlOfName } from '../../../src/images/fetched.js';
import {
  checkImageOptions,
  type ImageEntry,
  type OpenImageOptions,
  openImage,
  type TensorLike,
  Transforms,
} from '../../../src/images/index.js';
import { lengthPx, looksLikeSvg, svgSize } from '../../../src/images/svg.js';
import { PlainPool } from './plain-pool.js';

const top = { level: 0, x: 0, y: 0 };

const shown = async (entry: ImageEntry, options: OpenImageOptions = {}, level = 0): Promise<number[]> => {
  const source = await openImage(entry, new PlainPool(), options);
  return [...(await source.readTile({ ...top, level }, {})).rgba];
};

const failureOf = async (entry: unknown, options: OpenImageOptions = {}): Promise<InnotaterError> => {
  const thrown = await openImage(entry as ImageEntry, new PlainPool(), options).catch(
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(InnotaterError);
  return thrown as InnotaterError;
};

const pngOf = (width: number, height: number, rgba: readonly number[]): Uint8Array<ArrayBuffer> => {
  const png = new PNG({ width, height });
  png.data = Buffer.from(rgba);
  return new Uint8Array(PNG.sync.write(png));
};
const red = pngOf(1, 1, [250, 10, 20, 255]);

describe('tensors as images', () => {
  it('I4: grey, one channel, colour, alpha and channel-first show their pixels', async () => {
    expect(await shown({ data: Uint8Array.of(7, 9), shape: [1, 2] })).toEqual([7, 7, 7, 255, 9, 9, 9, 255]);
    expect(await shown({ data: Uint8Array.of(7), shape: [1, 1, 1] })).toEqual([7, 7, 7, 255]);
    expect(await shown({ data: Uint8Array.of(1, 2, 3), shape: [1, 1, 3] })).toEqual([3, 2, 1, 255]);
    expect(await shown({ data: Uint8Array.of(1, 2, 3, 4), shape: [1, 1, 4] })).toEqual([3, 2, 1, 4]);
    const planes = { data: Uint8Array.of(1, 2, 3, 4, 5, 6), shape: [3, 1, 2] };
    expect(await shown(planes)).toEqual([5, 3, 1, 255, 6, 4, 2, 255]);
    const greyAlpha: TensorLike = { data: Uint8Array.of(9, 128), shape: [1, 1, 2] };
    expect(await shown(greyAlpha, { channels: 'last' })).toEqual([9, 9, 9, 128]);
  });

  it('I5: floats are scaled, rounded to nearest and clamped, NaN is 0; integers are clamped, never wrapped', async () => {
    const floats = Float32Array.of(0.5, -1, 2, Number.NaN, 0.1, Number.POSITIVE_INFINITY);
    const grey = (await shown({ data: floats, shape: [1, 6] })).filter((_, i) => i % 4 === 0);
    expect(grey).toEqual([128, 0, 255, 0, 26, 255]);
    const wide = BigInt64Array.of(-5n, 300n, 42n, 2n ** 40n);
    expect((await shown({ data: wide, shape: [1, 4] })).filter((_, i) => i % 4 === 0)).toEqual([
      0, 255, 42, 255,
    ]);
    const flags = { data: Uint8Array.of(0, 1), shape: [1, 2], dtype: 'bool' };
    expect((await shown(flags)).filter((_, i) => i % 4 === 0)).toEqual([0, 255]);
    const halves = { data: Uint16Array.of(0x3c00, 0x3800), shape: [1, 2], type: 'float16' };
    expect((await shown(halves)).filter((_, i) => i % 4 === 0)).toEqual([255, 128]);
  });

  it('I6: colorspace is BGR unless it is said to be RGB, and concerns tensors alone', async () => {
    const tensor = { data: Uint8Array.of(1, 2, 3), shape: [1, 1, 3] };
    expect(await shown(tensor, { colorspace: 'RGB' })).toEqual([1, 2, 3, 255]);
    expect(await shown(tensor, { colorspace: 'BGR' })).toEqual([3, 2, 1, 255]);
    expect(await shown(red, { colorspace: 'BGR' })).toEqual([250, 10, 20, 255]);
    const imageData = { data: Uint8ClampedArray.of(1, 2, 3, 4), width: 1, height: 1 };
    expect(await shown(imageData)).toEqual([1, 2, 3, 4]);
    const stored = writeNpy(tensor);
    expect(await shown(stored)).toEqual([3, 2, 1, 255]);
    expect(await shown(stored, { colorspace: 'RGB' })).toEqual([1, 2, 3, 255]);
  });

  it('I7: grey shows grey in either colorspace, alpha stays last', async () => {
    for (const colorspace of ['RGB', 'BGR'] as const) {
      expect(await shown({ data: Uint8Array.of(8), shape: [1, 1] }, { colorspace })).toEqual([8, 8, 8, 255]);
      const [, , , alpha] = await shown(
        { data: Uint8Array.of(1, 2, 3, 99), shape: [1, 1, 4] },
        { colorspace },
      );
      expect(alpha).toBe(99);
    }
  });

  it('I8: bytes of a tensor reach the tile unchanged', async () => {
    const data = Uint8Array.from({ length: 256 * 3 }, (_, i) => i % 256);
    const rgba = await shown({ data, shape: [16, 16, 3] }, { colorspace: 'RGB' });
    expect(rgba.filter((_, i) => i % 4 !== 3)).toEqual([...data]);
  });

  it('tiles of any level are means of the pixels under them, whatever the memory looks like (seed 311)', async () => {
    const seed = 311;
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 1300 }),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      fc.nat(2),
      async (width, height, isFirst, level) => {
        const value = (y: number, x: number, c: number) => (x * 7 + y * 13 + c * 50 + ((x * y) % 11)) % 256;
        const data = new Uint8Array(width * height * 3);
        const at = (y: number, x: number, c: number) =>
          isFirst ? (c * height + y) * width + x : (y * width + x) * 3 + c;
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) for (let c = 0; c < 3; c++) data[at(y, x, c)] = value(y, x, c);
        }
        const shape = isFirst ? [3, height, width] : [height, width, 3];
        const channels = isFirst ? 'first' : 'last';
        const source = await openImage({ data, shape }, new PlainPool(), { channels });
        const side = 2 ** level;
        const column = Math.floor((width - 1) / (512 * side));
        const tile = await source.readTile({ level, x: column, y: 0 }, {});
        expect([tile.width, tile.height]).toEqual([
          Math.ceil((width - column * 512 * side) / side),
          Math.ceil(height / side),
        ]);
        const [tx, ty, c] = [tile.width - 1, tile.height - 1, 2];
        const [x0, y0] = [(column * 512 + tx) * side, ty * side];
        let [sum, count] = [0, 0];
        for (let y = y0; y < Math.min(height, y0 + side); y++) {
          for (let x = x0; x < Math.min(width, x0 + side); x++, count++) sum += value(y, x, 2 - c);
        }
        expect(tile.rgba[(ty * tile.width + tx) * 4 + c]).toBe(Math.round(sum / count));
      },
    );
    await fc.assert(property, { seed, numRuns: 40 });
  });

  it('a tile of many bands is the same as of one', async () => {
    const [width, height] = [1600, 1500];
    const data = Float64Array.from(
      { length: width * height * 3 },
      (_, i) => ((i * 2654435761) % 1000) / 1000,
    );
    const pool = new PlainPool();
    const source = await openImage({ data, shape: [height, width, 3] }, pool, { colorspace: 'RGB' });
    const tile = await source.readTile({ level: 2, x: 0, y: 0 }, {});
    expect(pool.bands.length).toBeGreaterThan(10);
    expect([tile.width, tile.height]).toEqual([400, 375]);
    for (const [x, y] of [
      [0, 0],
      [399, 374],
      [17, 200],
      [250, 101],
    ] as const) {
      let sum = 0;
      for (let i = 0; i < 16; i++) {
        const pixel = (y * 4 + (i >> 2)) * width + x * 4 + (i % 4);
        sum += Math.round(data[pixel * 3 + 1]! * 255);
      }
      expect(tile.rgba[(y * 400 + x) * 4 + 1]).toBe(Math.round(sum / 16));
    }
  });

  it('gives up between bands when it is aborted', async () => {
    const pool = new PlainPool();
    const source = await openImage({ data: new Float64Array(3e6), shape: [1000, 1000, 3] }, pool);
    const abort = new AbortController();
    const reading = source.readTile({ level: 1, x: 0, y: 0 }, { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(pool.bands.length).toBe(0);
  });

  it('shows what the memory holds at the time of reading', async () => {
    const data = Uint8Array.of(5);
    const source = await openImage({ data, shape: [1, 1] }, new PlainPool());
    data[0] = 77;
    expect((await source.readTile(top, {})).rgba[0]).toBe(77);
    expect(source.bytes).toBe(0);
  });
});

describe('encoded images', () => {
  it('I1: bytes, buffers, blobs and files are decoded', async () => {
    const entries = [red, red.buffer, new Blob([red]), new File([red], 'a.png', { type: 'image/png' })];
    for (const entry of entries) expect(await shown(entry)).toEqual([250, 10, 20, 255]);
  });

  it('transforms run on decoded pixels', async () => {
    expect(await shown(red, { transform: Transforms.channels('BGR') })).toEqual([20, 10, 250, 255]);
    const chain = [Transforms.channels('BGR'), Transforms.scale([1, 2, 0.5], 3)];
    expect(await shown(red, { transform: chain })).toEqual([23, 23, 128, 255]);
    expect((await failureOf(red, { transform: Transforms.channels('GRB') })).message).toMatch(
      /'RGB' or 'BGR'/,
    );
  });

  it('I14: what the worker holds is released, also when opening was given up', async () => {
    const pool = new PlainPool();
    const source = await openImage(red, pool);
    expect([pool.held.size, source.bytes]).toEqual([1, 4]);
    source.dispose();
    source.dispose();
    expect([pool.held.size, source.bytes]).toEqual([0, 0]);
    const abort = new AbortController();
    const opening = openImage(red, pool, { signal: abort.signal });
    setImmediate(() => abort.abort(new Error('next')));
    await expect(opening).rejects.toThrow('next');
    expect(pool.held.size).toBe(0);
  });

  it('I14: what is given up while an error gets its place is given up, not failed', async () => {
    const opening = new AbortController();
    const at = {
      signal: opening.signal,
      get name() {
        opening.abort(new Error('the next one'));
        return 'photos';
      },
    };
    await expect(openImage(new Blob(['not an image']), new PlainPool(), at)).rejects.toThrow('the next one');
    const pool = new PlainPool();
    const reading = new AbortController();
    let places = 0;
    const source = await EncodedSource.open(new Blob([red]), 'bitmap', [], pool, {}, async () => {
      places++;
      reading.abort(new Error('the next one'));
      return new InnotaterError('decode', 'photos: lost');
    });
    pool.held.clear();
    await expect(source.readTile(top, { signal: reading.signal })).rejects.toThrow('the next one');
    expect(places).toBe(1);
  });

  it('errors name the innotation, the sample and what the entry was', async () => {
    const at = { name: 'photos', uindex: 12 };
    const text = new File(['not an image'], 'cat.png', { type: 'image/png' });
    const decode = await failureOf(text, at);
    expect(decode.code).toBe('decode');
    expect(decode.message).toBe(
      'photos, sample 12, File cat.png (image/png, 12 bytes): The bytes are no image',
    );
    expect(decode.facts).toMatchObject({ name: 'photos', uindex: 12 });
    expect((await failureOf(new Uint8Array(0), at)).message).toMatch(
      /Uint8Array of 0 bytes: there are no bytes/,
    );
    expect((await failureOf(null, at)).message).toMatch(/sample 12, null: an image must be/);
    expect((await failureOf(42, at)).message).toMatch(/number 42: an image must be/);
    expect((await failureOf({ url: 1 }, at)).message).toMatch(/object \{url\}: an image must be/);
    expect((await failureOf(new Float32Array(12), at)).message).toMatch(
      /Float32Array of 48 bytes: an image must/,
    );
    expect((await failureOf({ data: new Uint8Array(3), shape: [2, 2] }, at)).message).toMatch(
      /^photos, sample 12: A tensor of shape \(2, 2\)/,
    );
    expect((await failureOf('', at)).message).toMatch(/the file name is empty/);
  });
});

describe('transforms of entries', () => {
  it('I3: a function gets the raw entry, whatever it is, and may answer later', async () => {
    const seen: unknown[] = [];
    const transform = async (entry: ImageEntry) => {
      seen.push(entry);
      return { data: Uint8Array.of(1, 2, 3), shape: [1, 1, 3] };
    };
    expect(await shown('some name', { transform, path: 'photos' })).toEqual([3, 2, 1, 255]);
    const tensor = { data: new Uint8Array(4), shape: [2, 2] };
    await shown(tensor, { transform });
    await shown(red, { transform });
    expect(seen).toEqual(['some name', tensor, red]);
  });

  it('I3: functions are called in order, before the steps on pixels', async () => {
    const doubled = (entry: ImageEntry) => {
      const { data, shape } = entry as { data: Uint8Array; shape: number[] };
      return { data: data.map((v) => v * 2), shape };
    };
    const chain = [doubled, doubled, Transforms.scale(1, 1)];
    expect(await shown({ data: Uint8Array.of(10), shape: [1, 1] }, { transform: chain })).toEqual([
      41, 41, 41, 255,
    ]);
  });

  it('I3: memory that a transform made counts as held, the caller’s own does not', async () => {
    const tensor = { data: new Uint8Array(64), shape: [8, 8] };
    const copying = await openImage(tensor, new PlainPool(), {
      transform: () => ({ data: new Float32Array(64), shape: [8, 8] }),
    });
    const viewing = await openImage(tensor, new PlainPool(), {
      transform: () => ({ data: tensor.data.subarray(0, 16), shape: [4, 4] }),
    });
    expect([copying.bytes, viewing.bytes, viewing.width]).toEqual([256, 0, 4]);
  });

  it('a function that throws is named with its cause', async () => {
    const cause = new Error('no such key');
    const transform = () => {
      throw cause;
    };
    const error = await failureOf(red, { transform, name: 'x', uindex: 3 });
    expect([error.code, error.cause]).toEqual(['transform', cause]);
    expect(error.message).toMatch(/x, sample 3.*transform threw: no such key/);
  });

  it('R10: options that can be no good are refused', () => {
    const check = (options: object) => () => checkImageOptions(options);
    expect(check({ colorspace: 'GBR' })).toThrow("Parameter colorspace must be either 'RGB' or 'BGR'");
    expect(check({ channels: 'middle' })).toThrow(/channels must be/);
    expect(check({ transform: 'grey' })).toThrow(/transform must be a function/);
    expect(
      check({ colorspace: 'RGB', channels: 'first', transform: [Transforms.range(0, 1)] }),
    ).not.toThrow();
  });
});

describe('names', () => {
  let server: Server;
  let base = '';
  const asked: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.url?.startsWith('/photos/')) {
        response.setHeader('content-type', 'image/png');
        return response.end(red);
      }
      if (request.url === '/page') {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        return response.end('<!doctype html><title>app</title>');
      }
      if (request.url === '/broken') {
        response.writeHead(200, { 'content-length': '100' });
        response.write('x');
        return setTimeout(() => response.destroy(), 5);
      }
      if (request.url === '/slow') return undefined;
      response.statusCode = 404;
      return response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('I2: path is prefixed to names only', async () => {
    expect(await shown('a.png', { path: `${base}/photos` })).toEqual([250, 10, 20, 255]);
    expect(await shown('b #1.png', { path: `${base}/photos/` })).toHaveLength(4);
    expect(await shown(`${base}/photos/c.png`, { path: 'http://elsewhere.invalid/' })).toHaveLength(4);
    expect(await shown(new URL(`${base}/photos/d.png`), { path: 'nowhere' })).toHaveLength(4);
    expect(await shown(red, { path: 'nowhere' })).toHaveLength(4);
    expect(asked).toEqual(['/photos/a.png', '/photos/b%20%231.png', '/photos/c.png', '/photos/d.png']);
  });

  it.each([
    ['a.png', 'photos', 'photos/a.png'],
    ['a.png', 'photos/', 'photos/a.png'],
    ['a.png', '/', '/a.png'],
    ['a.png', '', 'a.png'],
    ['a.png', undefined, 'a.png'],
    ['/a.png', 'photos', '/a.png'],
    ['100%.png', 'p', 'p/100%25.png'],
    ['a%20b.png', 'p', 'p/a%20b.png'],
    ['data:image/svg+xml,<svg fill="#fff"/>', 'p', 'data:image/svg+xml,<svg fill="#fff"/>'],
  ])('I2: the name %s with path %s is %s', (name, path, url) => {
    expect(urlOfName(name, path)).toBe(url);
  });

  it('errors of loading name the file and the status', async () => {
    const at = { name: 'data1', uindex: 4, path: base };
    const lost = await failureOf('gone.jpg', at);
    expect([lost.code, lost.facts.status]).toEqual(['fetch', 404]);
    expect(lost.message).toMatch(
      /^data1, sample 4, gone\.jpg: http.*gone\.jpg could not be loaded: .* 404 Not Found$/,
    );
    expect((await failureOf('page', at)).message).toMatch(/answered with a web page, not an image/);
    expect((await failureOf('broken', at)).message).toMatch(/broken broke off while loading/);
    const away = await failureOf('http://127.0.0.1:1/a.png', at);
    expect([away.code, away.cause !== undefined]).toEqual(['fetch', true]);
    expect(away.message).toMatch(/no answer/);
  });

  it('loading stops when it is aborted, with the reason', async () => {
    const abort = new AbortController();
    const opening = openImage(`${base}/slow`, new PlainPool(), { signal: abort.signal });
    abort.abort(new Error('the next one'));
    await expect(opening).rejects.toThrow('the next one');
  });
});

describe('SVG', () => {
  it('is told by how it begins', () => {
    expect(looksLikeSvg('<svg xmlns="http://www.w3.org/2000/svg"/>')).toBe(true);
    expect(
      looksLikeSvg('\uFEFF<?xml version="1.0"?>\n<!-- <a> --><!DOCTYPE svg PUBLIC "x" "y">\n<svg>'),
    ).toBe(true);
    expect(looksLikeSvg('<!DOCTYPE svg [ <!ENTITY a "b"> <!ENTITY c "d"> ]><svg width="1">')).toBe(true);
    expect(looksLikeSvg('<s:svg xmlns:s="x">')).toBe(true);
    expect(looksLikeSvg('<html><svg></svg></html>')).toBe(false);
    expect(looksLikeSvg('<svgx>')).toBe(false);
    expect(looksLikeSvg('<!-- no end')).toBe(false);
    expect(looksLikeSvg('\x89PNG')).toBe(false);
  });

  it.each([
    [{ width: '40', height: '30' }, 40, 30],
    [{ width: '1in', height: '25.4mm' }, 96, 96],
    [{ width: '40', height: '30', viewBox: '0 0 400 300' }, 40, 30],
    [{ viewBox: '0 0 640 480' }, 640, 480],
    [{ viewBox: '-5,-5,64.4,32' }, 64, 32],
    [{ width: '100%', height: '100%', viewBox: '0 0 24 12' }, 24, 12],
    [{ width: '48', viewBox: '0 0 24 12' }, 48, 24],
    [{ height: '6', viewBox: '0 0 24 12' }, 12, 6],
    [{}, 300, 150],
    [{ width: '10' }, 10, 150],
    [{ width: '2em', height: '-3' }, 300, 150],
  ])('%j has the size %i × %i', (attributes, width, height) => {
    const size = svgSize((name) => (attributes as Record<string, string>)[name] ?? null);
    expect(size).toEqual({ width, height });
  });

  it('lengths are CSS lengths', () => {
    expect(['3', '1.5px', '3pt', '1pc', '1e2', ' 7 '].map(lengthPx)).toEqual([3, 1.5, 4, 16, 100, 7]);
    expect([null, '', '0', '50%', '2em', 'auto'].map(lengthPx)).toEqual([null, null, null, null, null, null]);
  });
});
