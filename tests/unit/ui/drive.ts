import type { Point, Rect } from '../../../src/geometry/index.js';
import type { LineMeasure, Shape } from '../../../src/paint/index.js';
import {
  areas,
  choices,
  createUi,
  extras,
  type FrameInput,
  type FrameOutput,
  lightTheme,
  type Modifiers,
  type PointerInput,
  PopupLayer,
  provideWidgets,
  type Semantics,
  sheets,
  type Ui,
  type UiContext,
  type UiEvent,
} from '../../../src/ui/index.js';
import { withLines } from '../../wrapped-lines.js';

provideWidgets({ ...areas, ...choices, ...extras, ...sheets });

/** Every sign is 7 px wide at 14 px: widths that can be checked by hand. */
export const evenText = withLines({
  width: (text, font) => ([...text].length * font.sizePx) / 2,
  lineMetrics: (font) => ({ ascent: font.sizePx * 0.8, descent: font.sizePx * 0.2 }),
});

export const noModifiers: Modifiers = { shift: false, ctrl: false, alt: false, meta: false };

export const pointer = (
  phase: PointerInput['phase'],
  at: Point,
  more: Partial<PointerInput> = {},
): PointerInput => ({
  tag: 'pointer',
  phase,
  at,
  pointerId: 1,
  pointerType: 'mouse',
  button: phase === 'move' ? -1 : 0,
  buttons: phase === 'down' ? 1 : 0,
  clicks: phase === 'down' ? 1 : 0,
  modifiers: noModifiers,
  timeMs: 0,
  ...more,
});

export const key = (
  name: string,
  modifiers: Partial<Modifiers> = {},
  phase: 'down' | 'up' = 'down',
): UiEvent => ({
  tag: 'key',
  phase,
  key: name,
  code: name,
  repeat: false,
  modifiers: { ...noModifiers, ...modifiers },
});

export const wheel = (at: Point, deltaY: number): UiEvent => ({
  tag: 'wheel',
  at,
  deltaX: 0,
  deltaY,
  zoom: false,
  modifiers: noModifiers,
});

export const center = ({ rect }: Semantics): Point => ({
  x: rect.x + rect.width / 2,
  y: rect.y + rect.height / 2,
});

const flatten = (node: Semantics): readonly Semantics[] => [node, ...(node.children ?? []).flatMap(flatten)];

const flattenShapes = (shapes: readonly Shape[]): readonly Shape[] =>
  shapes.flatMap((shape) => (shape.tag === 'clip' ? [shape, ...flattenShapes(shape.shapes)] : [shape]));

/** Drives frames by hand, as a shell would, and finds widgets by role and name. */
export class Driver {
  readonly ui: UiContext;
  output: FrameOutput;
  timeMs = 1000;
  reducedMotion = false;
  /** What the window shows of the canvas's plane; the canvas where absent. */
  viewport: Rect | undefined;
  /** How often the build ran in the last frame. */
  builds = 0;

  constructor(
    readonly build: (ui: Ui) => void,
    readonly size: {
      readonly width?: number;
      readonly coarsePointer?: boolean;
      readonly text?: LineMeasure;
    } = {},
  ) {
    this.ui = createUi({ text: size.text ?? evenText, theme: lightTheme });
    this.output = this.frame();
  }

  frame(...events: readonly UiEvent[]): FrameOutput {
    const input: FrameInput = {
      events,
      width: this.size.width ?? 600,
      height: 400,
      popups: PopupLayer,
      ...(this.viewport ? { viewport: this.viewport } : {}),
      devicePixelRatio: 1,
      timeMs: this.timeMs,
      reducedMotion: this.reducedMotion,
      coarsePointer: this.size.coarsePointer ?? false,
    };
    this.builds = 0;
    this.output = this.ui.frame(input, (ui) => {
      this.builds += 1;
      this.build(ui);
    });
    return this.output;
  }

  all(): readonly Semantics[] {
    return flatten(this.output.semantics);
  }

  find(role: Semantics['role'], name: string): Semantics {
    const found = this.all().filter((node) => node.role === role && node.name === name);
    if (found.length !== 1) throw new Error(`${found.length} elements with role ${role} and name "${name}"`);
    return found[0]!;
  }

  has(role: Semantics['role'], name: string): boolean {
    return this.all().some((node) => node.role === role && node.name === name);
  }

  /** Press and release at a place, each in a frame of its own, as a mouse does. */
  click(at: Point): void {
    this.frame(pointer('move', at));
    this.frame(pointer('down', at));
    this.frame(pointer('up', at));
  }

  focus(node: Semantics, visible = true): void {
    this.frame({ tag: 'focus', id: node.id, visible });
  }

  shapes(): readonly Shape[] {
    return flattenShapes(this.output.picture);
  }

  texts(): readonly string[] {
    return this.shapes().flatMap((shape) => (shape.tag === 'text' ? [shape.text] : []));
  }

  asked(tag: FrameOutput['requests'][number]['tag']): boolean {
    return this.output.requests.some((request) => request.tag === tag);
  }
}
