import {
  BoundingBoxInnotation,
  type ButtonFacts,
  ButtonInnotation,
  ImageInnotation,
  Innotater,
  RepeatInnotation,
} from 'innotater';
import { photos } from '../samples/photos.js';

const pictures = photos('coins.png', 'coffee.jpg', 'cat.webp', 'rocket.jpg', 'clock.jpg');
const boxes = pictures.map(() => [0, 1, 2, 3].map(() => [0, 0, 0, 0]));
boxes[0] = [
  [22, 34, 45, 41],
  [81, 38, 39, 37],
  [132, 28, 47, 46],
  [0, 0, 0, 0],
];

const log = document.querySelector<HTMLElement>('#log')!;
const tell = (line: string) => {
  log.textContent = [line, ...log.textContent.split('\n')].slice(0, 6).join('\n');
};
const refuses = document.querySelector<HTMLInputElement>('#refuse')!;

/** One handler for Clear in a row and for Reset All (repeatIndex −1); true: this sample's data was changed. */
const onClick = (uindex: number, repeatIndex: number, { name, desc }: ButtonFacts) => {
  const rows = boxes[uindex]!;
  for (const row of repeatIndex < 0 ? rows : [rows[repeatIndex]!]) row.fill(0);
  tell(`onClick(${uindex}, ${repeatIndex}, {name: '${name}', desc: '${desc}'})`);
  return true;
};

/** Gets the rows changed since the last save; only true makes them clean. */
const saveHook = async (uindexes: readonly number[]) => {
  tell(`saveHook([${uindexes}])`);
  await new Promise((resolve) => setTimeout(resolve, 400)); // your server
  if (refuses.checked) throw new Error('The server said no; nothing is lost, save again');
  tell(`saved ${JSON.stringify(uindexes.map((uindex) => boxes[uindex]))}`);
  return true;
};

export const view = new Innotater(
  new ImageInnotation(pictures, { name: 'picture', desc: 'Picture', width: 400, height: 320 }),
  [
    new ButtonInnotation(null, {
      name: 'reset',
      desc: 'Reset All',
      onClick,
      layout: { alignSelf: 'flex-start' },
    }),
    new RepeatInnotation(
      [BoundingBoxInnotation, boxes, { name: 'box', desc: 'Box', layout: { width: 140 } }],
      [ButtonInnotation, null, { name: 'clear', desc: 'Clear', onClick }],
      { name: 'things', desc: 'Thing', minRepeats: 1, maxRepeats: 4 },
    ),
  ],
  { label: 'Things', saveHook },
);
view.mount(document.querySelector<HTMLElement>('#view')!);
