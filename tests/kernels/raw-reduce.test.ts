import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scalarKernels } from '../../src/kernels/index.js';
import { seeded, seededBytes } from './seeded.js';

type Raw = Record<string, (...args: number[]) => number> & { readonly memory: WebAssembly.Memory };

const wasm = new WebAssembly.Instance(
  new WebAssembly.Module(readFileSync(new URL('../../build/kernels.wasm', import.meta.url))),
).exports as unknown as Raw;
wasm.memory.grow(128);
const base = wasm.heapBase!() >>> 0;
const end = wasm.memory.buffer.byteLength;

const poison = 0xa5;
const widths = [...Array.from({ length: 33 }, (_, i) => i + 1), 63, 64, 65, 517];

/** Pixels of which a third is transparent and a third half so, or all are opaque. */
const pictureOf = (width: number, height: number, transparent: boolean, seed: number) => {
  const rgba = seededBytes(width * height * 4, seed);
  const next = seeded(seed);
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = transparent ? [0, 255, rgba[i]!][next() % 3]! : 255;
  return { width, height, rgba };
};

/** Runs on a source that ends where the memory does, so that reading on traps, into a poisoned place. */
const runAtEnd = (
  source: Uint8Array,
  targetBytes: number,
  misaligned: number,
  run: (source: number, target: number) => void,
) => {
  const memory = new Uint8Array(wasm.memory.buffer);
  const at = end - source.length;
  const target = base + 64 + misaligned;
  memory.fill(poison, base, target + targetBytes + 64);
  memory.set(source, at);
  run(at, target);
  const around = [
    ...memory.subarray(target - 64, target),
    ...memory.subarray(target + targetBytes, target + targetBytes + 64),
  ];
  expect(new Set(around), 'bytes around the target').toEqual(new Set([poison]));
  expect(Buffer.compare(memory.subarray(at, end), source), 'the source').toBe(0);
  return memory.slice(target, target + targetBytes);
};

describe('reductions against the scalar twin, at the end of the memory, with poisoned surroundings', () => {
  for (const transparent of [false, true]) {
    const kernel = transparent ? 'reduceTransparent' : 'reduceOpaque';
    for (const level of [1, 2, 3, 5, 8, 9]) {
      it(`${kernel}, level ${level}: all widths, some heights, misaligned (seed 71)`, () => {
        for (const width of widths) {
          for (const height of [1, 2, 7, 8, 33]) {
            const picture = pictureOf(width, height, transparent, 71);
            const wanted = scalarKernels.reduce(picture, level).rgba;
            const got = runAtEnd(picture.rgba, wanted.length, width % 4, (s, t) =>
              wasm[kernel]!(s, t, width, height, level),
            );
            expect(Buffer.compare(got, wanted), `${width} × ${height}`).toBe(0);
          }
        }
      });
    }

    it(`${kernel}: whole squares up to 1024 pixels a side are summed without overflow and rounded at the very half`, () => {
      for (const level of [1, 2, 3, 4, 5, 7, 8, 9, 10]) {
        const side = 2 ** level;
        const half = (side * side) / 2;
        for (const [value, brighter, wanted] of [
          [255, 0, 255],
          [254, half - 1, 254],
          [254, half, 255],
          [200, half - 1, 200],
          [0, half, 1],
        ] as const) {
          const square = new Uint8Array(side * side * 4).fill(value);
          square.fill(value + 1, 0, brighter * 4);
          for (let i = 3; i < square.length; i += 4) square[i] = 255;
          const got = runAtEnd(square, 4, 1, (s, t) => wasm[kernel]!(s, t, side, side, level));
          expect([...got], `level ${level}, ${value} and ${brighter} brighter`).toEqual([
            wanted,
            wanted,
            wanted,
            255,
          ]);
        }
      }
    });
  }

  it('resampleArea: all widths, some smaller sizes, misaligned (seed 72)', () => {
    const scratch = base + 1_000_003;
    for (const width of widths) {
      for (const [height, smaller] of [
        [1, 1],
        [5, 2],
        [9, 9],
      ] as const) {
        const picture = pictureOf(width, height, width % 2 === 0, 72);
        const targetWidth = Math.ceil(width / 2.7);
        const wanted = scalarKernels.reduceTo(picture, targetWidth, smaller).rgba;
        const memory = new Uint8Array(wasm.memory.buffer);
        memory.fill(poison, scratch - 16, scratch + width * 16 + 16);
        const got = runAtEnd(picture.rgba, wanted.length, width % 4, (s, t) =>
          wasm.resampleArea!(s, t, scratch, width, height, targetWidth, smaller),
        );
        expect(Buffer.compare(got, wanted), `${width} × ${height}`).toBe(0);
        const around = [
          ...memory.subarray(scratch - 16, scratch),
          ...memory.subarray(scratch + width * 16, scratch + width * 16 + 16),
        ];
        expect(new Set(around), 'bytes around the scratch').toEqual(new Set([poison]));
      }
    }
  });

  it('isOpaque: one pixel that is not, at every place of every length, is found; those beyond are not read', () => {
    const memory = new Uint8Array(wasm.memory.buffer);
    for (const pixels of widths) {
      const at = end - pixels * 4;
      memory.fill(255, at, end);
      memory.fill(0, at - 64, at);
      expect(wasm.isOpaque!(at, pixels)).toBe(1);
      for (let pixel = 0; pixel < pixels; pixel++) {
        memory[at + pixel * 4 + 3] = 254;
        expect(wasm.isOpaque!(at, pixels), `${pixel} of ${pixels}`).toBe(0);
        memory[at + pixel * 4 + 3] = 255;
      }
    }
  });
});

describe('conversions whose source ends where the memory does', () => {
  const kernels = {
    greyToRgba: 1,
    greyAlphaToRgba: 2,
    rgbToRgba: 3,
    bgrToRgba: 3,
    bgraToRgba: 4,
    affineRgba: 4,
    interleavedF32ToRgba: 12,
    interleavedF32AlphaToRgba: 16,
  };
  for (const [name, bytes] of Object.entries(kernels)) {
    it(`${name} reads nothing beyond it`, () => {
      for (const pixels of widths) {
        const source = seededBytes(pixels * bytes, 73);
        runAtEnd(source, pixels * 4, 1, (s, t) => wasm[name]!(s, t, pixels, base, 0));
      }
    });
  }
});
