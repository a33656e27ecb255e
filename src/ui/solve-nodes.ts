import type { Rect } from '../geometry/index.js';
import { type BoxStyle, boxStyle } from './box-style.js';
import { type FlexItem, flexSizes, justified } from './flex-line.js';
import type { WidgetNode } from './node.js';

/** A node with its styles read and what was measured of it in this solving. */
type Box = {
  readonly node: WidgetNode;
  readonly style: BoxStyle;
  readonly children: readonly Box[];
  readonly heights: Map<number, number>;
  least: number | null;
  widest: number | null;
};

/** A child's border box, relative to its parent's. */
type Place = { readonly box: Box; readonly rect: Rect };
type Arranged = { readonly height: number; readonly places: readonly Place[] };

const boxOf = (node: WidgetNode, em: number): Box => ({
  node,
  style: boxStyle(node.style, em),
  children: node.children.filter((child) => child.style.display !== 'none').map((child) => boxOf(child, em)),
  heights: new Map(),
  least: null,
  widest: null,
});

const between = (low: number | null, high: number | null, size: number): number =>
  Math.max(low ?? 0, Math.min(high ?? Number.POSITIVE_INFINITY, size));

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const marginX = ({ style }: Box): number => style.margin[1] + style.margin[3];
const marginY = ({ style }: Box): number => style.margin[0] + style.margin[2];
const paddingX = ({ style }: Box): number => style.padding[1] + style.padding[3];
const paddingY = ({ style }: Box): number => style.padding[0] + style.padding[2];

const widthInside = ({ node, style, children }: Box, kind: 'least' | 'widest'): number => {
  if (node.measure) return node.measure(kind === 'least' ? 0 : Number.POSITIVE_INFINITY).width;
  const widths = children.map((child) => outerWidth(child, kind) + marginX(child));
  const inLine = style.isRow && !(style.wraps && kind === 'least');
  const gaps = style.columnGap * Math.max(0, children.length - 1);
  return inLine ? sumOf(widths) + gaps : Math.max(0, ...widths);
};

/** Width that what is inside asks for, padding included: without overflow, or without breaks. */
const contentWidth = (box: Box, kind: 'least' | 'widest'): number => {
  box[kind] ??= widthInside(box, kind) + paddingX(box);
  return box[kind];
};

const limitedWidth = (box: Box, room: number | null, width: number): number =>
  Math.max(paddingX(box), between(box.style.minWidth(room), box.style.maxWidth(room), width));

const limitedHeight = (box: Box, room: number | null, height: number): number =>
  Math.max(paddingY(box), between(box.style.minHeight(room), box.style.maxHeight(room), height));

/** Width the box contributes to its parent's own. */
const outerWidth = (box: Box, kind: 'least' | 'widest'): number =>
  limitedWidth(box, null, box.style.width(null) ?? contentWidth(box, kind));

const contentHeight = (box: Box, width: number): number => {
  const known = box.heights.get(width);
  if (known !== undefined) return known;
  const height = box.node.measure ? box.node.measure(width).height : arrange(box, width, null).height;
  box.heights.set(width, height);
  return height;
};

const naturalHeight = (box: Box, width: number): number =>
  limitedHeight(box, null, box.style.height(null) ?? contentHeight(box, width));

const alignOf = (parent: Box, child: Box): string =>
  child.style.alignSelf === 'auto' ? parent.style.alignItems : child.style.alignSelf;

const shareBefore = (align: string): number =>
  align === 'center' ? 0.5 : align === 'flex-end' || align === 'end' ? 1 : 0;

const unlimited = Number.POSITIVE_INFINITY;

/** The base size along the main axis: an unknown share of nothing known, and 'content', are what is inside. */
const baseSize = (style: BoxStyle, room: number | null, own: number | null, content: () => number): number =>
  style.hasBasis ? (style.basis(room) ?? content()) : (own ?? content());

const rowItem = (child: Box, room: number): FlexItem => {
  const { style } = child;
  const width = style.width(room);
  const max = style.maxWidth(room) ?? unlimited;
  const least = () => Math.min(width ?? unlimited, max, contentWidth(child, 'least'));
  return {
    base: Math.max(
      paddingX(child),
      baseSize(style, room, width, () => contentWidth(child, 'widest')),
    ),
    min: Math.max(paddingX(child), style.minWidth(room) ?? least()),
    max,
    grow: style.grow,
    shrink: style.shrink,
  };
};

/** Children to a line, as many as fit where the row wraps. */
const linesOf = (box: Box, room: number): readonly (readonly Box[])[] => {
  if (!box.style.wraps) return [box.children];
  const lines: Box[][] = [[]];
  let used = 0;
  for (const child of box.children) {
    const item = rowItem(child, room);
    const width = between(item.min, item.max, item.base) + marginX(child);
    const line = lines.at(-1)!;
    const after = used + width + (line.length > 0 ? box.style.columnGap : 0);
    if (line.length > 0 && after > room + 0.01) lines.push([child]);
    else line.push(child);
    used = lines.at(-1) === line ? after : width;
  }
  return lines;
};

/** One line of a row, from `top` down; `room` its inner width, `least` the height it has at least. */
const arrangeLine = (
  box: Box,
  line: readonly Box[],
  room: number,
  top: number,
  lineHeight: number | null,
) => {
  const { style } = box;
  const gaps = style.columnGap * Math.max(0, line.length - 1);
  const widths = flexSizes(
    line.map((child) => rowItem(child, room)),
    room - gaps - sumOf(line.map(marginX)),
  );
  const heights = line.map((child, i) => naturalHeight(child, widths[i]!));
  const height = lineHeight ?? Math.max(0, ...line.map((child, i) => heights[i]! + marginY(child)));
  const left = room - gaps - sumOf(widths) - sumOf(line.map(marginX));
  const [start, extra] = justified(style.justify, left, line.length);
  let x = style.padding[3] + start;
  const places = line.map((child, i): Place => {
    const spare = height - marginY(child) - heights[i]!;
    const align = alignOf(box, child);
    const stretched = align === 'stretch' && child.style.height(null) === null;
    const { margin } = child.style;
    const own = stretched ? limitedHeight(child, null, heights[i]! + spare) : heights[i]!;
    const y = top + margin[0] + (stretched ? 0 : spare * shareBefore(align));
    const rect = { x: x + margin[3], y, width: widths[i]!, height: own };
    x += widths[i]! + marginX(child) + style.columnGap + extra;
    return { box: child, rect };
  });
  return { height, places };
};

/** The lines below each other, each higher by `extra` than what it holds. */
const arrangeLines = (box: Box, room: number, extra: number): Arranged => {
  const { style } = box;
  let top = style.padding[0];
  const places: Place[] = [];
  for (const line of linesOf(box, room)) {
    const natural = extra === 0 ? null : arrangeLine(box, line, room, top, null).height + extra;
    const arranged = arrangeLine(box, line, room, top, natural);
    places.push(...arranged.places);
    top += arranged.height + style.rowGap;
  }
  return { height: top - style.rowGap + style.padding[2], places };
};

const arrangeRow = (box: Box, width: number, height: number | null): Arranged => {
  const { style } = box;
  const room = width - paddingX(box);
  if (!style.wraps && height !== null) {
    const { places } = arrangeLine(box, box.children, room, style.padding[0], height - paddingY(box));
    return { height, places };
  }
  const natural = arrangeLines(box, room, 0);
  const spare = height === null ? 0 : height - natural.height;
  return spare > 0 ? arrangeLines(box, room, spare / linesOf(box, room).length) : natural;
};

const widthInColumn = (box: Box, child: Box, room: number): number => {
  const free = room - marginX(child);
  const fitting = () => Math.min(contentWidth(child, 'widest'), Math.max(contentWidth(child, 'least'), free));
  const width = child.style.width(room) ?? (alignOf(box, child) === 'stretch' ? free : fitting());
  return limitedWidth(child, room, width);
};

/** `room` is null where shares of the column's height are shares of nothing known. */
const columnItem = (child: Box, width: number, room: number | null): FlexItem => {
  const { style } = child;
  const height = style.height(room);
  const max = style.maxHeight(room) ?? unlimited;
  const content = () => contentHeight(child, width);
  return {
    base: Math.max(paddingY(child), baseSize(style, room, height, content)),
    min: Math.max(paddingY(child), style.minHeight(room) ?? Math.min(height ?? unlimited, max, content())),
    max,
    grow: style.grow,
    shrink: style.shrink,
  };
};

const arrangeColumn = (box: Box, width: number, height: number | null, isKnown: boolean): Arranged => {
  const { style, children } = box;
  const room = width - paddingX(box);
  const inner = height === null ? null : height - paddingY(box);
  const widths = children.map((child) => widthInColumn(box, child, room));
  const items = children.map((child, i) => columnItem(child, widths[i]!, isKnown ? inner : null));
  const around = style.rowGap * Math.max(0, children.length - 1) + sumOf(children.map(marginY));
  const natural = items.map((item) => between(item.min, item.max, item.base));
  const heights = inner === null ? natural : flexSizes(items, inner - around);
  const left = inner === null ? 0 : inner - around - sumOf(heights);
  const [start, extra] = justified(style.justify, left, children.length);
  let y = style.padding[0] + start;
  const places = children.map((child, i): Place => {
    const spare = room - marginX(child) - widths[i]!;
    const x = style.padding[3] + child.style.margin[3] + spare * shareBefore(alignOf(box, child));
    const rect = { x, y: y + child.style.margin[0], width: widths[i]!, height: heights[i]! };
    y += heights[i]! + marginY(child) + style.rowGap + extra;
    return { box: child, rect };
  });
  return { height: sumOf(heights) + around + paddingY(box), places };
};

/** Places what is in a box. `isKnown`: its height is given by styles, not by what is inside, so that shares of it mean something. */
const arrange = (box: Box, width: number, height: number | null, isKnown = false): Arranged =>
  box.style.isRow ? arrangeRow(box, width, height) : arrangeColumn(box, width, height, isKnown);

const hide = (node: WidgetNode, at: Rect): void => {
  node.rect = { x: at.x, y: at.y, width: 0, height: 0 };
  for (const child of node.children) hide(child, at);
};

const put = (box: Box, rect: Rect): void => {
  box.node.rect = rect;
  for (const child of box.node.children) if (child.style.display === 'none') hide(child, rect);
  if (box.children.length === 0) return;
  for (const { box: child, rect: own } of arrange(
    box,
    rect.width,
    rect.height,
    box.style.height(null) !== null,
  ).places) {
    put(child, { ...own, x: rect.x + own.x, y: rect.y + own.y });
  }
};

/**
 * Places nodes below each other in a canvas `width` CSS px wide, `gap` apart, by the rules of CSS flexbox; returns the height they
 * take. `em` is the font's size in CSS px. Nodes with `display: none` have no size and take no room.
 */
export const solveNodes = (roots: readonly WidgetNode[], width: number, gap: number, em: number): number => {
  const shown = roots.filter((root) => root.style.display !== 'none');
  const style = { flexDirection: 'column', rowGap: gap };
  const parts = { content: '', measure: null, hit: null, paint: null, semantics: null };
  const rect = { x: 0, y: 0, width, height: 0 };
  const root = boxOf({ ...parts, id: '', style, children: [...shown], rect }, em);
  for (const node of roots) if (!shown.includes(node)) hide(node, rect);
  const height = naturalHeight(root, width);
  put(root, { ...rect, height });
  return height;
};
