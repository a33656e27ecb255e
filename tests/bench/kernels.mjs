/**
 * The pixel kernels beside what else would be used, on 24 and 96 Mpx. Two figures against `memory.copy`: `of memory.copy` compares bytes
 * read and written a second (reductions write next to nothing, so they are compared by what they read), `times faster than
 * memory.copy` the bare times. Against others it is time. `kernel` works where the pixels lie in wasm memory; `createKernels` and the
 * pool are the package's own calls, on arrays of JavaScript, with all copying.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { decibels, floatLanczos } from './kernels/float-lanczos.mjs';
import { jsBgrToRgba, jsBgrToRgbaByWords, jsDenormalize, jsReduce } from './kernels/loops.mjs';
import { fillFloats, fillNoise, instance } from './kernels/memory.mjs';
import { openCvNative, openCvWasm, pica, sharpLanczos } from './kernels/peers.mjs';
import { bandOf, pictureOf } from './kernels/picture.mjs';
import { measureInTurn } from './paired.mjs';

const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url));
const built = pathOf('../../build/bench-kernels');

/** The package's kernels, built by a process of its own: what a bundler leaves on the heap would be collected between our jobs. */
const builtKernels = async () => {
  execFileSync(process.execPath, [pathOf('./kernels/build.mjs'), built], { stdio: 'inherit' });
  return import(pathToFileURL(`${built}/kernels.js`).href);
};

const present = (contestants) => contestants.filter((contestant) => contestant);

/** Times, and ours against each of the others. */
const row = (scene, megapixels, ours, times, more = {}) => {
  const own = times[ours].medianMs;
  return {
    scene,
    megapixels,
    ...Object.fromEntries(Object.entries(times).map(([name, { medianMs }]) => [`${name}, ms`, medianMs])),
    ...Object.fromEntries(
      Object.entries(times)
        .filter(([name]) => name !== ours)
        .map(([name, { medianMs }]) => [`${ours}, times faster than ${name}`, medianMs / own]),
    ),
    ...more,
  };
};

/** Bytes moved a millisecond, as a part of those that `memory.copy` reads and writes. */
const ofCopy = (times, ours, moved, copied) =>
  moved / times[ours].medianMs / ((2 * copied) / times['memory.copy'].medianMs);

const bgrToRgba = async (width, height, rounds) => {
  const pixels = width * height;
  const { wasm, at } = instance(pixels * 7 + 64);
  const target = at + Math.ceil((pixels * 3) / 64) * 64;
  const memory = new Uint8Array(wasm.memory.buffer);
  fillNoise(new Uint32Array(wasm.memory.buffer, at, (pixels * 3) >> 2));
  const source = memory.slice(at, at + pixels * 3);
  const jsTarget = new Uint8ClampedArray(pixels * 4);
  const jsWords = new Uint32Array(jsTarget.buffer);
  const probe = (pixels >> 1) * 4;
  const peers = present([await openCvWasm(width, height, source), await openCvNative(width, height)]);
  const times = await measureInTurn(
    [
      { name: 'kernel', run: () => wasm.bgrToRgba(at, target, pixels) ?? memory[target + probe] },
      { name: 'memory.copy', run: () => wasm.copyBytes(target, at, pixels * 3) ?? memory[target + probe] },
      { name: 'plain JS', run: () => jsBgrToRgba(source, jsTarget, pixels) ?? jsTarget[probe] },
      {
        name: 'plain JS by words',
        run: () => jsBgrToRgbaByWords(source, jsWords, pixels) ?? jsTarget[probe],
      },
      ...peers,
    ],
    rounds,
  );
  for (const peer of peers) peer.free();
  const rate = ofCopy(times, 'kernel', pixels * 7, pixels * 3);
  return row('BGR u8 to RGBA', pixels / 1e6, 'kernel', times, { 'of memory.copy': rate });
};

const planarFloats = async (width, height, rounds) => {
  const pixels = width * height;
  const { wasm, base, at: from } = instance(pixels * 24, 8192);
  const target = from + pixels * 12;
  const scale = [0.229, 0.224, 0.225].map((std) => std * 255);
  const offset = [0.485, 0.456, 0.406].map((mean) => mean * 255);
  const constants = new Float32Array(wasm.memory.buffer, base, 72);
  for (let c = 0; c < 3; c++) {
    constants.fill(scale[c], c * 24, c * 24 + 12);
    constants.fill(offset[c], c * 24 + 12, c * 24 + 24);
  }
  const floats = new Float32Array(wasm.memory.buffer, from, pixels * 3);
  fillFloats(floats);
  const memory = new Uint8Array(wasm.memory.buffer);
  const jsTarget = new Uint8ClampedArray(pixels * 4);
  const probe = (pixels >> 1) * 4;
  const kernel = () =>
    wasm.valuesToRgba(9, 3, 0, base, from, pixels * 4, target, pixels, base + 1024) ?? memory[target + probe];
  const times = await measureInTurn(
    [
      { name: 'kernel', run: kernel },
      { name: 'memory.copy', run: () => wasm.copyBytes(target, from, pixels * 12) ?? memory[target + probe] },
      {
        name: 'plain JS',
        run: () => jsDenormalize(floats, jsTarget, pixels, scale, offset) ?? jsTarget[probe],
      },
    ],
    rounds,
  );
  const rate = ofCopy(times, 'kernel', pixels * 16, pixels * 12);
  return row('planar f32 denormalised to RGBA', pixels / 1e6, 'kernel', times, { 'of memory.copy': rate });
};

const areaReduction = async (image, api, rounds) => {
  const { width, height } = image;
  const [across, toWidth, toHeight] = [10, width / 10, height / 10];
  const bytes = width * height * 3;
  const { wasm, base, at } = instance(bytes * 2, wasmScratch());
  const target = at + bytes;
  const memory = new Uint8Array(wasm.memory.buffer);
  memory.set(image.rgb, at);
  const jsTarget = new Uint8ClampedArray(toWidth * toHeight * 4);
  const kernel = () => {
    for (let row = 0; row < toHeight; row++) {
      const [from, to] = [at + row * across * width * 3, target + row * toWidth * 4];
      wasm.reduceStrip(0, 3, 0, 0, from, 0, to, width, across, across, base);
    }
    return memory[target];
  };
  const kernels = api.createKernels();
  const to = { width: toWidth, height: toHeight, filter: 'box' };
  const resizers = present([await pica('box'), await sharpLanczos(1), await sharpLanczos()]);
  const times = await measureInTurn(
    [
      { name: 'kernel', run: kernel },
      { name: 'memory.copy', run: () => wasm.copyBytes(target, at, bytes) ?? memory[target] },
      { name: 'looking at every byte', run: () => wasm.isOpaque(at, bytes / 4) },
      { name: 'createKernels', run: () => kernels.resize(bandOf(image, image.rgb), to).rgba[0] },
      { name: 'plain JS', run: () => jsReduce(image.rgb, jsTarget, width, height, across) ?? jsTarget[0] },
      ...resizers.map(({ name, resize }) => ({
        name,
        run: async () => (await resize(image, toWidth, toHeight))[0],
      })),
    ],
    rounds,
  );
  const more = {
    'read, of memory.copy': ofCopy(times, 'kernel', bytes, bytes),
    'createKernels: read, of memory.copy': ofCopy(times, 'createKernels', bytes, bytes),
    'looking at every byte, GB a second': bytes / times['looking at every byte'].medianMs / 1e6,
  };
  return row('area reduction 10:1 of RGB', (width * height) / 1e6, 'kernel', times, more);
};

const wasmScratch = () => instance(0).wasm.reduceScratchBytes();

const lanczos = async (image, api, rounds) => {
  const [width, height] = [image.width / 10, image.height / 10];
  const kernels = api.createKernels();
  const to = { width, height, filter: 'lanczos3' };
  const ours = { name: 'createKernels', resize: () => kernels.resize(bandOf(image, image.rgb), to).rgba };
  const resizers = present([ours, await sharpLanczos(1), await sharpLanczos(), await pica('lanczos3')]);
  const results = new Map();
  const times = await measureInTurn(
    resizers.map(({ name, resize }) => ({
      name,
      run: async () => {
        const result = await resize(image, width, height);
        results.set(name, result);
        return result[0];
      },
    })),
    rounds,
  );
  const exact = floatLanczos(image, width, height);
  const quality = Object.fromEntries(
    [...results].map(([name, result]) => [`${name}, dB`, decibels(result, exact)]),
  );
  return row('Lanczos 3, 10:1 of RGB', (image.width * image.height) / 1e6, 'createKernels', times, quality);
};

/** In a process of its own: what peers leave on the heap is collected between the jobs, on the same cores. */
const workers = () => JSON.parse(execFileSync(process.execPath, [pathOf('./kernels/workers.mjs'), built]));

/** 24 Mpx (6,000 × 4,000) and 96 Mpx (12,000 × 8,000). */
export const kernels = async () => {
  const api = await builtKernels();
  const rows = [];
  for (const [width, height, rounds] of [
    [6000, 4000, 21],
    [12_000, 8000, 11],
  ]) {
    rows.push(await bgrToRgba(width, height, rounds));
    rows.push(await planarFloats(width, height, rounds));
  }
  const image = pictureOf(12_000, 8000);
  rows.push(await areaReduction(image, api, 7));
  rows.push(await lanczos(image, api, 5));
  rows.push(workers());
  return rows;
};
