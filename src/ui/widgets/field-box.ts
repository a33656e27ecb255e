import type { Rect } from '../../geometry/index.js';
import type { Color, Shape } from '../../paint/index.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import { roundedBox } from '../looks.js';
import type { Semantics } from '../output.js';

export type FieldState = { readonly disabled: boolean; readonly invalid: boolean; readonly marked: boolean };

/** The ground a field's text stands on. */
export const fieldFill = (host: WidgetHost, state: FieldState): Color => {
  if (state.disabled) return host.theme.surface;
  return state.marked ? host.theme.selection : host.theme.field;
};

const fieldBorder = (host: WidgetHost, id: WidgetId, state: FieldState): Color => {
  const { theme } = host;
  if (state.invalid) return theme.invalid;
  if (state.disabled) return theme.surfaceBorder;
  if (state.marked || host.isFocused(id)) return theme.accent;
  return host.isHovered(id) ? theme.textMuted : theme.controlBorder;
};

/** The box of a text or spin field. Invalid, marked and focused ones differ by the border's width as well as its colour. */
export const fieldBox = (host: WidgetHost, id: WidgetId, rect: Rect, state: FieldState): Shape => {
  const strong = state.invalid || state.marked || host.isFocused(id);
  const border = fieldBorder(host, id, state);
  return roundedBox(rect, host.theme.radiusPx, fieldFill(host, state), border, strong ? 2 : 1);
};

/** How the native field must look to lie on the drawn one. */
export const nativeStyle = (
  host: WidgetHost,
  state: FieldState,
  paddingX: number,
): NonNullable<Semantics['textStyle']> => ({
  font: host.metrics.font,
  paddingX,
  color: state.disabled ? host.theme.textDisabled : host.theme.text,
  background: fieldFill(host, state),
});
