import { row } from '../alternate.js';
import { wheel } from '../contestants/hands.js';
import { frame } from '../contestants/viewer.js';
import { seededJpeg } from '../data/jpeg.js';
import { seededRows } from '../data/npy.js';
import { pageBytes, pause } from '../measure.js';
import type { Scene, SceneContext } from '../model.js';
import { mountImages } from '../opened.js';

/** Opens some pictures at once in views of their own, walks and zooms, closes all; gives what the views say they hold afterwards. */
const openAndClose = async (context: SceneContext) => {
  const [width, height] = context.quick ? [1000, 800] : [6000, 4000];
  const data = seededRows(width, 3, 5, height);
  const jpegs = [1, 2, 3].map((seed) => seededJpeg(width, height, seed));
  const opened = [mountImages(context, [{ data, shape: [height, width, 3] }]), mountImages(context, jpegs)];
  for (const one of opened) {
    await one.sharp();
    wheel(one.image(), 4, frame.width / 2, frame.height / 2);
    await one.sharp();
    while (one.view.index < one.view.length - 1) {
      one.view.next();
      await one.sharp();
    }
  }
  for (const { dispose } of opened) dispose();
  const sum = (key: 'textureBytes' | 'decodedBytes' | 'workers' | 'pendingTiles') =>
    opened.reduce((total, { view }) => total + view.stats[key], 0);
  // Numbers alone: whoever keeps a view keeps its data.
  return {
    texturesMB: sum('textureBytes') / 1e6,
    decodedMB: sum('decodedBytes') / 1e6,
    busyWorkers: sum('workers') + sum('pendingTiles'),
  };
};

const growth = async (context: SceneContext) => {
  const before = await pageBytes();
  const left = await openAndClose(context);
  await pause(500);
  const after = await pageBytes();
  return {
    ...left,
    ...(before === null || after === null ? {} : { heapGrowthMB: (after - before) / 1e6 }),
  };
};

export const close: Scene = {
  name: 'close',
  title: 'Memory after closing all',
  about: 'Opens a tensor and JPEGs of 24 Mpx in two views, zooms, walks, and closes all: what is left?',
  run: async (context) => {
    context.say(0, 'opening and closing once, so that everything is loaded');
    await openAndClose(context);
    await pause(500);
    context.signal.throwIfAborted();
    const all = [];
    const rounds = context.quick ? 1 : 3;
    for (let round = 0; round < rounds; round++) {
      context.say((round + 1) / (rounds + 1), `round ${round + 1} of ${rounds}`);
      all.push(await growth(context));
      context.signal.throwIfAborted();
    }
    const note = crossOriginIsolated ? '' : 'the browser tells the heap of isolated pages alone';
    return [row('close', { name: 'Innotater', note }, all)];
  },
};
