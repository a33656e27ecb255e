import type { ContainerOptions } from '../contract.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';
import { roundedBox } from '../looks.js';
import type { NewNode } from '../node.js';

type Direction = 'row' | 'column';

/** All that its look hangs on beside its options. */
const values: Readonly<Record<Direction, readonly Direction[]>> = { row: ['row'], column: ['column'] };

const nodeOf = (
  { theme }: WidgetHost,
  direction: Direction,
  id: WidgetId,
  options: ContainerOptions,
): NewNode => {
  const { label } = options;
  const panel = options.surface === 'panel';
  return {
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
    look: { options, values: values[direction] },
    paint: panel
      ? (rect, shapes) =>
          shapes.push(roundedBox(rect, theme.radiusPx + 2, theme.surface, theme.surfaceBorder))
      : null,
    semantics:
      label === undefined
        ? null
        : (rect, children) => ({ id, role: 'group', name: label, rect, focusable: false, children }),
  };
};

/** A row or column of what `build` adds; a group for assistive technology where it has a label. */
export const container = (
  host: WidgetHost,
  direction: Direction,
  key: string,
  options: ContainerOptions,
  build: () => void,
): void => {
  const id = host.claim(key);
  const look = { options, values: values[direction] };
  host.container(id, look, () => nodeOf(host, direction, id, options), build);
};
