import type { Point } from '../../geometry/index.js';
import type { PointerInput, WidgetId } from '../input.js';
import { type Interaction, isAt, type Placed } from '../interaction.js';
import type { WidgetNode } from '../node.js';

const isScroller = ({ hit }: WidgetNode): boolean => hit?.pointer === 'scroll' && !hit.disabled;

/** The innermost widget at a place that scrolls what it holds. */
const scrollerAt = (placed: Placed, at: Point): WidgetNode | null => {
  const found = placed.nodes.findLast((node) => isAt(node, at) && (isScroller(node) || node.hit!.everywhere));
  return found && isScroller(found) ? found : null;
};

/** A finger that moves less than this has not begun to scroll; CSS px. */
const fingerReach = 8;

const isScrolling = (down: PointerInput, now: PointerInput): boolean => {
  const [dx, dy] = [Math.abs(now.at.x - down.at.x), Math.abs(now.at.y - down.at.y)];
  return dy > fingerReach && dy > dx;
};

/** A finger that moves up or down on something that scrolls is taken from the control it went down on. */
export const followFinger = (
  event: PointerInput,
  { captures, fingers }: Interaction,
  placed: Placed,
  deliver: (id: WidgetId, event: PointerInput) => void,
): void => {
  const { pointerId } = event;
  if (event.phase === 'down') {
    const scroller = scrollerAt(placed, event.at);
    if (scroller) fingers.set(pointerId, { down: event, scroller: scroller.id });
    return;
  }
  const finger = fingers.get(pointerId);
  if (event.phase !== 'move') fingers.delete(pointerId);
  else if (finger && isScrolling(finger.down, event)) {
    fingers.delete(pointerId);
    const holder = captures.get(pointerId);
    const held = holder === undefined ? null : placed.byId.get(holder);
    if (held && (held.hit?.pointer !== 'press' || held.hit.keepsFingers)) return;
    if (holder !== undefined) deliver(holder, { ...event, phase: 'cancel' });
    captures.set(pointerId, finger.scroller);
    deliver(finger.scroller, finger.down);
  }
};
