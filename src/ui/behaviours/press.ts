import { contains } from '../../geometry/index.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';

/**
 * How many times a control was pressed: let go inside after the press began on it (leaving and coming back is fine), or
 * activated through its element.
 */
export const presses = (host: WidgetHost, id: WidgetId): number => {
  const events = host.events(id);
  if (events.length === 0) return 0;
  const rect = host.lastRect(id);
  let count = 0;
  for (const event of events) {
    const released = event.tag === 'pointer' && event.phase === 'up' && rect && contains(rect, event.at);
    if (event.tag === 'activate' || released) count += 1;
  }
  if (count > 0) host.answered();
  return count;
};

/** The look of a pressable control: pressed only while the pointer that holds it is over it. */
export const pressLook = (host: WidgetHost, id: WidgetId): 'rest' | 'hover' | 'press' => {
  if (!host.isHovered(id)) return 'rest';
  return host.isHeld(id) ? 'press' : 'hover';
};
