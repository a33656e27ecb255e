import {
  type Arranged,
  type Block,
  type Box,
  boxOf,
  type FlexNode,
  frameOf,
  limitedTo,
  type Place,
  paddingOf,
  pxOf,
} from './boxes.js';
import { clamped, distributed, flexedSizes, sumOf } from './flexible-lengths.js';
import {
  type Arrange,
  autoHeight,
  type Container,
  crossOffset,
  crossSize,
  type Item,
  itemOf,
} from './items.js';
import type { ResolvedStyle } from './resolve-style.js';

/** A line: items with the sizes they got, and its place and size across. */
type Line = {
  readonly items: readonly Item[];
  readonly sizes: readonly number[];
  readonly crosses: readonly number[];
  at: number;
  cross: number;
};

const spaced = (count: number, gap: number): number => gap * Math.max(0, count - 1);

/** Items to lines: as many as fit into `room`, at least one each. */
const linesOf = (items: readonly Item[], room: number, gap: number, main: 0 | 1): readonly Item[][] => {
  const lines: Item[][] = [];
  let used = 0;
  for (const item of items) {
    const size = clamped(item.base, item.min, item.max) + item.frame.margins[main];
    const line = lines.at(-1);
    const fits = line !== undefined && used + gap + size <= room + 1 / 64;
    if (fits) line.push(item);
    else lines.push([item]);
    used = fits ? used + gap + size : size;
  }
  return lines;
};

/** Where the items of a line begin along the main axis, from its start. */
const mainOffsets = (container: Container, line: Line, room: number, gap: number): readonly number[] => {
  const { main, reversed, justifyContent } = container.box.style;
  const outer = line.items.map((item, i) => line.sizes[i]! + item.frame.margins[main]);
  const free = room - sumOf(outer) - spaced(line.items.length, gap);
  const autos = line.items.flatMap(({ box }) => box.style.margin[main]).filter((end) => end === null).length;
  const auto = autos > 0 && free > 0 ? free / autos : 0;
  const [start, between] = distributed(justifyContent, auto > 0 ? 0 : free, line.items.length, reversed);
  let at = start;
  return line.items.map(({ box, frame }, i) => {
    const [first, last] = reversed ? ([1, 0] as const) : ([0, 1] as const);
    const autoAt = (end: 0 | 1) => (box.style.margin[main][end] === null ? auto : 0);
    const own = at + frame.margin[main][first] + autoAt(first);
    at += outer[i]! + autoAt(first) + autoAt(last) + gap + between;
    return own;
  });
};

/** Heights that children are laid out with: given where they flexed, stretched or are fixed; else from their content again. */
const blockOf = ({ box: parent, definite: whole }: Container, item: Item, height: number): Block => {
  const { frame, box } = item;
  const { basis, aspectRatio } = box.style;
  const fixed = { px: height, min: 0, max: Number.POSITIVE_INFINITY };
  if (parent.style.main === 1) {
    const used = basis === null ? frame.size[1] : pxOf(basis, whole[1]);
    return { ...fixed, definite: whole[1] !== null || used !== null };
  }
  if (item.stretched || aspectRatio !== null || frame.size[1] !== null) return { ...fixed, definite: true };
  return { px: null, definite: false, min: frame.min[1] ?? 0, max: frame.max[1] };
};

/** Spreads lines across the container: their places, and more size where they stretch. */
const placeLines = (
  { alignContent, wrap }: ResolvedStyle,
  lines: readonly Line[],
  room: number,
  gap: number,
): void => {
  const free = room - sumOf(lines.map((line) => line.cross)) - spaced(lines.length, gap);
  const stretches = alignContent === 'normal' || alignContent === 'stretch';
  if (stretches && free > 0) for (const line of lines) line.cross += free / lines.length;
  const [start, between] = distributed(alignContent, free, lines.length, wrap === 'wrap-reverse');
  let at = start;
  for (const line of lines) {
    line.at = at;
    at += line.cross + gap + between;
  }
};

const placesOf = (
  container: Container,
  line: Line,
  rooms: readonly [number, number],
  gap: number,
): readonly Place[] => {
  const { main, reversed, wrap } = container.box.style;
  const across = main === 0 ? 1 : 0;
  const swapped = wrap === 'wrap-reverse';
  const offsets = mainOffsets(container, line, rooms[main], gap);
  return line.items.map((item, i) => {
    const { frame } = item;
    const room = line.cross - frame.margins[across];
    const cross = item.stretched ? limitedTo(frame, across, room) : line.crosses[i]!;
    const first = line.at + frame.margin[across][swapped ? 1 : 0];
    const second = first + crossOffset(item, across, room - cross, swapped);
    const size = line.sizes[i]!;
    const x = reversed ? rooms[main] - offsets[i]! - size : offsets[i]!;
    const y = swapped ? rooms[across] - second - cross : second;
    const rect =
      main === 0 ? { x, y, width: size, height: cross } : { x: y, y: x, width: cross, height: size };
    return { box: item.box, rect, block: blockOf(container, item, rect.height) };
  });
};

const arrangeChildren = (box: Box, width: number, block: Block, parentWidth: number): Arranged => {
  const { style, children } = box;
  const { main } = style;
  const across = main === 0 ? 1 : 0;
  const { padding, paddings } = frameOf(box, [parentWidth, null]);
  const inHeight = (height: number) => clamped(height, block.min, block.max) - paddings[1];
  const innerHeight = block.px === null ? null : Math.max(0, block.px - paddings[1]);
  const inner = [Math.max(0, width - paddings[0]), innerHeight] as const;
  const container = { box, inner, definite: [inner[0], block.definite ? inner[1] : null] as const, arrange };
  const gaps = style.gap.map((gap, axis) => pxOf(gap, container.definite[axis]!) ?? 0);
  const [gap, lineGap] = [gaps[main]!, gaps[across]!];
  const items = children.map((child) => itemOf(container, child));
  const single = style.wrap === 'nowrap';
  const limit = single ? Number.POSITIVE_INFINITY : (inner[main] ?? block.max - paddings[1]);
  const parts = linesOf(items, limit, gap, main);
  const wanted = (part: readonly Item[]) =>
    sumOf(part.map((item) => clamped(item.base, item.min, item.max) + item.frame.margins[main])) +
    spaced(part.length, gap);
  const mainRoom = inner[main] ?? inHeight(Math.max(0, ...parts.map(wanted)) + paddings[1]);
  const lines = parts.map((part): Line => {
    const room = mainRoom - sumOf(part.map((item) => item.frame.margins[main])) - spaced(part.length, gap);
    const sizes = flexedSizes(part, room);
    const crosses = part.map((item, i) => crossSize(container, item, sizes[i]!));
    const cross = Math.max(0, ...part.map((item, i) => crosses[i]! + item.frame.margins[across]));
    return { items: part, sizes, crosses, at: 0, cross };
  });
  const natural = sumOf(lines.map((line) => line.cross)) + spaced(lines.length, lineGap);
  const crossRoom = inner[across] ?? inHeight(natural + paddings[1]);
  if (single) for (const line of lines) line.cross = crossRoom;
  else placeLines(style, lines, crossRoom, lineGap);
  const rooms = main === 0 ? ([mainRoom, crossRoom] as const) : ([crossRoom, mainRoom] as const);
  const places = lines.flatMap((line) => placesOf(container, line, rooms, gap));
  return {
    height: rooms[1] + paddings[1],
    places: places.map(({ rect, ...place }) => ({
      ...place,
      rect: { ...rect, x: rect.x + padding[0][0], y: rect.y + padding[1][0] },
    })),
  };
};

const arrangeLeaf = (box: Box, width: number, block: Block, parentWidth: number): Arranged => {
  const { paddings } = frameOf(box, [parentWidth, null]);
  const content = block.px === null ? box.node.measure?.(Math.max(0, width - paddings[0])).height : 0;
  const height = block.px ?? clamped((content ?? 0) + paddings[1], block.min, block.max);
  return { height, places: [] };
};

const sameBlock = (a: Block, b: Block): boolean =>
  a.px === b.px && a.definite === b.definite && a.min === b.min && a.max === b.max;

/** Lays a box's children out at a width; each way of asking is answered once. */
const arrange: Arrange = (box, width, block, parentWidth) => {
  for (const known of box.answers) {
    if (known.width === width && known.parentWidth === parentWidth && sameBlock(known.block, block)) {
      return known.arranged;
    }
  }
  const how = box.children.length > 0 ? arrangeChildren : arrangeLeaf;
  const arranged = how(box, width, block, parentWidth);
  box.answers.push({ width, block, parentWidth, arranged });
  return arranged;
};

const hide = (node: FlexNode, x: number, y: number): void => {
  node.rect = { x, y, width: 0, height: 0 };
  for (const child of node.children) hide(child, x, y);
};

const put = ({ box, rect, block }: Place, parentWidth: number): void => {
  box.node.rect = rect;
  const padding = paddingOf(box, parentWidth);
  box.node.padding = padding;
  for (const child of box.node.children) if (!child.style.shown) hide(child, rect.x, rect.y);
  if (box.children.length === 0) return;
  const inner = Math.max(0, rect.width - sumOf(padding[0]));
  for (const place of arrange(box, rect.width, block, parentWidth).places) {
    const own = { ...place.rect, x: rect.x + place.rect.x, y: rect.y + place.rect.y };
    put({ ...place, rect: own }, inner);
  }
};

/** Lays a tree out at (0, 0) in a border box `width` CSS px wide; its height comes from style or content. Sets every `rect`. */
export const solve = (root: FlexNode, width: number): void => {
  const box = boxOf(root);
  const frame = frameOf(box, [width, null]);
  const limits = { min: frame.min[1] ?? 0, max: frame.max[1] };
  const fixed = frame.size[1] === null ? null : limitedTo(frame, 1, frame.size[1]);
  const block = { ...autoHeight, ...limits, px: fixed, definite: fixed !== null };
  const { height } = arrange(box, width, block, width);
  put({ box, rect: { x: 0, y: 0, width, height }, block }, width);
};
