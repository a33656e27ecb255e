import { inflate, type Rect, type Size } from '../../geometry/index.js';
import type { Shape } from '../../paint/index.js';
import type { WidgetHost } from '../host.js';
import { lineHeightOf } from '../looks.js';
import { type TextLine, textLines } from '../text-lines.js';
import { paintLine, type TextLook } from './text-paint.js';

/** Width that its text would like, CSS px. */
const wantedWidth = 380;
/** Lines an editable area shows at least, and lines that any grows to before it scrolls. */
const fewestLines = 3;
const mostLines = 16;
/** Signs that are broken into lines here; longer texts are shown by the browser's own field, which is there in any case. */
const mostSigns = 4000;

const headOf = (text: string): string => (text.length > mostSigns ? text.slice(0, mostSigns) : text);

/** The first `most` lines: no more are asked of the browser than decide a size or can be seen. */
const linesIn = (host: WidgetHost, text: string, width: number, most: number): readonly TextLine[] =>
  textLines(headOf(text), host.metrics.font, Math.max(1, width), host.text, most);

/** What decides the size of an area with this text. */
export const areaContent = (text: string, readOnly: boolean): string =>
  `${readOnly} ${Math.min(text.length, mostSigns + 1)} ${headOf(text)}`;

/** The size an area's text would like at a width: as high as its lines, within limits. */
export const areaSize = (host: WidgetHost, text: string, readOnly: boolean, availableWidth: number): Size => {
  const width = Math.min(availableWidth, wantedWidth);
  const count = linesIn(host, text, width, mostLines).length;
  const shown = Math.min(mostLines, Math.max(count, readOnly ? 1 : fewestLines));
  return { width, height: shown * lineHeightOf(host.text, host.metrics.font) };
};

/** Whether the text is longer than the area: then the browser's own field shows it, and scrolls it. */
export const overflows = (host: WidgetHost, text: string, inner: Rect): boolean => {
  if (text.length > mostSigns) return true;
  const room = Math.floor((inner.height + 0.5) / lineHeightOf(host.text, host.metrics.font));
  return linesIn(host, text, inner.width, room + 1).length > room;
};

/** The lines in sight, where the native field has them. */
export const paintArea = (host: WidgetHost, text: string, rect: Rect, inner: Rect, look: TextLook): Shape => {
  const height = lineHeightOf(host.text, look.font);
  const shapes: Shape[] = [];
  const inSight = Math.max(1, Math.ceil((rect.y + rect.height - inner.y) / height));
  for (const [i, line] of linesIn(host, text, inner.width, inSight).entries()) {
    shapes.push(...paintLine(host, line, { ...inner, y: inner.y + i * height, height }, look));
  }
  return { tag: 'clip', rect: inflate(rect, -2), shapes };
};
