import type { ImageEntries, ImageEntry, Innotater } from 'innotater';
import { alternate, type Measured, type Turn } from '../alternate.js';
import { frameCanvas, wholeView } from '../contestants/viewer.js';
import { colorField, type Rgb } from '../data/field.js';
import { seededJpeg } from '../data/jpeg.js';
import { lateInFrame, probe, watchTasks } from '../measure.js';
import type { Scene, SceneContext } from '../model.js';
import { mountImages, type OpenedImages, rest, showsField, watchOpening } from '../opened.js';

export type Sized = { readonly width: number; readonly height: number };

/** Bytes that a view holds of its pictures, as it tells. */
export const bytesOf = ({ stats }: Innotater): Measured => ({
  texturesMB: stats.textureBytes / 1e6,
  decodedMB: stats.decodedBytes / 1e6,
});

/**
 * Innotater opens one picture, whole, from its construction on. Every other round asks each frame but the first, which is
 * drawn before anything is read, whether the picture is there yet; the rounds between look at the longest task instead: asking waits for
 * the drawing.
 */
export const innotaterOpens = (
  context: SceneContext,
  entry: () => ImageEntries,
  size: Sized,
  field: (x: number) => Rgb,
  options: Parameters<typeof mountImages>[2] = {},
): Turn => ({
  name: 'Innotater',
  run: async (round) => {
    const probes = round % 2 === 0;
    let opened: OpenedImages | undefined;
    let frames = 0;
    const look = {
      drew: () => {
        const before = frames;
        frames = opened!.view.stats.frames;
        return frames > before && frames > 1;
      },
      isShown: () => {
        const { view, image } = opened!;
        return showsField(view.canvas!, image().getBoundingClientRect(), size, field);
      },
    };
    const data = entry();
    if (!probes) await rest();
    try {
      const { firstMs, sharpMs, longestTaskMs } = await watchOpening(
        async () => {
          opened = mountImages(context, data, options);
          await opened.sharp();
          return opened.view.canvas!;
        },
        probes ? look : null,
      );
      const held = bytesOf(opened!.view);
      return probes ? { firstMs, ...held } : { sharpMs, longestTaskMs, ...held };
    } finally {
      opened?.dispose();
    }
  },
});

/** The same in a view that is there already, from the step to the picture on: without a context and its programs. */
export const innotaterSteps = (
  context: SceneContext,
  entry: ImageEntry,
  options: Parameters<typeof mountImages>[2] = {},
): Turn => ({
  name: 'Innotater, in a view that is there',
  run: async () => {
    const small = { data: new Uint8Array(64 * 64 * 3), shape: [64, 64, 3] };
    const opened = mountImages(context, [small, entry], options, [], { prefetch: 0 });
    try {
      await opened.sharp();
      const { sharpMs, longestTaskMs } = await watchOpening(async () => {
        opened.view.next();
        await opened.sharp();
        return opened.view.canvas!;
      }, null);
      return { sharpMs, longestTaskMs, ...bytesOf(opened.view) };
    } finally {
      opened.dispose();
    }
  },
});

/** `createImageBitmap` of the whole and one `drawImage`: the first picture is the sharp one. */
export const bitmapOpens = ({ host }: SceneContext, picture: () => Blob, size: Sized): Turn => ({
  name: 'createImageBitmap, canvas 2D',
  run: async () => {
    const tasks = watchTasks();
    const start = performance.now();
    const bitmap = await createImageBitmap(picture());
    const decodeMs = performance.now() - start;
    const canvas = frameCanvas(host);
    const view = wholeView(size);
    const context = canvas.getContext('2d', { alpha: false })!;
    context.imageSmoothingQuality = 'high';
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.drawImage(bitmap, view.x, view.y, size.width * view.scale, size.height * view.scale);
    probe(canvas);
    const sharpMs = performance.now() - start;
    bitmap.close();
    canvas.remove();
    return { firstMs: sharpMs, sharpMs, decodeMs, longestTaskMs: await tasks.stop() };
  },
});

const patienceMs = 30_000;

/** Kept when a canvas that is drawn again and again shows the field; rejects where it does not within half a minute. */
const untilShown = async (
  canvas: HTMLCanvasElement,
  size: Sized,
  field: (x: number) => Rgb,
  signal: AbortSignal,
): Promise<void> => {
  const start = performance.now();
  while (!showsField(canvas, canvas.getBoundingClientRect(), size, field)) {
    signal.throwIfAborted();
    if (performance.now() - start > patienceMs) {
      throw new Error('it said that all is loaded, but the picture did not appear within 30 s');
    }
    await lateInFrame();
  }
};

/** OpenSeadragon on the file as it is; where the picture's colours are known it is over when they are there. */
export const openSeadragonOpens = (
  { host, signal }: SceneContext,
  picture: () => Blob,
  size: Sized,
  field: ((x: number) => Rgb) | null,
): Turn => ({
  name: 'OpenSeadragon',
  run: async () => {
    const { openSeadragon } = await import('../contestants/openseadragon.js');
    const tasks = watchTasks();
    const start = performance.now();
    const viewer = await openSeadragon.open(host, {
      picture: picture(),
      ...size,
      boxes: null,
      isLabelled: false,
    });
    try {
      await viewer.settled();
      const canvas = viewer.canvas()!;
      if (field) await untilShown(canvas, size, field, signal);
      else probe(canvas);
    } finally {
      viewer.dispose();
    }
    const sharpMs = performance.now() - start;
    return { firstMs: sharpMs, sharpMs, longestTaskMs: await tasks.stop() };
  },
});

const encodedScene = (
  name: string,
  size: Sized,
  complaint: string,
  rounds: number,
  quickSize: Sized,
): Scene => ({
  name,
  title: `${size.width.toLocaleString('en')} × ${size.height.toLocaleString('en')} baseline JPEG`,
  about: complaint,
  run: (context) => {
    const shown = context.quick ? quickSize : size;
    context.say(0, 'writing the JPEG');
    const picture = seededJpeg(shown.width, shown.height, 20);
    // A new File of the same bytes each time, so that nothing can be kept from before.
    const file = () => new File([picture], `${name}.jpg`, { type: 'image/jpeg' });
    return alternate(
      name,
      [
        innotaterOpens(context, () => [file()], shown, colorField(20)),
        bitmapOpens(context, file, shown),
        openSeadragonOpens(context, file, shown, colorField(20)),
      ],
      context.quick ? 2 : rounds,
      context,
    );
  },
});

export const jpeg20k = encodedScene(
  'jpeg-20k',
  { width: 20_000, height: 20_000 },
  'Opens a very large JPEG: browsers show nothing of it for seconds, and tools wait for the whole.',
  6,
  { width: 3000, height: 3000 },
);

export const tall = encodedScene(
  'tall',
  { width: 1944, height: 27_136 },
  'Opens a long narrow picture: beyond the largest texture and the largest canvas of many browsers, elsewhere shown blurred or not at all.',
  10,
  { width: 194, height: 2713 },
);
