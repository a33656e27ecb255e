import { describe, expect, it } from 'vitest';
import { workerLimit } from '../../../src/compute/pool.js';

describe('the most workers of a pool', () => {
  it.each([
    [0, 1],
    [1, 1],
    [2.5, 2],
    [64, 64],
    [1e9, 64],
    [Number.POSITIVE_INFINITY, 64],
  ])('maxWorkers %d are %d', (maxWorkers, expected) => {
    expect(workerLimit({ maxWorkers })).toBe(expected);
  });

  it('without a number are those of the machine, at most eight', () => {
    expect(workerLimit({})).toBeGreaterThanOrEqual(1);
    expect(workerLimit({})).toBeLessThanOrEqual(8);
  });
});
