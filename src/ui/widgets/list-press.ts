import { clamp, contains } from '../../geometry/index.js';
import { dragBy, type Gliding, letGo, takeHold } from '../behaviours/gliding.js';
import type { PointerInput } from '../input.js';
import { type ListRows, listInset, mostScroll, rowAt, scrollThumb } from './list-rows.js';

/** A press: on the rows with mouse or pen it points, a finger or a press on the scroll bar scrolls. */
type Press = { readonly kind: 'choose' | 'scroll' | 'bar'; lastY: number; travel: number };

/** How far a list is scrolled, CSS px, and the press that goes on in it. */
export type ScrollPress = Gliding & { press: Press | null };

/** A list that stands at its top. */
export const atRest = (): ScrollPress => ({ scrollTop: 0, velocity: 0, movedAtMs: 0, press: null });

/** A finger that moves less than this has tapped. CSS px. */
const tapReach = 8;

const pressKind = (event: PointerInput, rows: ListRows): Press['kind'] => {
  const thumb = scrollThumb(rows);
  if (thumb && event.at.x >= thumb.x - 4) return 'bar';
  return event.pointerType === 'touch' ? 'scroll' : 'choose';
};

const dragRows = (kept: ScrollPress, event: PointerInput, rows: ListRows, press: Press): void => {
  const dy = event.at.y - press.lastY;
  press.lastY = event.at.y;
  press.travel += Math.abs(dy);
  const most = mostScroll(rows);
  kept.scrollTop = rows.scrollTop;
  if (press.kind === 'scroll') dragBy(kept, -dy, most, event.timeMs);
  else {
    const room = Math.max(1, rows.rect.height - 2 * listInset);
    kept.scrollTop = clamp(rows.scrollTop + (dy * rows.count * rows.rowHeight) / room, 0, most);
  }
};

/** The row that a pointer event of a press points at, mouse and pen at once, a finger when it has tapped; −1 for none. */
export const pointedRow = (
  kept: ScrollPress,
  event: PointerInput,
  rows: ListRows,
  reducedMotion: boolean,
): number => {
  if (event.phase === 'down') {
    takeHold(kept, event.timeMs);
    kept.press = { kind: pressKind(event, rows), lastY: event.at.y, travel: 0 };
    return kept.press.kind === 'choose' ? rowAt(rows, event.at) : -1;
  }
  const { press } = kept;
  if (!press) return -1;
  if (event.phase !== 'move') kept.press = null;
  if (event.phase !== 'move' && press.kind === 'scroll') letGo(kept, event.timeMs, reducedMotion);
  if (press.kind === 'choose') return event.phase === 'move' ? rowAt(rows, event.at) : -1;
  if (event.phase === 'move') dragRows(kept, event, rows, press);
  const tapped = event.phase === 'up' && press.kind === 'scroll' && press.travel < tapReach;
  return tapped && contains(rows.rect, event.at) ? rowAt(rows, event.at) : -1;
};
