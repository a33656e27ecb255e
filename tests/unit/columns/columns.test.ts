import { readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AsyncColumn, arrowColumn, openParquet, zarrColumn } from '../../../src/columns/index.js';
import { plainParquet } from './plain-parquet.js';

const folder = new URL('../../fixtures/columns/', import.meta.url);
const bytesOf = (name: string) => readFileSync(new URL(name, folder));
const expected = JSON.parse(bytesOf('expected.json').toString()) as {
  readonly rows: number;
  readonly group: number;
  readonly images: Readonly<Record<string, string>>;
  readonly texts: readonly string[];
  readonly labels: readonly number[];
  readonly boxes: readonly (readonly (readonly number[])[])[];
  readonly sizes: readonly (number | null)[];
  readonly stack: Readonly<Record<string, readonly number[]>>;
};

/** What the server was asked for since the test began: the path, and how many bytes it gave. */
let asked: { readonly path: string; readonly bytes: number }[] = [];
let server: Server;
let url: string;
let ignoresRanges = false;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url!.slice(1);
    if (!statSync(new URL(path, folder), { throwIfNoEntry: false })?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    const body = bytesOf(path);
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const isPart = from !== undefined && !ignoresRanges;
    const part = isPart ? body.subarray(Number(from), Number(to) + 1) : body;
    const isHead = request.method === 'HEAD';
    if (!isHead) asked.push({ path, bytes: part.length });
    response.writeHead(isPart ? 206 : 200, {
      'content-length': part.length,
      ...(isPart ? { 'content-range': `bytes ${from}-${to}/${body.length}` } : {}),
    });
    response.end(isHead ? undefined : part);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  url = `http://localhost:${typeof address === 'object' && address ? address.port : 0}/`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  ignoresRanges = false;
});

const given = () => asked.reduce((sum, { bytes }) => sum + bytes, 0);
const signal = new AbortController().signal;

describe('columns of Parquet files, as pyarrow wrote them', () => {
  it.each(['snappy', 'zstd', 'gzip', 'pages'])('%s.parquet holds what pyarrow put into it', async (name) => {
    const file = await openParquet(new File([bytesOf(`${name}.parquet`)], `${name}.parquet`));
    expect(file.length).toBe(expected.rows);
    expect(file.names).toEqual(['image', 'text', 'label', 'boxes', 'size']);
    for (const [row, base64] of Object.entries(expected.images)) {
      const bytes = await file.column<Uint8Array>('image').get(Number(row), { signal });
      expect(Buffer.from(bytes).toString('base64'), row).toBe(base64);
    }
    for (const row of [0, 39, 40, 117, 239]) {
      expect(await file.column('text').get(row, { signal })).toBe(expected.texts[row]);
      expect(await file.column('boxes').get(row, { signal })).toEqual(expected.boxes[row]);
    }
    const progress: number[] = [];
    expect(await file.column('label').read({ onProgress: (done) => progress.push(done) })).toEqual(
      expected.labels,
    );
    expect(progress.at(-1)).toBe(1);
    expect(await file.column('size').read()).toEqual(expected.sizes);
  });

  it('by URL the footer is read, then the row group of one column that is asked for, once', async () => {
    const file = await openParquet(`${url}snappy.parquet`);
    const footer = given();
    asked = [];
    const images = file.column<Uint8Array>('image');
    const rows = [41, 42, 79, 40];
    await Promise.all(rows.map((row) => images.get(row, { signal })));
    const total = bytesOf('snappy.parquet').length;
    expect(asked).toHaveLength(1);
    // One group of six, of the column that makes up most of the file.
    expect(given()).toBeLessThan(total / 5);
    expect(given()).toBeGreaterThan(40 * 400);
    await images.get(43, { signal });
    expect(asked).toHaveLength(1);
    asked = [];
    await file.column('label').get(200, { signal });
    expect(given()).toBeLessThan(2000);
    expect(footer).toBeGreaterThan(0);
  });

  it('of a file with an index of its pages only the pages are read', async () => {
    const file = await openParquet(`${url}pages.parquet`, { partBytes: 1 << 13 });
    asked = [];
    const images = file.column<Uint8Array>('image');
    expect(Buffer.from(await images.get(119, { signal })).toString('base64')).toBe(expected.images['119']);
    const once = given();
    // One group holds all 240 rows: of its 117 kB about 8 kB are read, and the index.
    expect(once).toBeLessThan(30_000);
    await images.get(118, { signal });
    expect(given()).toBe(once);
    await images.get(10, { signal });
    expect(given()).toBeGreaterThan(once);
  });

  it('what is no Parquet file, has no such column or row, or has a server without ranges is named', async () => {
    await expect(openParquet(new File(['no parquet at all'], 'notes.txt'))).rejects.toMatchObject({
      code: 'format',
      message: expect.stringContaining('notes.txt is not a Parquet file'),
    });
    await expect(openParquet(`${url}absent.parquet`)).rejects.toMatchObject({
      code: 'fetch',
      message: expect.stringContaining('404'),
    });
    const file = await openParquet(`${url}snappy.parquet`);
    expect(() => file.column('images')).toThrow('no column images; it has image, text, label, boxes, size');
    await expect(file.column('text').get(240, { signal })).rejects.toThrow(RangeError);
    ignoresRanges = true;
    await expect(openParquet(`${url}snappy.parquet`)).rejects.toMatchObject({
      code: 'fetch',
      message: expect.stringContaining('ignores the header Range'),
    });
  });

  it('a part that nobody waits for is given up, and read again by the next', async () => {
    const file = await openParquet(`${url}snappy.parquet`);
    const abort = new AbortController();
    const waiting = file.column('image').get(1, { signal: abort.signal });
    abort.abort(new Error('another sample'));
    await expect(waiting).rejects.toThrow('another sample');
    const column = file.column<Uint8Array>('image');
    expect(Buffer.from(await column.get(0, { signal })).toString('base64')).toBe(expected.images['0']);
  });
});

describe('columns of Arrow tables', () => {
  const table = tableFromIPC(bytesOf('table.arrow'));
  const rows = 60;

  it('are read row by row, as plain data, or as a whole', async () => {
    const texts = arrowColumn<string>(table, 'text');
    expect(texts.length).toBe(rows);
    expect(await texts.get(57, { signal })).toBe(expected.texts[57]);
    expect(await arrowColumn(table, 'label').read()).toEqual(expected.labels.slice(0, rows));
    expect(await arrowColumn(table, 'size').read()).toEqual(expected.sizes.slice(0, rows));
    expect(await arrowColumn(table, 'boxes').read()).toEqual(expected.boxes.slice(0, rows));
    const bytes = await arrowColumn<Uint8Array>(table, 'image').get(41, { signal });
    expect(Buffer.from(bytes).toString('base64')).toBe(expected.images['41']);
    await expect(texts.get(-1, { signal })).rejects.toThrow('rows 0 to 59, and no row -1');
    expect(() => arrowColumn(table, 'texts')).toThrow(
      'no column texts; it has image, text, label, boxes, size',
    );
  });
});

describe('columns of Zarr arrays, as zarr-python wrote them', () => {
  it.each(['v2', 'v3'])(
    'stack-%s.zarr: a row is a tensor, and of its chunk the next come without a request',
    async (version) => {
      const column = await zarrColumn<{ readonly data: Uint8Array; readonly shape: readonly number[] }>(
        `${url}stack-${version}.zarr`,
      );
      expect(column.length).toBe(12);
      for (const [row, values] of Object.entries(expected.stack)) {
        const { data, shape } = await column.get(Number(row), { signal });
        expect(shape).toEqual([6, 8, 3]);
        expect([...data]).toEqual(values);
      }
      asked = [];
      await column.get(6, { signal });
      await column.get(7, { signal });
      expect(asked).toEqual([]);
      const all = await column.read();
      expect(all).toHaveLength(12);
      expect([...all[11]!.data]).toEqual(expected.stack['11']);
    },
  );

  it('labels.zarr: a row is a number; one chunk is fetched for it', async () => {
    const column = await zarrColumn<number>(`${url}labels.zarr`);
    asked = [];
    expect(await column.get(123, { signal })).toBe(expected.labels[123]);
    expect(asked.map(({ path }) => path)).toEqual(['labels.zarr/c/2']);
    expect(await column.read()).toEqual(expected.labels);
  });

  it('what is no array is named', async () => {
    await expect(zarrColumn(`${url}absent.zarr`)).rejects.toMatchObject({
      code: 'format',
      message: expect.stringContaining('absent.zarr is not a Zarr array'),
    });
  });
});

it('what is no file, table or array is named, with what would be right', async () => {
  const bytes = bytesOf('expected.json');
  const refused: readonly (readonly [() => unknown, RegExp])[] = [
    [
      () => openParquet(bytes as never),
      /A file must be a Blob or File, or its URL, not bytes; new Blob\(\[bytes\]\)/,
    ],
    [() => openParquet(bytes.buffer as never), /not bytes; new Blob/],
    [() => openParquet(undefined as never), /or its URL, not undefined/],
    [() => zarrColumn('nope'), /^nope is no URL of a Zarr array/],
    [() => zarrColumn(null as never), /A Zarr array must be its URL, .* not null/],
    [() => zarrColumn({} as never), /opened with zarrita, not an object with no keys/],
    [
      () => arrowColumn(null as never, 'a'),
      /An Arrow table must have columns by getChild\(name\), and this is null/,
    ],
    [() => arrowColumn({} as never, 'a'), /this is an object with no keys/],
  ];
  for (const [action, message] of refused) {
    await expect((async () => action())()).rejects.toMatchObject({
      name: 'InnotaterError',
      code: 'data',
      message,
    });
  }
});

describe('many rows that are decoded together leave the page its turns', () => {
  const rows = 2_000_000;
  const values = Int32Array.from({ length: rows }, (_, row) => (row * 7919) % 1_000_003);
  const turnsIn = async (task: () => Promise<unknown>): Promise<number> => {
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    await task();
    isOver = true;
    return turns;
  };
  const whole = async (column: AsyncColumn<number>) => {
    let read: readonly number[] = [];
    const turns = await turnsIn(async () => {
      read = await column.read();
    });
    expect(read.length).toBe(rows);
    expect(read.every((value, row) => value === values[row])).toBe(true);
    return turns;
  };

  it('one row group of Parquet', async () => {
    const column = (await openParquet(plainParquet(values))).column<number>('n');
    expect(await turnsIn(() => column.get(rows - 1, { signal }))).toBeGreaterThan(3);
    expect(await column.get(rows - 1, { signal })).toBe(values[rows - 1]);
    expect(await whole(column)).toBeGreaterThan(3);
  });

  it('one chunk of Zarr', async () => {
    const { create, root } = await import('zarrita');
    const array = await create(root(new Map()), { shape: [rows], chunkShape: [rows], dtype: 'int32' });
    await array.store.set(array.resolve('c/0').path, new Uint8Array(values.buffer));
    expect(await whole(await zarrColumn<number>(array))).toBeGreaterThan(3);
  });
});
