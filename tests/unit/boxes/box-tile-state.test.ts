import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BoxTileEvent,
  type BoxTileState,
  missing,
  stepBoxTile,
} from '../../../src/boxes/box-tile-state.js';
import { InnotaterError } from '../../../src/errors/index.js';

const error = new InnotaterError('worker', 'no');
const pixels = (bytes: number) => new Uint8Array(bytes);

/** An event by its tag, answers to the newest job or to an older one. */
const events = fc.array(
  fc.record({
    tag: fc.constantFrom('want', 'unwant', 'arrive', 'reject', 'upload', 'change', 'lose', 'drop'),
    isLate: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    bytes: fc.constantFrom(0, 4, 16),
  }),
  { maxLength: 60 },
);

describe('the life of a box tile', () => {
  it('keeps one texture at most and the bytes it says, answers each read once, and drops all (seed 17)', () => {
    fc.assert(
      fc.property(events, (list) => {
        let state: BoxTileState = missing;
        let texture: number | null = null;
        let running: number | null = null;
        let jobs = 0;
        const send = (event: BoxTileEvent) => {
          const [next, effects] = stepBoxTile(state, event);
          for (const effect of effects) {
            if (effect.tag === 'read') {
              expect(running).toBeNull();
              running = effect.job;
            } else if (effect.tag === 'abort') {
              expect(effect.job).toBe(running);
              running = null;
            } else if (effect.tag === 'upload') {
              texture = effect.pixels.byteLength;
            } else {
              expect(texture).not.toBeNull();
              texture = null;
            }
          }
          state = next;
        };
        for (const { tag, isLate, bytes } of list) {
          const job: number = isLate ? jobs + 1 : (running ?? 0);
          if (tag === 'want') send({ tag, job: ++jobs });
          else if (tag === 'arrive') {
            if (!isLate) running = null;
            send({ tag, job, pixels: bytes > 0 ? pixels(bytes) : null });
          } else if (tag === 'reject') {
            if (!isLate) running = null;
            send({ tag, job, error });
          } else {
            if (tag === 'lose') texture = null;
            send({ tag });
          }
          const isUnderWay = state.tag === 'loading' || state.tag === 'renewing';
          expect(isUnderWay, state.tag).toBe(running !== null);
          expect('bytes' in state ? state.bytes : 0, state.tag).toBe(texture ?? 0);
        }
        send({ tag: 'drop' });
        expect([state.tag, texture, running]).toEqual(['missing', null, null]);
      }),
      { seed: 17, numRuns: 3000 },
    );
  });

  it('shows what it showed until what it is to show is there', () => {
    const step = (state: BoxTileState, event: BoxTileEvent) => stepBoxTile(state, event)[0];
    const shown: BoxTileState = { tag: 'ready', bytes: 4 };
    const stale = step(shown, { tag: 'change' });
    const renewing = step(stale, { tag: 'want', job: 1 });
    expect([stale, renewing]).toEqual([
      { tag: 'stale', bytes: 4 },
      { tag: 'renewing', bytes: 4, job: 1 },
    ]);
    expect(step(renewing, { tag: 'unwant' })).toEqual(stale);
    const renewed = step(renewing, { tag: 'arrive', job: 1, pixels: pixels(4) });
    expect(renewed.tag).toBe('renewed');
    expect(step(renewed, { tag: 'upload' })).toEqual(shown);
  });
});
