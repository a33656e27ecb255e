import type { Rect, Size } from '../geometry/index.js';
import type { LineMeasure, Shape } from '../paint/index.js';
import type { UiEvent, WidgetId } from './input.js';
import type { LayoutStyle } from './layout/style.js';
import type { Semantics } from './output.js';
import type { Theme } from './theme.js';

export type BoxOptions = {
  /** Styles of the caller (`layout` of an Innotation), laid over the widget's own. */
  readonly layout?: LayoutStyle;
};
export type ContainerOptions = BoxOptions & {
  /** Names the container as a group for assistive technology. */
  readonly label?: string;
  /** A background and border from the theme. */
  readonly surface?: 'none' | 'panel';
};
export type ControlOptions = BoxOptions & { readonly disabled?: boolean };

export type ButtonOptions = ControlOptions & {
  /** The accessible name where it is not the label. */
  readonly name?: string;
  readonly tone?: 'normal' | 'primary';
  /** More than the label says: a tooltip, and a description for assistive technology. */
  readonly description?: string;
};
export type SliderOptions = ControlOptions & {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly valueText?: string;
};
export type SpinOptions = ControlOptions & {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** Buttons that step it, beside it; default true. */
  readonly steppers?: boolean;
};
export type CheckboxOptions = ControlOptions & { readonly label: string };
export type ToggleOptions = ControlOptions & { readonly label: string };
export type ProgressBarOptions = BoxOptions & {
  readonly label: string;
  /** What is done, 0…1; null while that is not known. */
  readonly value: number | null;
  /** Said in place of the percentage. */
  readonly valueText?: string;
};
export type ScrollAreaOptions = BoxOptions & {
  /** Names it for assistive technology. */
  readonly label: string;
  /** Distance of what it holds from its edges, CSS px; default 0. */
  readonly padding?: number;
};
/** How a text stands out: not at all, less than others, or as the title of what follows. */
export type TextTone = 'normal' | 'muted' | 'title';
export type SheetOptions = {
  /** Its title, and its name for assistive technology. */
  readonly label: string;
  /** CSS px; narrower where the window is. Default 720. */
  readonly width?: number;
  /** The accessible name of the button that closes it; default "Close". */
  readonly closeName?: string;
};
export type SeparatorOptions = BoxOptions & {
  /** How the line runs: 'horizontal' (default) between things below each other, 'vertical' between things in a row. */
  readonly direction?: 'horizontal' | 'vertical';
};
export type ListBoxOptions = ControlOptions &
  Captioned & {
    readonly label: string;
    /** Keys left unused, for shortcuts of the whole. */
    readonly reservedKeys?: readonly string[];
    /** Rows the list wants to show; default 8. */
    readonly visibleRows?: number;
  };
export type MessageOptions = BoxOptions & { readonly kind: 'status' | 'alert'; readonly action?: string };

/** Where a control's label is drawn: above it (default), or not at all; it is the accessible name in any case. */
export type Captioned = { readonly caption?: 'above' | 'none' };

export type TextFieldOptions = ControlOptions &
  Captioned & {
    readonly label: string;
    readonly invalid?: boolean;
    /** Marked as the one that is meant (the active box's field). */
    readonly marked?: boolean;
    readonly readOnly?: boolean;
    readonly multiline?: boolean;
    readonly placeholder?: string;
    /** More than the label says, as what would be right: a tooltip, and a description for assistive technology. */
    readonly description?: string;
  };

export type TextResponse = {
  /** The text after the user's edit in this frame; undefined where nothing was typed. */
  readonly edited?: string;
  readonly committed: boolean;
  readonly cancelled: boolean;
  /** Focus came into the field in this frame. */
  readonly focusGained: boolean;
  readonly focusLost: boolean;
  readonly focused: boolean;
};

/** A free area with pointer, wheel and key events of its own: an image. */
export type RegionOptions = ControlOptions & {
  readonly label: string;
  readonly roleDescription: string;
  readonly busy?: boolean;
  /** It is a list of which several can be chosen; its children are the options. Absent: a group. */
  readonly list?: { readonly active: string | null };
  /** Whether the area itself takes the keyboard's focus (default), or its children alone. */
  readonly focusable?: boolean;
  /** Preferred size; shrinks to the room there is and keeps this aspect ratio. */
  readonly size: Size;
  readonly cursor?: string;
  readonly touchAction?: Semantics['touchAction'];
  /** Called once the place is known, without its padding; shapes are clipped to the rectangle. */
  paint(rect: Rect): readonly Shape[];
  /** Children for assistive technology (boxes, as buttons). Their ids are made with `childId`. */
  children?(rect: Rect, childId: (key: string) => WidgetId): readonly Semantics[];
};

export type RegionResponse = {
  readonly id: WidgetId;
  /** Of the last layout; null in the first build. */
  readonly rect: Rect | null;
  readonly hovered: boolean;
  /** The region or one of its children has focus. */
  readonly focused: boolean;
  /** Pointer events over it or captured by it, wheel events over it, key events while focused, in order. */
  readonly events: readonly UiEvent[];
  /** Keys of children that were activated or got focus in this frame. */
  readonly activatedChild: string | null;
  readonly focusedChild: string | null;
  /** Key of the child that has focus now. */
  readonly focusedNow: string | null;
  /** What children that are sliders were set to through their elements in this frame, in order. */
  readonly values: readonly { readonly child: string; readonly value: number }[];
  /** Marks an event as used, so that the browser and outer handlers leave it alone. */
  use(event: UiEvent): void;
  capture(pointerId: number): void;
  focus(): void;
};

/** The immediate-mode layer as widgets' callers see it. Keys are unique among siblings in a frame; a duplicate throws. */
export interface Ui {
  readonly theme: Theme;
  readonly text: LineMeasure;
  readonly timeMs: number;
  /** Device px per CSS px. */
  readonly devicePixelRatio: number;
  /** The primary pointer is a finger. */
  readonly coarsePointer: boolean;

  row(key: string, options: ContainerOptions, build: () => void): void;
  column(key: string, options: ContainerOptions, build: () => void): void;

  /** A box, as large as `layout` makes it, through which more can be seen by scrolling: wheel, finger, bar, keys, focus. */
  scrollArea(key: string, options: ScrollAreaOptions, build: () => void): void;

  /**
   * A dialog over everything else, in the middle of the window, scrolled where it is longer; build it while it is open. It takes the
   * focus, and gives it back when it is gone. True in the frame in which the user closed it: by its button, Esc or a press beside it.
   */
  sheet(key: string, options: SheetOptions, build: () => void): boolean;

  label(key: string, text: string, options?: BoxOptions & { readonly tone?: TextTone }): void;
  /** True in the frame in which it was pressed and let go, or activated. */
  button(key: string, label: string, options?: ButtonOptions): boolean;
  /** The new value in the frame in which the user changed it. Steps are whole numbers. */
  slider(key: string, value: number, options: SliderOptions): number | undefined;
  /**
   * A number that can be typed and stepped. The new value when it is committed (Enter, blur,
   * arrows); only whole numbers within the limits are taken, others stay in the field, shown as invalid with what would be right,
   * until Esc or until the focus leaves.
   */
  spinField(key: string, value: number, options: SpinOptions): number | undefined;
  /** One line of text, edited by the browser's own field. `text` is shown unless the user is typing (then the draft is). */
  textField(key: string, text: string, options: TextFieldOptions): TextResponse;
  checkbox(key: string, checked: boolean, options: CheckboxOptions): boolean | undefined;
  /** A switch that is on or off. The new state in the frame in which it was thrown. */
  toggle(key: string, on: boolean, options: ToggleOptions): boolean | undefined;
  progressBar(key: string, options: ProgressBarOptions): void;
  separator(key: string, options?: SeparatorOptions): void;
  /** An always-open list; −1 is unset. The new index in the frame in which the user chose. Type-ahead and digit keys, except `reservedKeys`. */
  listBox(
    key: string,
    items: readonly string[],
    selected: number,
    options: ListBoxOptions,
  ): number | undefined;
  /** As a list box, but closed: the rows open in a popup. Closed, the list's keys choose at once. */
  comboBox(
    key: string,
    items: readonly string[],
    selected: number,
    options: ListBoxOptions,
  ): number | undefined;
  /** Shown and spoken. Returns true when its action was pressed. */
  message(key: string, text: string, options: MessageOptions): boolean;
  region(key: string, options: RegionOptions): RegionResponse;

  /** Key events of this frame that no focused widget used, for shortcuts of the whole. */
  readonly unusedKeys: readonly Extract<UiEvent, { tag: 'key' }>[];
  use(event: UiEvent): void;
  announce(text: string, assertive?: boolean): void;
  focus(id: WidgetId): void;
  repaint(reason: string, afterMs?: number): void;
}
