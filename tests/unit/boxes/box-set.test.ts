import { describe, expect, it } from 'vitest';
import { type BoxFilter, rasteriseBoxesScalar } from '../../../src/kernels/index.js';
import { boxColumns } from '../../../workers/box-columns.js';
import { BoxSet } from '../../../workers/box-set.js';
import { seeded } from '../../kernels/seeded.js';

const count = 3000;
const image = 1000;
const palette = Uint32Array.of(0xff0000ff, 0xff00ff00, 0xffff0000);
const plain = 0xffffffff;

const seededData = (seed: number) => {
  const next = seeded(seed);
  const unit = () => next() / 2 ** 32;
  const boxes = new Float32Array(count * 4);
  for (let row = 0; row < count; row++) {
    const size = row % 50 === 0 ? [0, 0] : [unit() * 40, unit() ** 4 * 300];
    boxes.set([unit() * image, unit() * image, size[0]!, size[1]!], row * 4);
  }
  const classes = Int32Array.from({ length: count }, () => (next() % 4) - 1);
  const scores = Float32Array.from({ length: count }, () => (next() % 20 === 0 ? Number.NaN : unit()));
  return { boxes, classes, scores };
};
type Data = ReturnType<typeof seededData>;

const setOf = async ({ boxes, classes, scores }: Data): Promise<BoxSet> => {
  const set = new BoxSet({ id: 'a', count, palette, plain }, await boxColumns(count, 512 ** 2));
  for (let from = 0; from < count; from += 700) {
    const to = Math.min(count, from + 700);
    set.load({
      id: 'a',
      from,
      boxes: boxes.slice(from * 4, to * 4),
      classes: classes.slice(from, to),
      scores: scores.slice(from, to),
    });
  }
  set.index();
  return set;
};

/** One by one, by the words of the contract. */
const naivePasses = ({ boxes, classes, scores }: Data, row: number, filter: BoxFilter): boolean => {
  if (!(boxes[row * 4 + 2]! > 0 && boxes[row * 4 + 3]! > 0)) return false;
  if (filter.classes && !filter.classes.includes(classes[row]!)) return false;
  if (filter.minScore !== undefined && !(scores[row]! >= filter.minScore)) return false;
  return filter.maxScore === undefined || scores[row]! <= filter.maxScore;
};

const naiveTile = (
  data: Data,
  filter: BoxFilter,
  lifted: readonly number[],
  left: number,
  top: number,
  scale: number,
) => {
  const shown = Uint8Array.from({ length: count }, (_, row) =>
    naivePasses(data, row, filter) && !lifted.includes(row) ? 1 : 0,
  );
  const colors = Uint32Array.from(data.classes, (number) => (number < 0 ? plain : palette[number % 3]!));
  const target = new Uint32Array(512 * 512);
  const raster = { scale, left, top, width: 512, height: 512, thick: 1 };
  const drawn = rasteriseBoxesScalar({ boxes: data.boxes, colors, shown }, null, raster, target);
  return drawn === 0 ? null : new Uint8Array(target.buffer);
};

const away = ({ boxes }: Data, row: number, x: number, y: number): number => {
  const [left, top, w, h] = boxes.subarray(row * 4, row * 4 + 4) as unknown as number[];
  return Math.hypot(Math.max(0, left! - x, x - left! - w!), Math.max(0, top! - y, y - top! - h!));
};

/** Nearest, then smallest, then last. */
const naiveHit = (data: Data, filter: BoxFilter, x: number, y: number, reach: number): number => {
  let best: readonly [number, number, number] | null = null;
  let found = -1;
  for (let row = 0; row < count; row++) {
    const distance = away(data, row, x, y);
    if (!naivePasses(data, row, filter) || distance > reach) continue;
    const key = [distance, data.boxes[row * 4 + 2]! * data.boxes[row * 4 + 3]!, -row] as const;
    const isBetter =
      best === null ||
      key[0] < best[0] ||
      (key[0] === best[0] && (key[1] < best[1] || (key[1] === best[1] && key[2] < best[2])));
    if (isBetter) [best, found] = [key, row];
  }
  return found;
};

const filters: readonly BoxFilter[] = [
  {},
  { classes: [0, 2] },
  { classes: [-1] },
  { minScore: 0.4 },
  { classes: [1], minScore: 0.2, maxScore: 0.7 },
  { classes: [] },
];

describe('a set of boxes against a naive look at each (seed 3)', () => {
  it('draws what passes and is not lifted, at every scale and place', async () => {
    const data = seededData(3);
    const set = await setOf(data);
    for (const filter of filters) {
      set.filter(filter);
      for (const lifted of [[], [1, 2, 3, 77, 500]]) {
        set.lift(lifted);
        for (const [scale, left, top] of [
          [0.5, 0, 0],
          [3, 512, 1024],
          [20, 10_240, 5120],
          [20, 19_968, 19_968],
        ] as const) {
          const tile = set.tile({ id: 'a', scale, left, top, width: 512, height: 512, thick: 1 });
          const wanted = naiveTile(data, filter, lifted, left, top, scale);
          expect(tile === null).toBe(wanted === null);
          if (tile && wanted) expect(Buffer.compare(tile, wanted), `${scale} ${left} ${top}`).toBe(0);
        }
      }
      set.lift([]);
    }
  });

  it('counts what passes', async () => {
    const data = seededData(3);
    const set = await setOf(data);
    for (const filter of filters) {
      const wanted = Array.from({ length: count }, (_, row) => naivePasses(data, row, filter));
      expect(set.filter(filter)).toBe(wanted.filter(Boolean).length);
    }
  });

  it('finds the box under a point, and after edits the edited one', async () => {
    const data = seededData(4);
    const set = await setOf(data);
    const next = seeded(5);
    const point = () => (next() / 2 ** 32) * image;
    const check = (filter: BoxFilter) => {
      for (let i = 0; i < 100; i++) {
        const [x, y, reach] = [point(), point(), [0, 3, 30][i % 3]!];
        expect(set.hit({ id: 'a', x, y, reach }), `${x} ${y} ${reach}`).toBe(
          naiveHit(data, filter, x, y, reach),
        );
      }
    };
    for (const filter of filters) {
      set.filter(filter);
      check(filter);
    }
    for (let edit = 0; edit < 2500; edit++) {
      const row = next() % count;
      const value = edit % 9 === 0 ? [0, 0, 0, 0] : [point(), point(), 20, 15];
      const number = (next() % 4) - 1;
      data.boxes.set(value, row * 4);
      data.classes[row] = number;
      set.patch({ id: 'a', rows: [row], boxes: Float32Array.from(value), classes: Int32Array.of(number) });
      if (edit % 500 === 0) check(filters.at(-1)!);
    }
    set.filter({});
    check({});
  });

  it('names those nearest the middle of a part of the image', async () => {
    const data = seededData(6);
    const set = await setOf(data);
    data.boxes.set([480, 480, 30, 30], 9 * 4);
    set.patch({ id: 'a', rows: [9], boxes: Float32Array.of(480, 480, 30, 30), classes: Int32Array.of(0) });
    const part = { x: 400, y: 420, width: 200, height: 150 };
    const [x, y] = [500, 495];
    const meets = (row: number) => {
      const [left, top, w, h] = data.boxes.subarray(row * 4, row * 4 + 4) as unknown as number[];
      return left! <= 600 && top! <= 570 && left! + w! >= 400 && top! + h! >= 420;
    };
    const wanted = Array.from({ length: count }, (_, row) => row)
      .filter((row) => naivePasses(data, row, {}) && meets(row))
      .map((row) => away(data, row, x, y))
      .sort((a, b) => a - b)
      .slice(0, 20);
    const got = set.near({ id: 'a', ...part, most: 20 });
    expect(new Set(got).size).toBe(20);
    expect(got).toContain(9);
    expect(got.every(meets)).toBe(true);
    expect(got.map((row) => away(data, row, x, y))).toEqual(wanted);
  });

  it('keeps rows that are no boxes as blank ones, and tells which', async () => {
    const set = new BoxSet({ id: 'a', count: 3, palette, plain }, await boxColumns(3, 512 ** 2));
    const boxes = Float32Array.of(1, 2, 3, 4, 1, Number.NaN, 3, 4, 5, 5, Number.POSITIVE_INFINITY, 1);
    expect(set.load({ id: 'a', from: 0, boxes, classes: null, scores: null })).toEqual({
      bad: 2,
      firstBad: 1,
    });
    expect([...set.index().blanks]).toEqual([1, 2]);
    expect(set.filter({})).toBe(1);
  });

  it('an empty set draws, finds and names nothing', async () => {
    const set = new BoxSet({ id: 'a', count: 0, palette, plain }, await boxColumns(0, 512 ** 2));
    set.index();
    expect(set.tile({ id: 'a', scale: 1, left: 0, top: 0, width: 512, height: 512, thick: 1 })).toBeNull();
    expect(set.hit({ id: 'a', x: 1, y: 1, reach: 10 })).toBe(-1);
    expect(set.near({ id: 'a', x: 0, y: 0, width: 10, height: 10, most: 5 })).toEqual([]);
  });
});
