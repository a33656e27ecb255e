import type { Color } from '../../paint/index.js';
import { wantsActivation } from '../behaviours/keys.js';
import { presses, pressLook } from '../behaviours/press.js';
import type { ButtonOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import { cutTooltip, lineHeightOf, paddingX, roundedBox, textLine } from '../looks.js';

type Look = { readonly fill: Color; readonly border: Color; readonly text: Color };

const buttonLook = (host: WidgetHost, id: WidgetId, options: ButtonOptions): Look => {
  const { theme } = host;
  if (options.disabled) return { fill: theme.surface, border: theme.surfaceBorder, text: theme.textDisabled };
  const state = pressLook(host, id);
  if (options.tone === 'primary') {
    const fill = state === 'rest' ? theme.accent : theme.accentHover;
    return { fill, border: fill, text: theme.onAccent };
  }
  const fill = state === 'rest' ? theme.control : state === 'hover' ? theme.controlHover : theme.controlPress;
  return { fill, border: theme.controlBorder, text: theme.text };
};

/** True in the build in which it was pressed. A label longer than its room is cut with an ellipsis. */
export const button = (host: WidgetHost, key: string, text: string, options: ButtonOptions = {}): boolean => {
  const id = host.claim(key);
  const disabled = options.disabled ?? false;
  const { font, controlHeight } = host.metrics;
  const pressed = !disabled && presses(host, id) > 0;
  const values = [text];
  if (host.again(id, options, values)) return pressed;
  host.add({
    id,
    style: {
      flexShrink: 0,
      maxWidth: '100%',
      minHeight: controlHeight,
      minWidth: controlHeight,
      padding: `0 ${paddingX}px`,
      ...options.layout,
    },
    content: text,
    measure: () => ({
      width: Math.ceil(host.text.width(text, font)) + 4,
      height: lineHeightOf(host.text, font),
    }),
    children: [],
    hit: {
      cursor: disabled ? 'default' : 'pointer',
      disabled,
      pointer: 'press',
      wantsKey: wantsActivation,
      tooltip: (rect, _, inner) =>
        options.description === undefined
          ? cutTooltip(host, text, inner, rect)
          : { text: options.description, rect },
    },
    look: { options, values },
    paint: (rect, shapes, inner) => {
      const look = buttonLook(host, id, options);
      shapes.push(roundedBox(rect, host.theme.radiusPx, look.fill, look.border));
      shapes.push(textLine(host, text, inner, { color: look.text, align: 'center' }));
    },
    semantics: (rect) => ({
      id,
      role: 'button',
      name: options.name ?? text,
      rect,
      focusable: !disabled,
      disabled,
      ...(options.description === undefined ? {} : { description: options.description }),
    }),
  });
  return pressed;
};
