import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BoxRaster, rasteriseBoxesScalar } from '../../src/kernels/index.js';
import { seeded } from './seeded.js';

type Raw = Record<string, (...args: number[]) => number> & { readonly memory: WebAssembly.Memory };

const wasm = new WebAssembly.Instance(
  new WebAssembly.Module(readFileSync(new URL('../../build/kernels.wasm', import.meta.url))),
).exports as unknown as Raw;
wasm.memory.grow(40);
const base = wasm.heapBase!() >>> 0;
const poison = 0xa5;

/** Boxes in and around a picture of 100 px, a tenth of them blank, NaN, endless or far away. */
const boxesOf = (count: number, seed: number) => {
  const next = seeded(seed);
  const unit = () => next() / 2 ** 32;
  const odd = [0, Number.NaN, Number.POSITIVE_INFINITY, -1e7, 3e7];
  const boxes = Float32Array.from({ length: count * 4 }, (_, i) => {
    const isExtent = i % 4 > 1;
    if (next() % 40 === 0) return Math.max(isExtent ? 0 : -1e7, odd[next() % odd.length]!);
    const whole = next() % 2 === 0;
    const value = isExtent ? unit() ** 3 * 60 : unit() * 140 - 20;
    return whole ? Math.round(value) : value;
  });
  const colors = Uint32Array.from({ length: count }, () => next() | 0xff000000);
  const shown = Uint8Array.from({ length: count }, () => (next() % 8 === 0 ? 0 : 1));
  return { boxes, colors, shown };
};

const bytesOf = (data: ArrayBufferView) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** The kernel at misaligned places with poisoned surroundings; fails when they change. */
const run = (
  columns: ReturnType<typeof boxesOf>,
  rows: Uint32Array | null,
  { scale, left, top, width, height, thick }: BoxRaster,
  misaligned: number,
) => {
  const memory = new Uint8Array(wasm.memory.buffer);
  let at = base + 64;
  const put = (data: ArrayBufferView) => {
    const place = at + misaligned;
    memory.set(bytesOf(data), place);
    at = place + data.byteLength + 64;
    return place;
  };
  memory.fill(poison, base, base + 2_000_000);
  const [boxes, colors, shown] = [put(columns.boxes), put(columns.colors), put(columns.shown)];
  const rowsAt = rows ? put(rows) : 0;
  const view = put(Float64Array.of(scale, left, top));
  const target = at + misaligned;
  const bytes = width * height * 4;
  const before = memory.slice(base, target);
  const count = rows ? rows.length : columns.shown.length;
  const drawn = wasm.rasteriseBoxes!(boxes, colors, shown, rowsAt, count, target, width, height, thick, view);
  expect(Buffer.compare(memory.subarray(base, target), before), 'what is before the target').toBe(0);
  expect(
    memory.subarray(target + bytes, target + bytes + 64).every((byte) => byte === poison),
    'what is behind it',
  ).toBe(true);
  return { drawn, rgba: memory.slice(target, target + bytes) };
};

const twin = (columns: ReturnType<typeof boxesOf>, rows: Uint32Array | null, raster: BoxRaster) => {
  const target = new Uint32Array(raster.width * raster.height).fill(1);
  const drawn = rasteriseBoxesScalar(columns, rows, raster, target);
  return { drawn, rgba: bytesOf(target) };
};

const rasters: readonly Omit<BoxRaster, 'thick' | 'width'>[] = [
  { scale: 1, left: 0, top: 0, height: 100 },
  { scale: 0.37, left: 0, top: 0, height: 40 },
  { scale: 7.3, left: 300, top: 450, height: 33 },
  { scale: 64, left: 5120, top: 512, height: 20 },
];

describe('rasteriseBoxes against its scalar twin', () => {
  it('widths 0–33 and around 64, strokes of 1 to 5 px, misalignments (seed 7)', () => {
    const columns = boxesOf(300, 7);
    for (const width of [...Array.from({ length: 34 }, (_, i) => i), 63, 64, 65, 100]) {
      for (const raster of rasters) {
        for (const thick of [1, 2, 5]) {
          const whole = { ...raster, width, thick };
          const misaligned = [0, 1, 3, 7][(width + thick) % 4]!;
          expect(run(columns, null, whole, misaligned)).toEqual(twin(columns, null, whole));
        }
      }
    }
  });

  it('counts of boxes 0–33 and around 64, by a list of rows in any order (seed 8)', () => {
    for (const count of [...Array.from({ length: 34 }, (_, i) => i), 63, 64, 65]) {
      const columns = boxesOf(100, 8 + count);
      const rows = Uint32Array.from({ length: count }, (_, i) => (i * 37) % 100);
      const raster = { scale: 1, left: 0, top: 0, width: 100, height: 100, thick: 1 };
      expect(run(columns, rows, raster, count % 8)).toEqual(twin(columns, rows, raster));
    }
  });

  it('tiles put together are the whole picture, whatever the scale (seed 9)', () => {
    const columns = boxesOf(500, 9);
    for (const scale of [0.21, 1, 3.7]) {
      const side = Math.ceil(100 * scale);
      const whole = run(columns, null, { scale, left: 0, top: 0, width: side, height: side, thick: 2 }, 0);
      const pixels = new Uint32Array(whole.rgba.buffer);
      for (let top = 0; top < side; top += 37) {
        for (let left = 0; left < side; left += 37) {
          const [width, height] = [Math.min(37, side - left), Math.min(37, side - top)];
          const part = run(columns, null, { scale, left, top, width, height, thick: 2 }, 0);
          const cut = Uint32Array.from(
            { length: width * height },
            (_, i) => pixels[(top + Math.floor(i / width)) * side + left + (i % width)]!,
          );
          expect(new Uint32Array(part.rgba.buffer)).toEqual(cut);
        }
      }
    }
  });

  it('every pixel is that of the last box whose stroke covers it, by a naive look at each (seed 10)', () => {
    const columns = boxesOf(120, 10);
    const raster = { scale: 1.7, left: 10, top: 20, width: 90, height: 70, thick: 2 };
    const { rgba } = run(columns, null, raster, 0);
    const pixels = new Uint32Array(rgba.buffer);
    const { boxes, colors, shown } = columns;
    for (let i = 0; i < pixels.length; i++) {
      const [px, py] = [(i % raster.width) + raster.left, Math.floor(i / raster.width) + raster.top];
      let colour = 0;
      for (let row = 0; row < shown.length; row++) {
        const [x, y, w, h] = boxes.subarray(row * 4, row * 4 + 4) as unknown as number[];
        if (shown[row] === 0) continue;
        const sides = (start: number, end: number) => {
          const low = Math.round(start * raster.scale - 1);
          return [low, Math.max(-Math.round(-(end * raster.scale + 1)), low + 2)] as const;
        };
        const [l, r] = sides(x!, x! + w!);
        const [t, b] = sides(y!, y! + h!);
        const inside = px >= l && px < r && py >= t && py < b;
        const within = px >= l + 2 && px < r - 2 && py >= t + 2 && py < b - 2;
        if (inside && !within) colour = colors[row]!;
      }
      expect(pixels[i], `pixel ${px}, ${py}`).toBe(colour);
    }
  });
});
