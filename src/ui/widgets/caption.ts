import type { BoxOptions, Captioned } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import type { LayoutStyle } from '../layout/style.js';
import { measureText, paintText } from './label.js';

const noOptions = {};
const captionStyle = { flexShrink: 0 };
const belowCaption = { flexGrow: 1 };

/**
 * Draws a control's label above it in a column that takes the caller's styles; `add` gets the styles left for the control. The
 * label is no element of its own: the control bears its name.
 */
export const captioned = (
  host: WidgetHost,
  id: WidgetId,
  text: string,
  options: BoxOptions & Captioned,
  add: (own: LayoutStyle) => void,
): void => {
  if (options.caption === 'none' || text === '') {
    add(options.layout ?? {});
    return;
  }
  const font = { ...host.metrics.font, sizePx: host.metrics.font.sizePx - 1 };
  const frame = {
    id: host.part(id, 'frame'),
    style: { flexDirection: 'column', gap: host.theme.spacePx / 2, ...options.layout },
    content: '',
    measure: null,
    children: [],
    hit: null,
    paint: null,
    semantics: null,
  };
  host.framed(frame, () => {
    host.add({
      id: host.part(id, 'caption'),
      style: captionStyle,
      content: text,
      measure: (width) => measureText(host, text, font, width),
      children: [],
      hit: null,
      look: { options: noOptions, values: [text] },
      paint: (rect, shapes) => paintText(host, text, rect, { font, color: host.theme.textMuted }, shapes),
      semantics: null,
    });
    add(belowCaption);
  });
};
