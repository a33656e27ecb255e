import type { UiEvent } from './input.js';

/** Events that only tell where a pointer is; any number of them can share a build. */
const isMotion = (event: UiEvent): boolean =>
  event.tag === 'wheel' || (event.tag === 'pointer' && (event.phase === 'move' || event.phase === 'leave'));

/**
 * Cuts a frame's events so that each batch holds at most one that can be answered (a press, a key, an edit), as its last: two
 * quick clicks in one slow frame are two answers, and each is decided against the layout that the one before left. At least one
 * batch, possibly empty.
 */
export const eventBatches = (events: readonly UiEvent[]): readonly (readonly UiEvent[])[] => {
  const batches: UiEvent[][] = [[]];
  for (const event of events) {
    batches.at(-1)!.push(event);
    if (!isMotion(event)) batches.push([]);
  }
  if (batches.length > 1 && batches.at(-1)!.length === 0) batches.pop();
  return batches;
};
