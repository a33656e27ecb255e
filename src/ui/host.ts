import type { Point, Rect } from '../geometry/index.js';
import type { Font, LineMeasure } from '../paint/index.js';
import type { UiEvent, WidgetId } from './input.js';
import type { Delivered } from './interaction.js';
import type { KeyInput, Look, NewNode } from './node.js';
import type { Theme } from './theme.js';

/** What every widget measures by, from the theme and the kind of pointer. CSS px. */
export type Metrics = { readonly font: Font; readonly controlHeight: number; readonly space: number };

/**
 * What a popup belongs to: a widget, or a place in CSS px of the canvas; `matchWidth`: it is at least as wide. A dialog of that name
 * stands in the middle of the window, and nothing else can be used meanwhile.
 */
export type PopupOptions =
  | { readonly anchor: WidgetId | Rect; readonly matchWidth: boolean }
  | { readonly dialog: string };

/** What a widget function sees of the build it stands in. */
export interface WidgetHost {
  readonly theme: Theme;
  readonly text: LineMeasure;
  readonly metrics: Metrics;
  readonly timeMs: number;
  /** The person asked for less motion: nothing moves by itself. */
  readonly reducedMotion: boolean;
  /** The id of a key here; throws where a sibling has it already. */
  claim(key: string): WidgetId;
  /** The id of a part of a widget that has a node or state of its own. */
  part(id: WidgetId, name: string): WidgetId;
  /** Takes the node over. */
  add(node: NewNode): void;
  /**
   * Adds the widget as it stands in the last layout, with the frame and parts around it; false where it must be made, since it is new or
   * its node was made of other options or values.
   */
  again(id: WidgetId, options: Look['options'], values: Look['values']): boolean;
  /**
   * Adds a node that is made of its look alone, and everything that `build` adds as its children, keys stacked on its id: the very node of
   * the last layout, where look and children are those of then.
   */
  container(id: WidgetId, look: Look, make: () => NewNode, build: () => void): void;
  /** Adds the node and everything that `build` adds as its children, keys stacked on its id. */
  within(node: NewNode, keyed: boolean, build: () => void): void;
  /** Adds a frame that makes up one widget with the parts that `build` adds, none of which is the caller's. */
  framed(frame: NewNode, build: () => void): void;
  /** As `within`, shown over everything else, outside of rows and host, placed by its anchor. */
  popup(node: NewNode, options: PopupOptions, build: () => void): void;
  /** The part of the canvas's plane that can be seen, CSS px of the canvas. */
  readonly viewport: Rect;
  /** What reached this widget in this build, in order. */
  events(id: WidgetId): readonly Delivered[];
  /** Key events of this build that no focused widget had asked for, used or not. */
  readonly otherKeys: readonly KeyInput[];
  /** Its place in the last layout; null where it was not there. */
  lastRect(id: WidgetId): Rect | null;
  /** The content box of that place. */
  lastInner(id: WidgetId): Rect | null;
  /** State kept from frame to frame while the widget is seen. */
  kept<T extends object>(id: WidgetId, initial: () => T): T;
  isHovered(id: WidgetId): boolean;
  /** Where the pointer hovers over the widget; null where it does not. */
  hoverAt(id: WidgetId): Point | null;
  /** A pointer pressed it and is not up yet. */
  isHeld(id: WidgetId): boolean;
  isFocused(id: WidgetId): boolean;
  readonly focused: WidgetId | null;
  /** Something was answered: what is shown may be old, so the build runs once more. */
  answered(): void;
  /** Spoken politely, or at once. */
  announce(text: string, assertive: boolean): void;
  use(event: UiEvent): void;
  capture(pointerId: number, id: WidgetId): void;
  focus(id: WidgetId): void;
  /** Another frame after a delay in ms, 0 for the next one. */
  repaint(reason: string, afterMs: number): void;
}
