import {
  type Arranged,
  type Block,
  type Box,
  contentWidth,
  type Frame,
  frameOf,
  limitedTo,
  pxOf,
} from './boxes.js';
import { clamped, type Flexible } from './flexible-lengths.js';

export type Arrange = (box: Box, width: number, block: Block, parentWidth: number) => Arranged;

/** A container being laid out. */
export type Container = {
  readonly box: Box;
  /** Content box; null where the height comes from the content. */
  readonly inner: readonly [number, number | null];
  /** Content box that percentages refer to. */
  readonly definite: readonly [number, number | null];
  readonly arrange: Arrange;
};

export type Item = Flexible & {
  readonly box: Box;
  readonly frame: Frame;
  readonly align: string;
  /** Takes the cross size of its line. */
  readonly stretched: boolean;
  /** Cross size before stretching, where it is known before the main size is (columns). */
  readonly cross: number | null;
};

export const autoHeight: Block = { px: null, definite: false, min: 0, max: Number.POSITIVE_INFINITY };

const sizeAuto = (length: unknown): boolean => length === null;

const alignOf = (container: Box, box: Box): string => {
  const own = box.style.alignSelf === 'auto' ? container.style.alignItems : box.style.alignSelf;
  return own === 'normal' ? 'stretch' : own;
};

/** Main base and limits of a row's item. */
const rowSizes = ({ box: row, inner, definite }: Container, box: Box, frame: Frame, stretched: boolean) => {
  const ratio = box.style.aspectRatio;
  const fills = stretched && row.style.wrap === 'nowrap' && inner[1] !== null;
  const height = frame.size[1] ?? (fills ? inner[1]! - frame.margins[1] : null);
  const fromHeight = ratio === null || height === null ? null : limitedTo(frame, 1, height) * ratio;
  const width = frame.size[0];
  const basis =
    pxOf(box.style.basis, definite[0]) ??
    width ??
    fromHeight ??
    contentWidth(box, 'widest') + frame.paddings[0];
  const least = Math.min(width ?? Number.POSITIVE_INFINITY, contentWidth(box, 'least') + frame.paddings[0]);
  return { base: basis, least, cross: null };
};

const columnWidth = (
  { inner, box: column }: Container,
  box: Box,
  frame: Frame,
  stretched: boolean,
): number => {
  const room = inner[0] - frame.margins[0];
  const { aspectRatio } = box.style;
  const [width, height] = frame.size;
  if (width !== null) return limitedTo(frame, 0, width);
  if (stretched && column.style.wrap === 'nowrap') return limitedTo(frame, 0, room);
  if (aspectRatio !== null && height !== null) {
    return limitedTo(frame, 0, limitedTo(frame, 1, height) * aspectRatio);
  }
  const fitting = clamped(room - frame.paddings[0], contentWidth(box, 'least'), contentWidth(box, 'widest'));
  return limitedTo(frame, 0, fitting + frame.paddings[0]);
};

/** Main base and limits of a column's item, which hang on its width. */
const columnSizes = (container: Container, box: Box, frame: Frame, stretched: boolean) => {
  const cross = columnWidth(container, box, frame, stretched);
  const height = frame.size[1];
  const content = container.arrange(box, cross, autoHeight, container.inner[0]).height;
  const followsHeight = height !== null && frame.size[0] === null && !stretched;
  const natural = box.style.aspectRatio === null ? content : cross / box.style.aspectRatio;
  const own = box.style.basis === null ? height : null;
  const basis = pxOf(box.style.basis, container.definite[1]) ?? own ?? natural;
  return {
    base: basis,
    least: Math.min(height ?? Number.POSITIVE_INFINITY, followsHeight ? content : Math.max(content, natural)),
    cross,
  };
};

/** A child as an item of the container's lines. */
export const itemOf = (container: Container, box: Box): Item => {
  const { main } = container.box.style;
  const across = main === 0 ? 1 : 0;
  const frame = frameOf(box, container.definite);
  const align = alignOf(container.box, box);
  const auto = [box.style.size[across], ...box.style.margin[across]].map(sizeAuto);
  const stretched = align === 'stretch' && auto[0]! && !auto[1] && !auto[2];
  const sizes = (main === 0 ? rowSizes : columnSizes)(container, box, frame, stretched);
  return {
    box,
    frame,
    align,
    stretched,
    cross: sizes.cross,
    base: Math.max(sizes.base, frame.paddings[main]),
    min: frame.min[main] ?? Math.min(sizes.least, frame.max[main]),
    max: frame.max[main],
    padding: frame.paddings[main],
    grow: box.style.grow,
    shrink: box.style.shrink,
  };
};

/** Cross size before stretching, margins apart, for a main size. */
export const crossSize = ({ arrange, inner }: Container, item: Item, mainSize: number): number => {
  const { box, frame, cross } = item;
  const height = frame.size[1];
  if (cross !== null) {
    const follows =
      box.style.aspectRatio !== null && frame.size[0] === null && height !== null && !item.stretched;
    return follows ? limitedTo(frame, 0, mainSize * box.style.aspectRatio!) : cross;
  }
  if (height !== null) return limitedTo(frame, 1, height);
  const content = arrange(box, mainSize, autoHeight, inner[0]).height;
  const { aspectRatio } = box.style;
  if (aspectRatio === null) return limitedTo(frame, 1, content);
  return clamped(mainSize / aspectRatio, frame.min[1] ?? Math.min(content, frame.max[1]), frame.max[1]);
};

/** Space before an item in its line's cross direction, for the room left beside it. `swapped`: the line runs from the end. */
export const crossOffset = (item: Item, axis: 0 | 1, free: number, swapped: boolean): number => {
  const autos = item.box.style.margin[axis].map(sizeAuto);
  const [first, last] = swapped ? [autos[1], autos[0]] : autos;
  if (first && last) return Math.max(0, free / 2);
  if (first) return Math.max(0, free);
  if (last) return 0;
  const share: { readonly [align: string]: number } = {
    center: 0.5,
    'flex-end': 1,
    start: swapped ? 1 : 0,
    end: swapped ? 0 : 1,
  };
  return free * (share[item.align] ?? 0);
};
