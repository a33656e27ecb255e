import {
  type ImageEntries,
  ImageInnotation,
  type ImageInnotationOptions,
  Innotater,
  type InnotaterOptions,
  type InnotationList,
} from 'innotater';
import { imageElement } from './contestants/hands.js';
import { frame } from './contestants/viewer.js';
import { isNear, type Rgb } from './data/field.js';
import { lateInFrame, nextFrame, pause, probe, watchTasks } from './measure.js';
import type { SceneContext } from './model.js';

export type OpenedImages = {
  readonly view: Innotater;
  /** The mirror's element of the image. */
  image(): HTMLElement;
  /** Kept when the sample is on screen and no tile is under way; rejects with the view's error, or when the scene is cancelled. */
  sharp(): Promise<void>;
  dispose(): void;
};

/** A view of one image innotation in the scenes' frame, mounted into a box of its own in the host. */
export const mountImages = (
  { host, signal }: Pick<SceneContext, 'host' | 'signal'>,
  data: ImageEntries,
  options: ImageInnotationOptions = {},
  targets: InnotationList = [],
  viewOptions: InnotaterOptions = {},
): OpenedImages => {
  const element = document.createElement('div');
  element.style.width = `${frame.width + 60}px`;
  host.append(element);
  const view = new Innotater(
    new ImageInnotation(data, { name: 'image', ...frame, ...options }),
    targets,
    viewOptions,
  );
  // Nothing of the view is kept by the scene's signal once it is closed.
  const closed = new AbortController();
  const failed = new Promise<never>((_, reject) => {
    view.addEventListener('error', ({ detail }) => reject(detail.error));
    signal.addEventListener('abort', () => reject(signal.reason), { signal: closed.signal });
  });
  failed.catch(() => {}); // told where somebody waits
  view.mount(element);
  return {
    view,
    image: () => imageElement(element),
    sharp: async () => {
      await Promise.race([view.ready, failed]);
      while (view.stats.pendingTiles > 0) {
        await Promise.race([nextFrame(), failed]);
        await Promise.race([view.ready, failed]);
      }
      await Promise.race([Promise.resolve(), failed]);
    },
    dispose: () => {
      closed.abort();
      view.dispose();
      element.remove();
    },
  };
};

export type Opening = {
  /** Until the first frame that shows the picture's colours; NaN where nobody looked. */
  readonly firstMs: number;
  /** Until everything asked for is on screen. */
  readonly sharpMs: number;
  readonly longestTaskMs: number;
};

/** Levels that a reduced picture may differ from its field by. */
const tolerance = 12;

/** Three places on the middle line of the frame, as fractions of the picture's width. */
const places = [0.2, 0.5, 0.8];

/**
 * Whether the canvas shows the field's colours: a picture of this share of the frame's width, in the middle of it at height `y` of
 * the canvas. To be asked in the frame in which it was drawn.
 */
export const showsField = (
  canvas: HTMLCanvasElement,
  image: DOMRect,
  size: { readonly width: number; readonly height: number },
  field: (x: number) => Rgb,
): boolean => {
  const on = canvas.getBoundingClientRect();
  const scale = Math.min(1, image.width / size.width, image.height / size.height);
  const left = image.left - on.left + (image.width - size.width * scale) / 2;
  const y = (image.top - on.top + image.height / 2) / on.height;
  return places.every((x) =>
    isNear(probe(canvas, (left + x * size.width * scale) / on.width, y), field(x), tolerance),
  );
};

const restMs = 100;

/** What the last turn left to be drawn, closed and freed, in the browser's other processes too, is over: it is in no task of the next. */
export const rest = async (): Promise<void> => {
  await nextFrame();
  await pause(restMs);
};

/** `drew`: whether a frame was drawn since it was asked last, in which the picture may be; only in that frame can it be seen whether it is. */
export type Look = { drew(): boolean; isShown(): boolean };

/**
 * Follows an opening from now on until its pixels are there. With `look` it is asked for the first picture, which holds it up: only after
 * every tenth more of the time. Without it nothing disturbs the opening, and its longest task is what it is.
 */
export const watchOpening = async (
  sharp: () => Promise<HTMLCanvasElement>,
  look: Look | null,
): Promise<Opening> => {
  const start = performance.now();
  const since = () => performance.now() - start;
  const tasks = watchTasks();
  let firstMs = Number.NaN;
  let isOver = look === null;
  const watching = (async () => {
    for (let due = 0; !isOver; ) {
      await lateInFrame();
      if (isOver || !look!.drew() || since() < due) continue;
      due = since() * 1.1;
      if (!look!.isShown()) continue;
      firstMs = since();
      return;
    }
  })();
  try {
    const canvas = await sharp();
    // The tasks of the opening: reading a pixel back holds the page until all is drawn, which the view never does.
    const longestTaskMs = await tasks.stop();
    probe(canvas);
    const sharpMs = since();
    // Where no frame showed it before, the sharp picture was the first.
    if (look && Number.isNaN(firstMs)) firstMs = sharpMs;
    return { firstMs, sharpMs, longestTaskMs };
  } finally {
    isOver = true;
    void tasks.stop();
    await watching;
  }
};

/**
 * Throws where the middle of what a view shows is smooth: pictures here have texture in every pixel, which a stretched coarser one has
 * not. For views at a pixel for a pixel.
 */
export const checkSharp = async ({ view, image }: OpenedImages): Promise<void> => {
  const bitmap = await createImageBitmap(await view.snapshot());
  const on = view.canvas!.getBoundingClientRect();
  const { left, top, width, height } = image().getBoundingClientRect();
  const ratio = bitmap.width / on.width;
  const side = 32;
  const context = new OffscreenCanvas(side, side).getContext('2d')!;
  context.drawImage(bitmap, -(left - on.left + width / 2) * ratio, -(top - on.top + height / 2) * ratio);
  bitmap.close();
  const { data } = context.getImageData(0, 0, side, side);
  let steps = 0;
  for (let i = 4; i < data.length; i += 4) steps += Math.abs(data[i]! - data[i - 4]!);
  const mean = (steps * 4) / data.length;
  if (mean < 8)
    throw new Error(`it was called sharp, but neighbouring pixels differ by ${mean.toFixed(1)} levels alone`);
};
