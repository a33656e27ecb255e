import type { Rect } from '../../geometry/index.js';
import type { Shape } from '../../paint/index.js';
import { pressLook } from '../behaviours/press.js';
import type { SpinOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import type { LayoutStyle } from '../layout/style.js';
import { roundedBox } from '../looks.js';

/** A press that is held steps again after the first pause, then at every beat. ms. */
const firstPauseMs = 400;
const beatMs = 60;

/** One of the two buttons, and the press that is held on it. */
type Stepper = { readonly id: WidgetId; readonly by: 1 | -1; downMs: number | null; beats: number };

/** The buttons of a spin field. */
export type Steppers = { readonly more: Stepper; readonly less: Stepper };

const noOptions = {};

export const newSteppers = (host: WidgetHost, id: WidgetId): Steppers => ({
  more: { id: host.part(id, 'more'), by: 1, downMs: null, beats: 0 },
  less: { id: host.part(id, 'less'), by: -1, downMs: null, beats: 0 },
});

/** Steps since the last build of one of the two buttons: one for a press, and one a beat while it is held. */
const stepsOf = (host: WidgetHost, held: Stepper): number => {
  const { id, by } = held;
  let steps = 0;
  for (const event of host.events(id)) {
    if (event.tag !== 'pointer') continue;
    if (event.phase === 'down') Object.assign(held, { downMs: host.timeMs, beats: 0 });
    if (event.phase === 'down') steps += 1;
    if (event.phase === 'up' || event.phase === 'cancel') held.downMs = null;
  }
  if (held.downMs === null) return steps * by;
  const overdueMs = host.timeMs - held.downMs - firstPauseMs;
  const beats = overdueMs < 0 ? 0 : Math.floor(overdueMs / beatMs) + 1;
  steps += beats - held.beats;
  held.beats = beats;
  host.repaint('a stepper is held', Math.max(1, firstPauseMs + beats * beatMs - (host.timeMs - held.downMs)));
  return steps * by;
};

/** Steps that the buttons made since the last build, up counted positive. */
export const steppedBy = (host: WidgetHost, { more, less }: Steppers): number =>
  stepsOf(host, more) + stepsOf(host, less);

const sign = (host: WidgetHost, rect: Rect, by: 1 | -1, disabled: boolean): readonly Shape[] => {
  const color = disabled ? host.theme.textDisabled : host.theme.text;
  const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
  const lying: Shape = { tag: 'line', from: { x: x - 4, y }, to: { x: x + 4, y }, width: 1, color };
  const standing: Shape = { tag: 'line', from: { x, y: y - 4 }, to: { x, y: y + 4 }, width: 1, color };
  return by > 0 ? [lying, standing] : [lying];
};

/** One of the two buttons; the field bears what assistive technology is told. */
const stepper = (host: WidgetHost, { id, by }: Stepper, disabled: boolean): void => {
  const { theme } = host;
  const { controlHeight } = host.metrics;
  host.add({
    id,
    style: { flexShrink: 0, width: Math.max(26, controlHeight - 6), minHeight: controlHeight },
    content: '',
    measure: null,
    children: [],
    hit: { cursor: disabled ? 'default' : 'pointer', disabled, pointer: 'press', wantsKey: () => false },
    look: { options: noOptions, values: [disabled] },
    paint: (rect, shapes) => {
      const look = pressLook(host, id);
      const fill = { rest: theme.control, hover: theme.controlHover, press: theme.controlPress }[look];
      const border = disabled ? theme.surfaceBorder : theme.controlBorder;
      shapes.push(
        roundedBox(rect, theme.radiusPx, disabled ? theme.surface : fill, border),
        ...sign(host, rect, by, disabled),
      );
    },
    semantics: null,
  });
};

/** The field between its buttons in a row that takes the caller's styles; `add` gets those left for the field. */
export const withSteppers = (
  host: WidgetHost,
  { less, more }: Steppers,
  id: WidgetId,
  options: SpinOptions,
  add: (own: LayoutStyle) => void,
): void => {
  const frame = {
    id: host.part(id, 'frame'),
    style: { flexDirection: 'row', flexShrink: 0, gap: 2, ...options.layout },
    content: '',
    measure: null,
    children: [],
    hit: null,
    paint: null,
    semantics: null,
  };
  host.framed(frame, () => {
    stepper(host, less, options.disabled ?? false);
    add({ flexGrow: 1 });
    stepper(host, more, options.disabled ?? false);
  });
};
