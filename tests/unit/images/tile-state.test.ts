import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InnotaterError } from '../../../src/errors/index.js';
import { missing, stepTile, type TileEvent, type TileState } from '../../../src/images/tile-state.js';

const seed = 90210;
const pixels = { width: 1, height: 1, rgba: new Uint8Array(4) };
const error = new InnotaterError('decode', 'no');

describe('the life of a tile', () => {
  it('is missing, loading, loaded, ready, and missing again', () => {
    const [loading, read] = stepTile(missing, { tag: 'want', job: 3 });
    const [loaded, nothing] = stepTile(loading, { tag: 'arrive', job: 3, pixels });
    const [ready, upload] = stepTile(loaded, { tag: 'upload' });
    const [gone, free] = stepTile(ready, { tag: 'drop' });
    expect([loading, loaded.tag, ready, gone]).toEqual([
      { tag: 'loading', job: 3 },
      'loaded',
      { tag: 'ready', bytes: 4 },
      missing,
    ]);
    expect([read, nothing, upload, free]).toEqual([
      [{ tag: 'read', job: 3 }],
      [],
      [{ tag: 'upload', pixels }],
      [{ tag: 'free' }],
    ]);
  });

  it('an answer to an earlier job changes nothing', () => {
    const loading: TileState = { tag: 'loading', job: 8 };
    expect(stepTile(loading, { tag: 'arrive', job: 7, pixels })[0]).toBe(loading);
    expect(stepTile(loading, { tag: 'reject', job: 7, error })[0]).toBe(loading);
    expect(stepTile(missing, { tag: 'arrive', job: 7, pixels })[0]).toBe(missing);
  });

  it('stays on screen while it is read anew, and is replaced then', () => {
    const ready: TileState = { tag: 'ready', bytes: 4 };
    const [stale] = stepTile(ready, { tag: 'outdate' });
    const [renewing, read] = stepTile(stale, { tag: 'want', job: 5 });
    const [renewed] = stepTile(renewing, { tag: 'arrive', job: 5, pixels });
    expect([stale, renewing, renewed.tag, read]).toEqual([
      { tag: 'stale', bytes: 4 },
      { tag: 'renewing', bytes: 4, job: 5 },
      'renewed',
      [{ tag: 'read', job: 5 }],
    ]);
    expect(stepTile(renewed, { tag: 'upload' })).toEqual([ready, [{ tag: 'upload', pixels }]]);
    expect(stepTile(renewing, { tag: 'outdate' })).toEqual([stale, [{ tag: 'abort', job: 5 }]]);
  });

  it('a failure stays until it is dropped', () => {
    const [failed] = stepTile({ tag: 'loading', job: 1 }, { tag: 'reject', job: 1, error });
    expect(stepTile(failed, { tag: 'want', job: 2 })[0]).toBe(failed);
    expect(stepTile(failed, { tag: 'drop' })).toEqual([missing, []]);
  });

  it(`at any events, texture and job are freed once and no answer is shown for another job (seed ${seed})`, () => {
    const tags = fc.constantFrom<TileEvent['tag']>(
      'want',
      'unwant',
      'arrive',
      'reject',
      'upload',
      'outdate',
      'lose',
      'drop',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(tags, fc.nat(3)), { maxLength: 60 }), (script) => {
        let state: TileState = missing;
        let next = 0;
        let running: number | null = null;
        let textures = 0;
        for (const [tag, back] of script) {
          const job = tag === 'want' ? next++ : Math.max(0, next - 1 - back);
          const event = { tag, job, pixels, error } as TileEvent;
          const [after, effects] = stepTile(state, event);
          const isAnswer = (tag === 'arrive' || tag === 'reject') && running === job;
          if (isAnswer) running = null;
          for (const effect of effects) {
            if (effect.tag === 'read') {
              expect(running).toBeNull();
              running = effect.job;
            }
            if (effect.tag === 'abort') {
              expect(running).toBe(effect.job);
              running = null;
            }
            if (effect.tag === 'upload') textures = 1;
            if (effect.tag === 'free') textures--;
          }
          if (tag === 'lose') textures = 0;
          state = after;
          expect(textures).toBe('bytes' in state ? 1 : 0);
          expect(running === null).toBe(state.tag !== 'loading' && state.tag !== 'renewing');
          if (!isAnswer && (tag === 'arrive' || tag === 'reject')) expect(effects).toEqual([]);
          if (tag === 'outdate') expect(state.tag).toMatch(/^(missing|stale)$/);
        }
      }),
      { seed, numRuns: 1000 },
    );
  });
});
