import { inflate, type Rect } from '../geometry/index.js';
import type { Color, Font, Shape, TextMeasure } from '../paint/index.js';
import type { WidgetHost } from './host.js';
import type { Tooltip } from './node.js';

/** Inner distance of a text from a control's left and right edge, CSS px. */
export const paddingX = 10;

export const lineHeightOf = (text: TextMeasure, font: Font): number => {
  const { ascent, descent } = text.lineMetrics(font);
  return Math.max(Math.ceil(ascent + descent), Math.round(font.sizePx * 1.4));
};

/** The baseline of one line that stands in the middle of a height. */
export const baselineIn = (text: TextMeasure, font: Font, y: number, height: number): number => {
  const { ascent, descent } = text.lineMetrics(font);
  return y + (height - ascent - descent) / 2 + ascent;
};

export type LineOptions = {
  readonly color: Color;
  readonly align?: 'left' | 'center' | 'right';
  readonly font?: Font;
};

/** One line of text in the middle of a rectangle's height, cut to its width. */
export const textLine = (host: WidgetHost, text: string, rect: Rect, options: LineOptions): Shape => {
  const font = options.font ?? host.metrics.font;
  const align = options.align ?? 'left';
  const share = align === 'left' ? 0 : align === 'center' ? 0.5 : 1;
  // A sign is wider than half a px: what comes after these is cut off in any case, and need not be measured.
  const most = Math.ceil(2 * Math.max(0, rect.width)) + 2;
  return {
    tag: 'text',
    text: text.length > most ? text.slice(0, most) : text,
    at: { x: rect.x + rect.width * share, y: baselineIn(host.text, font, rect.y, rect.height) },
    align,
    font,
    color: options.color,
    maxWidth: Math.max(0, rect.width),
  };
};

/** The tooltip of a text that is cut in `room`; null where it is seen whole. */
export const cutTooltip = (host: WidgetHost, text: string, room: Rect, rect: Rect): Tooltip | null =>
  host.text.width(text, host.metrics.font) > room.width ? { text, rect } : null;

/** The part of a rectangle inside a padding left and right. */
export const insetX = (r: Rect, by: number): Rect => ({
  x: r.x + by,
  y: r.y,
  width: Math.max(0, r.width - 2 * by),
  height: r.height,
});

export const roundedBox = (rect: Rect, radius: number, fill: Color, border?: Color, width = 1): Shape => ({
  tag: 'rounded',
  rect,
  radius,
  fill,
  ...(border ? { border: { width, color: border } } : {}),
});

const clear: Color = [0, 0, 0, 0];

/** The ring around what has keyboard focus: two px outside, so that it never rests on the control's own colour. */
export const focusRing = (rect: Rect, radius: number, color: Color): Shape =>
  roundedBox(inflate(rect, 3), radius + 3, clear, color, 2);
