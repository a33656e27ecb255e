import type { Rect } from '../../geometry/index.js';
import type { Shape } from '../../paint/index.js';
import { wantsActivation } from '../behaviours/keys.js';
import { presses, pressLook } from '../behaviours/press.js';
import type { CheckboxOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import { cutTooltip, lineHeightOf, roundedBox, textLine } from '../looks.js';

const boxSide = 18;
const gap = 8;

const tick = (host: WidgetHost, box: Rect, disabled: boolean): Shape[] => {
  const color = disabled ? host.theme.surface : host.theme.onAccent;
  const at = (x: number, y: number) => ({ x: box.x + x, y: box.y + y });
  return [
    { tag: 'line', from: at(4, 9.5), to: at(7.7, 13), width: 2, color },
    { tag: 'line', from: at(7.5, 13), to: at(14, 5.5), width: 2, color },
  ];
};

const paintBox = (
  host: WidgetHost,
  id: WidgetId,
  box: Rect,
  checked: boolean,
  disabled: boolean,
): Shape[] => {
  const { theme } = host;
  const look = pressLook(host, id);
  if (!checked) {
    const fill = { rest: theme.field, hover: theme.controlHover, press: theme.controlPress }[look];
    return [
      roundedBox(
        box,
        4,
        disabled ? theme.surface : fill,
        disabled ? theme.textDisabled : theme.controlBorder,
      ),
    ];
  }
  const fill = disabled ? theme.textDisabled : look === 'rest' ? theme.accent : theme.accentHover;
  return [roundedBox(box, 4, fill), ...tick(host, box, disabled)];
};

/** A flag with its words beside it. The new state in the build in which it was toggled. */
export const checkbox = (
  host: WidgetHost,
  key: string,
  checked: boolean,
  options: CheckboxOptions,
): boolean | undefined => {
  const id = host.claim(key);
  const disabled = options.disabled ?? false;
  const { font, controlHeight } = host.metrics;
  const toggled = !disabled && presses(host, id) % 2 === 1;
  const now = toggled ? !checked : checked;
  const answer = toggled ? now : undefined;
  const values = [now];
  if (host.again(id, options, values)) return answer;
  host.add({
    id,
    style: { minHeight: controlHeight, minWidth: boxSide, ...options.layout },
    content: options.label,
    measure: () => ({
      width: boxSide + gap + Math.ceil(host.text.width(options.label, font)),
      height: Math.max(boxSide, lineHeightOf(host.text, font)),
    }),
    children: [],
    hit: {
      cursor: disabled ? 'default' : 'pointer',
      disabled,
      pointer: 'press',
      wantsKey: wantsActivation,
      tooltip: (rect, _, inner) =>
        cutTooltip(host, options.label, { ...inner, width: inner.width - boxSide - gap }, rect),
    },
    look: { options, values },
    paint: (_, shapes, inner) => {
      const y = inner.y + (inner.height - boxSide) / 2;
      const words = { ...inner, x: inner.x + boxSide + gap, width: inner.width - boxSide - gap };
      const color = disabled ? host.theme.textDisabled : host.theme.text;
      const box = { x: inner.x, y, width: boxSide, height: boxSide };
      shapes.push(...paintBox(host, id, box, now, disabled), textLine(host, options.label, words, { color }));
    },
    semantics: (rect) => ({
      id,
      role: 'checkbox',
      name: options.label,
      rect,
      focusable: !disabled,
      disabled,
      checked: now,
    }),
  });
  return answer;
};
