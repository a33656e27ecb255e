import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scalarKernels } from '../../src/kernels/index.js';
import { averageScalar } from '../../src/kernels/scalar-reduce.js';
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

const scratch = base + 2_000_000;

/** One row of the result after the other, as `WasmKernels` calls it. */
const reduceAll = (
  [channels, swap]: readonly [number, number],
  source: number,
  target: number,
  [width, height]: readonly [number, number],
  [across, down]: readonly [number, number],
) => {
  const outWidth = Math.ceil(width / across);
  for (let row = 0; row < height; row += down) {
    const [at, to] = [source + row * width * channels, target + (row / down) * outWidth * 4];
    wasm.reduceStrip!(0, channels, swap, 0, at, 0, to, width, Math.min(down, height - row), across, scratch);
  }
};

describe('reductions against the scalar twin, at the end of the memory, with poisoned surroundings', () => {
  for (const transparent of [false, true]) {
    const kind = transparent ? 'transparent' : 'opaque';
    for (const level of [1, 2, 3, 5, 8, 9]) {
      it(`${kind} RGBA, level ${level}: all widths, some heights, misaligned (seed 71)`, () => {
        const n = 2 ** level;
        for (const width of widths) {
          for (const height of [1, 2, 7, 8, 33]) {
            const picture = pictureOf(width, height, transparent, 71);
            const wanted = scalarKernels.reduce(picture, level).rgba;
            const got = runAtEnd(picture.rgba, wanted.length, width % 4, (s, t) =>
              reduceAll([4, 0], s, t, [width, height], [n, n]),
            );
            expect(Buffer.compare(got, wanted), `${width} × ${height}`).toBe(0);
          }
        }
      });
    }

    it(`${kind}: whole squares up to 1024 pixels a side are summed without overflow and rounded at the very half`, () => {
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
          const last = transparent ? 254 : 255;
          for (let i = 3; i < square.length; i += 4) square[i] = last;
          const got = runAtEnd(square, 4, 1, (s, t) => reduceAll([4, 0], s, t, [side, side], [side, side]));
          const name = `level ${level}, ${value} and ${brighter} brighter`;
          expect([...got], name).toEqual([wanted, wanted, wanted, last]);
        }
      }
    });
  }

  for (const channels of [1, 3] as const) {
    for (const [across, down] of [
      [2, 2],
      [1, 10],
      [10, 1],
      [3, 5],
      [10, 10],
      [31, 16],
      [32, 17],
      [33, 16],
      [100, 40],
      [1025, 3],
    ] as const) {
      it(`${channels} channels, ${across} × ${down}: all widths, misaligned, read once as they lie (seed 74)`, () => {
        for (const width of [...widths, 1023, 1024, 1025, 2100]) {
          for (const height of [1, down, down + 1, 33]) {
            const data = seededBytes(width * height * channels, 74);
            const recipe = { layout: 'interleaved', channels, order: 'BGR', affine: null } as const;
            const rgba = scalarKernels.toRgba({ data, dtype: 'u8', width, rows: height, recipe });
            const wanted = averageScalar(rgba, across, down).rgba;
            const got = runAtEnd(data, wanted.length, width % 4, (s, t) =>
              reduceAll([channels, 1], s, t, [width, height], [across, down]),
            );
            expect(Buffer.compare(got, wanted), `${width} × ${height}`).toBe(0);
          }
        }
      });
    }
  }

  it('rows of which some are opaque and some are not add up to the same as all weighted (seed 75)', () => {
    const picture = pictureOf(70, 64, true, 75);
    for (let i = 3; i < 70 * 40 * 4; i += 4) picture.rgba[i] = 255;
    for (const n of [2, 20, 64]) {
      const wanted = averageScalar(picture, n, n).rgba;
      const got = runAtEnd(picture.rgba, wanted.length, 1, (s, t) =>
        reduceAll([4, 0], s, t, [70, 64], [n, n]),
      );
      expect(Buffer.compare(got, wanted)).toBe(0);
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
  };
  for (const [name, bytes] of Object.entries(kernels)) {
    it(`${name} reads nothing beyond it`, () => {
      for (const pixels of widths) {
        const source = seededBytes(pixels * bytes, 73);
        runAtEnd(source, pixels * 4, 1, (s, t) => wasm[name]!(s, t, pixels));
      }
    });
  }

  for (const [type, bytes] of [1, 1, 2, 2, 4, 4, 8, 8, 2, 4, 8].entries()) {
    it(`toBytes of type ${type} reads nothing beyond it`, () => {
      for (const count of widths) {
        const source = seededBytes(count * bytes, 73);
        runAtEnd(source, count, 1, (s, t) => wasm.toBytes!(type, s, t, count, scratch));
      }
    });
  }

  for (const channels of [3, 4]) {
    it(`planes of floats, ${channels} of them: nothing beyond is read`, () => {
      for (const pixels of widths) {
        const source = seededBytes(pixels * 4 * channels, 73);
        runAtEnd(source, pixels * 4, 1, (s, t) =>
          wasm.valuesToRgba!(9, channels, 0, scratch, s, pixels * 4, t, pixels, scratch + 4096),
        );
      }
    });
  }
});
