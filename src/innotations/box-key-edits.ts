import type { Point, Size } from '../geometry/index.js';
import { movedBox, stretchedBox } from './box-adjust.js';
import { copiedBoxes } from './box-choices.js';
import { blankBox, boxBetween, isBlank } from './box-geometry.js';
import { formatBox } from './box-text.js';
import type { Stage } from './contract.js';
import type { ImageBoxes } from './image-boxes.js';
import type { ImageKeyAction } from './image-keys.js';
import type { ShortcutName } from './keymap.js';

type Adjustment = Extract<ImageKeyAction, { tag: 'nudge' | 'resize' | 'blank' }>;

/** Whether the action writes boxes, which a disabled image does not allow. */
export const isBoxEdit = ({ tag }: ImageKeyAction): boolean =>
  ['nudge', 'resize', 'blank', 'copy', 'draw', 'class'].includes(tag);

/**
 * The boxes of the sample `from`, cut to this image, and their classes, into those that are blank here, as one undo step. False, as below, when there
 * was nothing to do.
 */
export const copyBoxes = (boxes: ImageBoxes, from: number, stage: Stage, image: Size): boolean => {
  const { uindex } = stage;
  const copied = copiedBoxes(boxes, from, uindex, image);
  const edits = copied.flatMap(({ target, value, chosen }) => [
    { target, uindex, value },
    ...(chosen ? [{ ...chosen, uindex }] : []),
  ]);
  if (edits.length === 0 || !stage.editAll(edits)) return false;
  stage.announce(copied.length === 1 ? '1 box copied' : `${copied.length} boxes copied`);
  return true;
};

/** The blank active box, or a blank one of a layer, between two corners; arrows, and Alt with arrows, then move and size it. */
export const drawInMiddle = (
  boxes: ImageBoxes,
  stage: Stage,
  image: Size,
  [from, to]: readonly [Point, Point],
): boolean => {
  const target = boxes.drawable(stage.uindex);
  if (!target || !isBlank(target.read(stage.uindex))) return sayWhyNot(boxes, stage);
  const value = boxBetween(from, to, image);
  boxes.activate(target);
  stage.edit({ target, uindex: stage.uindex, value });
  stage.announce(`box drawn: ${formatBox(value)}`);
  return true;
};

/** Signs that are passed over in speech. */
const spokenSigns: Readonly<Record<string, string>> = { '.': 'Period', ',': 'Comma' };

/** Enter where nothing is drawn: the key is used all the same, and the reason spoken. */
const sayWhyNot = (boxes: ImageBoxes, stage: Stage): boolean => {
  const box = boxes.editable(stage.uindex);
  if (!box) return false;
  const keyOf = (name: ShortcutName) => {
    const [key] = stage.keymap.keys(name);
    return key && (spokenSigns[key] ?? key);
  };
  const ways = [
    ['nextBox', 'goes to the next box'],
    ['removeBox', 'removes it'],
  ] as const;
  const hints = ways.flatMap(([name, does]) => (keyOf(name) ? [`${keyOf(name)} ${does}`] : []));
  stage.announce([`${box.desc} is drawn already`, ...hints].join('; '));
  return true;
};

/** Arrows and Delete on the active box. */
export const adjustByKey = (action: Adjustment, boxes: ImageBoxes, stage: Stage, image: Size): boolean => {
  const { uindex } = stage;
  const target = boxes.editable(uindex);
  if (!target || isBlank(target.read(uindex))) return false;
  if (action.tag === 'blank') {
    stage.edit({ target, uindex, value: blankBox });
    stage.announce('box removed');
    return true;
  }
  const adjusted = action.tag === 'resize' ? stretchedBox : movedBox;
  const value = adjusted(target.read(uindex), action.dx, action.dy, image);
  if (stage.edit({ target, uindex, value, merge: action.tag }))
    stage.announce(`box changed: ${formatBox(value)}`);
  return true;
};
