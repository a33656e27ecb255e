import type { BoxValue } from '../dataset/index.js';
import type { Point, Size } from '../geometry/index.js';
import { boxBetween, isBlank } from './box-geometry.js';
import type { EditTarget, ImageBox, Stage } from './contract.js';
import { isBlankTarget } from './edit-target.js';
import type { ImageBoxes } from './image-boxes.js';

/** Among the visible ones; −1 without one. */
export const activeIndex = (boxes: ImageBoxes, uindex: number): number =>
  boxes.active ? boxes.visible(uindex).indexOf(boxes.active) : -1;

/** The next box that can be drawn becomes active, wrapping (B5); a box of a layer stays active. */
export const advance = (boxes: ImageBoxes, uindex: number): void => {
  const { active } = boxes;
  if (active && boxes.isOfLayer(active)) return;
  const editable = boxes.visible(uindex).filter((box) => !box.disabled);
  const next = editable[((active ? editable.indexOf(active) : -1) + 1) % editable.length];
  if (next) boxes.activate(next);
};

/** The box after the active one among those drawn, or before it, wrapping: the image's own, then those near in layers. */
export const neighbour = (boxes: ImageBoxes, uindex: number, by: 1 | -1): ImageBox | null => {
  const own = boxes.own(uindex).filter((box) => !isBlank(box.read(uindex)));
  const all = [...own, ...boxes.layers.flatMap(({ near }) => near)];
  const at = boxes.active ? all.indexOf(boxes.active) : -1;
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
  return all[next] ?? null;
};

/** The pointer rests there, or (null) not on the image; `reach` in image px. */
export const hoverLayers = ({ layers }: ImageBoxes, pImage: Point | null, reach: number): void => {
  for (const layer of layers) layer.hover(pImage, reach);
};

/** A click: layers are asked from the topmost on. */
export const pickOfLayers = (
  boxes: ImageBoxes,
  pImage: Point,
  reach: number,
  from = boxes.layers.length - 1,
): void => boxes.layers[from]?.pick(pImage, reach, () => pickOfLayers(boxes, pImage, reach, from - 1));

type ClassEdit = { readonly target: EditTarget; readonly value: unknown };

/** A class that was chosen here stays. */
const copiedClass = ({ classTarget }: ImageBox, from: number, to: number): ClassEdit | null => {
  if (!classTarget || !isBlankTarget(classTarget, to)) return null;
  const value = classTarget.read(from);
  return classTarget.same(value, classTarget.read(to)) ? null : { target: classTarget, value };
};

/** The class of the row or group that the box is in. */
const setRowClass = ({ classTarget, classWords }: ImageBox, chosen: number, stage: Stage): boolean => {
  const word = classWords?.[chosen];
  if (!classTarget || word === undefined) return false;
  stage.edit({ target: classTarget, uindex: stage.uindex, value: chosen });
  stage.announce(word);
  return true;
};

/** Gives the active box a class. False where it has no such class, or one that may not be chosen. */
export const setClass = (boxes: ImageBoxes, chosen: number, stage: Stage): boolean => {
  const box = boxes.editable(stage.uindex);
  if (!box) return false;
  return setRowClass(box, chosen, stage) || boxes.layers.some((layer) => layer.setClass(box, chosen, stage));
};

/** What the blank boxes of a sample would take from another one, cut to the image, each with its class where none is chosen. */
export const copiedBoxes = (
  { all }: ImageBoxes,
  from: number,
  to: number,
  image: Size,
): readonly { readonly target: ImageBox; readonly value: BoxValue; readonly chosen: ClassEdit | null }[] =>
  all
    .filter((box) => !box.disabled && isBlank(box.read(to)) && !isBlank(box.read(from)))
    .map((target) => {
      const [x, y, width, height] = target.read(from);
      const value = boxBetween({ x, y }, { x: x + width, y: y + height }, image);
      return { target, value, chosen: copiedClass(target, from, to) };
    })
    .filter(({ value }) => !isBlank(value));
