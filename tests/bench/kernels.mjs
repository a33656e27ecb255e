/**
 * The pixel kernels beside what else would be used, on 24 and 96 Mpx. Two figures against `memory.copy`: `of memory.copy` compares bytes
 * read and written a second (reductions write next to nothing, so they are compared by what they read), `copy time by ours` the
 * bare times. Against others it is time. `kernel` works where the pixels lie in wasm memory; `createKernels` and the
 * pool are the package's own calls, on arrays of JavaScript, with all copying.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { decibels, floatLanczos } from './kernels/float-lanczos.mjs';
import { jsBgrToRgba, jsBgrToRgbaByWords, jsDenormalize, jsReduce } from './kernels/loops.mjs';
import { fillFloats, fillNoise, fillPicture, instance } from './kernels/memory.mjs';
import { openCvNative, openCvWasm, pica, sharpLanczos } from './kernels/peers.mjs';
import { measureInTurn, median } from './paired.mjs';

/** The entry `innotater/kernels` and its worker, as the package has them. */
const builtKernels = async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const outDir = `${root}build/bench-kernels`;
  for (const [name, file] of [
    ['kernels', 'kernels'],
    ['worker', 'pixel.worker'],
  ]) {
    const lib = { formats: ['es'], entry: { [name]: `${root}workers/${file}.ts` } };
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      publicDir: false,
      worker: { format: 'es' },
      build: { outDir, emptyOutDir: false, target: 'es2022', lib },
    });
  }
  return import(`${outDir}/kernels.js`);
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

/** RGB, and the same as RGBA for who takes nothing else. */
const pictureOf = (width, height) => {
  const rgb = new Uint8Array(new SharedArrayBuffer(width * height * 3));
  fillPicture(rgb, width);
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) {
    rgba[j] = rgb[i];
    rgba[j + 1] = rgb[i + 1];
    rgba[j + 2] = rgb[i + 2];
    rgba[j + 3] = 255;
  }
  return { width, height, rgb: Buffer.from(rgb), rgba, shared: rgb };
};

const bandOf = ({ width, height }, data) => ({
  data,
  dtype: 'u8',
  width,
  rows: height,
  recipe: { layout: 'interleaved', channels: 3, order: 'RGB', affine: null },
});

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

/**
 * One worker and two, all copying and messages included. With copied bands the page is one more thread: what all threads of the process
 * take of the cores, divided by two, is the least that two workers could take on two cores that never waited.
 */
const workers = async (image, api, rounds) => {
  const [width, height] = [image.width / 10, image.height / 10];
  const pools = [1, 2].map((count) => api.createKernelPool({ workers: count }));
  const own = bandOf(image, image.rgba.slice(0, image.rgb.length));
  own.data.set(image.rgb);
  const shared = bandOf(image, image.shared);
  const jobs = {
    'Lanczos 3, shared memory': (pool) => pool.resize(shared, { width, height, filter: 'lanczos3' }),
    'Lanczos 3, copied bands': (pool) => pool.resize(own, { width, height, filter: 'lanczos3' }),
    'area, shared memory': (pool) => pool.resize(shared, { width, height, filter: 'box' }),
    'area, copied bands': (pool) => pool.resize(own, { width, height, filter: 'box' }),
  };
  const spent = Object.fromEntries(Object.keys(jobs).map((name) => [name, []]));
  const times = await measureInTurn(
    Object.entries(jobs).flatMap(([name, job]) =>
      pools.map((pool) => ({
        name: `${name}, ${pool.workers}`,
        run: async () => {
          const before = process.cpuUsage();
          const { rgba } = await job(pool);
          const { user, system } = process.cpuUsage(before);
          if (pool.workers === 2) spent[name].push((user + system) / 1000);
          return rgba[0];
        },
      })),
    ),
    rounds,
  );
  for (const pool of pools) pool.dispose();
  const alone = (name) => times[`${name}, 1`].medianMs;
  const cores = Object.entries(spent).map(([name, ms]) => [name, median(ms.slice(1))]);
  return {
    scene: 'two workers against one',
    megapixels: (image.width * image.height) / 1e6,
    ...Object.fromEntries(Object.entries(times).map(([name, { medianMs }]) => [`${name}, ms`, medianMs])),
    ...Object.fromEntries(cores.map(([name, ms]) => [`${name}, 2, of all cores, ms`, ms])),
    ...Object.fromEntries(
      Object.keys(jobs).map((name) => [name, alone(name) / times[`${name}, 2`].medianMs]),
    ),
    ...Object.fromEntries(
      cores.map(([name, ms]) => [`${name}, at most on two cores`, alone(name) / (ms / 2)]),
    ),
  };
};

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
  rows.push(await workers(image, api, 7));
  return rows;
};
