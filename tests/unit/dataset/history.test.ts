import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DirtySet, History } from '../../../src/dataset/index.js';

const seed = 20_260_301;
const newHistory = (limit?: number) =>
  new History<number>({
    samePlace: Object.is,
    sameValue: (_, a, b) => Object.is(a, b),
    ...(limit === undefined ? {} : { limit }),
  });

type Action =
  | { readonly tag: 'set'; readonly place: number; readonly value: number; readonly merge: boolean }
  | { readonly tag: 'both'; readonly value: number }
  | { readonly tag: 'undo' | 'redo' | 'end' };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      tag: fc.constant('set' as const),
      place: fc.nat(2),
      value: fc.nat(3),
      merge: fc.boolean(),
    }),
  },
  fc.record({ tag: fc.constant('both' as const), value: fc.nat(3) }),
  {
    weight: 3,
    arbitrary: fc.record({ tag: fc.constantFrom('undo' as const, 'redo' as const, 'end' as const) }),
  },
);

/** The naive model: whole states, each with what may still grow into it. */
const modelRun = (actions: readonly Action[]): number[][] => {
  let states: number[][] = [[0, 0, 0]];
  let at = 0;
  let growing: number | null = null;
  return actions.map((act) => {
    const now = states[at]!;
    if (act.tag === 'undo') at = Math.max(0, at - 1);
    if (act.tag === 'redo') at = Math.min(states.length - 1, at + 1);
    if (act.tag !== 'set' && act.tag !== 'both') {
      growing = null;
      return states[at]!;
    }
    const next = act.tag === 'set' ? now.with(act.place, act.value) : now.map(() => act.value);
    if (next.every((value, i) => value === now[i])) return now;
    const key = act.tag === 'set' && act.merge ? act.place : null;
    const grows = key !== null && key === growing;
    states = [...states.slice(0, grows ? at : at + 1), next];
    const [before] = states.slice(-2);
    if (grows && before!.every((value, i) => value === next[i])) states.pop();
    growing = grows && states.at(-1) !== next ? null : key;
    at = states.length - 1;
    return next;
  });
};

const run = (actions: readonly Action[]): number[][] => {
  const history = newHistory();
  const values = [0, 0, 0];
  const change = (places: number[], value: number, merge?: string) => {
    const changed = places.filter((place) => values[place] !== value);
    history.record(
      changed.map((place) => ({ place, before: values[place], after: value })),
      merge,
    );
    for (const place of changed) values[place] = value;
  };
  return actions.map((act) => {
    if (act.tag === 'set') change([act.place], act.value, act.merge ? 'typing' : undefined);
    if (act.tag === 'both') change([0, 1, 2], act.value);
    if (act.tag === 'undo')
      for (const { place, before } of history.undo() ?? []) values[place] = before as number;
    if (act.tag === 'redo')
      for (const { place, after } of history.redo() ?? []) values[place] = after as number;
    if (act.tag === 'end') history.endMerge();
    return [...values];
  });
};

describe('history', () => {
  test(`agrees with a model that keeps whole states (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        expect(run(actions)).toEqual(modelRun(actions));
      }),
      { seed, numRuns: 500 },
    );
  });

  test('is bounded: the oldest steps go, the newest stay', () => {
    const history = newHistory(3);
    for (let i = 0; i < 10; i++) history.record([{ place: 0, before: i, after: i + 1 }]);
    expect([1, 2, 3, 4].map(() => history.undo()?.[0]?.before)).toEqual([9, 8, 7, undefined]);
    expect(history.canUndo).toBe(false);
    expect(history.canRedo).toBe(true);
  });

  test('a new step after undo forgets what was undone', () => {
    const history = newHistory();
    history.record([{ place: 0, before: 0, after: 1 }]);
    history.undo();
    history.record([{ place: 0, before: 0, after: 2 }]);
    expect(history.redo()).toBe(null);
  });
});

describe('dirty set', () => {
  test('S5: gives uindexes ascending', () => {
    const dirty = new DirtySet();
    for (const uindex of [10, 9, 100, 9]) dirty.add(uindex);
    expect(dirty.uindexes).toEqual([9, 10, 100]);
  });

  test('S10: what changed while a save ran stays dirty after it', () => {
    const dirty = new DirtySet();
    dirty.add(1);
    dirty.add(2);
    const ticket = dirty.beginSave();
    dirty.add(2);
    dirty.add(3);
    dirty.saved(ticket);
    expect(dirty.uindexes).toEqual([2, 3]);
  });
});
