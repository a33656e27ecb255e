import { describe, expect, it } from 'vitest';

describe('importing src/compute in Node', () => {
  it('touches no worker and starts nothing before the first job', async () => {
    expect(typeof Worker).toBe('undefined');
    const { createPixelPool, sharedPixelPool } = await import('../../../src/compute/index.js');
    const pool = createPixelPool({ maxWorkers: 2 });
    expect(pool.stats).toMatchObject({ workers: 0, queued: 0, backend: 'worker+simd' });
    pool.dispose();
    const first = sharedPixelPool().acquire();
    expect(sharedPixelPool().acquire()).toBe(first);
    sharedPixelPool().release();
    expect(sharedPixelPool().acquire()).toBe(first);
    sharedPixelPool().release();
    sharedPixelPool().release();
    const second = sharedPixelPool().acquire();
    expect(second).not.toBe(first);
    sharedPixelPool().release();
    sharedPixelPool().release();
  });
});
