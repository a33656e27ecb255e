import { seededRandom } from '../../samples/random.js';
import { alternate, type Turn } from '../alternate.js';
import { key, wheel } from '../contestants/hands.js';
import { frame, wholeView } from '../contestants/viewer.js';
import { colorField, type Rgb } from '../data/field.js';
import { blockRows, seededNpy } from '../data/npy.js';
import { pageBytes, probe, watchTasks } from '../measure.js';
import type { Scene, SceneContext } from '../model.js';
import { checkSharp, mountImages, type OpenedImages } from '../opened.js';
import { bytesOf, innotaterOpens, type Sized } from './opening.js';

const sliceBytes = 16 * 2 ** 20;

/** Reads a part of a file in slices of 16 MiB, one after the other, and looks at a byte of each. */
export const readSlices = async (
  file: Blob,
  from = 0,
  to = file.size,
  signal?: AbortSignal,
): Promise<number> => {
  let kept = 0;
  for (let at = from; at < to; at += sliceBytes) {
    const bytes = new Uint8Array(await file.slice(at, Math.min(to, at + sliceBytes)).arrayBuffer());
    kept ^= bytes[0]!;
    signal?.throwIfAborted();
  }
  return kept;
};

const sliceTurn = (file: File, signal: AbortSignal): Turn => ({
  name: 'reading the file in slices of 16 MiB',
  run: async () => {
    const start = performance.now();
    await readSlices(file, 0, file.size, signal);
    return { readMs: performance.now() - start };
  },
});

/** Opens the whole once more and looks at what the page holds then, workers and arrays included. */
const heldTurn = (context: SceneContext, file: File): Turn => ({
  name: 'Innotater, what it holds',
  run: async () => {
    const before = await pageBytes();
    const opened = mountImages(context, [file]);
    try {
      await opened.sharp();
      const held = bytesOf(opened.view);
      const after = await pageBytes();
      return { ...held, ...(before === null || after === null ? {} : { heldMB: (after - before) / 1e6 }) };
    } finally {
      opened.dispose();
    }
  },
});

/** Zooms by the wheel to a pixel for a pixel at random places; beside each, the file's rows of that view are read in slices. */
const viewTurns = (
  context: SceneContext,
  file: File,
  size: Sized,
  channels: number,
): { readonly turns: readonly Turn[]; dispose(): void } => {
  const random = seededRandom(77);
  const view = wholeView(size);
  const headerBytes = file.size - size.width * size.height * channels;
  const spots = Array.from({ length: 64 }, () => ({ x: 0.1 + random() * 0.8, y: 0.1 + random() * 0.8 }));
  let opened: OpenedImages | undefined;
  const turns: Turn[] = [
    {
      name: 'Innotater, a view at full zoom',
      run: async (round) => {
        if (!opened) {
          opened = mountImages(context, [file]);
          await opened.sharp();
        }
        const image = opened.image();
        image.focus({ preventScroll: true });
        const { x, y } = spots[round]!;
        const at = [view.x + x * size.width * view.scale, view.y + y * size.height * view.scale] as const;
        const tasks = watchTasks();
        const start = performance.now();
        for (let scale = view.scale; scale < 1; ) {
          const factor = Math.min(4, 1 / scale);
          wheel(image, factor, ...at);
          scale *= factor;
        }
        await opened.sharp();
        const longest = tasks.stop();
        probe(opened.view.canvas!);
        const sharpMs = performance.now() - start;
        const longestTaskMs = await longest;
        await checkSharp(opened);
        key(image, '0');
        await opened.sharp();
        return { sharpMs, longestTaskMs, ...bytesOf(opened.view) };
      },
    },
    {
      name: "reading that view's rows in slices of 16 MiB",
      run: async (round) => {
        const rowBytes = size.width * channels;
        const first = Math.max(0, Math.floor(spots[round]!.y * size.height - frame.height / 2));
        const start = performance.now();
        const from = headerBytes + first * rowBytes;
        await readSlices(file, from, Math.min(file.size, from + frame.height * rowBytes), context.signal);
        return { readMs: performance.now() - start };
      },
    },
  ];
  return { turns, dispose: () => opened?.dispose() };
};

const seed = 32;

type NpyScene = {
  readonly name: string;
  readonly size: Sized;
  readonly channels: 1 | 3;
  readonly quickSize: Sized;
  readonly about: string;
};

/** Grey files hold the first channel alone. */
const fieldOf = (channels: 1 | 3): ((x: number) => Rgb) => {
  const field = colorField(seed);
  if (channels === 3) return field;
  return (x) => {
    const [grey] = field(x);
    return [grey, grey, grey];
  };
};

const fileOf = ({ size, quickSize, channels }: NpyScene, quick: boolean): File => {
  const { width, height } = quick ? quickSize : size;
  return seededNpy(width, height, channels, seed);
};

const titleOf = ({ size: { width, height }, channels }: NpyScene): string => {
  const axes = [width, height].map((n) => n.toLocaleString('en')).join(' × ');
  return `${axes}${channels === 3 ? ' × 3' : ''} .npy, ${((width * height * channels) / 1e9).toFixed(1)} GB`;
};

const npyScene = (of: NpyScene): Scene => ({
  name: of.name,
  title: titleOf(of),
  about: of.about,
  run: async (context) => {
    const { signal, files, quick } = context;
    const { name, channels } = of;
    const shown = quick ? of.quickSize : of.size;
    context.say(0, 'making the file');
    const made = fileOf(of, quick);
    const file = files.find((given) => given.name === made.name && given.size === made.size) ?? made;
    const note = file === made ? 'a file put together in memory by reference' : 'a file of the disk';
    const part = (from: number, to: number): SceneContext => ({
      ...context,
      say: (done, text) => context.say(from + done * (to - from), text),
    });
    const opening = innotaterOpens(context, () => [file], shown, fieldOf(channels), { colorspace: 'RGB' });
    const views = viewTurns(context, file, shown, channels);
    try {
      return [
        ...(await alternate(
          name,
          [{ ...opening, note }, sliceTurn(file, signal)],
          quick ? 2 : 4,
          part(0, 0.5),
        )),
        ...(await alternate(name, [heldTurn(context, file)], 1, part(0.5, 0.6))),
        ...(await alternate(name, views.turns, quick ? 2 : 20, part(0.6, 1))),
      ];
    } finally {
      views.dispose();
    }
  },
});

const all: readonly NpyScene[] = [
  {
    name: 'npy-32k',
    size: { width: 32_768, height: 32_768 },
    channels: 3,
    quickSize: { width: 4096, height: 4096 },
    about: 'Opens an array larger than memory and than any canvas, whole and at full zoom at random places.',
  },
  {
    name: 'npy-40k',
    size: { width: 40_000, height: 40_000 },
    channels: 1,
    quickSize: { width: 4000, height: 4000 },
    about: 'The same beyond the limit of 2²⁹ pixels that browsers decode.',
  },
  {
    name: 'long',
    size: { width: 4096, height: 128_000 },
    channels: 1,
    quickSize: { width: 409, height: 12_800 },
    about: 'A recording of lines: longer than any canvas or texture may be.',
  },
];

export const npyScenes: readonly Scene[] = all.map(npyScene);

/** The file that a scene of arrays makes, with the lengths of its header and of the block that repeats; null for other scenes. */
export const npyOf = (scene: string, quick: boolean) => {
  const of = all.find(({ name }) => name === scene);
  if (!of) return null;
  const { width, height } = quick ? of.quickSize : of.size;
  const file = fileOf(of, quick);
  const headerBytes = file.size - width * height * of.channels;
  return { file, headerBytes, blockBytes: Math.min(blockRows, height) * width * of.channels };
};
