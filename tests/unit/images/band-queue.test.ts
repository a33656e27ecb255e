import { describe, expect, it } from 'vitest';
import { BandQueue } from '../../../src/images/band-queue.js';

/** A job that ends when it is told to. */
const held = () => {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, ended };
};

describe('the queue of bands', () => {
  it('runs the lowest priority first, and those of one priority in order', async () => {
    const queue = new BandQueue(() => 1);
    const order: string[] = [];
    const job = (name: string) => async () => {
      order.push(name);
    };
    await Promise.all([
      queue.run(job('a3'), { priority: 3 }),
      queue.run(job('b1'), { priority: 1 }),
      queue.run(job('c3'), { priority: 3 }),
      queue.run(job('d1'), { priority: 1 }),
      queue.run(job('e0'), {}),
    ]);
    expect(order).toEqual(['e0', 'b1', 'd1', 'a3', 'c3']);
  });

  it('runs no more than its limit at a time, and none in the task that asks', async () => {
    const queue = new BandQueue(() => 2);
    const hold = held();
    let running = 0;
    let most = 0;
    const job = async () => {
      most = Math.max(most, ++running);
      await hold.ended;
      running--;
    };
    const all = Promise.all(Array.from({ length: 6 }, () => queue.run(job, {})));
    await Promise.resolve();
    expect(running).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(running).toBe(2);
    hold.end();
    await all;
    expect(most).toBe(2);
  });

  it('drops a job that is aborted while it waits, and goes on after one that fails', async () => {
    const queue = new BandQueue(() => 1);
    const hold = held();
    const abort = new AbortController();
    const first = queue.run(() => hold.ended.then(() => Promise.reject(new Error('first'))), {});
    const second = queue.run(async () => 'second', { signal: abort.signal });
    const third = queue.run(async () => 'third', {});
    abort.abort(new Error('not wanted'));
    await expect(second).rejects.toThrow('not wanted');
    hold.end();
    await expect(first).rejects.toThrow('first');
    expect(await third).toBe('third');
    await expect(queue.run(async () => 'fourth', { signal: abort.signal })).rejects.toThrow('not wanted');
    expect(await queue.run(async () => 'fifth', {})).toBe('fifth');
  });
});
