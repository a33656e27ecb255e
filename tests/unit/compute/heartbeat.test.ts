import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHeartbeat } from '../../../src/compute/heartbeat.js';

describe('heartbeat', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const beat = (ping: () => Promise<unknown>) => {
    let silent = 0;
    const heartbeat = createHeartbeat(ping, 100, () => {
      silent += 1;
    });
    return { heartbeat, silent: () => silent };
  };

  it('says once that nobody answers, after four silent periods', async () => {
    const { heartbeat, silent } = beat(() => new Promise(() => {}));
    heartbeat.start();
    await vi.advanceTimersByTimeAsync(490);
    expect(silent()).toBe(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(silent()).toBe(1);
  });

  it('is content with answers, also failing ones', async () => {
    const { heartbeat, silent } = beat(() => Promise.reject(new Error('busy')));
    heartbeat.start();
    await vi.advanceTimersByTimeAsync(5000);
    expect(silent()).toBe(0);
  });

  it('asks nothing when stopped', async () => {
    let asked = 0;
    const { heartbeat } = beat(async () => {
      asked += 1;
    });
    heartbeat.start();
    await vi.advanceTimersByTimeAsync(250);
    heartbeat.stop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toBe(2);
  });
});
