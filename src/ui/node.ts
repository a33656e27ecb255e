import type { Point, Rect, Size } from '../geometry/index.js';
import type { Shape } from '../paint/index.js';
import type { Appearance, Whole } from './appearances.js';
import type { UiEvent, WidgetId } from './input.js';
import type { Padding } from './layout/boxes.js';
import type { ResolvedStyle } from './layout/resolve-style.js';
import type { LayoutStyle } from './layout/style.js';
import type { Semantics } from './output.js';
import type { Slot } from './widget-slots.js';

export type KeyInput = Extract<UiEvent, { tag: 'key' }>;
export type WheelInput = Extract<UiEvent, { tag: 'wheel' }>;

/** A node before the layout. */
export type NewNode = Omit<
  WidgetNode,
  'rect' | 'padding' | 'seen' | 'resolved' | 'slot' | 'frame' | 'appearance' | 'since' | 'whole'
>;

/** What a widget says of itself beside `rect`, CSS px of the canvas: itself, or a part of it. */
export type Tooltip = { readonly text: string; readonly rect: Rect };

/** How a node takes part in pointing and typing. */
export type Hit = {
  readonly cursor: string;
  /** Takes no events and shows no hover, but hides what lies under it. */
  readonly disabled: boolean;
  /**
   * Who a pointer that goes down belongs to: the widget, the browser's own field, or the caller (who may capture it). A widget that
   * scrolls takes a finger from what it holds when that moves up or down.
   */
  readonly pointer: 'press' | 'native' | 'free' | 'scroll';
  /** It takes pointers wherever they are, so that nothing drawn before it can be used. */
  readonly everywhere?: boolean;
  /** It scrolls by fingers itself: no scrolling widget around it takes them. */
  readonly keepsFingers?: boolean;
  /** Whether a focused widget wants this key; the others are shortcuts of the whole. */
  readonly wantsKey: (key: KeyInput, timeMs: number) => boolean;
  /** The tooltip at a place in the widget, or of the whole (null): more than the name says, or a text that is cut. Null for none. */
  readonly tooltip?: (rect: Rect, at: Point | null, inner: Rect) => Tooltip | null;
  /** Whether the wheel has something to scroll in the widget, given the place of its content. */
  readonly wantsWheel?: (wheel: WheelInput, inner: Rect) => boolean;
};

/**
 * Everything that a node's shapes and semantics hang on beside its place, the theme, fonts, and hover, press and focus on itself: the
 * options, `layout` apart, and further values.
 */
export type Look = {
  readonly options: { readonly [name: string]: unknown };
  readonly values: readonly unknown[];
};

/** What a widget leaves behind in a build: a box for the layout and how it looks and reads once its place is known. */
export type WidgetNode = {
  readonly id: WidgetId;
  /** The widget's own styles with the caller's laid over them. */
  readonly style: LayoutStyle;
  /** Equal content measures equally. */
  readonly content: string;
  /** Size in CSS px at a width that is given or, where it is infinite, the widest wanted. */
  readonly measure: ((availableWidth: number) => Size) | null;
  readonly children: WidgetNode[];
  readonly hit: Hit | null;
  /** `inner` is the content box: the place without the padding. */
  readonly paint: ((rect: Rect, shapes: Shape[], inner: Rect) => void) | null;
  readonly semantics: ((rect: Rect, children: readonly Semantics[], inner: Rect) => Semantics) | null;
  /**
   * Where equal to the last frame's, what it looked like and told then is taken again; a function, where it hangs on the place. One that
   * is told at once says all that the node was made of, so that `again` may add the very node. Absent: made anew in every frame.
   */
  readonly look?: Look | ((node: WidgetNode) => Look);
  /** What it holds is shifted up by this, CSS px, and seen inside its own place alone. Absent: it does not scroll. */
  readonly scrollTop?: number;
  /** Place in CSS px of the canvas, set by the layout. */
  rect: Rect;
  /** CSS px, set by the layout; what it holds or shows is inset by it. */
  padding: Padding;
  /** The style as the layout read it. */
  resolved?: ResolvedStyle | undefined;
  /** Its place among all. */
  slot: Slot;
  /** The node that it makes up one widget with, around it. */
  frame?: WidgetNode | undefined;
  /** What it looked like last. */
  appearance?: Appearance | undefined;
  /** The first frame it was shown in. */
  since?: number | undefined;
  /** What it and all it holds looked like and told. */
  whole?: Whole | undefined;
  /** What of the plane its scrolling ancestors let be seen of it, set by the layout; null for all. */
  seen: Rect | null;
};

export const noPadding: Padding = [
  [0, 0],
  [0, 0],
];

/** A node's content box, CSS px of the canvas. */
export const innerOf = ({ rect, padding }: WidgetNode): Rect => {
  const [[left, right], [top, bottom]] = padding;
  return {
    x: rect.x + left,
    y: rect.y + top,
    width: Math.max(0, rect.width - left - right),
    height: Math.max(0, rect.height - top - bottom),
  };
};
