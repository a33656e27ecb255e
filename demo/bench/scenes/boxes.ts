import { leftOut, type Measured, row } from '../alternate.js';
import { annotorious } from '../contestants/annotorious.js';
import { canvas2d } from '../contestants/canvas-2d.js';
import { innotater, innotaterForm } from '../contestants/innotater.js';
import { konva } from '../contestants/konva.js';
import { openSeadragon } from '../contestants/openseadragon.js';
import { pixi } from '../contestants/pixi.js';
import { type Contestant, frame, type Subject, type Viewer, way } from '../contestants/viewer.js';
import { type Boxes, seededBoxes } from '../data/boxes.js';
import { seededJpeg } from '../data/jpeg.js';
import { measureFrame, watchTasks } from '../measure.js';
import { beside, besidePeers, type Row, type Scene, type SceneContext } from '../model.js';

/** The same boxes in memory of their own: some contestants move them. */
const copyOf = (boxes: Boxes): Boxes => ({ ...boxes, rows: boxes.rows.slice() });

type Entrant = {
  readonly name: string;
  readonly contestant: Contestant;
  readonly boxes: Boxes | null;
  viewer: Viewer | null;
  readonly layer: HTMLElement;
  readonly measured: Measured[];
  note: string;
  spentMs: number;
};

/** All lie on top of one another in the frame; the one whose turn it is lies uppermost. */
const enter = (host: HTMLElement, name: string, contestant: Contestant, boxes: Boxes | null): Entrant => {
  const layer = document.createElement('div');
  layer.style.cssText = `position: absolute; inset: 0; min-width: ${frame.width + 80}px`;
  host.append(layer);
  return { name, contestant, boxes, viewer: null, layer, measured: [], note: '', spentMs: 0 };
};

const open = async (entrant: Entrant, subject: Omit<Subject, 'boxes'>): Promise<void> => {
  const { contestant, boxes, layer } = entrant;
  if ((boxes?.count ?? 0) > contestant.mostBoxes) {
    entrant.note = `left out above ${contestant.mostBoxes.toLocaleString('en')} boxes: ${contestant.why}`;
    return;
  }
  try {
    entrant.viewer = await contestant.open(layer, { ...subject, boxes: boxes && copyOf(boxes) });
    if (!entrant.viewer.canvas()) entrant.note = 'elements: without the time of rasterising them';
  } catch (error) {
    entrant.note = `failed: ${(error as Error).message}`;
  }
};

/** Frames of one way there and back for one of them. */
const motions = async (viewer: Viewer, signal: AbortSignal): Promise<Measured[]> => {
  const all: Measured[] = [];
  for (const motion of way) {
    signal.throwIfAborted();
    all.push(
      await measureFrame(
        () => viewer.move(motion),
        () => viewer.canvas(),
      ),
    );
  }
  return all;
};

const drags = async (viewer: Viewer, signal: AbortSignal): Promise<Measured[]> => {
  await viewer.hold?.();
  const all: Measured[] = [];
  for (let i = 0; i < way.length; i++) {
    signal.throwIfAborted();
    const by = i < way.length / 2 ? 25 : -25;
    all.push(
      await measureFrame(
        () => viewer.drag!(by, by),
        () => viewer.canvas(),
      ),
    );
  }
  return all;
};

/** A contestant that took so long is measured no more often; every way counts whole. */
const patienceMs = 20_000;
/** Everyone laps unmeasured for so long first, once at least: what is new to the browser it compiles meanwhile, on the same cores. */
const warmUpMs = 3000;

type Course = {
  readonly scene: string;
  readonly rounds: number;
  readonly subject: Omit<Subject, 'boxes'>;
  readonly lap: (viewer: Viewer, signal: AbortSignal) => Promise<Measured[]>;
};

/** A lap by whoever's turn it is; who fails is out of the race. */
const run = async (entrant: Entrant, viewer: Viewer, { lap }: Course, signal: AbortSignal) => {
  await viewer.settled();
  const tasks = watchTasks();
  const start = performance.now();
  try {
    const frames = await lap(viewer, signal);
    const moved = performance.now();
    await viewer.settled();
    const sharpMs = performance.now() - moved;
    entrant.spentMs += performance.now() - start;
    return [...frames, { longestTaskMs: await tasks.stop(), sharpMs }];
  } catch (error) {
    signal.throwIfAborted();
    entrant.note = `failed: ${(error as Error).message}`;
    viewer.dispose();
    entrant.viewer = null;
    return [];
  } finally {
    void tasks.stop();
  }
};

/** Opens all, lets them run laps in turn, closes all. */
const race = async (
  entrants: readonly Entrant[],
  course: Course,
  { signal, say, quick }: SceneContext,
): Promise<Row[]> => {
  const { scene, rounds, subject } = course;
  const bringUp = (uppermost: Entrant) => {
    for (const entrant of entrants) entrant.layer.style.zIndex = entrant === uppermost ? '1' : '0';
  };
  try {
    for (const entrant of entrants) {
      signal.throwIfAborted();
      say(0, `${entrant.name} opens`);
      await open(entrant, subject);
    }
    for (const entrant of entrants) {
      if (!entrant.viewer) continue;
      bringUp(entrant);
      say(0, `${entrant.name} warms up`);
      do await run(entrant, entrant.viewer, course, signal);
      while (entrant.viewer && !quick && entrant.spentMs < warmUpMs);
      entrant.spentMs = 0;
    }
    for (let round = 0; round < rounds; round++) {
      for (const entrant of round % 2 === 0 ? entrants : entrants.toReversed()) {
        if (!entrant.viewer || (round > 0 && entrant.spentMs > patienceMs)) continue;
        bringUp(entrant);
        say((round + 1) / (rounds + 1), `${entrant.name}, round ${round + 1} of ${rounds}`);
        entrant.measured.push(...(await run(entrant, entrant.viewer, course, signal)));
      }
    }
    return entrants.map(({ name, note, measured }) =>
      measured.length === 0
        ? leftOut(scene, name, note || 'could not be measured')
        : row(scene, { name, note }, measured),
    );
  } finally {
    for (const { viewer, layer } of entrants) {
      viewer?.dispose();
      layer.remove();
    }
  }
};

const area = { width: 8000, height: 8000 };

type BoxScene = {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly count: number;
  readonly size?: { readonly width: number; readonly height: number };
  readonly isLabelled?: boolean;
};

const others = [canvas2d, pixi, konva, openSeadragon, annotorious];

type Heats = {
  readonly context: SceneContext;
  readonly course: Omit<Course, 'rounds'>;
  readonly boxes: Boxes;
  /** Innotater again with nothing, or with so little, to compare with. */
  readonly bare: { readonly name: string; readonly boxes: Boxes | null };
  readonly peers: readonly Contestant[];
};

/** Peers run so often; Innotater against itself more often, as its p95 is asked of few frames a lap. */
const rounds = { peers: 6, own: 12 } as const;

/**
 * Innotater against itself first, alone, as peers' objects are part of the page; then against everyone else, in turns, but for the heavy
 * ones, which it meets one by one. A million of PixiJS's boxes are 600 MB of heap: whenever the browser marks them, both cores are busy
 * for a quarter of a second, whoever's turn it is, and code that did not run meanwhile is compiled anew.
 */
const heats = async ({ context, course, boxes, bare, peers }: Heats): Promise<Row[]> => {
  const { host, quick } = context;
  const heat = (most: number, entrants: readonly Entrant[]) =>
    race(entrants, { ...course, rounds: quick ? 1 : most }, context);
  const us = (name: string) => enter(host, name, innotater, boxes);
  const of = (peer: Contestant) => enter(host, peer.name, peer, boxes);
  const form = course.subject.isLabelled ? [innotaterForm] : [];
  const light = [...form, ...peers.filter(({ isHeavy }) => !isHeavy)];
  const rows = await heat(rounds.own, [us(innotater.name), enter(host, bare.name, innotater, bare.boxes)]);
  rows.push(...(await heat(rounds.peers, [us(besidePeers), ...light.map(of)])));
  for (const peer of peers.filter(({ isHeavy }) => isHeavy)) {
    rows.push(...(await heat(rounds.peers, [us(beside(peer.name)), of(peer)])));
  }
  return rows;
};

/** Pans and zooms over a picture with these boxes: Innotater and Innotater without any, then everyone else. */
export const raceOn = (
  scene: string,
  context: SceneContext,
  subject: Omit<Subject, 'boxes'>,
  boxes: Boxes,
): Promise<Row[]> =>
  heats({
    context,
    course: { scene, subject, lap: motions },
    boxes,
    bare: { name: 'Innotater without boxes', boxes: null },
    peers: others,
  });

const boxScene = ({ name, title, about, count, size = area, isLabelled = false }: BoxScene): Scene => ({
  name,
  title,
  about,
  run: async (context) => {
    const { quick } = context;
    const shown = quick ? { width: size.width / 4, height: size.height / 4 } : size;
    const number = quick ? Math.min(count, 2000) : count;
    context.say(0, 'making the picture');
    const boxes = seededBoxes(number, shown.width, shown.height, 8);
    const picture = seededJpeg(shown.width, shown.height, 8);
    return raceOn(name, context, { picture, ...shown, isLabelled }, boxes);
  },
});

const thousands = (count: number) => count.toLocaleString('en');

export const panScenes = [1000, 10_000, 100_000, 1_000_000].map((count) =>
  boxScene({
    name: `boxes-${count < 1_000_000 ? `${count / 1000}k` : '1m'}`,
    title: `${thousands(count)} boxes on 8,000 × 8,000`,
    about:
      'Zooms in by 4, pans about and zooms out. Tools that draw each box at each frame become slower with every one of them.',
    count,
  }),
);

export const boxesOnLarge = boxScene({
  name: 'boxes-8500x6500',
  title: '1,000 boxes on 8,500 × 6,500',
  about: 'The same on a picture larger than a texture of 8,192 pixels.',
  count: 1000,
  size: { width: 8500, height: 6500 },
});

export const labels800 = boxScene({
  name: 'labels-800',
  title: '800 labelled boxes',
  about: 'The same with a class written at each box.',
  count: 800,
  isLabelled: true,
});

/** Moves boxes out of the middle, where a click is to find the one that is dragged and no other. */
const clearMiddle = (rows: Float32Array, width: number, height: number): void => {
  for (let i = 0; i < rows.length; i += 4) {
    const [x, y, w, h] = rows.subarray(i, i + 4) as unknown as readonly [number, number, number, number];
    const isIn = (at: number, length: number, whole: number) => at + length > whole * 0.4 && at < whole * 0.6;
    if (isIn(x, w, width) && isIn(y, h, height))
      rows[i] = x < width / 2 ? x * 0.4 : width - w - (width - w - x) * 0.4;
  }
};

const dragScene = (count: number): Scene => {
  const name = `drag-${count < 1_000_000 ? `${count / 1000}k` : '1m'}`;
  return {
    name,
    title: `Dragging one of ${thousands(count)} boxes`,
    about: 'A box is dragged about while all the others stay; beside it the same with no other box.',
    run: async (context) => {
      const { quick } = context;
      const shown = quick ? { width: 2000, height: 2000 } : area;
      const boxes = seededBoxes(quick ? 2000 : count, shown.width, shown.height, 9);
      clearMiddle(boxes.rows, shown.width, shown.height);
      // The dragged one is large enough to be held.
      boxes.rows.set([shown.width * 0.45, shown.height * 0.45, shown.width * 0.1, shown.height * 0.1]);
      const one: Boxes = { rows: boxes.rows.slice(0, 4), classes: boxes.classes.slice(0, 1), count: 1 };
      const subject = { picture: seededJpeg(shown.width, shown.height, 8), ...shown, isLabelled: false };
      return heats({
        context,
        course: { scene: name, subject, lap: drags },
        boxes,
        bare: { name: 'Innotater, the only box', boxes: one },
        peers: [canvas2d, pixi, konva, annotorious],
      });
    },
  };
};

export const dragScenes = [dragScene(10_000), dragScene(1_000_000)];
