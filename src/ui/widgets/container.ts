import type { ContainerOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import { roundedBox } from '../looks.js';

const nothing: readonly unknown[] = [];

/** A row or column of what `build` adds; a group for assistive technology where it has a label. */
export const container = (
  host: WidgetHost,
  direction: 'row' | 'column',
  key: string,
  options: ContainerOptions,
  build: () => void,
): void => {
  const id = host.claim(key);
  const { label } = options;
  const { theme } = host;
  const panel = options.surface === 'panel';
  host.within(
    {
      id,
      style: {
        flexDirection: direction,
        alignItems: direction === 'row' ? 'center' : 'stretch',
        gap: theme.spacePx,
        ...(panel ? { padding: theme.spacePx * 1.5 } : {}),
        ...options.layout,
      },
      content: '',
      measure: null,
      children: [],
      hit: null,
      look: { options, values: nothing },
      paint: panel
        ? (rect, shapes) =>
            shapes.push(roundedBox(rect, theme.radiusPx + 2, theme.surface, theme.surfaceBorder))
        : null,
      semantics:
        label === undefined
          ? null
          : (rect, children) => ({ id, role: 'group', name: label, rect, focusable: false, children }),
    },
    true,
    build,
  );
};
