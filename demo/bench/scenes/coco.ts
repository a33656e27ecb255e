import { type AnnotationSet, readCoco, writeCoco } from 'innotater/formats';
import { alternate, type Measured, type Turn } from '../alternate.js';
import { seededCoco } from '../data/coco.js';
import { pageBytes, watchTasks } from '../measure.js';
import type { Row, Scene, SceneContext } from '../model.js';

const name = 'coco-1m';
const megabyte = 1e6;

type Held = { readonly boxes: number; readonly value: unknown };

/** Time until every box is there, the longest task meanwhile, and what is held then. */
const measured = async (read: () => Promise<Held>, count: number): Promise<Measured> => {
  const before = await pageBytes();
  const tasks = watchTasks();
  const start = performance.now();
  const held = await read();
  const readMs = performance.now() - start;
  const longestTaskMs = await tasks.stop();
  const after = await pageBytes();
  if (held.boxes !== count || !held.value) throw new Error(`read ${held.boxes} boxes of ${count}`);
  const memory = before === null || after === null ? {} : { heldMB: (after - before) / megabyte };
  return { readMs, longestTaskMs, ...memory };
};

const parsed = async (blob: Blob): Promise<Held> => {
  const value = JSON.parse(await blob.text()) as { readonly annotations: readonly unknown[] };
  return { boxes: value.annotations.length, value };
};

const streamed = async (blob: Blob): Promise<Held> => {
  const { set } = await readCoco(blob, 'seeded.json');
  return { boxes: set.classIds.length, value: set };
};

/** One box is moved, and the file made. */
const written = async (set: AnnotationSet): Promise<Measured> => {
  set.boxes[0]! += 1;
  const tasks = watchTasks();
  const start = performance.now();
  const blob = await writeCoco(set);
  const readMs = performance.now() - start;
  const longestTaskMs = await tasks.stop();
  if (blob.size < set.classIds.length) throw new Error('nothing was written');
  return { readMs, longestTaskMs };
};

const race = async (context: SceneContext): Promise<readonly Row[]> => {
  const count = context.quick ? 20_000 : 1_000_000;
  const blob = seededCoco(count, 5);
  const { set } = await readCoco(blob, 'seeded.json');
  const turns: readonly Turn[] = [
    {
      name: 'Innotater',
      run: () => measured(() => streamed(blob), count),
      note: 'boxes and classes in typed arrays, the rest stays in the file',
    },
    {
      name: 'JSON.parse',
      run: () => measured(() => parsed(blob), count),
      note: 'the whole as objects, not yet as columns',
    },
    { name: 'Innotater, writing it with one box moved', run: () => written(set) },
  ];
  return alternate(name, turns, context.quick ? 1 : 5, context);
};

export const coco1m: Scene = {
  name,
  title: 'A COCO file of 1,000,000 boxes',
  about:
    'Reads a file of 110 MB. Tools that parse it as a whole hold the page for a second, and hundreds of megabytes.',
  run: race,
};
