import type { Point, Rect } from '../geometry/index.js';
import type { PopupLayer } from './popup-layer.js';

/** A widget's id: the path of keys from the root, joined with '/'. */
export type WidgetId = string;

export type Modifiers = {
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
};

/** One pointer of any kind. `at` in CSS px of the canvas. */
export type PointerInput = {
  readonly tag: 'pointer';
  readonly phase: 'down' | 'move' | 'up' | 'cancel' | 'leave';
  readonly at: Point;
  readonly pointerId: number;
  readonly pointerType: 'mouse' | 'pen' | 'touch';
  /** 0 primary, 1 middle, 2 secondary; −1 for a move without a change of buttons. */
  readonly button: number;
  /** The buttons held after the event, as in DOM `buttons`. */
  readonly buttons: number;
  /** 1, 2, … consecutive presses at one place; 0 for other phases. */
  readonly clicks: number;
  readonly modifiers: Modifiers;
  readonly timeMs: number;
};

/** What happened outside since the last frame, in order. Key names are those of DOM `key`. */
export type UiEvent =
  | PointerInput
  | {
      readonly tag: 'wheel';
      readonly at: Point;
      /** In CSS px, lines and pages already converted. */
      readonly deltaX: number;
      readonly deltaY: number;
      /** True for pinch on a trackpad and for ctrl+wheel. */
      readonly zoom: boolean;
      readonly modifiers: Modifiers;
    }
  | {
      readonly tag: 'key';
      readonly phase: 'down' | 'up';
      readonly key: string;
      readonly code: string;
      readonly repeat: boolean;
      readonly modifiers: Modifiers;
    }
  /** The mirror element of a widget got or lost focus. `visible`: by keyboard, so that the ring is drawn. */
  | { readonly tag: 'focus'; readonly id: WidgetId | null; readonly visible: boolean }
  /** A click that no pointer made: Enter or Space on the element, a screen reader, voice control, a script. */
  | { readonly tag: 'activate'; readonly id: WidgetId }
  /** The browser wants a dialog closed: a gesture, or a key of its own. */
  | { readonly tag: 'dismiss'; readonly id: WidgetId }
  /** The text of a native field changed under the user's hands ('input'), was finished (Enter or blur: 'commit') or given up (Esc: 'cancel'). */
  | {
      readonly tag: 'text';
      readonly id: WidgetId;
      readonly phase: 'input' | 'commit' | 'cancel';
      readonly value: string;
    }
  /** A native range, number or listbox element was set through the element. */
  | { readonly tag: 'value'; readonly id: WidgetId; readonly value: number };

export type FrameInput = {
  readonly events: readonly UiEvent[];
  /** Size of the canvas in CSS px. */
  readonly width: number;
  readonly height: number;
  /** The part of the canvas's plane that the window shows, CSS px of the canvas; popups stay inside. Absent: the canvas. */
  readonly viewport?: Rect;
  /** What popups and tooltips need, once it is loaded: until then what is open is not shown, and nothing in it is built. */
  readonly popups?: (new () => PopupLayer) | undefined;
  readonly devicePixelRatio: number;
  readonly timeMs: number;
  /** True where the primary pointer is a finger: larger targets. */
  readonly coarsePointer: boolean;
  /** The person asked for less motion: nothing moves by itself. Absent: motion is allowed. */
  readonly reducedMotion?: boolean;
};
