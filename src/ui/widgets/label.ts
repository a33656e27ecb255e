import type { Rect, Size } from '../../geometry/index.js';
import type { Color, Font, Shape } from '../../paint/index.js';
import type { BoxOptions, TextTone } from '../contract.js';
import type { WidgetHost } from '../host.js';
import { lineHeightOf } from '../looks.js';
import { textLines } from '../text-lines.js';
import { paintLine } from './text-paint.js';

/** The size of wrapped text in a width. */
export const measureText = (host: WidgetHost, text: string, font: Font, width: number): Size => {
  const lines = textLines(text, font, width, host.text);
  const widest = Math.max(...lines.map((line) => host.text.width(line.text, font)));
  return { width: Math.ceil(widest), height: lines.length * lineHeightOf(host.text, font) };
};

/** Wrapped text from the top of a rectangle. The width gets a px of grace, since places are fractional. */
export const paintText = (
  host: WidgetHost,
  text: string,
  rect: Rect,
  look: { readonly font: Font; readonly color: Color },
  shapes: Shape[],
): void => {
  const height = lineHeightOf(host.text, look.font);
  textLines(text, look.font, rect.width + 1, host.text).forEach((line, i) => {
    shapes.push(...paintLine(host, line, { ...rect, y: rect.y + i * height, height }, look));
  });
};

/** Text that is only read. */
export const label = (
  host: WidgetHost,
  key: string,
  text: string,
  options: BoxOptions & { readonly tone?: TextTone } = {},
): void => {
  const id = host.claim(key);
  const values = [text];
  if (host.again(id, options, values)) return;
  const { font: plain } = host.metrics;
  const font = options.tone === 'title' ? { ...plain, sizePx: plain.sizePx + 2, weight: 600 } : plain;
  const color = options.tone === 'muted' ? host.theme.textMuted : host.theme.text;
  host.add({
    id,
    style: { ...options.layout },
    content: text,
    measure: (width) => measureText(host, text, font, width),
    children: [],
    hit: null,
    look: { options, values },
    paint: (_, shapes, inner) => paintText(host, text, inner, { font, color }, shapes),
    semantics: (rect) => ({ id, role: 'text', name: text, rect, focusable: false }),
  });
};
