import { alternate, type Turn } from '../alternate.js';
import { frameCanvas, wholeView } from '../contestants/viewer.js';
import { colorField } from '../data/field.js';
import { seededRows } from '../data/npy.js';
import { probe, watchTasks } from '../measure.js';
import { besidePeers, type Scene, type SceneContext } from '../model.js';
import { innotaterOpens, innotaterSteps, type Sized } from './opening.js';

const seed = 96;

/** The loop that one writes in plain JavaScript, and the canvas does the rest. */
const loopTurn = ({ host }: SceneContext, data: Uint8Array, size: Sized): Turn => ({
  name: 'JS loop, putImageData, drawImage',
  run: async () => {
    const tasks = watchTasks();
    const start = performance.now();
    const { width, height } = size;
    const image = new ImageData(width, height);
    const target = image.data;
    for (let i = 0, j = 0; i < data.length; i += 3, j += 4) {
      target[j] = data[i + 2]!;
      target[j + 1] = data[i + 1]!;
      target[j + 2] = data[i]!;
      target[j + 3] = 255;
    }
    const sharpMs = (await drawWhole(host, image, size)) - start;
    return { firstMs: sharpMs, sharpMs, longestTaskMs: await tasks.stop() };
  },
});

/** Puts pixels of the whole size on a canvas, draws it into the frame; gives the time when a pixel is there. */
const drawWhole = async (host: HTMLElement, image: ImageData, size: Sized): Promise<number> => {
  const whole = new OffscreenCanvas(image.width, image.height);
  whole.getContext('2d')!.putImageData(image, 0, 0);
  const canvas = frameCanvas(host);
  const { scale, x, y } = wholeView(size);
  const context = canvas.getContext('2d', { alpha: false })!;
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.drawImage(whole, x, y, size.width * scale, size.height * scale);
  probe(canvas);
  const done = performance.now();
  canvas.remove();
  return done;
};

/** opencv-wasm: colours, then an area-averaged reduction to what the frame shows. */
const openCvTurn = async ({ host }: SceneContext, data: Uint8Array, size: Sized): Promise<Turn> => {
  const { openCv } = await import('../contestants/opencv.js');
  const { cv } = await openCv();
  return {
    name: 'opencv-wasm: cvtColor, resize by area, putImageData',
    run: async () => {
      const tasks = watchTasks();
      const start = performance.now();
      const { scale } = wholeView(size);
      const [w, h] = [Math.round(size.width * scale), Math.round(size.height * scale)];
      const bgr = new cv.Mat(size.height, size.width, cv.CV_8UC3);
      const small = new cv.Mat();
      const rgba = new cv.Mat();
      try {
        bgr.data.set(data);
        cv.resize(bgr, small, new cv.Size(w, h), 0, 0, cv.INTER_AREA);
        cv.cvtColor(small, rgba, cv.COLOR_BGR2RGBA);
        const image = new ImageData(new Uint8ClampedArray(rgba.data), w, h);
        const sharpMs = (await drawWhole(host, image, { width: w, height: h })) - start;
        return { firstMs: sharpMs, sharpMs, longestTaskMs: await tasks.stop() };
      } finally {
        for (const mat of [bgr, small, rgba]) mat.delete();
      }
    },
  };
};

/** pica after the loop to RGBA that it needs: its area-like `box` filter, in its workers. */
const picaTurn = ({ host }: SceneContext, data: Uint8Array, size: Sized): Turn => ({
  name: 'JS loop, pica (box filter)',
  run: async () => {
    const { Pica } = await import('pica');
    const tasks = watchTasks();
    const start = performance.now();
    const { width, height } = size;
    const source = new Uint8Array(width * height * 4);
    for (let i = 0, j = 0; i < data.length; i += 3, j += 4) {
      source[j] = data[i + 2]!;
      source[j + 1] = data[i + 1]!;
      source[j + 2] = data[i]!;
      source[j + 3] = 255;
    }
    const { scale } = wholeView(size);
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
    const pica = new Pica();
    const small = await pica.resizeBuffer({
      src: source,
      width,
      height,
      toWidth: w,
      toHeight: h,
      filter: 'box',
    });
    const image = new ImageData(new Uint8ClampedArray(small), w, h);
    const sharpMs = (await drawWhole(host, image, { width: w, height: h })) - start;
    return { firstMs: sharpMs, sharpMs, longestTaskMs: await tasks.stop() };
  },
});

/** A tensor in BGR whose seeded rows have the field's colours in that order. */
const tensorOf = ({ width, height }: Sized) => {
  const rows = seededRows(width, 3, seed);
  for (let i = 0; i < rows.length; i += 3) [rows[i], rows[i + 2]] = [rows[i + 2]!, rows[i]!];
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at += rows.length) {
    data.set(rows.subarray(0, Math.min(rows.length, data.length - at)), at);
  }
  return data;
};

const name = 'tensor-96';

export const tensor96: Scene = {
  name,
  title: '96 Mpx tensor (12,000 × 8,000 BGR bytes)',
  about:
    'From an array in memory to its whole view on screen, area averaged: elsewhere a loop that freezes the page.',
  run: async (context) => {
    const size = context.quick ? { width: 3000, height: 2000 } : { width: 12_000, height: 8000 };
    context.say(0, 'making the tensor');
    const data = tensorOf(size);
    const shape = [size.height, size.width, 3];
    const entry = { data, shape };
    const options = { colorspace: 'BGR' } as const;
    const opens = innotaterOpens(context, () => [entry], size, colorField(seed), options);
    const rounds = context.quick ? 2 : 8;
    const part = (from: number): SceneContext => ({
      ...context,
      say: (done, text) => context.say(from + done / 2, text),
    });
    // First by itself: hundreds of megabytes that the others let go are collected in the turn that follows, whoever's it is.
    const alone = await alternate(name, [opens, innotaterSteps(context, entry, options)], rounds, part(0));
    const turns = [
      { ...opens, name: besidePeers },
      loopTurn(context, data, size),
      await openCvTurn(context, data, size),
      picaTurn(context, data, size),
    ];
    return [...alone, ...(await alternate(name, turns, rounds, part(0.5)))];
  },
};
