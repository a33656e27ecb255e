import type { Rect, Size } from '../../geometry/index.js';
import { clamped, sumOf } from './flexible-lengths.js';
import type { Ends, Length, PerAxis, ResolvedStyle } from './resolve-style.js';

/** What is laid out. */
export type FlexNode = {
  readonly style: ResolvedStyle;
  readonly children: readonly FlexNode[];
  /** Size of the content of a leaf in CSS px at a width; at 0 the least width without overflow, at infinity the widest wanted. */
  readonly measure: ((availableWidth: number) => Size) | null;
  /** Border box in CSS px of the canvas, set by the solver. */
  rect: Rect;
  /** Its padding in CSS px, set by the solver. */
  padding?: Padding;
};

/** Left and right, top and bottom. */
export type Padding = PerAxis<PerAxis<number>>;

/** A height to lay out at: given (`px`), or from the content within limits. `definite`: percentages of children may refer to it. */
export type Block = {
  readonly px: number | null;
  readonly definite: boolean;
  readonly min: number;
  readonly max: number;
};

/** A child's border box relative to its parent's, and what its height was laid out with. */
export type Place = { readonly box: Box; readonly rect: Rect; readonly block: Block };
export type Arranged = { readonly height: number; readonly places: readonly Place[] };

/** A way of laying a box out, and what came of it. */
export type Answer = {
  readonly width: number;
  readonly block: Block;
  readonly parentWidth: number;
  readonly arranged: Arranged;
};

/** A node with what was found out about it in this solving. */
export type Box = {
  readonly node: FlexNode;
  readonly style: ResolvedStyle;
  readonly children: readonly Box[];
  readonly answers: Answer[];
  readonly widths: { least?: number; widest?: number };
};

export const boxOf = (node: FlexNode): Box => ({
  node,
  style: node.style,
  children: node.children.filter((child) => child.style.shown).map(boxOf),
  answers: [],
  widths: {},
});

export const pxOf = (length: Length, whole: number | null): number | null => {
  if (length === null) return null;
  if ('px' in length) return length.px;
  return whole === null ? null : length.share * whole;
};

type Px = PerAxis<number>;

/** A box's style against its parent's content box; an 'auto' size is null, an 'auto' margin 0. */
export type Frame = {
  readonly margin: PerAxis<Px>;
  readonly padding: Padding;
  /** Sums of both ends. */
  readonly margins: Px;
  readonly paddings: Px;
  readonly size: PerAxis<number | null>;
  /** Null: 'auto'. */
  readonly min: PerAxis<number | null>;
  readonly max: Px;
};

const endsIn = ([start, end]: Ends, width: number | null): Px => [
  pxOf(start, width) ?? 0,
  pxOf(end, width) ?? 0,
];

/** Percentages refer to the width of the parent's content box. */
export const paddingOf = ({ style }: Box, parentWidth: number | null): Padding => [
  endsIn(style.padding[0], parentWidth),
  endsIn(style.padding[1], parentWidth),
];

/** `parent` is the content box's size, null where it isn't definite. */
export const frameOf = (box: Box, parent: PerAxis<number | null>): Frame => {
  const { style } = box;
  const margin: PerAxis<Px> = [endsIn(style.margin[0], parent[0]), endsIn(style.margin[1], parent[0])];
  const padding = paddingOf(box, parent[0]);
  const paddings: Px = [sumOf(padding[0]), sumOf(padding[1])];
  const least = (axis: 0 | 1, length: Length) => {
    const px = pxOf(length, parent[axis]);
    return px === null ? null : Math.max(px, paddings[axis]);
  };
  /** A share of what isn't definite is no minimum, which is less than 'auto'. */
  const minimum = (axis: 0 | 1) =>
    style.min[axis] === null ? null : (least(axis, style.min[axis]) ?? paddings[axis]);
  return {
    margin,
    padding,
    margins: [sumOf(margin[0]), sumOf(margin[1])],
    paddings,
    size: [least(0, style.size[0]), least(1, style.size[1])],
    min: [minimum(0), minimum(1)],
    max: [
      least(0, style.max[0]) ?? Number.POSITIVE_INFINITY,
      least(1, style.max[1]) ?? Number.POSITIVE_INFINITY,
    ],
  };
};

/** Within the limits of an axis; an 'auto' minimum is none. */
export const limitedTo = ({ min, max, paddings }: Frame, axis: 0 | 1, size: number): number =>
  clamped(size, min[axis] ?? paddings[axis], max[axis]);

/** Content-box width that the content asks for: the least without overflow, or the widest without breaks. */
export const contentWidth = (box: Box, kind: 'least' | 'widest'): number => {
  const known = box.widths[kind];
  if (known !== undefined) return known;
  const { node, style, children } = box;
  const inLine = style.main === 0 && (style.wrap === 'nowrap' || kind === 'widest');
  const widths = children.map((child) => contribution(child, kind, inLine));
  const gaps = (pxOf(style.gap[0], null) ?? 0) * Math.max(0, children.length - 1);
  const own = node.measure?.(kind === 'least' ? 0 : Number.POSITIVE_INFINITY).width;
  const width = own ?? (inLine ? sumOf(widths) + gaps : Math.max(0, ...widths));
  box.widths[kind] = width;
  return width;
};

/**
 * Width with margins that a box adds to what its parent asks for; shares of the parent count as 'auto'. In one line an item that
 * cannot grow asks for no more than its flex base, one that cannot shrink for no less.
 */
const contribution = (box: Box, kind: 'least' | 'widest', inOneLine: boolean): number => {
  const frame = frameOf(box, [null, null]);
  const { aspectRatio, basis, grow, shrink } = box.style;
  const [width, height] = frame.size;
  const fromHeight =
    height === null || aspectRatio === null ? null : limitedTo(frame, 1, height) * aspectRatio;
  const content = (of: 'least' | 'widest') => contentWidth(box, of) + frame.paddings[0];
  const own = width ?? fromHeight ?? content(kind);
  if (!inOneLine) return Math.max(0, limitedTo(frame, 0, own) + frame.margins[0]);
  const base = pxOf(basis, null) ?? (basis === null ? width : null) ?? own;
  const wanted = Math.max(
    shrink === 0 ? base : 0,
    Math.min(grow === 0 ? base : Number.POSITIVE_INFINITY, own),
  );
  const least = frame.min[0] ?? Math.min(width ?? Number.POSITIVE_INFINITY, content('least'), frame.max[0]);
  return Math.max(0, clamped(wanted, least, frame.max[0]) + frame.margins[0]);
};
