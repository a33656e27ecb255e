import type { Rect } from '../../geometry/index.js';
import type { Color, Shape } from '../../paint/index.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import { insetX, roundedBox, textLine } from '../looks.js';
import type { Hit } from '../node.js';
import type { Semantics } from '../output.js';

export type FieldState = {
  readonly disabled: boolean;
  readonly invalid: boolean;
  readonly marked: boolean;
  /** Looks like a caption: nothing can be written into it. */
  readonly readOnly?: boolean;
};

/** The ground a field's text stands on. */
export const fieldFill = (host: WidgetHost, state: FieldState): Color => {
  if (state.disabled || (state.readOnly && !state.marked)) return host.theme.surface;
  return state.marked ? host.theme.selection : host.theme.field;
};

const fieldBorder = (host: WidgetHost, id: WidgetId, state: FieldState): Color => {
  const { theme } = host;
  if (state.invalid) return theme.invalid;
  if (state.disabled) return theme.surfaceBorder;
  if (state.marked || host.isFocused(id)) return theme.accent;
  if (state.readOnly) return theme.surfaceBorder;
  return host.isHovered(id) ? theme.textMuted : theme.controlBorder;
};

/** Room for the mark of an invalid field at its right end, CSS px. */
export const markRoom = 14;

const invalidMark = (host: WidgetHost, rect: Rect): Shape => {
  const font = { ...host.metrics.font, weight: 700 };
  return textLine(host, '!', insetX(rect, 10), { color: host.theme.invalid, align: 'right', font });
};

/**
 * The box of a text or spin field. Marked and focused ones differ by the border's width as well as its colour, invalid ones by a sign
 * too.
 */
export const fieldBox = (host: WidgetHost, id: WidgetId, rect: Rect, state: FieldState): Shape[] => {
  const strong = state.invalid || state.marked || host.isFocused(id);
  const border = fieldBorder(host, id, state);
  const box = roundedBox(rect, host.theme.radiusPx, fieldFill(host, state), border, strong ? 2 : 1);
  return state.invalid ? [box, invalidMark(host, rect)] : [box];
};

/** A tooltip that says more than the label does; none where there is no more to say. */
export const described = (description: string | undefined): Pick<Hit, 'tooltip'> =>
  description === undefined ? {} : { tooltip: (rect) => ({ text: description, rect }) };

/** How the native field must look to lie on the drawn one, with its text in `inner`. */
export const nativeStyle = (
  host: WidgetHost,
  state: FieldState,
  rect: Rect,
  inner: Rect,
): NonNullable<Semantics['textStyle']> => ({
  font: host.metrics.font,
  padding: {
    left: inner.x - rect.x,
    right: rect.x + rect.width - inner.x - inner.width,
    top: inner.y - rect.y,
    bottom: rect.y + rect.height - inner.y - inner.height,
  },
  color: state.disabled ? host.theme.textDisabled : host.theme.text,
  background: fieldFill(host, state),
});
