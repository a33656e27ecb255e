import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Affine, type Band, type ChannelOrder, scalarKernels } from '../../src/kernels/index.js';
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

const affine: Affine = { scale: [255, 60, 300.5, 255], offset: [0, 12.25, -20, 3] };
const constants = (order: ChannelOrder, layout: 'planar' | 'interleaved') => {
  const turn = (v: Affine['scale']) =>
    order === 'BGR' && layout === 'interleaved' ? [v[2], v[1], v[0], v[3]] : v;
  return Float32Array.from([...turn(affine.scale), ...turn(affine.offset)]);
};

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

  sweep('affineRgba', (pixels, misaligned) => {
    const data = seededBytes(pixels * 4, 43);
    const table = Float32Array.from([1.5, 0.25, -1, 1, -20, 100.5, 255, 0]);
    const got = runPoisoned(data, pixels, misaligned, (s, t, c) => wasm.affineRgba!(s, t, pixels, c), table);
    const own: Affine = { scale: [1.5, 0.25, -1, 1], offset: [-20, 100.5, 255, 0] };
    expect(got).toEqual(
      twin(
        { data, dtype: 'u8', recipe: { layout: 'interleaved', channels: 4, order: 'RGB', affine: own } },
        pixels,
      ),
    );
  });
});

describe('kernels of floats against the scalar twin', () => {
  for (const layout of ['planar', 'interleaved'] as const) {
    for (const channels of [3, 4] as const) {
      for (const order of ['RGB', 'BGR'] as const) {
        sweep(`${layout}, ${channels} channels, ${order}`, (pixels, misaligned) => {
          const data = seededFloats(pixels * channels, 44);
          const got = runPoisoned(
            bytesOf(data),
            pixels,
            misaligned,
            (s, t, c) => {
              if (layout === 'interleaved') {
                const kernel = channels === 3 ? 'interleavedF32ToRgba' : 'interleavedF32AlphaToRgba';
                return wasm[kernel]!(s, t, pixels, c, order === 'BGR' ? 1 : 0);
              }
              const planes = Array.from({ length: channels }, (_, i) => s + i * pixels * 4);
              if (order === 'BGR') [planes[0], planes[2]] = [planes[2]!, planes[0]!];
              return wasm[channels === 3 ? 'planarF32ToRgba' : 'planarF32AlphaToRgba']!(
                ...planes,
                t,
                pixels,
                c,
              );
            },
            constants(order, layout),
          );
          expect(got).toEqual(
            twin({ data, dtype: 'f32', recipe: { layout, channels, order, affine } }, pixels),
          );
        });
      }
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
