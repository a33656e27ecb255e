import { describe, expect, it } from 'vitest';
import {
  type BoxSample,
  boxNumbers,
  boxRows,
  HeldBoxes,
  passesFilter,
  type WrongRows,
} from '../../../src/boxes/index.js';
import { createPixelPool } from '../../../src/compute/index.js';

const palette = Uint32Array.of(0xff0000ff);

/** Boxes held by the page's own thread, since Node has no workers of the browser's kind. */
const hold = (data: Float32Array, numbers: Partial<BoxSample> = {}) => {
  const pool = createPixelPool({ maxWorkers: 0 });
  const bad: WrongRows[] = [];
  let told = () => {};
  const held = new HeldBoxes({
    pool,
    id: 'a',
    sample: { boxes: boxRows(data, 'boxes'), classes: null, scores: null, ...numbers },
    palette,
    plain: 0xffffffff,
    changed: () => told(),
    bad: (rows) => bad.push(rows),
  });
  const until = async (holds: () => boolean) => {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        told = resolve;
      });
    }
  };
  return { held, pool, bad, until };
};

const { signal } = new AbortController();

describe('boxes held in a worker', () => {
  it('are copied in bands, then found, changed and filtered like the caller’s memory', async () => {
    const data = Float32Array.from({ length: 40_000 }, (_, i) => (i % 4 < 2 ? (i >> 2) % 1000 : 2));
    const { held, pool, until } = hold(data);
    const progress: number[] = [];
    await until(() => {
      if (held.state.tag === 'loading') progress.push(held.state.done);
      return held.state.tag === 'ready';
    });
    expect(progress.length).toBeGreaterThan(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(held.shown).toBe(10_000);
    data.set([5000, 5000, 10, 10], 70 * 4);
    held.wrote(70);
    expect(await held.hit({ x: 5005, y: 5005, reach: 0 }, signal)).toBe(70);
    held.filter({ minScore: 0.5 });
    held.filter({ classes: [3] });
    expect(held.isChanging).toBe(true);
    await until(() => !held.isChanging);
    expect(held.shown, 'boxes without scores or classes pass').toBe(10_000);
    held.dispose();
    pool.dispose();
  });

  it('a row written while they are copied is the written one afterwards', async () => {
    const data = new Float32Array(100_000 * 4).fill(1);
    const { held, pool, until } = hold(data);
    await until(() => held.state.tag === 'loading' && held.state.done > 0);
    data.set([700, 700, 9, 9], 0);
    held.wrote(0);
    await until(() => held.state.tag === 'ready');
    expect(await held.hit({ x: 704, y: 704, reach: 0 }, signal)).toBe(0);
    held.dispose();
    pool.dispose();
  });

  it('tells of rows that are no boxes, and ends early when they are disposed', async () => {
    const data = Float32Array.of(1, 2, 3, 4, Number.NaN, 2, 3, 4);
    const { held, pool, bad, until } = hold(data);
    await until(() => held.state.tag === 'ready');
    expect([bad, held.shown, held.blanks]).toEqual([[{ what: 'box', count: 1, first: 1 }], 1, [1]]);
    held.dispose();
    await expect(held.hit({ x: 0, y: 0, reach: 0 }, signal)).rejects.toThrow(/no longer shown/);
    pool.dispose();
  });
});

describe('classes and scores that are none', () => {
  it('are told with the first of their rows, over several bands, and the boxes are there without them', async () => {
    const count = 10_000;
    const classData = Array.from({ length: count }, (_, row): unknown => (row % 3000 === 2999 ? 'cat' : 1));
    const scoreData = Array.from({ length: count }, (_, row): unknown => (row === 9000 ? '0.9' : 0.5));
    const { held, pool, bad, until } = hold(new Float32Array(count * 4).fill(1), {
      classes: boxNumbers(classData, count, 'class', 'classData'),
      scores: boxNumbers(scoreData, count, 'score', 'scores'),
    });
    await until(() => held.state.tag === 'ready');
    expect(bad).toEqual([
      { what: 'class', count: 3, first: 2999 },
      { what: 'score', count: 1, first: 9000 },
    ]);
    expect(held.shown).toBe(count);
    held.filter({ classes: [-1] });
    await until(() => !held.isChanging);
    expect(held.shown).toBe(3);
    held.filter({ minScore: 0.1 });
    await until(() => !held.isChanging);
    expect(held.shown).toBe(count - 1);
    held.dispose();
    pool.dispose();
  });
});

describe('a filter', () => {
  it('says by the same rules on the page which boxes pass', () => {
    const box = [1, 2, 3, 4] as const;
    expect(passesFilter({}, [0, 0, 0, 0], 1, 1)).toBe(false);
    expect(passesFilter({ classes: [1] }, box, 1, null)).toBe(true);
    expect(passesFilter({ classes: [1] }, box, Number.NaN, null)).toBe(false);
    expect(passesFilter({ classes: [-1] }, box, Number.NaN, null)).toBe(true);
    expect(passesFilter({ classes: [1] }, box, null, null)).toBe(true);
    expect(passesFilter({ minScore: 0.5 }, box, 1, 0.5)).toBe(true);
    expect(passesFilter({ minScore: 0.5 }, box, 1, Number.NaN)).toBe(false);
    expect(passesFilter({ maxScore: 0.5 }, box, 1, 0.6)).toBe(false);
  });
});
