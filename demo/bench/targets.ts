import { shortNumber } from './figures.js';
import { beside, besidePeers, type FigureName, type Row } from './model.js';

/** What is asked of one figure. `value` says what was measured; null where it was not. */
export type Verdict = {
  readonly what: string;
  readonly target: string;
  readonly value: string | null;
  readonly met: boolean;
};

type Figures = (contestant: string, name: FigureName) => number | undefined;
type Target = {
  readonly scene: string;
  readonly what: string;
  readonly target: string;
  /** The figure that is judged, by those of the scene. */
  readonly read: (figure: Figures) => number | undefined;
  readonly unit: string;
  readonly isMet: (value: number) => boolean;
};

const divided = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a / b;
const sum = (...values: readonly (number | undefined)[]): number | undefined =>
  values.reduce<number | undefined>((a, b) => (a === undefined || b === undefined ? undefined : a + b), 0);

const atMost = (most: number) => (value: number) => value <= most;
const atLeast = (least: number) => (value: number) => value >= least;
const us = 'Innotater';
const slices = 'reading the file in slices of 16 MiB';
const bitmap = 'createImageBitmap, canvas 2D';
const pixi = 'PixiJS Graphics';

const tensor = { scene: 'tensor-96', what: '96 Mpx BGR tensor to its whole view, sharp' };
const npy = { scene: 'npy-32k', what: '3.2 GB .npy (32,768² × 3) to its whole view' };
const jpeg = { scene: 'jpeg-20k', what: '20,000² baseline JPEG' };
const million = { scene: 'boxes-1m', what: 'pan and zoom over 1,000,000 boxes' };
const crowd = { scene: 'many', what: '1,000 views on one page, ten in sight' };
const coco = { scene: 'coco-1m', what: 'COCO file of 1,000,000 boxes' };
const closed = { scene: 'close', what: 'memory after closing all' };

const targets: readonly Target[] = [
  {
    ...tensor,
    target: '5 × faster than JS loop, putImageData, drawImage',
    read: (figure) =>
      divided(figure('JS loop, putImageData, drawImage', 'sharpMs'), figure(besidePeers, 'sharpMs')),
    unit: ' ×',
    isMet: atLeast(5),
  },
  {
    ...tensor,
    target: 'by itself: longest task of the main thread at most 16 ms',
    read: (figure) => figure(us, 'longestTaskMs'),
    unit: ' ms',
    isMet: atMost(16),
  },
  {
    ...npy,
    target: 'coarse in at most 1.5 s',
    read: (figure) => figure(us, 'firstMs'),
    unit: ' ms',
    isMet: atMost(1500),
  },
  {
    ...npy,
    target: 'area averaged in at most 1.3 × the time of reading the file in slices',
    read: (figure) => divided(figure(us, 'sharpMs'), figure(slices, 'readMs')),
    unit: ' ×',
    isMet: atMost(1.3),
  },
  {
    ...npy,
    target: 'at most 512 MiB held (page and workers, and textures)',
    read: (figure) =>
      sum(figure('Innotater, what it holds', 'heldMB'), figure('Innotater, what it holds', 'texturesMB')),
    unit: ' MB',
    isMet: atMost(512 * 1.048576),
  },
  {
    ...npy,
    what: 'the same, any view at full zoom',
    target: 'sharp within 3 × the time of reading its rows (p95)',
    read: (figure) =>
      divided(
        figure('Innotater, a view at full zoom', 'sharpP95Ms'),
        figure("reading that view's rows in slices of 16 MiB", 'readP95Ms'),
      ),
    unit: ' ×',
    isMet: atMost(3),
  },
  {
    ...jpeg,
    target: 'first picture in at most 0.4 × the time of createImageBitmap',
    read: (figure) => divided(figure(us, 'firstMs'), figure(bitmap, 'decodeMs')),
    unit: ' ×',
    isMet: atMost(0.4),
  },
  {
    ...jpeg,
    target: 'sharp whole within 1.3 × the time of createImageBitmap',
    read: (figure) => divided(figure(us, 'sharpMs'), figure(bitmap, 'decodeMs')),
    unit: ' ×',
    isMet: atMost(1.3),
  },
  {
    scene: 'keys-12mpx',
    what: 'next image, 12 Mpx JPEGs, a key each 300 ms',
    target: 'p95 at most 2 frames after the key',
    read: (figure) => figure(us, 'framesP95'),
    unit: ' frames',
    isMet: atMost(2),
  },
  {
    ...million,
    target: 'p95 frame at most 2 × that of the same image without boxes',
    read: (figure) => divided(figure(us, 'frameP95Ms'), figure('Innotater without boxes', 'frameP95Ms')),
    unit: ' ×',
    isMet: atMost(2),
  },
  {
    ...million,
    target: '20 × faster than canvas 2D',
    read: (figure) => divided(figure('canvas 2D', 'frameMs'), figure(besidePeers, 'frameMs')),
    unit: ' ×',
    isMet: atLeast(20),
  },
  {
    ...million,
    target: `50 × faster than ${pixi}`,
    read: (figure) => divided(figure(pixi, 'frameMs'), figure(beside(pixi), 'frameMs')),
    unit: ' ×',
    isMet: atLeast(50),
  },
  {
    scene: 'drag-1m',
    what: 'dragging one of 1,000,000 boxes',
    target: 'p95 frame at most 2 × that of dragging the only one',
    read: (figure) => divided(figure(us, 'frameP95Ms'), figure('Innotater, the only box', 'frameP95Ms')),
    unit: ' ×',
    isMet: atMost(2),
  },
  {
    ...crowd,
    target: 'from frame to frame while it scrolls at most 1.5 × the time of ten views',
    read: (figure) =>
      divided(figure('Innotater, 1,000 views', 'beatMs'), figure('Innotater, 10 views', 'beatMs')),
    unit: ' ×',
    isMet: atMost(1.5),
  },
  {
    ...coco,
    target: 'longest task of the main thread at most 16 ms',
    read: (figure) => figure(us, 'longestTaskMs'),
    unit: ' ms',
    isMet: atMost(16),
  },
  {
    ...coco,
    target: 'holds at most three quarters of what JSON.parse does',
    read: (figure) => divided(figure(us, 'heldMB'), figure('JSON.parse', 'heldMB')),
    unit: ' ×',
    isMet: atMost(0.75),
  },
  {
    ...closed,
    target: 'textures 0, decoded pixels 0',
    read: (figure) => sum(figure(us, 'texturesMB'), figure(us, 'decodedMB')),
    unit: ' MB',
    isMet: atMost(0),
  },
  {
    ...closed,
    target: 'workers idle',
    read: (figure) => figure(us, 'busyWorkers'),
    unit: ' at work',
    isMet: atMost(0),
  },
  {
    ...closed,
    target: 'heap back to within 5 MB',
    read: (figure) => figure(us, 'heapGrowthMB'),
    unit: ' MB',
    isMet: atMost(5),
  },
];

/** What is asked of the scenes that have run. A figure that could not be measured is not met. */
export const verdicts = (rows: readonly Row[]): readonly Verdict[] => {
  const ran = new Set(rows.map(({ scene }) => scene));
  return targets
    .filter(({ scene }) => ran.has(scene))
    .map(({ scene, what, target, read, unit, isMet }) => {
      const value = read(
        (contestant, name) =>
          rows.find((row) => row.scene === scene && row.contestant === contestant)?.figures[name],
      );
      return value === undefined
        ? { what, target, value: null, met: false }
        : { what, target, value: `${shortNumber(value)}${unit}`, met: isMet(value) };
    });
};
