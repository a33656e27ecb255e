import {
  BinaryClassInnotation,
  ButtonInnotation,
  GroupedInnotation,
  Innotater,
  MultiClassInnotation,
  TextInnotation,
} from 'innotater';
import type { Maker } from './contestant.js';
import { breeds, type Group } from './form.js';
import { controlWalk, restWalk, rootOf } from './shell-pointer.js';

const layout = { width: 288, gap: 8 };
const list = { width: 280, height: 116 };

/** Ten controls: what Innotations there are of the form's kinds. */
const groupOf = (group: Group): GroupedInnotation =>
  new GroupedInnotation(
    ...group.buttons.map((desc) => new ButtonInnotation(null, { desc, onClick: () => false })),
    ...group.flags.map((flag, i) => new BinaryClassInnotation([flag, !flag], { desc: `Flag ${i}` })),
    new BinaryClassInnotation([group.count % 2 === 1, false], { desc: 'Exclude' }),
    new BinaryClassInnotation([group.count % 3 === 1, false], { desc: 'Reviewed' }),
    ...group.levels.map((level) => new TextInnotation([`${level}`, ''], { desc: 'Level', multiline: false })),
    new TextInnotation([group.text, ''], { desc: 'Remark', multiline: false }),
    new MultiClassInnotation([group.chosen, 0], { desc: 'Breed', classes: breeds, layout: list }),
    { desc: group.title, layout },
  );

/** The form as embedding code writes it: an Innotater with grouped Innotations, changed by clicks on their elements. */
export const publicView =
  (form: readonly Group[]): Maker =>
  async (host) => {
    const side = new GroupedInnotation(...form.map(groupOf), { layout: { width: 1216 } });
    const view = new Innotater([], [side], { theme: 'light', vertical: true });
    view.mount(host);
    await view.ready;
    const boxes = rootOf(host).querySelectorAll<HTMLElement>('input[type="checkbox"]');
    return {
      change: (round) => boxes[(round * 3) % boxes.length]!.click(),
      rest: restWalk(host),
      hover: controlWalk(host),
      parts: () => ({ frames: view.stats.frames }),
      dispose: () => view.dispose(),
    };
  };
