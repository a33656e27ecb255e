import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Affine,
  type Band,
  type ChannelOrder,
  type DType,
  type ElementArray,
  floatsOf,
  type PixelRecipe,
  quantize,
  scalarKernels,
} from '../../src/kernels/index.js';
import { bandForm } from '../../workers/band-form.js';
import { seededBytes, seededFloats } from './seeded.js';

type Raw = Record<string, (...args: number[]) => number> & { readonly memory: WebAssembly.Memory };

const wasm = new WebAssembly.Instance(
  new WebAssembly.Module(readFileSync(new URL('../../build/kernels.wasm', import.meta.url))),
).exports as unknown as Raw;
wasm.memory.grow(64);
const base = wasm.heapBase!() >>> 0;

const poison = 0xa5;
/** 0–33 and around 64 cover every tail, the long one many rounds of the bulk loop. */
const lengths = [...Array.from({ length: 34 }, (_, i) => i), 63, 64, 65, 1037];
const misalignments = [0, 1, 3, 7];

/** Runs one kernel on `source` at a misaligned place with poisoned surroundings; fails when they change. */
const runPoisoned = (
  source: Uint8Array,
  pixels: number,
  misaligned: number,
  run: (source: number, target: number, constants: number) => void,
  table: Float32Array = new Float32Array(8),
): Uint8Array => {
  const memory = new Uint8Array(wasm.memory.buffer);
  const at = base + 64 + misaligned;
  const target = at + source.length + 64 + misaligned;
  const constantsAt = base + 3_000_000;
  memory.fill(poison, base, target + pixels * 4 + 128);
  memory.set(source, at);
  memory.set(new Uint8Array(table.buffer), constantsAt);
  run(at, target, constantsAt);
  const around = [
    ...memory.subarray(target - 64, target),
    ...memory.subarray(target + pixels * 4, target + pixels * 4 + 128),
  ];
  expect(
    around.every((byte) => byte === poison),
    'bytes around the target',
  ).toBe(true);
  expect(Buffer.compare(memory.subarray(at, at + source.length), source), 'the source').toBe(0);
  return memory.slice(target, target + pixels * 4);
};

const twin = (band: Omit<Band, 'rows' | 'width'>, pixels: number) =>
  scalarKernels.toRgba({ ...band, width: pixels, rows: 1 }).rgba;

const bytesOf = (data: ArrayBufferView) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const sweep = (name: string, check: (pixels: number, misaligned: number) => void) =>
  it(`${name}: all lengths and misalignments (seed 41)`, () => {
    for (const pixels of lengths) for (const misaligned of misalignments) check(pixels, misaligned);
  });

describe('kernels of bytes against the scalar twin', () => {
  const interleaved: readonly (readonly [string, 1 | 2 | 3 | 4, ChannelOrder])[] = [
    ['greyToRgba', 1, 'RGB'],
    ['greyAlphaToRgba', 2, 'RGB'],
    ['rgbToRgba', 3, 'RGB'],
    ['bgrToRgba', 3, 'BGR'],
    ['bgraToRgba', 4, 'BGR'],
  ];
  for (const [name, channels, order] of interleaved) {
    sweep(name, (pixels, misaligned) => {
      const data = seededBytes(pixels * channels, 41);
      const got = runPoisoned(data, pixels, misaligned, (s, t) => wasm[name]!(s, t, pixels));
      expect(got).toEqual(
        twin({ data, dtype: 'u8', recipe: { layout: 'interleaved', channels, order, affine: null } }, pixels),
      );
    });
  }

  for (const channels of [3, 4] as const) {
    sweep(`planar, ${channels} channels`, (pixels, misaligned) => {
      const data = seededBytes(pixels * channels, 42);
      const got = runPoisoned(data, pixels, misaligned, (s, t) => {
        const planes = Array.from({ length: channels }, (_, i) => s + i * pixels);
        wasm[channels === 3 ? 'planarU8ToRgba' : 'planarU8AlphaToRgba']!(...planes, t, pixels);
      });
      expect(got).toEqual(
        twin(
          { data, dtype: 'u8', recipe: { layout: 'planar', channels, order: 'RGB', affine: null } },
          pixels,
        ),
      );
    });
  }
});

/** Values of each type, so that clamping, rounding and what is no number are met. */
const values: Record<string, readonly [type: number, of: (count: number, seed: number) => ElementArray]> = {
  u8: [0, seededBytes],
  i8: [1, (n, seed) => new Int8Array(seededBytes(n, seed).buffer)],
  u16: [2, (n, seed) => Uint16Array.from(seededFloats(n, seed), (v) => v * 60_000)],
  i16: [3, (n, seed) => Int16Array.from(seededFloats(n, seed), (v) => v * 30_000)],
  u32: [4, (n, seed) => Uint32Array.from(seededFloats(n, seed), (v) => v * 4e9)],
  i32: [5, (n, seed) => Int32Array.from(seededFloats(n, seed), (v) => v * 2e9)],
  u64: [6, (n, seed) => new BigUint64Array(seededBytes(n * 8, seed).buffer)],
  i64: [7, (n, seed) => new BigInt64Array(seededBytes(n * 8, seed).buffer)],
  f16: [8, (n, seed) => new Uint16Array(seededBytes(n * 2, seed).buffer)],
  f32: [9, seededFloats],
  f64: [10, (n, seed) => Float64Array.from(seededFloats(n, seed))],
};
/** What brings most of a type's values into 0…255, and some below and above. */
const factors: Record<string, number> = {
  u8: 1.3,
  i8: 2.5,
  u16: 1 / 200,
  i16: 1 / 100,
  u32: 1e-7,
  i32: 2e-7,
  u64: 1e-17,
  i64: 3e-17,
  f16: 0.01,
  f32: 255,
  f64: 255,
};

describe('toBytes against the scalar twin', () => {
  for (const [name, [type, of]] of Object.entries(values)) {
    sweep(`${name}: twelve scales and offsets in turn`, (count, misaligned) => {
      const data = of(count, 44);
      const factor = factors[name]!;
      const table = Float32Array.from({ length: 24 }, (_, i) =>
        i < 12 ? factor * (1 + i / 16) * (i === 7 ? -1 : 1) : (i - 14) * 3.25,
      );
      const got = runPoisoned(
        bytesOf(data),
        Math.ceil(count / 4),
        misaligned,
        (s, t, c) => {
          wasm.toBytes!(type, s, t, count, c);
          // The last pixel's other bytes are not the kernel's.
          new Uint8Array(wasm.memory.buffer).fill(poison, t + count, t + Math.ceil(count / 4) * 4);
        },
        table,
      ).subarray(0, count);
      const floats = floatsOf({
        data,
        dtype: name as DType,
        width: count,
        rows: 1,
        recipe: { layout: 'interleaved', channels: 1, order: 'RGB', affine: null },
      });
      const wanted = Uint8Array.from(floats, (v, i) => quantize(v, table[i % 12]!, table[12 + (i % 12)]!));
      expect(Buffer.compare(got, wanted), `${count} values, misaligned by ${misaligned}`).toBe(0);
    });
  }

  it('writes no byte beyond its values', () => {
    const memory = new Uint8Array(wasm.memory.buffer);
    for (const count of lengths) {
      memory.fill(poison, base, base + 8192);
      wasm.toBytes!(0, base + 4096, base + 1027, count, base + 8192);
      const around = [
        ...memory.subarray(base + 900, base + 1027),
        ...memory.subarray(base + 1027 + count, base + 1027 + count + 64),
      ];
      expect(new Set(around)).toEqual(new Set([poison]));
    }
  });
});

describe('valuesToRgba: every type, layout, channel count and order', () => {
  for (const [name, [type, of]] of Object.entries(values)) {
    for (const layout of ['interleaved', 'planar'] as const) {
      it(`${name}, ${layout}: 1 to 4 channels, RGB and BGR, all lengths (seed 46)`, () => {
        for (const channels of [1, 2, 3, 4] as const) {
          for (const order of ['RGB', 'BGR'] as const) {
            for (const pixels of [...lengths, 2051]) {
              const data = of(pixels * channels, 46);
              const factor = factors[name]!;
              const affine: Affine = {
                scale: [factor, factor * 0.5, factor * 1.5, factor],
                offset: [0, 12.25, -20, 3],
              };
              const recipe: PixelRecipe = { layout, channels, order, affine };
              const form = bandForm({ data, dtype: name as DType, width: pixels, rows: 1, recipe });
              expect(form.type).toBe(type);
              const plane = form.planar ? pixels * form.valueBytes : 0;
              const scratch = base + 3_100_000;
              const got = runPoisoned(
                bytesOf(data),
                pixels,
                misalignments[pixels % 4]!,
                (s, t, c) => wasm.valuesToRgba!(type, channels, form.swap, c, s, plane, t, pixels, scratch),
                form.constants!,
              );
              const wanted = twin({ data, dtype: name as DType, recipe }, pixels);
              expect(Buffer.compare(got, wanted), `${channels} channels, ${order}, ${pixels} pixels`).toBe(0);
            }
          }
        }
      });
    }
  }
});

describe('the largest addresses', () => {
  it('kernels work across 2³¹ bytes', () => {
    const memory = new WebAssembly.Instance(
      new WebAssembly.Module(readFileSync(new URL('../../build/kernels.wasm', import.meta.url))),
    ).exports as unknown as Raw;
    memory.memory.grow(32_770);
    const at = 2 ** 31 - 32;
    const data = seededBytes(64 * 3, 45);
    new Uint8Array(memory.memory.buffer).set(data, at);
    memory.bgrToRgba!(at, at + 1024, 64);
    expect(new Uint8Array(memory.memory.buffer).slice(at + 1024, at + 1024 + 256)).toEqual(
      twin(
        { data, dtype: 'u8', recipe: { layout: 'interleaved', channels: 3, order: 'BGR', affine: null } },
        64,
      ),
    );
  });
});
