import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fitInFrame, type Rect, rect, type ScreenFromImage } from '../../../src/geometry/index.js';
import {
  createSampleImages,
  type ImageEntry,
  type ImageSource,
  openImage,
  type ReadOptions,
  type SampleImages,
  type SampleImagesOptions,
  type TensorLike,
  type TileTextures,
} from '../../../src/images/index.js';
import type { RgbaPixels } from '../../../src/kernels/index.js';
import { PlainPool } from './plain-pool.js';

/** The GPU's side in plain memory. */
class Textures implements TileTextures {
  readonly held = new Map<string, RgbaPixels>();
  uploads = 0;
  upload(key: string, pixels: RgbaPixels): void {
    this.uploads++;
    this.held.set(key, pixels);
  }
  free(key: string): void {
    if (!this.held.delete(key)) throw new Error(`${key} is freed and was not there`);
  }
  get bytes(): number {
    return [...this.held.values()].reduce((sum, { rgba }) => sum + rgba.byteLength, 0);
  }
}

const grey = (value: number, width = 40, height = 30): TensorLike => ({
  data: new Uint8Array(width * height).fill(value),
  shape: [height, width],
});

/** A source of which only some things matter. */
const fakeSource = (more: Partial<ImageSource>): ImageSource => ({
  width: 512,
  height: 512,
  bytes: 0,
  isWide: false,
  readTile: async () => ({ width: 1, height: 1, rgba: new Uint8Array(4) }),
  readValues: async () => ({ dtype: 'u8', values: [] }),
  readHistogram: async () => ({ lo: 0, hi: 1, counts: [] }),
  dispose: () => {},
  ...more,
});

const frame = rect(0, 0, 400, 300);
const quiet = () => new Promise((resolve) => setTimeout(resolve, 2));

/** A column of images with everything around it, painted as a frame loop would: after each redraw that was asked for. */
const column = (
  entry: (uindex: number) => ImageEntry,
  more: Partial<SampleImagesOptions> & { viewOf?: (source: ImageSource) => ScreenFromImage } = {},
) => {
  const pool = new PlainPool();
  const textures = new Textures();
  const opened: number[] = [];
  const reasons: string[] = [];
  let wantsPaint = false;
  const images = createSampleImages({
    key: 'a',
    budget: () => 1 << 28,
    textures,
    open: (uindex, options) => {
      opened.push(uindex);
      return openImage(entry(uindex), pool, { ...options, uindex, colorspace: 'RGB' });
    },
    redraw: (reason) => {
      reasons.push(reason);
      wantsPaint = true;
    },
    ...more,
  });
  const paint = (uindex: number, at: Rect = frame) => {
    wantsPaint = false;
    const state = images.state(uindex);
    if (state.tag !== 'ready') return { shapes: [], sharp: false, detail: [] };
    const view = more.viewOf?.(state.source) ?? fitInFrame(state.source, at);
    return images.paint(view, at, 1);
  };
  /** Paints until nothing more is asked for and nothing is under way. */
  const settle = async (uindex: number, upcoming: readonly number[] = []) => {
    images.show(uindex, upcoming);
    paint(uindex);
    for (let calm = 0; calm < 6; calm++) {
      await quiet();
      const isLoading = [uindex, ...upcoming].some((one) => images.state(one).tag === 'loading');
      if (wantsPaint || isLoading || images.pendingTiles > 0) calm = 0;
      if (wantsPaint) paint(uindex);
    }
    return paint(uindex);
  };
  return { images, pool, textures, opened, reasons, paint, settle };
};

const wholeOfTwelve = rect(0, 0, 2000, 1500);

/** An image whose twelve tiles were asked for by a paint; `answer` gives as many more of them. */
const asksForTwelve = async () => {
  const waiting: (() => void)[] = [];
  const tile = { width: 512, height: 512, rgba: new Uint8Array(512 * 512 * 4) };
  const readTile = () => new Promise<typeof tile>((resolve) => waiting.push(() => resolve(tile)));
  const open = async () => fakeSource({ width: 2000, height: 1500, bytes: 0, readTile, dispose: () => {} });
  const of = column(() => grey(1), { open });
  of.images.show(0, []);
  await quiet();
  of.paint(0, wholeOfTwelve);
  const answer = (count: number) => {
    for (const give of waiting.splice(0, count)) give();
  };
  return { ...of, answer };
};

/** What a picture shows at the middle of its first tile. */
const valueShown = (
  textures: Textures,
  { shapes }: ReturnType<SampleImages['paint']>,
): number | undefined => {
  const [shape] = shapes;
  return shape?.tag === 'tile' ? textures.held.get(shape.key)?.rgba[0] : undefined;
};

/** Loaded when they are first needed: here before, since a test waits for milliseconds. */
beforeAll(() =>
  Promise.all([import('../../../src/images/open-tensor.js'), import('../../../src/images/svg.js')]),
);

describe('the images of a column', () => {
  it('shows a sample: loading, ready, sharp', async () => {
    const { images, settle, paint, textures, reasons } = column((i) => grey(10 + i));
    expect(images.state(0)).toEqual({ tag: 'idle' });
    images.show(0, []);
    expect(images.state(0)).toEqual({ tag: 'loading', progress: null });
    expect(paint(0)).toEqual({ shapes: [], sharp: false, detail: [] });
    const picture = await settle(0);
    expect(picture.sharp).toBe(true);
    expect(picture.shapes).toEqual([
      expect.objectContaining({ tag: 'tile', source: rect(0, 0, 40, 30), target: frame, filter: 'nearest' }),
    ]);
    expect(valueShown(textures, picture)).toBe(10);
    expect(reasons).toEqual(['image opened', 'tile was read']);
    const again = paint(0);
    await quiet();
    expect([again.shapes, reasons.length, textures.uploads]).toEqual([picture.shapes, 2, 1]);
  });

  it('prefetches the upcoming with the tiles of their fitted view, so that stepping shows them at once', async () => {
    const { images, settle, paint, opened, textures } = column((i) => grey(10 + i, 900, 700));
    await settle(0, [1, 2]);
    expect(opened).toEqual([0, 1, 2]);
    const uploads = textures.uploads;
    images.show(1, [2, 3]);
    const picture = paint(1);
    expect([picture.sharp, valueShown(textures, picture), textures.uploads]).toEqual([true, 11, uploads]);
  });

  it('opens the upcoming only when the shown sample is on screen', async () => {
    const { images, opened, paint } = column((i) => grey(i, 900, 700));
    images.show(5, []);
    for (let i = 0; i < 5; i++) await quiet();
    paint(5);
    images.show(6, [7]);
    for (let i = 0; i < 5; i++) await quiet();
    expect(opened).toEqual([5, 6]);
  });

  it('I3, C15: an entry is opened once as long as it is shown or upcoming', async () => {
    const { settle, opened } = column((i) => grey(i));
    await settle(0, [1]);
    await settle(1, [2, 0]);
    await settle(0, [1]);
    await settle(1, [2, 0]);
    expect(opened.filter((uindex) => uindex < 2)).toEqual([0, 1]);
  });

  it('I14: stepping 300 samples there and back leaves bytes and textures where they were', async () => {
    const { images, settle, textures, pool } = column((i) => grey(i % 250, 30 + (i % 7), 20));
    const upcoming = (i: number) => [i + 1, i + 2].filter((u) => u < 300);
    await settle(0, upcoming(0));
    const before = [images.decodedBytes, textures.bytes, textures.held.size, pool.held.size];
    for (let i = 1; i < 300; i++) {
      images.show(i, upcoming(i));
      if (i % 10 === 0) await settle(i, upcoming(i));
      else if (i % 3 === 0) await quiet();
    }
    for (let i = 298; i >= 0; i--) {
      images.show(i, upcoming(i));
      if (i % 10 === 0) await settle(i, upcoming(i));
    }
    expect([images.decodedBytes, textures.bytes, textures.held.size, pool.held.size]).toEqual(before);
    images.dispose();
    images.dispose();
    expect([images.decodedBytes, textures.bytes, images.pendingTiles]).toEqual([0, 0, 0]);
  });

  it('never shows a late result of an earlier sample, and frees it', async () => {
    const late: { resolve(source: ImageSource): void; signal: AbortSignal | undefined; uindex: number }[] =
      [];
    const open = (uindex: number, { signal }: ReadOptions) =>
      new Promise<ImageSource>((resolve) => late.push({ resolve, signal, uindex }));
    const { images, settle, textures } = column((i) => grey(i), { open });
    images.show(1, []);
    images.show(2, []);
    images.show(1, []);
    expect(late.map(({ uindex, signal }) => [uindex, signal?.aborted])).toEqual([
      [1, true],
      [2, true],
      [1, false],
    ]);
    const disposed: number[] = [];
    const sourceOf = async (value: number): Promise<ImageSource> => {
      const source = await openImage(grey(value), new PlainPool());
      const { width, height, bytes } = source;
      const dispose = () => disposed.push(value);
      const readTile: ImageSource['readTile'] = (tile, options) => source.readTile(tile, options);
      return fakeSource({ width, height, bytes, readTile, dispose });
    };
    late[0]!.resolve(await sourceOf(100));
    late[1]!.resolve(await sourceOf(101));
    await quiet();
    expect([images.state(1).tag, disposed]).toEqual(['loading', [100, 101]]);
    late[2]!.resolve(await sourceOf(102));
    expect(valueShown(textures, await settle(1))).toBe(102);
  });

  it('gives up the tiles of a sample that is left, and of a part that is left', async () => {
    const { images, paint, pool, textures } = column((i) => grey(i, 4000, 4000), {
      viewOf: () => ({ scale: 1, x: 0, y: 0 }),
    });
    images.show(0, []);
    await quiet();
    paint(0);
    expect(images.pendingTiles).toBe(2);
    images.paint({ scale: 1, x: -3000, y: -3000 }, frame, 1);
    expect(images.pendingTiles).toBe(5);
    images.show(1, []);
    expect(images.pendingTiles).toBe(0);
    await quiet();
    await quiet();
    expect([pool.bands.length, textures.uploads]).toEqual([0, 0]);
  });

  it('uploads tiles that come at once in tasks of a few milliseconds, and draws them in one frame', async () => {
    const { images, textures, reasons, answer } = await asksForTwelve();
    const upload = textures.upload.bind(textures);
    const inTasks = [0];
    textures.upload = (key, pixels) => {
      upload(key, pixels);
      for (const end = performance.now() + 3; performance.now() < end; );
      if (inTasks[0]!++ === 0) queueMicrotask(() => inTasks.unshift(0));
    };
    answer(12);
    await vi.waitFor(() => expect(reasons).toContain('tile was read'));
    expect(textures.uploads).toBe(12);
    expect(Math.max(...inTasks)).toBeLessThanOrEqual(2);
    expect(reasons.filter((reason) => reason === 'tile was read').length).toBe(1);
    images.dispose();
  });

  it('draws tiles together that come while others are to come, and those that are there with the last', async () => {
    const { images, paint, textures, reasons, answer } = await asksForTwelve();
    const drawn = () => reasons.filter((reason) => reason === 'tile was read').length;
    answer(5);
    await vi.waitFor(() => expect(textures.uploads).toBe(5), { interval: 1 });
    expect(drawn()).toBe(0);
    await vi.waitFor(() => expect(drawn()).toBe(1));
    paint(0, wholeOfTwelve);
    answer(7);
    await vi.waitFor(() => expect(drawn()).toBe(2));
    expect([textures.uploads, paint(0, wholeOfTwelve).sharp]).toEqual([12, true]);
    images.dispose();
  });

  it('draws what is coarse before any other is there', async () => {
    const tile = { width: 1, height: 1, rgba: new Uint8Array(4) };
    const never = () => new Promise<never>(() => {});
    const open = async () => fakeSource({ readCoarse: async () => tile, readTile: never });
    const { images, paint, reasons } = column(() => grey(1), { open });
    images.show(0, []);
    await quiet();
    paint(0);
    await vi.waitFor(() => expect(reasons).toContain('tile was read'), { interval: 1 });
    expect([paint(0).shapes.length, images.pendingTiles]).toEqual([1, 1]);
    images.dispose();
  });

  it('has tiles of the level that is there at once under those that take long, and under no others', async () => {
    const asked: string[] = [];
    const open = async () =>
      fakeSource({
        width: 8000,
        height: 6000,
        quickLevel: 3,
        readTile: ({ level, x, y }) => {
          asked.push(`${level}/${x}/${y}`);
          return new Promise(() => {});
        },
      });
    let view: ScreenFromImage = { scale: 1, x: -700, y: -700 };
    const { images, paint } = column(() => grey(1), { open, viewOf: () => view });
    images.show(0, []);
    await quiet();
    paint(0);
    expect(asked.map((tile) => tile[0])).toEqual(['3', '0', '0']);
    asked.length = 0;
    view = { scale: 0.125, x: 0, y: 0 };
    paint(0);
    expect(asked.every((tile) => tile[0] === '3')).toBe(true);
    images.dispose();
  });

  it('shows coarse tiles where sharp ones are missing, and never both', async () => {
    let view: ScreenFromImage = { scale: 0.1, x: 0, y: 0 };
    const { images, settle, paint } = column(() => grey(1, 4000, 3000), { viewOf: () => view });
    await settle(0);
    view = { scale: 1, x: -700, y: -700 };
    const first = paint(0);
    expect(first.sharp).toBe(false);
    expect(first.shapes.map((shape) => shape.tag === 'tile' && shape.filter)).toEqual(['linear', 'linear']);
    const last = await settle(0);
    expect([last.sharp, last.shapes.length]).toEqual([true, first.shapes.length]);
    expect(images.pendingTiles).toBe(0);
  });

  it('asks for a few coarse tiles before many sharp ones', async () => {
    const asked: string[] = [];
    const open = async () =>
      fakeSource({
        width: 8000,
        height: 6000,
        bytes: 0,
        readTile: async ({ level }, { priority }) => {
          asked.push(`${level} at ${Math.floor(priority ?? 0)}`);
          return { width: 1, height: 1, rgba: new Uint8Array(4) };
        },
        dispose: () => {},
      });
    const { images } = column(() => grey(1), { open });
    images.show(0, []);
    await quiet();
    images.paint({ scale: 1, x: 0, y: 0 }, rect(0, 0, 4000, 3000), 1);
    expect(asked.slice(0, 5)).toEqual(['2 at 1', '2 at 1', '2 at 1', '2 at 1', '0 at 2']);
    expect(asked.length).toBe(4 + 8 * 6);
  });

  it('keeps the shown sample however small the budget, and opens no others then', async () => {
    const { images, settle, opened, textures } = column((i) => grey(i), { budget: () => 100 });
    expect((await settle(0, [1, 2])).sharp).toBe(true);
    await settle(1, [2, 3]);
    expect([opened, images.state(2).tag, textures.held.size]).toEqual([[0, 1], 'idle', 1]);
  });

  it('opens the upcoming as far as the budget goes, and does not try over and over', async () => {
    const bytes = 40 * 30 * 4;
    const { images, settle, opened, textures } = column((i) => grey(i), { budget: () => 2.5 * bytes });
    await settle(0, [1, 2, 3]);
    await settle(0, [1, 2, 3]);
    expect([images.state(1).tag, images.state(2).tag, images.state(3).tag]).toEqual([
      'ready',
      'idle',
      'idle',
    ]);
    expect([textures.bytes, opened]).toEqual([2 * bytes, [0, 1]]);
  });

  it('closes an upcoming sample that turns out to be beyond the budget', async () => {
    const bytes = 40 * 30 * 4;
    const { images, settle, opened, textures } = column((i) => (i === 2 ? grey(i, 120, 120) : grey(i)), {
      budget: () => 4 * bytes,
    });
    await settle(0, [1, 2, 3]);
    await settle(0, [1, 2, 3]);
    expect([opened, textures.bytes, images.state(2).tag]).toEqual([[0, 1, 2], 2 * bytes, 'idle']);
  });

  it('frees tiles that were not drawn for long before the textures grow without end', async () => {
    let view: ScreenFromImage = { scale: 1, x: 0, y: 0 };
    const open = async () =>
      fakeSource({
        width: 512 * 200,
        height: 512,
        bytes: 1 << 28,
        readTile: async () => ({ width: 512, height: 512, rgba: new Uint8Array(1 << 20) }),
        dispose: () => {},
      });
    const { settle, textures } = column(() => grey(1), { open, viewOf: () => view });
    for (let x = 0; x < 100; x++) {
      view = { scale: 1, x: -x * 512, y: 0 };
      await settle(0);
    }
    expect(textures.bytes).toBe(64 << 20);
    expect(textures.held.has('a/0/0/99/0')).toBe(true);
    expect(textures.held.has('a/0/0/0/0')).toBe(false);
  }, 30_000);

  it('a failure is a state, and reload tries again', async () => {
    let works = false;
    const entry = (uindex: number) => (works ? grey(55) : new Uint8Array([uindex]));
    const { images, settle, textures, reasons } = column(entry);
    await settle(3);
    const state = images.state(3);
    expect(state.tag === 'failed' && [state.error.code, state.error.facts.uindex]).toEqual(['decode', 3]);
    expect(reasons).toEqual(['image failed']);
    works = true;
    images.reload(3);
    expect(images.state(3).tag).toBe('loading');
    expect(valueShown(textures, await settle(3))).toBe(55);
  });

  it('a tile that cannot be read makes the sample a failure, and everything of it is freed', async () => {
    let disposed = 0;
    const open = async () =>
      fakeSource({
        width: 900,
        height: 300,
        bytes: 77,
        readTile: async ({ x }) => {
          if (x === 1) throw new Error('disk on fire');
          return { width: 512, height: 300, rgba: new Uint8Array(512 * 300 * 4) };
        },
        dispose: () => disposed++,
      });
    const { images, settle, textures } = column(() => grey(1), {
      open,
      viewOf: () => ({ scale: 1, x: -300, y: 0 }),
    });
    await settle(0);
    const state = images.state(0);
    expect(state.tag === 'failed' && state.error.message).toMatch(/disk on fire/);
    expect([textures.bytes, images.decodedBytes, disposed]).toEqual([0, 0, 1]);
  });

  it('goes on behind an upcoming sample that fails', async () => {
    const { images, settle } = column((i) => (i === 1 ? new Uint8Array(1) : grey(i)));
    await settle(0, [1, 2]);
    expect([images.state(1).tag, images.state(2).tag]).toEqual(['failed', 'ready']);
  });

  it('a tensor whose data changed in place is shown anew after reload', async () => {
    const tensor = grey(20);
    const { images, settle, textures } = column(() => tensor);
    expect(valueShown(textures, await settle(0))).toBe(20);
    (tensor.data as Uint8Array).fill(120);
    expect(valueShown(textures, await settle(0))).toBe(20);
    images.reload(0);
    expect(valueShown(textures, await settle(0))).toBe(120);
    expect(textures.held.size).toBe(1);
  });

  it('a window shows at once what is there, then the values within it; a drag is seen as it goes on', async () => {
    const asked: (number | undefined)[] = [];
    const tensor: TensorLike = { data: new Uint16Array(1200 * 30).fill(1000), shape: [30, 1200] };
    const open = async (_: number, options: ReadOptions) => {
      const source = await openImage(tensor, new PlainPool(), options);
      const readTile: ImageSource['readTile'] = (tile, more) => {
        asked.push(more.range?.hi);
        return source.readTile(tile, more);
      };
      return fakeSource({ width: 1200, height: 30, readTile });
    };
    const { images, settle, paint, textures } = column(() => tensor, {
      open,
      viewOf: () => ({ scale: 1, x: 0, y: 0 }),
    });
    const before = await settle(0);
    expect([before.sharp, valueShown(textures, before)]).toEqual([true, 255]);
    images.setRange({ lo: 0, hi: 2000 });
    const meanwhile = paint(0);
    expect([meanwhile.sharp, meanwhile.shapes]).toEqual([false, before.shapes]);
    images.setRange({ lo: 0, hi: 3000 });
    images.setRange({ lo: 0, hi: 4000 });
    const after = await settle(0);
    expect([after.sharp, valueShown(textures, after)]).toEqual([true, 64]);
    expect(asked).toEqual([undefined, 2000, 4000]);
    expect(() => images.setRange({ lo: 1, hi: 1 })).toThrow(/two finite values/);
    images.setRange(null);
    expect(valueShown(textures, await settle(0))).toBe(255);
    expect(textures.held.size).toBe(1);
  });

  it('asks for its tiles again when the textures are lost', async () => {
    const { images, settle, textures, paint } = column((i) => grey(30 + i));
    await settle(0, [1]);
    textures.held.clear();
    images.forgetTextures();
    expect(paint(0)).toEqual({ shapes: [], sharp: false, detail: [] });
    const picture = await settle(0, [1]);
    expect([picture.sharp, valueShown(textures, picture), textures.held.size]).toEqual([true, 30, 2]);
  });

  it('does nothing after it is disposed', async () => {
    const { images, opened, reasons, textures } = column((i) => grey(i));
    images.show(0, [1]);
    images.dispose();
    images.show(1, []);
    await quiet();
    await quiet();
    expect([opened, reasons, textures.uploads, images.state(0).tag]).toEqual([[0], [], 0, 'idle']);
  });
});
