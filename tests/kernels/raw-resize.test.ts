import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scalarKernels } from '../../src/kernels/index.js';
import { createKernels } from '../../workers/kernels.js';
import { seededBytes } from './seeded.js';

type Raw = Record<string, (...args: number[]) => number> & { readonly memory: WebAssembly.Memory };

const wasm = new WebAssembly.Instance(
  new WebAssembly.Module(readFileSync(new URL('../../build/kernels.wasm', import.meta.url))),
).exports as unknown as Raw;
wasm.memory.grow(16);
const base = wasm.heapBase!() >>> 0;
const poison = 0xa5;
const lengths = [...Array.from({ length: 33 }, (_, i) => i + 1), 63, 64, 65, 1037];

/** Runs with `bytes` of target between poisoned ones; fails when these change. */
const runPoisoned = (bytes: number, misaligned: number, run: (target: number) => void): Uint8Array => {
  const memory = new Uint8Array(wasm.memory.buffer);
  const target = base + 700_000 + misaligned;
  memory.fill(poison, target - 64, target + bytes + 64);
  run(target);
  const around = [
    ...memory.subarray(target - 64, target),
    ...memory.subarray(target + bytes, target + bytes + 64),
  ];
  expect(new Set(around)).toEqual(new Set([poison]));
  return memory.slice(target, target + bytes);
};

/** Three pairs of rows whose weights, among them negative ones, add up to 2^15. */
const weights = Int16Array.of(-1500, 9000, 17_768, 9000, -1500, 0);
const shift = 15;

describe('vertical sums, misaligned, between poisoned bytes', () => {
  for (const [name, weighted] of [
    ['verticalTaps', false],
    ['verticalWeightedTaps', true],
  ] as const) {
    it(`${name}: as the formula says (seed 101)`, () => {
      for (const bytes of [32, 64, 96, 4096]) {
        for (const misaligned of [0, 1, 3, 7]) {
          const memory = new Uint8Array(wasm.memory.buffer);
          const source = seededBytes(bytes * 6, 101);
          const rows = base + 4096 + misaligned;
          memory.set(source, rows);
          memory.set(new Uint8Array(weights.buffer), base);
          const pointers = Uint32Array.from({ length: 6 }, (_, k) => rows + k * bytes);
          memory.set(new Uint8Array(pointers.buffer), base + 64);
          const got = runPoisoned(bytes * 2, misaligned * 2, (t) =>
            wasm[name]!(base + 64, base, 3, t, bytes, shift),
          );
          const wanted = Int16Array.from({ length: bytes }, (_, i) => {
            let sum = 0;
            for (let k = 0; k < 6; k++) {
              const value = source[k * bytes + i]!;
              const factor = i % 4 === 3 ? 255 : source[k * bytes + (i | 3)]!;
              sum += weights[k]! * (weighted ? (value * factor + 2) >> 2 : value);
            }
            const down = weighted ? shift : shift - 6;
            return Math.floor((sum + 2 ** (down - 1)) / 2 ** down);
          });
          expect(Buffer.compare(got, new Uint8Array(wanted.buffer)), `${bytes} bytes`).toBe(0);
        }
      }
    });
  }
});

describe('horizontal sums, between poisoned bytes', () => {
  for (const channels of [1, 3, 4]) {
    it(`horizontalTaps, ${channels} channels: writes its pixels alone (seed 102)`, () => {
      for (const pixels of lengths) {
        const memory = new Uint8Array(wasm.memory.buffer);
        const row = Int16Array.from(seededBytes((pixels + 6) * channels + 8, 102), (v) => v * 64);
        const starts = Int32Array.from({ length: pixels }, (_, i) => i);
        memory.set(new Uint8Array(row.buffer), base);
        memory.set(new Uint8Array(starts.buffer), base + 100_000);
        for (let i = 0; i < pixels; i++) memory.set(new Uint8Array(weights.buffer), base + 200_000 + i * 12);
        const got = runPoisoned(pixels * 4, pixels % 4, (t) =>
          wasm.horizontalTaps!(base, t, channels, 0, base + 100_000, base + 200_000, 3, pixels, shift),
        );
        const wanted = Uint8Array.from({ length: pixels * 4 }, (_, i) => {
          if (i % 4 === 3) return 255;
          let sum = 0;
          for (let k = 0; k < 6; k++)
            sum += weights[k]! * row[((i >> 2) + k) * channels + (channels === 1 ? 0 : i % 4)]!;
          return Math.min(255, Math.max(0, Math.floor((sum + 2 ** (shift + 5)) / 2 ** (shift + 6))));
        });
        expect(Buffer.compare(got, wanted), `${pixels} pixels`).toBe(0);
      }
    });
  }

  it('horizontalWeightedTaps writes its pixels alone, and is met with all widths (seed 103)', () => {
    const memory = new Uint8Array(wasm.memory.buffer);
    memory.fill(0, base, base + 100_000);
    for (const pixels of lengths) {
      const got = runPoisoned(pixels * 4, pixels % 4, (t) =>
        wasm.horizontalWeightedTaps!(base, t, 0, base + 100_000, base + 200_000, 3, pixels, shift),
      );
      expect(got.every((v) => v === 0)).toBe(true);
      const source = { width: pixels, height: 5, rgba: seededBytes(pixels * 20, 103) };
      for (const filter of ['lanczos3', 'bilinear'] as const) {
        const to = { width: Math.ceil(pixels / 2.3), height: 7, filter };
        const wanted = scalarKernels.resize(source, to).rgba;
        expect(Buffer.compare(createKernels().resize(source, to).rgba, wanted), `${pixels} pixels`).toBe(0);
      }
    }
  });
});
