import type { Rect } from '../../geometry/index.js';
import type { Shape } from '../../paint/index.js';
import { wantsActivation } from '../behaviours/keys.js';
import { presses, pressLook } from '../behaviours/press.js';
import { transition } from '../behaviours/transition.js';
import type { ToggleOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import { cutTooltip, lineHeightOf, roundedBox, textLine } from '../looks.js';

const track = { width: 36, height: 20 };
/** Distance of the thumb from the track's edge, CSS px. */
const inset = 4;
const gap = 8;

/** `share`: where the thumb is, from off (0) to on (1). On and off differ by the track's fill and the thumb's side. */
const paintTrack = (
  host: WidgetHost,
  id: WidgetId,
  box: Rect,
  share: number,
  disabled: boolean,
): readonly Shape[] => {
  const { theme } = host;
  const rest = pressLook(host, id) === 'rest';
  const on = share >= 0.5;
  const strong = disabled ? theme.textDisabled : on && !rest ? theme.accentHover : theme.accent;
  const ground = disabled ? theme.surface : rest ? theme.field : theme.controlHover;
  const edge = disabled ? theme.textDisabled : theme.controlBorder;
  const side = box.height - 2 * inset;
  const x = box.x + inset + share * (box.width - 2 * inset - side);
  const thumb = { x, y: box.y + inset, width: side, height: side };
  const ink = on
    ? disabled
      ? theme.surface
      : theme.onAccent
    : disabled
      ? theme.textDisabled
      : theme.textMuted;
  return [
    roundedBox(box, box.height / 2, on ? strong : ground, on ? strong : edge),
    roundedBox(thumb, side / 2, ink),
  ];
};

/** A switch with its words beside it. The new state in the build in which it was thrown. */
export const toggle = (
  host: WidgetHost,
  key: string,
  on: boolean,
  options: ToggleOptions,
): boolean | undefined => {
  const id = host.claim(key);
  const { label, disabled = false } = options;
  const { font, controlHeight } = host.metrics;
  const thrown = !disabled && presses(host, id) % 2 === 1;
  const now = thrown ? !on : on;
  const share = transition(host, id, now);
  const words = (inner: Rect): Rect => ({
    ...inner,
    x: inner.x + track.width + gap,
    width: Math.max(0, inner.width - track.width - gap),
  });
  host.add({
    id,
    style: { minHeight: controlHeight, minWidth: track.width, ...options.layout },
    content: label,
    measure: () => ({
      width: track.width + gap + Math.ceil(host.text.width(label, font)),
      height: Math.max(track.height, lineHeightOf(host.text, font)),
    }),
    children: [],
    hit: {
      cursor: disabled ? 'default' : 'pointer',
      disabled,
      pointer: 'press',
      wantsKey: wantsActivation,
      tooltip: (rect, _, inner) => cutTooltip(host, label, words(inner), rect),
    },
    paint: (_, shapes, inner) => {
      const box = { x: inner.x, y: inner.y + (inner.height - track.height) / 2, ...track };
      const color = disabled ? host.theme.textDisabled : host.theme.text;
      shapes.push(
        ...paintTrack(host, id, box, share, disabled),
        textLine(host, label, words(inner), { color }),
      );
    },
    semantics: (rect) => ({
      id,
      role: 'switch',
      name: label,
      rect,
      focusable: !disabled,
      disabled,
      checked: now,
    }),
  });
  return thrown ? now : undefined;
};
