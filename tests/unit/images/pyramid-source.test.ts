import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { InnotaterError } from '../../../src/errors/index.js';
import { openImage } from '../../../src/images/index.js';
import { levelPlan, regionBlocks, scaleOf } from '../../../src/images/level-plan.js';
import { PyramidSource } from '../../../src/images/pyramid-source.js';
import { topLevel } from '../../../src/images/tile-grid.js';
import type { SourceTile, TileSource } from '../../../src/images/tile-source.js';
import { Transforms } from '../../../src/images/transforms.js';
import { PlainPool } from './plain-pool.js';

/** Colours by place: smooth, so that means can be told, and different everywhere. */
const colourAt = (x: number, y: number, width: number, height: number): readonly [number, number, number] => [
  (x * 255) / width,
  (y * 255) / height,
  ((x + y) * 255) / (width + height),
];

type Sizes = {
  width: number;
  height: number;
  tile: number;
  overlap: number;
  factor: number;
  rounding: 'ceil' | 'floor';
};

/** A pyramid whose texels have the colour of their middle, as tensors of bytes. */
const smoothSource = ({
  width,
  height,
  tile,
  overlap,
  factor,
  rounding,
}: Sizes): TileSource & { asked: string[] } => {
  const round = Math[rounding];
  const levels: { width: number; height: number; tileWidth: number; tileHeight: number; overlap: number }[] =
    [];
  for (let scale = 1; ; scale *= factor) {
    const size = { width: Math.max(1, round(width / scale)), height: Math.max(1, round(height / scale)) };
    levels.push({ ...size, tileWidth: tile, tileHeight: tile, overlap });
    if (Math.max(size.width, size.height) <= tile || size.width === 1 || size.height === 1) break;
  }
  const asked: string[] = [];
  const getTile = async (level: number, x: number, y: number): Promise<SourceTile> => {
    asked.push(`${level}/${x}/${y}`);
    const { width: w, height: h } = levels[level]!;
    const x0 = Math.max(0, x * tile - overlap);
    const y0 = Math.max(0, y * tile - overlap);
    const shape = [Math.min(h, (y + 1) * tile + overlap) - y0, Math.min(w, (x + 1) * tile + overlap) - x0, 3];
    const data = new Uint8Array(shape[0]! * shape[1]! * 3);
    for (let i = 0; i < data.length; i += 3) {
      const column = x0 + ((i / 3) % shape[1]!);
      const row = y0 + Math.floor(i / 3 / shape[1]!);
      const scale = factor ** level;
      data.set(colourAt((column + 0.5) * scale, (row + 0.5) * scale, width, height).map(Math.round), i);
    }
    return { data, shape };
  };
  return { width, height, levels, getTile, asked };
};

const open = (source: TileSource, options: Partial<ConstructorParameters<typeof PyramidSource>[1]> = {}) =>
  new PyramidSource(source, { pool: new PlainPool(), chain: [], ...options });

describe('any pyramid as tiles of ours', () => {
  it('scales are whole numbers where levels were rounded', () => {
    expect(scaleOf(1003, 502)).toBe(2);
    expect(scaleOf(1003, 501)).toBe(2);
    expect(scaleOf(403, 50)).toBe(8);
    expect(scaleOf(1000, 333)).toBe(3);
    expect(scaleOf(1000, 640)).toBeCloseTo(1.5625);
  });

  it('blocks cover a region once, with edges at multiples of the unit (seed 11)', () => {
    const size = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(
        size,
        size,
        fc.integer({ min: 0, max: 8 }),
        size,
        fc.integer({ min: 1, max: 32 }),
        (width, height, n, tileHeight, bytes) => {
          const unit = 2 ** n;
          const region = { x: 3 * unit, y: 5 * unit, width, height };
          const blocks = regionBlocks(region, unit, { width: 9, height: 9, tileWidth: 9, tileHeight }, bytes);
          expect(blocks.reduce((sum, b) => sum + b.width * b.height, 0)).toBe(width * height);
          for (const block of blocks) {
            expect([(block.x - region.x) % unit, (block.y - region.y) % unit]).toEqual([0, 0]);
            expect(block.width * block.height * bytes).toBeLessThanOrEqual(
              Math.max(4 << 20, unit * unit * bytes),
            );
          }
        },
      ),
      { seed: 11, numRuns: 200 },
    );
  });

  it('whatever the sizes, overlaps, scales and roundings: every texel has the colour of its place (seed 12)', async () => {
    const sizes = fc.record({
      width: fc.integer({ min: 1, max: 1500 }),
      height: fc.integer({ min: 1, max: 1500 }),
      tile: fc.integer({ min: 50, max: 600 }),
      overlap: fc.integer({ min: 0, max: 3 }),
      factor: fc.constantFrom(1.5, 2, 2.7, 3, 4),
      rounding: fc.constantFrom('ceil' as const, 'floor' as const),
    });
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (given, pick) => {
        const source = open(smoothSource(given));
        const level = pick % (topLevel(given) + 1);
        const side = 512 * 2 ** level;
        const x = pick % Math.ceil(given.width / side);
        const y = pick % Math.ceil(given.height / side);
        const { width, height, rgba } = await source.readTile({ level, x, y }, {});
        const scale = 2 ** level;
        expect([width, height]).toEqual([
          Math.ceil(Math.min(side, given.width - x * side) / scale),
          Math.ceil(Math.min(side, given.height - y * side) / scale),
        ]);
        // A texel at the edge may stand for less than a whole one, and a level that was rounded ends elsewhere.
        const tolerance = 2 + (255 * 3 * scale) / Math.min(given.width, given.height);
        for (const [column, row] of [
          [0, 0],
          [width - 1, 0],
          [0, height - 1],
          [width - 1, height - 1],
          [width >> 1, height >> 1],
        ] as const) {
          const at = (row * width + column) * 4;
          const expected = colourAt(
            (x * 512 + column + 0.5) * scale,
            (y * 512 + row + 0.5) * scale,
            given.width,
            given.height,
          );
          for (let c = 0; c < 3; c++)
            expect(Math.abs(rgba[at + c]! - expected[c]!)).toBeLessThanOrEqual(tolerance);
          expect(rgba[at + 3]).toBe(255);
        }
      }),
      { seed: 12, numRuns: 120 },
    );
  });

  it('at full size every pixel is exact, over the seams of tiles with overlap', async () => {
    const sizes: Sizes = { width: 700, height: 530, tile: 254, overlap: 1, factor: 2, rounding: 'ceil' };
    const { width, height, rgba } = await open(smoothSource(sizes)).readTile({ level: 0, x: 0, y: 0 }, {});
    for (let i = 0; i < width * height; i++) {
      const expected = colourAt((i % width) + 0.5, Math.floor(i / width) + 0.5, 700, 530).map(Math.round);
      if (expected.some((value, c) => value !== rgba[i * 4 + c]))
        expect([i, ...rgba.subarray(i * 4, i * 4 + 3)]).toEqual([i, ...expected]);
    }
  });

  it('uses the coarsest level that is dense enough, each tile once', async () => {
    const source = smoothSource({
      width: 4096,
      height: 4096,
      tile: 256,
      overlap: 0,
      factor: 2,
      rounding: 'ceil',
    });
    const ours = open(source);
    await Promise.all([
      ours.readTile({ level: 3, x: 0, y: 0 }, {}),
      ours.readTile({ level: 3, x: 0, y: 0 }, {}),
    ]);
    expect(new Set(source.asked)).toEqual(new Set(['3/0/0', '3/1/0', '3/0/1', '3/1/1']));
    expect(source.asked).toHaveLength(4);
    expect(levelPlan(source, source.levels, { level: 1, x: 0, y: 0 })).toMatchObject({
      level: 1,
      reduction: 0,
      resample: null,
    });
  });

  it('aborted tiles that nobody else waits for are aborted at their source', async () => {
    const signals: AbortSignal[] = [];
    const source: TileSource = {
      ...smoothSource({ width: 512, height: 512, tile: 512, overlap: 0, factor: 2, rounding: 'ceil' }),
      getTile: (_level, _x, _y, { signal }) => {
        signals.push(signal);
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    };
    const ours = open(source);
    const [one, two] = [new AbortController(), new AbortController()];
    const reads = [one, two].map(({ signal }) =>
      ours.readTile({ level: 0, x: 0, y: 0 }, { signal }).catch((reason) => reason),
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    one.abort('first');
    expect(await reads[0]).toBe('first');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    two.abort('second');
    expect(await reads[1]).toBe('second');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('keeps tiles up to its bytes and closes the source', async () => {
    let closed = 0;
    const source = {
      ...smoothSource({ width: 1000, height: 600, tile: 256, overlap: 0, factor: 2, rounding: 'ceil' }),
      close: () => closed++,
    };
    const ours = open(source);
    await ours.readTile({ level: 0, x: 0, y: 0 }, {});
    expect(ours.bytes).toBe(512 * 512 * 3);
    ours.dispose();
    ours.dispose();
    expect([ours.bytes, closed]).toEqual([0, 1]);
  });
});

describe('tiles that fail', () => {
  const sizes: Sizes = { width: 1024, height: 1024, tile: 256, overlap: 0, factor: 2, rounding: 'ceil' };
  const failing = (isWrong: (level: number, x: number, y: number) => boolean, error: Error) => {
    const source = smoothSource(sizes);
    const problems: InnotaterError[] = [];
    const getTile: TileSource['getTile'] = (level, x, y, options) => {
      if (!isWrong(level, x, y)) return source.getTile(level, x, y, options);
      source.asked.push('failed');
      return Promise.reject(error);
    };
    const ours = open(
      { ...source, name: 'scan.dzi', getTile },
      { onProblem: (problem) => problems.push(problem) },
    );
    return { ours, problems, asked: source.asked };
  };
  const missing = new InnotaterError('fetch', 't.png could not be loaded: the server answered 404', {
    status: 404,
  });

  it('the rest is shown, and what is coarser in their place; the error names them once', async () => {
    const { ours, problems } = failing((level, x) => level === 0 && x === 1, missing);
    const { rgba, width } = await ours.readTile({ level: 0, x: 0, y: 0 }, {});
    for (const x of [10, 300, 500]) {
      const expected = colourAt(x + 0.5, 100.5, 1024, 1024);
      for (let c = 0; c < 3; c++)
        expect(Math.abs(rgba[(100 * width + x) * 4 + c]! - expected[c]!)).toBeLessThanOrEqual(1);
    }
    expect(problems.map(({ message, code }) => [code, message])).toEqual([
      [
        'fetch',
        'scan.dzi, tile 1, 0 of level 0 cannot be shown: t.png could not be loaded: the server answered 404',
      ],
    ]);
  });

  it('are told with their place, and not of a source that was disposed meanwhile', async () => {
    const failingSource = (): TileSource => {
      const source = smoothSource(sizes);
      const getTile: TileSource['getTile'] = (level, x, y, options) =>
        level === 0 && x === 1 ? Promise.reject(missing) : source.getTile(level, x, y, options);
      return { ...source, name: 'scan.dzi', getTile };
    };
    const at = { level: 0, x: 0, y: 0 };
    const told = await new Promise<InnotaterError>((onProblem) => {
      const opening = openImage(failingSource(), new PlainPool(), { name: 'slides', uindex: 3, onProblem });
      void opening.then((source) => source.readTile(at, {}));
    });
    expect(told.message).toMatch(
      /^slides, sample 3: scan\.dzi, tile 1, 0 of level 0 cannot be shown: t\.png/,
    );
    let [places, tellings] = [0, 0];
    const ours = open(failingSource(), {
      onProblem: () => tellings++,
      place: async (error) => {
        places++;
        ours.dispose();
        return error;
      },
    });
    await ours.readTile(at, {}).catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    expect([places, tellings]).toEqual([1, 0]);
  });

  it('where nothing coarser is there it is see-through', async () => {
    const source = smoothSource({ ...sizes, factor: 8 });
    const [whole] = source.levels;
    const getTile: TileSource['getTile'] = (level, x, y, options) =>
      x === 1 && y === 1 ? Promise.reject(missing) : source.getTile(level, x, y, options);
    const { rgba, width } = await open({ ...source, levels: [whole!], getTile }).readTile(
      { level: 1, x: 0, y: 0 },
      {},
    );
    const alpha = (x: number, y: number) => rgba[(y * width + x) * 4 + 3];
    expect([alpha(127, 127), alpha(128, 128), alpha(255, 255), alpha(256, 255), alpha(128, 256)]).toEqual([
      255, 0, 0, 255, 255,
    ]);
  });

  it('an image of which nothing comes is an error', async () => {
    const { ours } = failing(() => true, missing);
    await expect(ours.readTile({ level: 1, x: 0, y: 0 }, {})).rejects.toMatchObject({
      code: 'fetch',
      message: expect.stringContaining('scan.dzi, tile 0, 0 of level 1'),
    });
  });

  it('what may pass is tried again, twice', async () => {
    let left = 2;
    const { ours, problems, asked } = failing(
      () => left-- > 0,
      new InnotaterError('fetch', 'busy', { status: 503 }),
    );
    await ours.readTile({ level: 2, x: 0, y: 0 }, {});
    expect(problems).toEqual([]);
    expect(asked.filter((what) => what === 'failed')).toHaveLength(2);
  });

  it('a tile of another size or type says so', async () => {
    const tileOf = async (tile: SourceTile) => {
      const source: TileSource = {
        width: 300,
        height: 300,
        levels: [{ width: 300, height: 300, tileWidth: 300, tileHeight: 300 }],
        getTile: async () => tile,
      };
      return open(source)
        .readTile({ level: 0, x: 0, y: 0 }, {})
        .then(
          () => null,
          ({ code, message }) => `${code}: ${message}`,
        );
    };
    expect(await tileOf({ data: new Uint8Array(200 * 300), shape: [200, 300] })).toBe(
      'data: tile 0, 0 of level 0 cannot be shown: tile 0, 0 of level 0 is 300 × 200 and must be 300 × 300',
    );
    expect(await tileOf({ data: new Uint16Array(300 * 300), shape: [300, 300] })).toContain(
      "holds values of type u16 and its source says dtype: 'u8'",
    );
  });
});

describe('values of sources', () => {
  const wide = (rest: Partial<TileSource> = {}, channels = 1): TileSource => ({
    width: 600,
    height: 400,
    levels: [{ width: 600, height: 400, tileWidth: 256, tileHeight: 256 }],
    dtype: 'uint16',
    channelAxis: 'first',
    getTile: async (_level, x, y) => {
      const [w, h] = [Math.min(256, 600 - x * 256), Math.min(256, 400 - y * 256)];
      const data = Uint16Array.from({ length: w * h * channels }, (_, i) => {
        const pixel = i % (w * h);
        return (x * 256 + (pixel % w)) * 10 + Math.floor(i / (w * h)) * 10_000;
      });
      return { data, shape: [channels, h, w] };
    },
    ...rest,
  });
  const greyAt = async (
    source: PyramidSource,
    x: number,
    range: { lo: number; hi: number } | null = null,
  ) => {
    const { rgba, width } = await source.readTile({ level: 0, x: 0, y: 0 }, { range });
    return [...rgba.subarray((5 * width + x) * 4, (5 * width + x) * 4 + 3)];
  };

  it('are shown in the window of the source, or of a transform, or of the view', async () => {
    const source = wide({ window: { lo: 0, hi: 5100 } });
    expect(open(source).isWide).toBe(true);
    expect(await greyAt(open(source), 255)).toEqual([128, 128, 128]);
    expect(await greyAt(open(source, { chain: [Transforms.range(0, 10_200)] }), 255)).toEqual([64, 64, 64]);
    expect(await greyAt(open(source), 255, { lo: 2550, hi: 2551 })).toEqual([0, 0, 0]);
  });
  it('are read at a pixel, and counted', async () => {
    const source = open(wide());
    expect(await source.readValues(599.5, 399.5, {})).toEqual({ dtype: 'u16', values: [5990] });
    const { lo, hi, counts } = await source.readHistogram(10, {});
    expect([lo < 100, hi > 5900 && hi <= 5990, counts.length]).toEqual([true, true, 1]);
    await expect(source.readValues(600, 0, {})).rejects.toMatchObject({ code: 'range' });
  });
  it('channels are mixed by their colours', async () => {
    const channels = [
      { color: [0, 255, 0], window: { lo: 0, hi: 5100 } },
      { color: [255, 0, 255], window: { lo: 10_000, hi: 20_200 } },
    ] as const;
    const mixed = open(wide({ channels }, 2));
    expect(await greyAt(mixed, 255)).toEqual([64, 128, 64]);
    expect(await mixed.readValues(255, 5, {})).toEqual({ dtype: 'u16', values: [2550, 12_550] });
    const picked = open(wide({ channels }, 2), {
      chain: [Transforms.channels([1]), Transforms.range(10_000, 15_100)],
    });
    expect(await greyAt(picked, 255)).toEqual([128, 128, 128]);
  });
  it('the channels that a source shows are taken where no transform picks others', async () => {
    const five = wide({ shownChannels: [3], window: { lo: 30_000, hi: 35_100 } }, 5);
    expect(await greyAt(open(five), 255)).toEqual([128, 128, 128]);
  });
  it('encoded tiles are decoded by the pool and freed there', async () => {
    const png = new PNG({ width: 300, height: 200 });
    png.data.fill(200);
    const blob = new Blob([new Uint8Array(PNG.sync.write(png))]);
    const pool = new PlainPool();
    const source: TileSource = {
      width: 300,
      height: 200,
      levels: [{ width: 300, height: 200, tileWidth: 512, tileHeight: 512 }],
      getTile: async () => blob,
    };
    const opened = await openImage(source, pool);
    const { rgba } = await opened.readTile({ level: 0, x: 0, y: 0 }, {});
    expect([...rgba.subarray(0, 4)]).toEqual([200, 200, 200, 200]);
    expect([pool.held.size, opened.isWide]).toEqual([0, false]);
  });
  it('a source that does not fit is refused with its place', async () => {
    const refused = (rest: Partial<TileSource>) =>
      openImage({ ...wide(), ...rest }, new PlainPool(), { name: 'slides', uindex: 2 }).then(
        () => null,
        ({ code, message }) => `${code}: ${message}`,
      );
    expect(await refused({ levels: [] })).toBe(
      'data: slides, sample 2, tile source: A tile source does not fit: levels must be a list of at least one level',
    );
    expect(await refused({ width: 601 })).toContain('level 0 is 600 × 400 and the image 601 × 400');
    expect(await refused({ dtype: 'colour' })).toContain('colour is no dtype');
  });
});
