import type { Rect } from '../geometry/index.js';
import type { Font, Picture } from '../paint/index.js';
import type { WidgetId } from './input.js';

/** What assistive technology sees of one widget; in reading order, children nested. Absent fields do not apply. */
export type Semantics = {
  readonly id: WidgetId;
  readonly role:
    | 'group'
    | 'dialog'
    | 'button'
    | 'slider'
    | 'spinbutton'
    | 'textbox'
    | 'checkbox'
    | 'switch'
    | 'progressbar'
    | 'separator'
    | 'combobox'
    | 'listbox'
    | 'option'
    | 'status'
    | 'alert'
    | 'tooltip'
    | 'text';
  readonly roleDescription?: string;
  readonly name: string;
  /** In CSS px of the canvas; what is drawn, to within 1 px. */
  readonly rect: Rect;
  readonly focusable: boolean;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly checked?: boolean;
  readonly selected?: boolean;
  readonly invalid?: boolean;
  readonly busy?: boolean;
  readonly readOnly?: boolean;
  readonly multiline?: boolean;
  /** Of a combobox: its list is open. */
  readonly expanded?: boolean;
  /** Of a combobox: the id of its list while that is open. */
  readonly controls?: WidgetId;
  /** What it holds is seen inside its rectangle alone. */
  readonly clips?: boolean;
  /** What it holds is shown over everything else, in the browser's top layer; of a dialog, nothing else can be used meanwhile. */
  readonly popup?: boolean;
  /** More than the name says, as the tooltip shows it. */
  readonly description?: string;
  /** Of a listbox or combobox: the id of the option that is active. */
  readonly activeOption?: WidgetId;
  /** Of a listbox: several options can be selected. */
  readonly multiselectable?: boolean;
  /** Of a separator: the line runs from top to bottom. */
  readonly vertical?: boolean;
  readonly setSize?: number;
  readonly positionInSet?: number;
  readonly valueNow?: number;
  readonly valueMin?: number;
  readonly valueMax?: number;
  readonly valueText?: string;
  /** The text of a textbox, spin field, combobox or message. */
  readonly value?: string;
  /** How a native text field must look to lie exactly on the drawn one. */
  readonly textStyle?: {
    readonly font: Font;
    /** Distances of its text from the rectangle's edges. */
    readonly padding: {
      readonly left: number;
      readonly right: number;
      readonly top: number;
      readonly bottom: number;
    };
    /** Of a multiline field: the lines' distance. */
    readonly lineHeightPx?: number;
    readonly color: readonly [number, number, number, number];
    readonly background: readonly [number, number, number, number];
  };
  /** The native field shows its text itself, for the drawn one has no room for all of it. */
  readonly showsText?: boolean;
  /** A pointer that goes down here is handled by the browser's own field (text editing). */
  readonly nativePointer?: boolean;
  /** Touch gestures the browser keeps over this rectangle, as in CSS touch-action; default 'manipulation'. */
  readonly touchAction?: 'none' | 'pan-y' | 'manipulation';
  readonly children?: readonly Semantics[];
};

/** What the shell is asked to do after a frame. */
export type UiRequest =
  | { readonly tag: 'focus'; readonly id: WidgetId }
  /** Spoken politely, or at once. */
  | { readonly tag: 'announce'; readonly text: string; readonly assertive: boolean }
  /** All moves of this pointer come here until it is up. */
  | { readonly tag: 'capture'; readonly pointerId: number }
  /** The browser must not act on the event that caused this frame (scroll, text selection, page zoom). */
  | { readonly tag: 'preventDefault' }
  /** Another frame is wanted: at once (an animation), or after a delay. The reason is for development. */
  | { readonly tag: 'repaint'; readonly afterMs: number; readonly reason: string };

/** What is drawn over everything else at `rect`, which may lie outside of the canvas. The picture is in CSS px of the canvas. */
export type PopupOutput = { readonly id: WidgetId; readonly rect: Rect; readonly picture: Picture };

export type FrameOutput = {
  readonly picture: Picture;
  readonly popups: readonly PopupOutput[];
  readonly semantics: Semantics;
  /** A CSS cursor. */
  readonly cursor: string;
  readonly requests: readonly UiRequest[];
  /** Height in CSS px that the content needs at this width; the shell sizes the canvas by it where the host's height is auto. */
  readonly contentHeight: number;
};
