import { clamp, type Rect } from '../../geometry/index.js';
import type { Color, Shape } from '../../paint/index.js';
import { isPlain, steppedValue } from '../behaviours/keys.js';
import { pressLook } from '../behaviours/press.js';
import type { SliderOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { PointerInput, WidgetId } from '../input.js';
import { roundedBox } from '../looks.js';

const thumbRadius = 8;
const trackHeight = 4;

/** How far the pointer took the thumb from its middle, so that it does not jump when grabbed off centre. CSS px. */
type Grab = { offset: number };

const thumbX = (rect: Rect, value: number, { min, max }: SliderOptions): number => {
  const share = max > min ? (clamp(value, min, max) - min) / (max - min) : 0;
  return rect.x + thumbRadius + share * Math.max(0, rect.width - 2 * thumbRadius);
};

const valueAt = (rect: Rect, x: number, { min, max }: SliderOptions): number => {
  const length = rect.width - 2 * thumbRadius;
  if (length <= 0) return min;
  return Math.round(min + clamp((x - rect.x - thumbRadius) / length, 0, 1) * (max - min));
};

const dragged = (rect: Rect, value: number, event: PointerInput, options: SliderOptions, grab: Grab) => {
  if (event.phase === 'down') {
    const offset = event.at.x - thumbX(rect, value, options);
    grab.offset = Math.abs(offset) <= thumbRadius ? offset : 0;
  }
  return event.phase === 'down' || event.phase === 'move'
    ? valueAt(rect, event.at.x - grab.offset, options)
    : value;
};

const pageOf = ({ min, max }: SliderOptions): number => Math.max(1, Math.round((max - min) / 10));

/** The value after this build's events. */
const follow = (host: WidgetHost, id: WidgetId, value: number, options: SliderOptions): number => {
  const rect = host.lastInner(id);
  const grab = host.kept<Grab>(id, () => ({ offset: 0 }));
  let now = value;
  for (const event of host.events(id)) {
    if (event.tag === 'value') now = clamp(Math.round(event.value), options.min, options.max);
    if (event.tag === 'pointer' && rect) now = dragged(rect, now, event, options, grab);
    if (event.tag === 'key' && event.phase === 'down') {
      now = steppedValue(event, now, options.min, options.max, pageOf(options)) ?? now;
      host.use(event);
    }
  }
  return now;
};

const thumbColor = (host: WidgetHost, id: WidgetId, disabled: boolean): Color => {
  if (disabled) return host.theme.textDisabled;
  return pressLook(host, id) === 'rest' && !host.isHeld(id) ? host.theme.accent : host.theme.accentHover;
};

const paintSlider = (
  host: WidgetHost,
  id: WidgetId,
  value: number,
  options: SliderOptions,
  rect: Rect,
): Shape[] => {
  const { theme } = host;
  const disabled = options.disabled ?? false;
  const middle = rect.y + rect.height / 2;
  const x = thumbX(rect, value, options);
  const track = { x: rect.x, y: middle - trackHeight / 2, width: rect.width, height: trackHeight };
  const color = thumbColor(host, id, disabled);
  const side = 2 * thumbRadius;
  const thumb = { x: x - thumbRadius, y: middle - thumbRadius, width: side, height: side };
  return [
    roundedBox(track, trackHeight / 2, disabled ? theme.surfaceBorder : theme.controlBorder),
    roundedBox({ ...track, width: x - rect.x }, trackHeight / 2, color),
    roundedBox(thumb, thumbRadius, color, theme.background, 2),
  ];
};

/** A whole number between two limits, by drag, press on the track, keys, or the native element. */
export const slider = (
  host: WidgetHost,
  key: string,
  value: number,
  options: SliderOptions,
): number | undefined => {
  const id = host.claim(key);
  const disabled = options.disabled ?? false;
  const now = disabled ? value : follow(host, id, value, options);
  if (now !== value) host.answered();
  const answer = now === value ? undefined : now;
  const values = [now];
  if (host.again(id, options, values)) return answer;
  const { controlHeight } = host.metrics;
  const { min, max } = options;
  host.add({
    id,
    style: { flexGrow: 1, minWidth: 64, minHeight: controlHeight, ...options.layout },
    content: '',
    measure: () => ({ width: 160, height: 2 * thumbRadius }),
    children: [],
    hit: {
      cursor: disabled ? 'default' : 'pointer',
      disabled,
      pointer: 'press',
      wantsKey: (event) => isPlain(event) && steppedValue(event, now, min, max, 1) !== null,
    },
    look: { options, values },
    paint: (_, shapes, inner) => shapes.push(...paintSlider(host, id, now, options, inner)),
    semantics: (rect) => ({
      id,
      role: 'slider',
      name: options.label,
      rect,
      focusable: !disabled,
      disabled,
      valueNow: now,
      valueMin: min,
      valueMax: max,
      ...(options.valueText === undefined ? {} : { valueText: options.valueText }),
      touchAction: 'none',
    }),
  });
  return answer;
};
