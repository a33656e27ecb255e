import type { Diff } from '../dataset/index.js';
import { applyDelta, type StateDelta } from './cells-delta.js';

/** Where a value lies, in names that hold across a reload. `row` is −1 outside repeats. */
export type PlaceRef = {
  readonly uindex: number;
  readonly name: string;
  readonly row: number;
  readonly ofView: boolean;
};

/** An undo step, and when it was done. */
export type LoggedStep = { readonly timeMs: number; readonly diffs: readonly Diff<PlaceRef>[] };

/** What a place holds by the log, not saved by the caller's hook since. */
export type LoggedValue = {
  readonly place: PlaceRef;
  readonly value: unknown;
  readonly timeMs: number;
  /** Of the entry that gave it; 0 where it comes from a base. */
  readonly seq: number;
};

/**
 * What happened.
 *
 * - `step`: an undo step was recorded; `grow`: the last one, of one diff, goes on to another value; `drop`: it came back to where it began
 * - `undo`, `redo`: of the last step
 * - `saved`: the caller's hook saved these samples as they were at the entry `upTo`
 * - `base`: (a part of) everything before, drawn together
 */
export type LogOp =
  | { readonly tag: 'step'; readonly diffs: readonly (Diff<PlaceRef> | DeltaDiff)[] }
  | { readonly tag: 'grow'; readonly delta: StateDelta }
  | { readonly tag: 'drop' }
  | { readonly tag: 'undo' }
  | { readonly tag: 'redo' }
  | { readonly tag: 'saved'; readonly uindexes: readonly number[]; readonly upTo: number }
  | ({ readonly tag: 'base' } & LogContent);

/** A diff that holds what differs in place of the state after it. */
type DeltaDiff = Omit<Diff<PlaceRef>, 'after'> & { readonly delta: StateDelta };

export type LogEntry = { readonly seq: number; readonly timeMs: number; readonly op: LogOp };

/** What a log comes to: the undo steps, the redo steps (the next one last), and what is not saved. */
export type LogContent = {
  readonly done: readonly LoggedStep[];
  readonly undone: readonly LoggedStep[];
  readonly unsaved: readonly LoggedValue[];
};

/** Undo steps that are kept, as in `History`. */
const mostSteps = 1000;

export const placeKey = ({ name, row, ofView, uindex }: PlaceRef): string =>
  JSON.stringify([uindex, row, ofView, name]);

const wholeDiff = (diff: Diff<PlaceRef> | DeltaDiff): Diff<PlaceRef> =>
  'delta' in diff
    ? { place: diff.place, before: diff.before, after: applyDelta(diff.before, diff.delta) }
    : diff;

type Moment = { readonly seq: number; readonly timeMs: number };

/** The entries of one session in their order, and what they come to. An entry that does not fit those before it changes nothing. */
export class Log {
  #done: LoggedStep[] = [];
  #undone: LoggedStep[] = [];
  readonly #unsaved = new Map<string, LoggedValue>();
  #lastMs = 0;

  /** When the last entry was written; 0 for none. */
  get lastMs(): number {
    return this.#lastMs;
  }

  get content(): LogContent {
    return { done: [...this.#done], undone: [...this.#undone], unsaved: [...this.#unsaved.values()] };
  }

  apply({ op, seq, timeMs }: LogEntry): void {
    this.#lastMs = Math.max(this.#lastMs, timeMs);
    const at = { seq, timeMs };
    if (op.tag === 'step') this.#step(op.diffs.map(wholeDiff), at);
    else if (op.tag === 'grow') this.#grow(op.delta, at);
    else if (op.tag === 'drop') this.#drop(at);
    else if (op.tag === 'undo') this.#move(this.#done, this.#undone, 'before', at);
    else if (op.tag === 'redo') this.#move(this.#undone, this.#done, 'after', at);
    else if (op.tag === 'saved') this.#saved(new Set(op.uindexes), op.upTo);
    else this.#base(op);
  }

  #base({ done, undone, unsaved }: LogContent): void {
    for (const step of done) this.#push(step);
    this.#undone.push(...undone);
    for (const value of unsaved) this.#unsaved.set(placeKey(value.place), { ...value, seq: 0 });
  }

  #step(diffs: LoggedStep['diffs'], at: Moment): void {
    this.#undone = [];
    this.#push({ timeMs: at.timeMs, diffs });
    this.#hold(diffs, 'after', at);
  }

  #drop(at: Moment): void {
    this.#undone = [];
    this.#hold(this.#done.pop()?.diffs ?? [], 'before', at);
  }

  #push(step: LoggedStep): void {
    this.#done.push(step);
    if (this.#done.length > mostSteps) this.#done.shift();
  }

  #grow(delta: StateDelta, at: Moment): void {
    this.#undone = [];
    const [diff, another] = this.#done.at(-1)?.diffs ?? [];
    if (!diff || another) return;
    const diffs = [{ ...diff, after: applyDelta(diff.after, delta) }];
    this.#done[this.#done.length - 1] = { timeMs: at.timeMs, diffs };
    this.#hold(diffs, 'after', at);
  }

  #move(from: LoggedStep[], to: LoggedStep[], side: 'before' | 'after', at: Moment): void {
    const step = from.pop();
    if (!step) return;
    to.push(step);
    this.#hold(side === 'before' ? [...step.diffs].reverse() : step.diffs, side, at);
  }

  #hold(diffs: readonly Diff<PlaceRef>[], side: 'before' | 'after', at: Moment): void {
    for (const diff of diffs) {
      this.#unsaved.set(placeKey(diff.place), { place: diff.place, value: diff[side], ...at });
    }
  }

  #saved(uindexes: ReadonlySet<number>, upTo: number): void {
    for (const [key, { place, seq }] of this.#unsaved) {
      if (uindexes.has(place.uindex) && seq <= upTo) this.#unsaved.delete(key);
    }
  }
}

/** Of several logs; `conflicts` counts places to which two of them gave different values, of which the later one holds. */
export type MergedLogs = LogContent & { readonly conflicts: number; readonly lastMs: number };

/**
 * What several sessions on one dataset come to: steps in the order of time, each beginning where the one before it on the same place
 * ended, so that undo of the later one brings the earlier one back. What is to be redone is kept where there is one session alone.
 */
export const mergeLogs = (logs: readonly Log[]): MergedLogs => {
  const contents = logs.map((log) => log.content);
  const unsaved = new Map<string, LoggedValue>();
  const disputed = new Set<string>();
  for (const value of contents.flatMap((content) => content.unsaved)) {
    const key = placeKey(value.place);
    const other = unsaved.get(key);
    if (other && !sameValue(other.value, value.value) && !value.place.ofView) disputed.add(key);
    if (!other || value.timeMs >= other.timeMs) unsaved.set(key, value);
  }
  return {
    done: contents.length === 1 ? contents[0]!.done : chained(contents.flatMap(({ done }) => done)),
    undone: contents.length === 1 ? contents[0]!.undone : [],
    unsaved: [...unsaved.values()],
    conflicts: disputed.size,
    lastMs: Math.max(0, ...logs.map(({ lastMs }) => lastMs)),
  };
};

const chained = (steps: readonly LoggedStep[]): readonly LoggedStep[] => {
  const held = new Map<string, unknown>();
  return steps
    .toSorted((a, b) => a.timeMs - b.timeMs)
    .map(({ timeMs, diffs }) => ({
      timeMs,
      diffs: diffs.map((diff) => {
        const key = placeKey(diff.place);
        const before = held.has(key) ? held.get(key) : diff.before;
        held.set(key, diff.after);
        return { ...diff, before };
      }),
    }))
    .slice(-mostSteps);
};

/** Whether two logged states are the same: cell by cell where they are lists. */
export const sameValue = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((cell, at) => Object.is(cell, b[at]))
    : Object.is(a, b);

/** Parts of a base of a bounded size each. */
export function* baseOps({ done, undone, unsaved }: LogContent): Generator<LogOp> {
  const none = { tag: 'base', done: [], undone: [], unsaved: [] } as const;
  for (const part of inParts(done)) yield { ...none, done: part };
  for (const part of inParts(undone)) yield { ...none, undone: part };
  for (const part of inParts(unsaved)) yield { ...none, unsaved: part };
}

const partLength = 200;

function* inParts<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += partLength) yield list.slice(at, at + partLength);
}
