import { clamp } from '../../geometry/index.js';
import type { WidgetHost } from '../host.js';
import type { WidgetId } from '../input.js';

type Kept = { on: boolean; sinceMs: number };

/** How long a state takes to become the other one, ms. */
const durationMs = 120;

const eased = (share: number): number => 1 - (1 - share) ** 3;

/**
 * How far a widget has come from off (0) to on (1): it moves when the state changes, and asks for the frames that takes. Where less
 * motion is wanted, and when it is seen first, it is there at once.
 */
export const transition = (host: WidgetHost, id: WidgetId, on: boolean): number => {
  const kept = host.kept<Kept>(id, () => ({ on, sinceMs: Number.NEGATIVE_INFINITY }));
  if (kept.on !== on) Object.assign(kept, { on, sinceMs: host.timeMs });
  const share = host.reducedMotion ? 1 : clamp((host.timeMs - kept.sinceMs) / durationMs, 0, 1);
  if (share < 1) host.repaint('a control changes its state', 0);
  return on ? eased(share) : 1 - eased(share);
};
