import { describe, expect, it } from 'vitest';
import { boxTilesIn, boxTilesTouching, gridOf } from '../../../src/boxes/box-grid.js';
import { Newest, readingOrder } from '../../../src/boxes/index.js';
import { rect } from '../../../src/geometry/index.js';

describe('the grid of box tiles', () => {
  it('begins on a whole device px, whatever the view', () => {
    expect(gridOf({ scale: 0.3, x: 10.4, y: -7.6 }, 1.5)).toEqual({ scale: 0.3 * 1.5, left: 16, top: -11 });
  });

  it('has the tiles of the frame, nearest its middle first, none beyond the image', () => {
    const grid = { scale: 1, left: 0, top: 0 };
    const image = { width: 1100, height: 600 };
    const all = boxTilesIn(grid, rect(0, 0, 2000, 2000), 1, image, 1);
    expect(new Set(all.map(({ x, y }) => `${x},${y}`))).toEqual(
      new Set(['0,0', '1,0', '2,0', '0,1', '1,1', '2,1']),
    );
    expect(boxTilesIn(grid, rect(600, 100, 10, 10), 1, image, 1)).toEqual([{ x: 1, y: 0 }]);
    expect(boxTilesIn({ ...grid, left: -600 }, rect(0, 0, 100, 100), 1, image, 1)).toEqual([{ x: 1, y: 0 }]);
    const [first] = boxTilesIn(grid, rect(0, 0, 1536, 512), 1, { width: 9000, height: 9000 }, 1);
    expect(first).toEqual({ x: 1, y: 0 });
  });

  it('knows the tiles into which a stroke reaches', () => {
    expect(boxTilesTouching(rect(100, 100, 411, 10), 1, 1)).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 0 },
    ]);
    expect(boxTilesTouching(rect(100, 100, 50, 10), 1, 1)).toEqual([{ x: 0, y: 0 }]);
  });
});

describe('reading order', () => {
  it('goes line by line from the left; a line holds what begins above the middle of its first', () => {
    const boxes = [
      rect(50, 12, 10, 20),
      rect(0, 40, 10, 10),
      rect(10, 10, 10, 20),
      rect(30, 19, 5, 5),
      rect(90, 21, 5, 5),
    ];
    expect(readingOrder(boxes, (box) => box).map(({ x }) => x)).toEqual([10, 30, 50, 90, 0]);
  });
});

describe('the newest question', () => {
  it('is asked after the one under way, those between never, and only the newest is answered', async () => {
    const asked: number[] = [];
    const taken: number[] = [];
    const waiting: (() => void)[] = [];
    const newest = new Newest<number, number>(
      (question) => {
        asked.push(question);
        return new Promise((resolve) => waiting.push(() => resolve(question)));
      },
      (answer) => taken.push(answer),
    );
    const answer = async () => {
      waiting.shift()!();
      await new Promise((resolve) => setImmediate(resolve));
    };
    for (const question of [1, 2, 3]) newest.ask(question);
    await answer();
    expect([asked, taken]).toEqual([[1, 3], []]);
    await answer();
    expect([asked, taken]).toEqual([[1, 3], [3]]);
    newest.ask(4);
    newest.forget();
    await answer();
    expect([asked, taken]).toEqual([[1, 3, 4], [3]]);
  });

  it('goes on after one that fails', async () => {
    const taken: number[] = [];
    const newest = new Newest<number, number>(
      async (question) => {
        if (question === 1) throw new Error('gone');
        return question;
      },
      (answer) => taken.push(answer),
    );
    newest.ask(1);
    await new Promise((resolve) => setImmediate(resolve));
    newest.ask(2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toEqual([2]);
  });
});
