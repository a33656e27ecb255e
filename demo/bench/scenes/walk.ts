import { type Measured, row } from '../alternate.js';
import { key } from '../contestants/hands.js';
import { frameCanvas, wholeView } from '../contestants/viewer.js';
import { colorField } from '../data/field.js';
import { seededJpeg } from '../data/jpeg.js';
import { p95 } from '../figures.js';
import { lateInFrame, pageBytes, pause, probe, watchTasks } from '../measure.js';
import type { Row, Scene, SceneContext } from '../model.js';
import { mountImages, showsField } from '../opened.js';
import { bytesOf, type Sized } from './opening.js';

const distinct = 24;

/** So many files of a size under names of their own; 24 pictures are distinct. */
const filesOf = (count: number, { width, height }: Sized): readonly File[] => {
  const blobs = Array.from({ length: distinct }, (_, i) => seededJpeg(width, height, i));
  return Array.from(
    { length: count },
    (_, i) => new File([blobs[i % distinct]!], `${String(i).padStart(4, '0')}.jpg`, { type: 'image/jpeg' }),
  );
};

interface Walker {
  readonly name: string;
  /** Shows this picture; kept when it is on screen. */
  show(index: number): Promise<void>;
  figures(): Measured;
  dispose(): void;
}

const innotaterWalks = async (context: SceneContext, files: readonly File[]): Promise<Walker> => {
  const { view, sharp, dispose } = mountImages(context, files);
  await sharp();
  return {
    name: 'Innotater',
    show: async (index) => {
      view.index = index;
      await sharp();
      probe(view.canvas!);
    },
    figures: () => bytesOf(view),
    dispose,
  };
};

const canvasWalks = ({ host }: SceneContext, files: readonly File[], size: Sized): Walker => {
  const canvas = frameCanvas(host);
  const context = canvas.getContext('2d', { alpha: false })!;
  const { scale, x, y } = wholeView(size);
  return {
    name: 'createImageBitmap, canvas 2D',
    show: async (index) => {
      const bitmap = await createImageBitmap(files[index]!);
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      context.drawImage(bitmap, x, y, size.width * scale, size.height * scale);
      probe(canvas);
      bitmap.close();
    },
    figures: () => ({}),
    dispose: () => canvas.remove(),
  };
};

const openSeadragonWalks = async ({ host }: SceneContext, files: readonly File[]): Promise<Walker> => {
  const { default: OpenSeadragon } = await import('openseadragon');
  const canvas = frameCanvas(host);
  const element = document.createElement('div');
  element.style.cssText = `width: ${canvas.style.width}; height: ${canvas.style.height}`;
  canvas.replaceWith(element);
  const viewer = OpenSeadragon({ element, showNavigationControl: false, animationTime: 0 });
  return {
    name: 'OpenSeadragon',
    show: async (index) => {
      const url = URL.createObjectURL(files[index]!);
      const opened = new Promise<void>((resolve, reject) => {
        viewer.addOnceHandler('open', () => resolve());
        viewer.addOnceHandler('open-failed', ({ message }) => reject(new Error(message)));
      });
      viewer.open({ type: 'image', url } as never);
      await opened;
      const item = viewer.world.getItemAt(0);
      while (!item.getFullyLoaded()) await lateInFrame();
      await lateInFrame();
      const drawn = element.querySelector('canvas');
      if (drawn) probe(drawn);
      URL.revokeObjectURL(url);
    },
    figures: () => ({}),
    dispose: () => {
      viewer.destroy();
      element.remove();
    },
  };
};

const blockLength = 25;

const walk = async (
  scene: string,
  walkers: readonly Walker[],
  lengths: readonly number[],
  { signal, say, host }: SceneContext,
): Promise<Row[]> => {
  const measured = walkers.map((): Measured[] => []);
  const before = await pageBytes();
  const longest = Math.max(...lengths);
  for (let from = 0; from < longest; from += blockLength) {
    for (const [w, walker] of walkers.entries()) {
      const to = Math.min(from + blockLength, lengths[w]!);
      if (from < to) say(from / longest, `${walker.name}, picture ${from + 1} of ${lengths[w]}`);
      [...host.children].forEach((child, i) => {
        (child as HTMLElement).hidden = i !== w;
      });
      for (let index = from; index < to; index++) {
        signal.throwIfAborted();
        const tasks = watchTasks();
        const start = performance.now();
        await walker.show(index);
        measured[w]!.push({ sharpMs: performance.now() - start, longestTaskMs: await tasks.stop() });
      }
    }
  }
  const after = await pageBytes();
  const growth: Measured = before === null || after === null ? {} : { heapGrowthMB: (after - before) / 1e6 };
  return walkers.map((walker, w) =>
    row(
      scene,
      {
        name: walker.name,
        note: `${lengths[w]} pictures, ${distinct} of them distinct`,
      },
      [...measured[w]!, walker.figures(), ...(w === 0 ? [growth] : [])],
    ),
  );
};

const walkScene = (name: string, title: string, size: Sized): Scene => ({
  name,
  title,
  about: `From picture to picture as soon as each is on screen. ${distinct} distinct files are served under 1,000 names.`,
  run: async (context) => {
    const count = context.quick ? 30 : 1000;
    const shown = context.quick ? { width: size.width / 4, height: size.height / 4 } : size;
    context.say(0, 'writing the JPEGs');
    const files = filesOf(count, shown);
    const walkers: Walker[] = [];
    try {
      walkers.push(await innotaterWalks(context, files));
      walkers.push(canvasWalks(context, files, shown));
      walkers.push(await openSeadragonWalks(context, files));
      return await walk(name, walkers, [count, Math.min(count, 200), Math.min(count, 200)], context);
    } finally {
      for (const walker of walkers) walker.dispose();
    }
  },
});

export const walkScenes = [
  walkScene('walk-1080p', 'A walk over 1,000 images of 1,920 × 1,080', { width: 1920, height: 1080 }),
  walkScene('walk-4k', 'A walk over 1,000 images of 3,840 × 2,160', { width: 3840, height: 2160 }),
];

const keyPauseMs = 300;

/** Presses a key and counts the frames until one shows the picture that it asks for; gives up after two seconds. */
const framesUntil = async (
  press: () => void,
  isShown: () => boolean,
): Promise<Measured & { frames: number }> => {
  const start = performance.now();
  press();
  for (let frames = 1; ; frames++) {
    await lateInFrame();
    const firstMs = performance.now() - start;
    if (firstMs > 2000 || isShown()) return { firstMs, frames };
  }
};

type Stepper = {
  readonly name: string;
  readonly press: () => void;
  readonly isShown: (index: number) => boolean;
  dispose(): void;
};

/** Elements that keep the next picture decoded, as careful pages do, drawn in a canvas by the key. */
const preloading = ({ host }: SceneContext, files: readonly File[], size: Sized): Stepper => {
  const canvas = frameCanvas(host);
  const context = canvas.getContext('2d', { alpha: false })!;
  const { scale, x, y } = wholeView(size);
  const loaded = new Map<number, HTMLImageElement>();
  let index = 0;
  const load = async (at: number) => {
    if (at >= files.length || loaded.has(at)) return;
    const image = Object.assign(new Image(), { src: URL.createObjectURL(files[at]!) });
    loaded.set(at, image);
    await image.decode();
  };
  const show = async () => {
    const asked = index;
    await load(asked);
    const image = loaded.get(asked)!;
    await image.decode();
    if (asked !== index) return;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.drawImage(image, x, y, size.width * scale, size.height * scale);
    const before = loaded.get(asked - 1);
    if (before) URL.revokeObjectURL(before.src);
    loaded.delete(asked - 1);
    void load(asked + 1);
  };
  void show();
  return {
    name: 'img elements with the next one decoded, canvas 2D',
    press: () => {
      index++;
      void show();
    },
    isShown: (at) => showsField(canvas, canvas.getBoundingClientRect(), size, colorField(at % distinct)),
    dispose: () => {
      for (const image of loaded.values()) URL.revokeObjectURL(image.src);
      canvas.remove();
    },
  };
};

const innotaterSteps = async (
  context: SceneContext,
  files: readonly File[],
  size: Sized,
): Promise<Stepper> => {
  const opened = mountImages(context, files);
  await opened.sharp();
  const { view, dispose } = opened;
  opened.image().focus({ preventScroll: true });
  return {
    name: 'Innotater',
    press: () => key(opened.image(), 'n'),
    isShown: (at) =>
      showsField(view.canvas!, opened.image().getBoundingClientRect(), size, colorField(at % distinct)),
    dispose,
  };
};

export const keys12Mpx: Scene = {
  name: 'keys-12mpx',
  title: 'Next image, a key each 300 ms, 12 Mpx JPEGs',
  about:
    'How many frames after the key the next picture is there. Tools that decode when they are asked show it late, or the old one.',
  run: async (context) => {
    const { signal, say, quick } = context;
    const size = quick ? { width: 1000, height: 750 } : { width: 4000, height: 3000 };
    const count = quick ? 12 : 60;
    say(0, 'writing the JPEGs');
    const files = filesOf(count + 1, size);
    const rows: Row[] = [];
    const starts = [innotaterSteps, async (...given: Parameters<typeof preloading>) => preloading(...given)];
    // One after the other: what reads ahead would take the time of the other's.
    for (const [s, start] of starts.entries()) {
      const stepper = await start(context, files, size);
      try {
        await pause(2000);
        const tasks = watchTasks();
        const all = [];
        for (let index = 1; index <= count; index++) {
          signal.throwIfAborted();
          say((s + index / count) / starts.length, `${stepper.name}, key ${index} of ${count}`);
          const due = pause(keyPauseMs);
          all.push(await framesUntil(stepper.press, () => stepper.isShown(index)));
          await due;
        }
        const figures = {
          framesP95: p95(all.map(({ frames }) => frames)),
          longestTaskMs: await tasks.stop(),
        };
        rows.push(
          row('keys-12mpx', stepper, [...all.map(({ firstMs }) => ({ firstMs: firstMs! })), figures]),
        );
      } finally {
        stepper.dispose();
      }
    }
    return rows;
  },
};
