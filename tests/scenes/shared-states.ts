import type { Rect } from '../../src/geometry/index.js';
import type { Shape } from '../../src/paint/index.js';
import type { Renderer } from '../../src/render/index.js';
import {
  areas,
  choices,
  createUi,
  darkTheme,
  extras,
  type FrameOutput,
  lightTheme,
  PopupLayer,
  provideWidgets,
  type Semantics,
  sheets,
  type Theme,
  type Ui,
  type UiContext,
  type UiEvent,
} from '../../src/ui/index.js';
import { withLines } from '../wrapped-lines.js';
import { inter, loadInter } from './font.js';
import { type Scene, text } from './scene.js';

provideWidgets({ ...areas, ...choices, ...extras, ...sheets });

type State = 'rest' | 'hover' | 'press' | 'focus' | 'disabled';
const states: readonly State[] = ['rest', 'hover', 'press', 'focus', 'disabled'];

/** One control; what is done to it comes by events, so that the looks are those of real frames. */
type Control = (ui: Ui, disabled: boolean) => void;

const fruits = ['Apple', 'Banana', 'Cherry with a long name', 'Date', 'Elderberry'];
const width = { width: 150 };

const controls: readonly Control[] = [
  (ui, disabled) => ui.button('c', 'Button', { disabled }),
  (ui, disabled) => ui.button('c', 'Save', { disabled, tone: 'primary' }),
  (ui, disabled) => ui.checkbox('c', false, { label: 'Unchecked', disabled }),
  (ui, disabled) => ui.checkbox('c', true, { label: 'Checked', disabled }),
  (ui, disabled) => ui.slider('c', 3, { label: 'Sample', min: 0, max: 10, disabled, layout: width }),
  (ui, disabled) => ui.spinField('c', 42, { label: 'Number', min: 0, max: 99, disabled }),
  (ui, disabled) => ui.textField('c', 'One line', { label: 'Text', disabled, layout: width }),
  (ui, disabled) => ui.textField('c', 'marked', { label: 'Marked', marked: true, disabled, layout: width }),
  (ui, disabled) =>
    ui.textField('c', '1, 2, x', { label: 'Invalid', invalid: true, disabled, layout: width }),
  (ui, disabled) =>
    ui.textField('c', 'A caption', { label: 'Read only', readOnly: true, disabled, layout: width }),
  (ui, disabled) =>
    ui.textField('c', 'An area of text that wraps over lines', {
      label: 'Area',
      multiline: true,
      disabled,
      layout: width,
    }),
  (ui, disabled) => ui.comboBox('c', fruits, 1, { label: 'Dropdown', disabled, layout: width }),
  (ui, disabled) => ui.comboBox('c', fruits, -1, { label: 'Unset', disabled, layout: width }),
  (ui, disabled) => ui.listBox('c', fruits, 2, { label: 'List', visibleRows: 4, disabled, layout: width }),
  (ui, disabled) =>
    ui.listBox('c', fruits, -1, { label: 'Unset list', visibleRows: 3, disabled, layout: width }),
];

const roles: ReadonlySet<Semantics['role']> = new Set([
  'button',
  'checkbox',
  'slider',
  'spinbutton',
  'textbox',
  'combobox',
  'listbox',
]);

const controlIn = (node: Semantics): Semantics | undefined =>
  roles.has(node.role) ? node : (node.children ?? []).map(controlIn).find((found) => found !== undefined);

const pointer = (phase: 'move' | 'down', { x, y, width, height }: Rect): UiEvent => ({
  tag: 'pointer',
  phase,
  at: { x: x + Math.min(width / 2, 40), y: y + height / 2 },
  pointerId: 1,
  pointerType: 'mouse',
  button: phase === 'move' ? -1 : 0,
  buttons: phase === 'move' ? 0 : 1,
  clicks: phase === 'move' ? 0 : 1,
  modifiers: { shift: false, ctrl: false, alt: false, meta: false },
  timeMs: 0,
});

const eventsOf = (state: State, control: Semantics): readonly UiEvent[] => {
  if (state === 'hover') return [pointer('move', control.rect)];
  if (state === 'press') return [pointer('move', control.rect), pointer('down', control.rect)];
  return state === 'focus' ? [{ tag: 'focus', id: control.id, visible: true }] : [];
};

const cell = { width: 180, inset: 8 };

const frame = (ui: UiContext, events: readonly UiEvent[], build: (ui: Ui) => void): FrameOutput =>
  ui.frame(
    {
      events,
      width: cell.width - 2 * cell.inset,
      height: 400,
      viewport: { x: -10, y: -10, width: 400, height: 600 },
      popups: PopupLayer,
      devicePixelRatio: 2,
      timeMs: 1000,
      coarsePointer: false,
    },
    build,
  );

const moved = (shape: Shape, dx: number, dy: number): Shape => {
  const by = ({ x, y }: { readonly x: number; readonly y: number }) => ({ x: x + dx, y: y + dy });
  switch (shape.tag) {
    case 'clip':
      return {
        ...shape,
        rect: { ...shape.rect, ...by(shape.rect) },
        shapes: shape.shapes.map((inner) => moved(inner, dx, dy)),
      };
    case 'text':
      return { ...shape, at: by(shape.at) };
    case 'line':
      return { ...shape, from: by(shape.from), to: by(shape.to) };
    case 'tile':
      return { ...shape, target: { ...shape.target, ...by(shape.target) } };
    default:
      return { ...shape, rect: { ...shape.rect, ...by(shape.rect) } };
  }
};

/** A control in a state: its shapes from the corner, and the height it takes. Text that a focused native field shows is not drawn. */
const draw = (renderer: Renderer, theme: Theme, control: Control, state: State) => {
  const ui = createUi({ text: withLines(renderer.text), theme });
  const build = (host: Ui) => host.column('all', {}, () => control(host, state === 'disabled'));
  let output = frame(ui, [], build);
  const found = controlIn(output.semantics);
  for (const event of found ? eventsOf(state, found) : []) output = frame(ui, [event], build);
  return { shapes: output.picture, popups: output.popups, height: output.contentHeight };
};

const themeOf = (scheme: 'light' | 'dark'): Theme => ({
  ...(scheme === 'light' ? lightTheme : darkTheme),
  fontFamily: inter(14).family,
});

const rowsOf = (renderer: Renderer, theme: Theme, list: readonly Control[]): Shape[] => {
  let top = cell.inset;
  return list.flatMap((control) => {
    const drawn = states.map((state) => draw(renderer, theme, control, state));
    const at = top;
    top += Math.max(...drawn.map(({ height }) => height)) + 2 * cell.inset;
    return drawn.flatMap(({ shapes }, i) =>
      shapes.map((shape) => moved(shape, i * cell.width + cell.inset, at)),
    );
  });
};

/** Every control at rest, under the pointer, pressed, with keyboard focus, disabled, from left to right. */
export const statesIn = (scheme: 'light' | 'dark', part: 'first' | 'second'): Scene => {
  const theme = themeOf(scheme);
  const list = part === 'first' ? controls.slice(0, 9) : controls.slice(9);
  return {
    size: { width: states.length * cell.width, height: part === 'first' ? 560 : 640 },
    scale: 2,
    background: theme.background,
    tolerance: text,
    prepare: loadInter,
    picture: (renderer) => rowsOf(renderer, theme, list),
  };
};

/** What lies over everything else: the open list of a combo box, a tooltip; and the lines of messages. */
export const overlaysIn = (scheme: 'light' | 'dark'): Scene => {
  const theme = themeOf(scheme);
  return {
    size: { width: 460, height: 330 },
    scale: 2,
    background: theme.background,
    tolerance: text,
    prepare: loadInter,
    picture: (renderer) => {
      const combo = draw(renderer, theme, controls[11]!, 'press');
      const tip = createUi({ text: withLines(renderer.text), theme });
      const build = (ui: Ui) => ui.button('c', 'Next >', { description: 'Next sample (n)' });
      const at = controlIn(frame(tip, [], build).semantics)!;
      frame(tip, [pointer('move', at.rect)], build);
      const later = { width: 164, height: 400, devicePixelRatio: 2, timeMs: 3000, coarsePointer: false };
      const shown = tip.frame(
        { ...later, events: [], viewport: { x: -10, y: -10, width: 400, height: 600 }, popups: PopupLayer },
        build,
      );
      const messages = draw(
        renderer,
        theme,
        (ui) => {
          ui.message('s', 'Saved 3 samples', { kind: 'status' });
          ui.message('a', 'The server said no', { kind: 'alert', action: 'Dismiss' });
        },
        'rest',
      );
      const all = (output: { shapes: readonly Shape[]; popups: FrameOutput['popups'] }) => [
        ...output.shapes,
        ...output.popups.flatMap(({ picture }) => picture),
      ];
      return [
        ...all(combo).map((shape) => moved(shape, 10, 10)),
        ...all({ shapes: shown.picture, popups: shown.popups }).map((shape) => moved(shape, 230, 10)),
        ...all(messages).map((shape) => moved(shape, 230, 120)),
      ];
    },
  };
};
