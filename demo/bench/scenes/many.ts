import { BinaryClassInnotation, BoundingBoxInnotation, ImageInnotation, Innotater } from 'innotater';
import { type Measured, row } from '../alternate.js';
import { seededJpeg } from '../data/jpeg.js';
import { measureFrame, nextFrame, pause, watchTasks } from '../measure.js';
import type { Row, Scene, SceneContext } from '../model.js';

const distinct = 24;
const columns = 5;
const cell = { width: 190, height: 260 };
/** Shown at once: two rows. */
const seen = { width: columns * (cell.width + 8), height: 2 * cell.height + 8 };
/** CSS px a frame, a brisk scroll: 1,200 a second at 60 frames. */
const stepPx = 20;
/** Time for making views in one task. */
const sliceMs = 5;

type Grid = { readonly scroller: HTMLElement; readonly mounting: Measured; dispose(): void };

const viewOf = (file: File, i: number): Innotater =>
  new Innotater(
    new ImageInnotation([file], { name: 'image', width: 170 }),
    [
      new BoundingBoxInnotation([[10 + (i % 30), 10, 40, 30]], { name: 'box' }),
      new BinaryClassInnotation([i % 2], { name: 'keep' }),
    ],
    { vertical: true, label: `Picture ${i + 1}`, prefetch: 0 },
  );

/** So many views in a grid that scrolls by at least one row, with two rows in sight. */
const gridOf = async (host: HTMLElement, count: number, files: readonly File[]): Promise<Grid> => {
  const scroller = host.appendChild(document.createElement('div'));
  scroller.style.cssText = `width: ${seen.width + 20}px; height: ${seen.height}px; overflow-y: scroll`;
  const cells = scroller.appendChild(document.createElement('div'));
  cells.style.cssText = `display: grid; grid-template-columns: repeat(${columns}, ${cell.width}px); gap: 8px;
    grid-auto-rows: ${cell.height}px; min-height: ${seen.height + cell.height}px`;
  const views: Innotater[] = [];
  const tasks = watchTasks();
  const startMs = performance.now();
  while (views.length < count) {
    const endMs = performance.now() + sliceMs;
    while (views.length < count && performance.now() < endMs) {
      const view = viewOf(files[views.length % files.length]!, views.length);
      const place = cells.appendChild(document.createElement('div'));
      place.style.overflow = 'clip';
      view.mount(place);
      views.push(view);
    }
    await nextFrame();
  }
  await Promise.all(views.slice(0, 2 * columns).map((view) => view.ready));
  const sharpMs = performance.now() - startMs;
  return {
    scroller,
    mounting: { sharpMs, longestTaskMs: await tasks.stop() },
    dispose() {
      for (const view of views) view.dispose();
      scroller.remove();
    },
  };
};

/** Scrolls to and fro, a step each time it is called. */
const stepper = ({ scroller }: Grid) => {
  let direction = 1;
  return () => {
    const most = scroller.scrollHeight - scroller.clientHeight;
    if (scroller.scrollTop >= most - 1) direction = -1;
    if (scroller.scrollTop <= 0) direction = 1;
    scroller.scrollBy(0, direction * stepPx);
  };
};

/** What frames cost the page's thread while it scrolls. */
const frames = async (step: () => void, count: number): Promise<Measured[]> => {
  const measured: Measured[] = [];
  for (let i = 0; i < count; i++) measured.push(await measureFrame(step, () => null));
  return measured;
};

/** How long it is from one animation frame to the next while each scrolls. */
const beats = async (step: () => void, count: number): Promise<Measured[]> => {
  const measured: Measured[] = [];
  let beforeMs = await nextFrame();
  for (let i = 0; i < count; i++) {
    step();
    const nowMs = await nextFrame();
    measured.push({ beatMs: nowMs - beforeMs });
    beforeMs = nowMs;
  }
  return measured;
};

const blockLength = 60;

const measure = async (context: SceneContext, counts: readonly number[]): Promise<Row[]> => {
  const { host, quick, say, signal } = context;
  const files = Array.from(
    { length: distinct },
    (_, i) => new File([seededJpeg(640, 480, i)], `${i}.jpg`, { type: 'image/jpeg' }),
  );
  await nextFrame(); // the task in which they were made is none of the views'
  const rounds = quick ? 2 : 6;
  const measured = counts.map((): Measured[] => []);
  for (let round = 0; round < rounds; round++) {
    const order = counts.map((_, i) => (round % 2 === 0 ? i : counts.length - 1 - i));
    for (const which of order) {
      signal.throwIfAborted();
      say((round + 0.5) / rounds, `${counts[which]} views, round ${round + 1} of ${rounds}`);
      const grid = await gridOf(host, counts[which]!, files);
      try {
        await pause(200);
        const step = stepper(grid);
        measured[which]!.push(
          grid.mounting,
          ...(await beats(step, blockLength)),
          ...(await frames(step, blockLength)),
        );
      } finally {
        grid.dispose();
      }
    }
  }
  return counts.map((count, i) =>
    row(
      'many',
      { name: nameOf(count), note: 'scrolled 20 px a frame; “sharp” is from the first mount' },
      measured[i]!,
    ),
  );
};

const nameOf = (count: number): string => `Innotater, ${count.toLocaleString('en')} views`;

export const many: Scene = {
  name: 'many',
  title: '1,000 views in a grid that scrolls, beside ten',
  about: 'Ten are in sight; each is an image, a box and a class. What do the other 990 cost?',
  run: (context) => measure(context, [10, context.quick ? 200 : 1000]),
};
