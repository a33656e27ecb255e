import type { MessageOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import { roundedBox } from '../looks.js';
import { button } from './button.js';
import { measureText, paintText } from './label.js';

/** Text that is shown and spoken, with a button where it has an action. True when that was pressed. Empty: takes no room. */
export const message = (host: WidgetHost, key: string, text: string, options: MessageOptions): boolean => {
  const id = host.claim(key);
  const { theme } = host;
  const { font } = host.metrics;
  const isAlert = options.kind === 'alert';
  const shown = text !== '';
  const padding =
    isAlert && shown ? { paddingTop: 6, paddingBottom: 6, paddingLeft: 12, paddingRight: 10 } : {};
  let pressed = false;
  host.within(
    {
      id: host.part(id, 'frame'),
      style: {
        ...(shown ? {} : { display: 'none' }),
        flexDirection: 'row',
        alignItems: 'center',
        gap: shown ? theme.spacePx : 0,
        ...padding,
        ...options.layout,
      },
      content: '',
      measure: null,
      children: [],
      hit: null,
      semantics: null,
      paint: (rect, shapes) => {
        if (!isAlert || !shown) return;
        shapes.push(roundedBox(rect, theme.radiusPx, theme.surface, theme.invalid));
        shapes.push(roundedBox({ ...rect, width: 4 }, 2, theme.invalid));
      },
    },
    false,
    () => {
      host.add({
        id,
        style: { flexShrink: 1, minWidth: 0 },
        content: text,
        measure: (width) => (shown ? measureText(host, text, font, width) : { width: 0, height: 0 }),
        children: [],
        hit: null,
        paint: (rect, shapes) => {
          const color = isAlert ? theme.invalid : theme.textMuted;
          if (shown) paintText(host, text, rect, { font, color }, shapes);
        },
        look: () => ({ options, values: [text] }),
        semantics: (rect) => ({ id, role: options.kind, name: text, value: text, rect, focusable: false }),
      });
      if (shown && options.action !== undefined) pressed = button(host, `${key}/action`, options.action);
    },
  );
  return pressed;
};
