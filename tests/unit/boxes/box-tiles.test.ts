import { describe, expect, it } from 'vitest';
import { BoxTiles } from '../../../src/boxes/box-tiles.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Tiles whose pixels come when they are asked to, and what is on the GPU. */
const opened = () => {
  const waiting: (() => void)[] = [];
  const held = new Map<string, number>();
  let total = 0;
  const tiles = new BoxTiles({
    key: 'boxes',
    textures: {
      bytes: 0,
      upload: (key, { rgba }) => {
        held.set(key, rgba.byteLength);
        total += rgba.byteLength;
      },
      free: (key) => void held.delete(key),
    },
    read: ({ width, height }, _, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        waiting.push(() => resolve(new Uint8Array(width * height * 4)));
      }),
    settled: () => {},
  });
  const image = { width: 1000, height: 800 };
  const frame = { x: 0, y: 0, width: 600, height: 400 };
  const paint = (scale: number, x = 0) =>
    tiles.paint({
      screenFromImage: { scale, x, y: 0 },
      frame,
      devicePixelRatio: 1,
      image,
      thick: 1,
      opacity: 1,
    });
  const arrive = async () => {
    for (const answer of waiting.splice(0)) answer();
    await Promise.resolve();
    await Promise.resolve();
  };
  const bytes = () => [...held.values()].reduce((sum, n) => sum + n, 0);
  return { tiles, paint, arrive, bytes, uploaded: () => total };
};

describe('tiles of boxes', () => {
  it('that came for a scale which is left before they are uploaded are given up: nothing is pending in the end', async () => {
    const { tiles, paint, arrive, bytes } = opened();
    paint(4);
    await arrive();
    await pause(50);
    expect([tiles.pending, paint(4).sharp]).toEqual([0, true]);
    paint(4, -1500);
    await arrive();
    expect(tiles.pending).toBeGreaterThan(0);
    // Before the task in which they would be uploaded; what is there stands in for the new scale.
    paint(2);
    await arrive();
    await pause(50);
    expect([tiles.pending, paint(2).sharp]).toEqual([0, true]);
    expect(bytes()).toBe(tiles.textureBytes);
    tiles.dispose();
    expect(bytes()).toBe(0);
  });

  it('that leave the view before they are uploaded are read again when they are back', async () => {
    const { tiles, paint, arrive } = opened();
    paint(4);
    await arrive();
    paint(4, -3000);
    await arrive();
    await pause(50);
    expect([tiles.pending, paint(4, -3000).sharp]).toEqual([0, true]);
    expect(paint(4).sharp).toBe(false);
    await arrive();
    await pause(50);
    expect([tiles.pending, paint(4).sharp]).toEqual([0, true]);
    tiles.dispose();
  });

  it('of the three scales before are kept within 64 MiB: who comes back to one waits for nothing', async () => {
    const { tiles, paint, arrive, bytes, uploaded } = opened();
    const settle = async (scale: number, x = 0) => {
      paint(scale, x);
      await arrive();
      await pause(50);
      expect(paint(scale, x).sharp).toBe(true);
    };
    for (const scale of [0.5, 1, 2, 4]) await settle(scale);
    for (const scale of [2, 1, 0.5, 1, 2, 4]) expect([scale, paint(scale).sharp]).toEqual([scale, true]);
    expect(tiles.pending).toBe(0);
    await settle(8);
    expect(paint(0.5).sharp).toBe(false);
    const before = uploaded();
    for (let view = 0; view < 48; view++) {
      await settle(60, view * -1024);
      expect(bytes()).toBeLessThanOrEqual(64 * 2 ** 20);
    }
    expect(uploaded() - before).toBeGreaterThan(80 * 2 ** 20);
    expect(bytes()).toBe(tiles.textureBytes);
    tiles.dispose();
    expect(bytes()).toBe(0);
  });
});
