import {
  BoundingBoxInnotation,
  BoxLayerInnotation,
  type InnotationList,
  MultiClassInnotation,
  RepeatInnotation,
} from 'innotater';
import { type Boxes, classNames } from '../data/boxes.js';
import { pause } from '../measure.js';
import { mountImages } from '../opened.js';
import { hands, pointer } from './hands.js';
import { type Contestant, wholeView } from './viewer.js';

const layer = ({ rows, classes, count }: Boxes): InnotationList =>
  new BoxLayerInnotation([{ data: rows, shape: [count, 4] }], {
    name: 'boxes',
    classes: classNames,
    classData: [classes],
  });

/** A form of a row for each box, whose class is written at it all the time; a layer writes those of the active and hovered ones. */
const form = ({ rows, classes, count }: Boxes): InnotationList => {
  const boxes = Array.from({ length: count }, (_, i) => [...rows.subarray(i * 4, i * 4 + 4)]);
  return new RepeatInnotation(
    [BoundingBoxInnotation, [boxes], { name: 'box' }],
    [MultiClassInnotation, [[...classes]], { name: 'class', classes: classNames, dropdown: true }],
    { maxRepeats: count },
  );
};

/** Waits until the box under the pointer is the active one: a worker finds it. */
const activated = async (image: HTMLElement): Promise<void> => {
  const root = image.getRootNode() as ShadowRoot;
  for (let tries = 0; tries < 200; tries++) {
    if (root.querySelector('[aria-roledescription="box"][aria-pressed="true"]')) return;
    await pause(20);
  }
  throw new Error('no box became active by a click');
};

/** The public component, moved by the events that a person's hands make. */
const moved = (name: string, targetsOf: (boxes: Boxes) => InnotationList): Contestant => ({
  name,
  mostBoxes: Number.POSITIVE_INFINITY,
  why: '',
  open: async (host, { picture, width, height, boxes }) => {
    const { signal } = new AbortController();
    const opened = mountImages({ host, signal }, [picture], {}, boxes ? targetsOf(boxes) : []);
    const { view, dispose } = opened;
    await opened.sharp();
    const image = opened.image();
    const { move, letGo } = hands(image);
    const whole = wholeView({ width, height });
    let at: { x: number; y: number } | null = null;
    const middleOfFirst = () => {
      const [x, y, w, h] = boxes!.rows;
      return { x: (x! + w! / 2) * whole.scale + whole.x, y: (y! + h! / 2) * whole.scale + whole.y };
    };
    return {
      canvas: () => view.canvas,
      move,
      hold: async () => {
        at = middleOfFirst();
        for (const type of ['pointerdown', 'pointerup'] as const) pointer(image, type, at.x, at.y);
        await activated(image);
        pointer(image, 'pointerdown', at.x, at.y, { altKey: true });
      },
      drag: (dx, dy) => {
        at = { x: at!.x + dx * whole.scale, y: at!.y + dy * whole.scale };
        pointer(image, 'pointermove', at.x, at.y, { altKey: true });
      },
      settled: async () => {
        await opened.sharp(); // the magnified part too, as long as the box is held
        if (at) pointer(image, 'pointerup', at.x, at.y);
        at = null;
        letGo();
        await opened.sharp();
      },
      dispose,
    };
  },
});

/** Boxes as a layer of theirs. */
export const innotater = moved('Innotater', layer);

/** Boxes as rows of a form. */
export const innotaterForm = moved('Innotater, a form of a row for each', form);
