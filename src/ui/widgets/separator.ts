import type { SeparatorOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';

/** A line of one px between things; as long as the room across allows. */
export const separator = (host: WidgetHost, key: string, options: SeparatorOptions = {}): void => {
  const id = host.claim(key);
  const vertical = options.direction === 'vertical';
  host.add({
    id,
    style: {
      alignSelf: 'stretch',
      flexShrink: 0,
      ...(vertical ? { minWidth: 1 } : { minHeight: 1 }),
      ...options.layout,
    },
    content: '',
    measure: () => ({ width: 1, height: 1 }),
    children: [],
    hit: null,
    paint: (_, shapes, rect) => shapes.push({ tag: 'quad', rect, color: host.theme.surfaceBorder }),
    semantics: (rect) => ({
      id,
      role: 'separator',
      name: '',
      rect,
      focusable: false,
      ...(vertical ? { vertical } : {}),
    }),
  });
};
