import { BoxLayerInnotation } from 'innotater';
import { classNames } from '../data/boxes.js';
import { pause } from '../measure.js';
import { mountImages } from '../opened.js';
import { hands, pointer } from './hands.js';
import { type Contestant, wholeView } from './viewer.js';

const waitMs = 2000;

/** Makes box 0 the active one by its element, as assistive technology would; it is there where the box is near the middle. */
const chooseFirst = async (image: HTMLElement): Promise<void> => {
  const root = image.getRootNode() as ShadowRoot;
  const boxes = () => [...root.querySelectorAll<HTMLElement>('[aria-roledescription="box"]')];
  for (let waited = 0; waited < waitMs && boxes().length === 0; waited += 50) await pause(50);
  boxes()
    .find((element) => element.ariaLabel?.startsWith('boxes, 1:'))
    ?.click();
};

/** The public component, moved by the events that a person's hands make. */
export const innotater: Contestant = {
  name: 'Innotater',
  mostBoxes: 1_000_000,
  why: 'more were not tried',
  open: async (host, { picture, width, height, boxes, isLabelled }) => {
    if (isLabelled) throw new Error('a label is drawn at the box under the pointer and the active one alone');
    const targets = boxes
      ? [
          new BoxLayerInnotation([boxes.rows], {
            name: 'boxes',
            classData: [boxes.classes],
            classes: classNames,
          }),
        ]
      : [];
    const { signal } = new AbortController();
    const opened = mountImages({ host, signal }, [picture], {}, targets);
    const { view, dispose } = opened;
    await opened.sharp();
    const { image } = opened;
    if (boxes) await chooseFirst(image);
    await opened.sharp();
    const { move, letGo } = hands(image);
    const whole = wholeView({ width, height });
    let at: { x: number; y: number } | null = null;
    return {
      canvas: () => view.canvas,
      move,
      drag: (dx, dy) => {
        if (!at) {
          const [x, y, w, h] = boxes!.rows;
          at = { x: (x! + w! / 2) * whole.scale + whole.x, y: (y! + h! / 2) * whole.scale + whole.y };
          pointer(image, 'pointerdown', at.x, at.y, { altKey: true });
        }
        at = { x: at.x + dx * whole.scale, y: at.y + dy * whole.scale };
        pointer(image, 'pointermove', at.x, at.y, { altKey: true });
      },
      settled: async () => {
        if (at) pointer(image, 'pointerup', at.x, at.y);
        at = null;
        letGo();
        await opened.sharp();
      },
      dispose,
    };
  },
};
