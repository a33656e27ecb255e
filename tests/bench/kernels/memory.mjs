/** Wasm memory for the raw kernels, and seeded data. */
import { readFileSync } from 'node:fs';
import { seeded } from '../paired.mjs';

const wasmFile = new URL('../../../build/kernels.wasm', import.meta.url);

const aligned = (bytes) => Math.ceil(bytes / 64) * 64;

/** One instance with room for `bytes` behind its base and `first`, some bytes for constants and scratch. */
export const instance = (bytes, first = 0) => {
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasmFile))).exports;
  const base = aligned(wasm.heapBase() >>> 0);
  const at = base + aligned(first);
  const missing = at + bytes - wasm.memory.buffer.byteLength;
  if (missing > 0) wasm.memory.grow(Math.ceil(missing / 65_536));
  return { wasm, base, at };
};

export const fillRepeating = (array, block) => {
  for (let at = 0; at < array.length; at += block.length) {
    array.set(block.subarray(0, Math.min(block.length, array.length - at)), at);
  }
};

/** Noise, 256 KiB of it again and again. */
export const fillNoise = (words) => fillRepeating(words, Uint32Array.from({ length: 65_536 }, seeded(61)));

/** Normalised floats of the kind that networks take. */
export const fillFloats = (floats) => {
  const next = seeded(62);
  fillRepeating(
    floats,
    Float32Array.from({ length: 65_536 }, () => (next() / 2 ** 32) * 4.5 - 2.1),
  );
};

/** RGB pixels with waves, edges and noise; rows repeat after 1000. */
export const fillPicture = (rgb, width) => {
  const next = seeded(63);
  const block = new Uint8Array(width * 3 * 1000);
  for (let y = 0; y < 1000; y++) {
    const wave = Math.cos(y / 70) * 60;
    for (let x = 0; x < width; x++) {
      const edge = ((x >> 7) + (y >> 7)) & 1 ? 40 : -40;
      const noise = next();
      const value = 128 + Math.sin(x / 90) * wave + edge;
      const at = (y * width + x) * 3;
      block[at] = Math.max(0, Math.min(255, value + (noise & 31)));
      block[at + 1] = Math.max(0, Math.min(255, value - 16 + ((noise >> 8) & 31)));
      block[at + 2] = Math.max(0, Math.min(255, value + 9 + ((noise >> 16) & 31)));
    }
  }
  fillRepeating(rgb, block);
};
