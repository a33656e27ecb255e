import { describe, expect, it } from 'vitest';
import { Batch, FILL, VERTEX_WORDS } from '../../../src/render/batch.js';

const look = { fill: FILL.solid, color: [1, 0.5, 0, 1] } as const;
const edges = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });
const canvas = edges(0, 0, 100, 100);
/** All of a tile. */
const whole = { at: canvas, local: edges(0, 0, 1, 1) };

/** Whole numbers below `below` (xorshift32). */
const seeded = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

const corner = (batch: Batch, i: number) =>
  Array.from(batch.vertices.subarray(i * VERTEX_WORDS, i * VERTEX_WORDS + 4));

const open = (): Batch => {
  const batch = new Batch();
  batch.clip = canvas;
  return batch;
};

describe('Batch', () => {
  it('writes four corners with position, local values, parameters, colours and fill', () => {
    const batch = open();
    batch.quad(edges(10, 20, 30, 50), edges(0, 1, 2, 3), {
      fill: FILL.rounded,
      color: [1, 0.5, 0, 0.25],
      color2: [0, 0, 1, 2],
      params: [5, 6, 7, 8],
    });
    expect([0, 1, 2, 3].map((i) => corner(batch, i))).toEqual([
      [10, 20, 0, 1],
      [30, 20, 2, 1],
      [10, 50, 0, 3],
      [30, 50, 2, 3],
    ]);
    const words = new Uint32Array(batch.vertices.buffer, 0, VERTEX_WORDS);
    expect([words[8], words[9]]).toEqual([0x400080ff, 0xffff0000]);
    expect(Array.from(batch.vertices.subarray(4, 8))).toEqual([5, 6, 7, 8]);
    expect(batch.vertices[10]).toBe(FILL.rounded);
  });

  it('cuts to the clip and moves local values along', () => {
    const batch = open();
    batch.clip = edges(15, 0, 100, 35);
    batch.quad(edges(10, 20, 30, 50), edges(0, 0, 200, 300), look);
    expect(corner(batch, 0)).toEqual([15, 20, 50, 0]);
    expect(corner(batch, 3)).toEqual([30, 35, 200, 150]);
  });

  it('keeps single precision exact for a quad of ten million px', () => {
    const batch = open();
    const far = 1e7 + 0.125;
    batch.quad(edges(-far, -far, far, far), edges(-far, -far, far, far), look);
    expect(corner(batch, 0)).toEqual([0, 0, 0, 0]);
    expect(corner(batch, 3)).toEqual([100, 100, 100, 100]);
  });

  it('leaves out what cannot be seen', () => {
    const batch = open();
    batch.quad(edges(100, 0, 120, 10), canvas, look);
    batch.quad(edges(5, 5, 5, 10), canvas, look);
    batch.quad(edges(Number.NaN, 5, 15, 10), canvas, look);
    expect([batch.quads, batch.ranges.length]).toEqual([0, 0]);
  });

  it('fills a large opaque quad without a shader, and only where opaque tiles after it leave it', () => {
    const batch = new Batch();
    batch.clip = edges(0, 0, 300, 300);
    const tile = (blend: boolean) =>
      ({ texture: {} as WebGLTexture, filter: 'linear', blend, whole }) as const;
    batch.quad(edges(0, 0, 100, 200), canvas, look, tile(false));
    batch.quad(edges(0, 0, 200, 200), canvas, { ...look, color: [1, 0, 0.2, 1] });
    batch.quad(edges(0, 0, 100, 200), canvas, look, tile(true));
    batch.quad(edges(50, 50, 150, 250), canvas, look, tile(false));
    batch.quad(edges(0, 0, 100, 100), canvas, look);
    batch.quad(edges(0, 0, 200, 200), canvas, { ...look, color: [1, 0, 0, 0.5] });
    expect(batch.ranges.map(({ brush }) => (typeof brush === 'object' ? 'tile' : brush))).toEqual([
      'tile',
      'plain',
      'tile',
      'tile',
      'shapes',
    ]);
    const { parts, color } = batch.plainQuad(1);
    expect(color).toEqual([1, 0, 0.2, 1]);
    expect(parts).toEqual([edges(0, 0, 200, 50), edges(0, 50, 50, 200), edges(150, 50, 200, 200)]);
    batch.quad(edges(0, 0, 200, 60), canvas, look, tile(false));
    batch.quad(edges(0, 0, 60, 200), canvas, look, tile(false));
    batch.quad(edges(140, 0, 200, 200), canvas, look, tile(false));
    expect(batch.plainQuad(1).parts).toEqual([]);
  });

  it('joins neighbours of one texture into one range', () => {
    const batch = open();
    const [a, b] = [{}, {}] as [WebGLTexture, WebGLTexture];
    const tile = (texture: WebGLTexture, filter: 'nearest' | 'linear' = 'linear') => ({
      texture,
      filter,
      blend: false,
      whole,
    });
    const at = edges(0, 0, 9, 9);
    for (const binding of [null, null, tile(a), tile(a), tile(b), tile(b, 'nearest'), null]) {
      batch.quad(at, at, look, binding);
    }
    expect(batch.ranges.map(({ first, count }) => [first, count])).toEqual([
      [0, 2],
      [2, 2],
      [4, 1],
      [5, 1],
      [6, 1],
    ]);
  });

  it('grows without losing what it holds, and starts anew after a reset', () => {
    const batch = open();
    for (let i = 0; i < 2000; i += 1) batch.quad(edges(i % 90, 0, 100, 10), canvas, look);
    expect(batch.vertices.length).toBe(2000 * 4 * VERTEX_WORDS);
    expect(batch.vertices[1234 * 4 * VERTEX_WORDS]).toBe(1234 % 90);
    batch.reset();
    expect(batch.vertices.length).toBe(0);
  });

  it('tells of a tile what is seen of it and where all of it lies, from the first row of the canvas', () => {
    const batch = new Batch();
    batch.clip = edges(0, 40, 100, 70);
    batch.top = 40;
    const tile = { texture: {} as WebGLTexture, filter: 'nearest', blend: false, whole } as const;
    batch.quad(canvas, whole.local, { ...look, color: [1, 1, 1, 0.2] }, tile);
    const { at, local, whole: all, opacity } = batch.tileQuad(0);
    expect(at).toEqual(edges(0, 0, 100, 30));
    expect([local.top, local.bottom]).toEqual([0.4, 0.7].map(Math.fround));
    expect(all).toEqual({ at: edges(0, -40, 100, 60), local: whole.local });
    expect(opacity).toBe(0.2);
  });

  it('puts new quads in place of others as if all were written in order, seeds 1 to 40', () => {
    const bindings = [null, { texture: {} as WebGLTexture, filter: 'linear', blend: true, whole }] as const;
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seeded(seed);
      const add = (batch: Batch, n: number) =>
        batch.quad(edges(n, 0, 100, 10), canvas, look, bindings[n % 2]);
      const some = (most: number) => Array.from({ length: random(most) }, () => random(100));
      const before = some(400);
      const first = random(before.length + 1);
      const end = first + random(before.length - first + 1);
      const between = some(400);
      const batch = open();
      for (const n of before) add(batch, n);
      batch.takeChanges();
      for (const n of between) add(batch, n);
      batch.replace(first, end, before.length);
      const whole = open();
      for (const n of [...before.slice(0, first), ...between, ...before.slice(end)]) add(whole, n);
      const bytes = ({ vertices }: Batch) => Buffer.from(vertices.buffer, 0, vertices.byteLength);
      expect(bytes(batch).equals(bytes(whole)), `seed ${seed}`).toBe(true);
      expect(batch.ranges, `seed ${seed}`).toEqual(whole.ranges);
      const moves = between.length !== end - first;
      const changed = { first, end: moves ? whole.quads : end };
      expect(batch.takeChanges(), `seed ${seed}`).toEqual(changed);
      expect(batch.takeChanges().end, `seed ${seed}`).toBe(0);
    }
  });
});
