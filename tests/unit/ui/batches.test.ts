import { describe, expect, it } from 'vitest';
import { eventBatches } from '../../../src/ui/batches.js';
import { key, pointer, wheel } from './drive.js';

const at = { x: 0, y: 0 };
const sizes = (...events: Parameters<typeof eventBatches>[0]) =>
  eventBatches(events).map((batch) => batch.length);

describe('event batches', () => {
  it('is one empty batch where nothing happened', () => {
    expect(sizes()).toEqual([0]);
  });
  it('lets any number of moves share a build', () => {
    expect(sizes(pointer('move', at), wheel(at, 1), pointer('move', at))).toEqual([3]);
  });
  it('ends a batch after each event that can be answered, in order', () => {
    const events = [
      pointer('move', at),
      pointer('down', at),
      pointer('up', at),
      key('n'),
      pointer('move', at),
    ];
    expect(eventBatches(events).map((batch) => batch.map((event) => events.indexOf(event)))).toEqual([
      [0, 1],
      [2],
      [3],
      [4],
    ]);
  });
  it('adds no empty batch at the end', () => {
    expect(sizes(key('n'), key('p'))).toEqual([1, 1]);
  });
});
