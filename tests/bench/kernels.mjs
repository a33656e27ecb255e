/**
 * The pixel kernels beside what else would be used: `memory.copy` of the source's bytes in the same wasm memory, the loop that one
 * would write in plain JavaScript (and a cleverer one that writes pixels as 32-bit words), and opencv-wasm, which has no SIMD.
 * Two figures against `memory.copy`: `ofMemoryCopy` compares bytes read and written a second (a kernel that widens pixels writes
 * more than the copy), `copyTimeByKernelTime` the bare times. Against the others it is time.
 */
import { readFileSync } from 'node:fs';
import { measurePaired, seeded } from './paired.mjs';

const wasmFile = new URL('../../build/kernels.wasm', import.meta.url);

/** One instance with room for a source, its RGBA, and a copy of the source where the RGBA lies. */
const instance = (bytes) => {
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasmFile))).exports;
  const base = Math.ceil((wasm.heapBase() >>> 0) / 64) * 64;
  const missing = base + bytes - wasm.memory.buffer.byteLength;
  if (missing > 0) wasm.memory.grow(Math.ceil(missing / 65_536));
  return { wasm, base };
};

const fillSeeded = (words) => {
  const next = seeded(61);
  const block = Uint32Array.from({ length: 65_536 }, next);
  for (let at = 0; at < words.length; at += block.length) {
    words.set(block.subarray(0, Math.min(block.length, words.length - at)), at);
  }
};

const row = (scene, megapixels, moved, copyBytes, [kernel, copy, ...others]) => {
  const rate = moved / kernel.medianMs;
  const copyRate = (2 * copyBytes) / copy.medianMs;
  return {
    scene,
    megapixels,
    kernelMs: kernel.medianMs,
    copyMs: copy.medianMs,
    gigabytesPerSecond: rate / 1e6,
    ofMemoryCopy: rate / copyRate,
    copyTimeByKernelTime: copy.medianMs / kernel.medianMs,
    ...Object.fromEntries(others.map(({ name, medianMs }) => [`${name}Ms`, medianMs])),
    ...Object.fromEntries(
      others.map(({ name, medianMs }) => [`times faster than ${name}`, medianMs / kernel.medianMs]),
    ),
  };
};

const jsBgrToRgba = (source, target, pixels) => {
  for (let i = 0, j = 0; i < pixels * 3; i += 3, j += 4) {
    target[j] = source[i + 2];
    target[j + 1] = source[i + 1];
    target[j + 2] = source[i];
    target[j + 3] = 255;
  }
};

/** For little-endian machines. */
const jsBgrToRgbaByWords = (source, target, pixels) => {
  for (let i = 0, j = 0; j < pixels; i += 3, j++) {
    target[j] = 0xff000000 | (source[i] << 16) | (source[i + 1] << 8) | source[i + 2];
  }
};

/** opencv-wasm's cvtColor with its matrices made once; null where its memory (at most 2 GiB) cannot hold them. */
const openCv = async (width, height, source) => {
  const { cv } = await import('opencv-wasm').then((module) => module.default ?? module);
  try {
    const from = new cv.Mat(height, width, cv.CV_8UC3);
    const to = new cv.Mat(height, width, cv.CV_8UC4);
    from.data.set(source);
    return {
      name: 'opencv-wasm',
      run: () => {
        cv.cvtColor(from, to, cv.COLOR_BGR2RGBA);
        return to.data[pixelProbe(width * height)];
      },
      free: () => {
        from.delete();
        to.delete();
      },
    };
  } catch (error) {
    console.log(`opencv-wasm cannot hold ${width} × ${height} (${error?.message ?? error}): left out there`);
    return null;
  }
};

const pixelProbe = (pixels) => (pixels >> 1) * 4;

const bgrToRgba = async (width, height, rounds) => {
  const pixels = width * height;
  const sourceBytes = pixels * 3;
  const { wasm, base } = instance(sourceBytes + pixels * 4);
  const target = base + Math.ceil(sourceBytes / 64) * 64;
  const memory = new Uint8Array(wasm.memory.buffer);
  fillSeeded(new Uint32Array(wasm.memory.buffer, base, sourceBytes >> 2));
  const source = memory.slice(base, base + sourceBytes);
  const jsTarget = new Uint8ClampedArray(pixels * 4);
  const jsWords = new Uint32Array(jsTarget.buffer);
  const cv = await openCv(width, height, source);
  const measured = measurePaired(
    [
      {
        name: 'kernel',
        run: () => {
          wasm.bgrToRgba(base, target, pixels);
          return memory[target + pixelProbe(pixels)];
        },
      },
      {
        name: 'memory.copy',
        run: () => {
          wasm.copyBytes(target, base, sourceBytes);
          return memory[target + pixelProbe(pixels)];
        },
      },
      {
        name: 'plain JS',
        run: () => {
          jsBgrToRgba(source, jsTarget, pixels);
          return jsTarget[pixelProbe(pixels)];
        },
      },
      {
        name: 'plain JS by words',
        run: () => {
          jsBgrToRgbaByWords(source, jsWords, pixels);
          return jsWords[pixels >> 1];
        },
      },
      ...(cv ? [cv] : []),
    ],
    rounds,
  );
  cv?.free();
  return row('BGR u8 to RGBA', pixels / 1e6, sourceBytes + pixels * 4, sourceBytes, measured);
};

const jsDenormalize = (source, target, pixels, scale, offset) => {
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) target[i * 4 + c] = source[c * pixels + i] * scale[c] + offset[c];
    target[i * 4 + 3] = 255;
  }
};

const planarFloats = async (width, height, rounds) => {
  const pixels = width * height;
  const sourceBytes = pixels * 12;
  const { wasm, base } = instance(64 + sourceBytes + sourceBytes);
  const from = base + 64;
  const target = from + sourceBytes;
  const scale = [0.229, 0.224, 0.225].map((std) => std * 255);
  const offset = [0.485, 0.456, 0.406].map((mean) => mean * 255);
  new Float32Array(wasm.memory.buffer, base, 8).set([...scale, 0, ...offset, 255]);
  const floats = new Float32Array(wasm.memory.buffer, from, pixels * 3);
  const next = seeded(62);
  const block = Float32Array.from({ length: 65_536 }, () => (next() / 2 ** 32) * 4.5 - 2.1);
  for (let at = 0; at < floats.length; at += block.length) {
    floats.set(block.subarray(0, Math.min(block.length, floats.length - at)), at);
  }
  const memory = new Uint8Array(wasm.memory.buffer);
  const jsTarget = new Uint8ClampedArray(pixels * 4);
  const plane = pixels * 4;
  const measured = measurePaired(
    [
      {
        name: 'kernel',
        run: () => {
          wasm.planarF32ToRgba(from, from + plane, from + 2 * plane, target, pixels, base);
          return memory[target + pixelProbe(pixels)];
        },
      },
      {
        name: 'memory.copy',
        run: () => {
          wasm.copyBytes(target, from, sourceBytes);
          return memory[target + pixelProbe(pixels)];
        },
      },
      {
        name: 'plain JS',
        run: () => {
          jsDenormalize(floats, jsTarget, pixels, scale, offset);
          return jsTarget[pixelProbe(pixels)];
        },
      },
    ],
    rounds,
  );
  return row(
    'planar f32 denormalised to RGBA',
    pixels / 1e6,
    sourceBytes + pixels * 4,
    sourceBytes,
    measured,
  );
};

const jsReduce = (source, target, width, height, n) => {
  const outWidth = width / n;
  for (let y = 0; y < height / n; y++) {
    for (let x = 0; x < outWidth; x++) {
      let [r, g, b] = [0, 0, 0];
      for (let j = 0; j < n; j++) {
        for (let i = 0; i < n; i++) {
          const at = ((y * n + j) * width + x * n + i) * 4;
          r += source[at];
          g += source[at + 1];
          b += source[at + 2];
        }
      }
      const at = (y * outWidth + x) * 4;
      target[at] = r / (n * n);
      target[at + 1] = g / (n * n);
      target[at + 2] = b / (n * n);
      target[at + 3] = 255;
    }
  }
};

const areaReduction = async (width, height, rounds) => {
  const pixels = width * height;
  const sourceBytes = pixels * 4;
  const { wasm, base } = instance(sourceBytes * 2);
  const target = base + sourceBytes;
  const words = new Uint32Array(wasm.memory.buffer, base, pixels);
  fillSeeded(words);
  for (let i = 0; i < words.length; i++) words[i] |= 0xff000000;
  const memory = new Uint8Array(wasm.memory.buffer);
  const source = memory.subarray(base, base + sourceBytes);
  const jsTarget = new Uint8ClampedArray(sourceBytes >> 6);
  const measured = measurePaired(
    [
      {
        name: 'kernel',
        run: () => {
          wasm.reduceOpaque(base, target, width, height, 3);
          return memory[target];
        },
      },
      {
        name: 'memory.copy',
        run: () => {
          wasm.copyBytes(target, base, sourceBytes);
          return memory[target];
        },
      },
      {
        name: 'plain JS',
        run: () => {
          jsReduce(source, jsTarget, width, height, 8);
          return jsTarget[0];
        },
      },
    ],
    rounds,
  );
  return row(
    'area reduction by 8 of RGBA',
    pixels / 1e6,
    sourceBytes + (sourceBytes >> 6),
    sourceBytes,
    measured,
  );
};

/** 24 Mpx (6,000 × 4,000) and 96 Mpx (12,000 × 8,000). */
export const kernels = async () => {
  const rows = [];
  for (const [width, height, rounds] of [
    [6000, 4000, 31],
    [12_000, 8000, 15],
  ]) {
    rows.push(await bgrToRgba(width, height, rounds));
    rows.push(await planarFloats(width, height, rounds));
    rows.push(await areaReduction(width, height, rounds));
  }
  return rows;
};
