import type { Diff } from '../dataset/index.js';
import { deltaOf, hasLongText } from './cells-delta.js';
import type { LogEntry, LogOp, PlaceRef } from './log.js';

/** What is to be written down. `grow` gives the whole state: what differs is found when it is written. */
export type JournalOp =
  | Exclude<LogOp, { readonly tag: 'step' | 'grow' | 'base' }>
  | { readonly tag: 'step'; readonly diffs: readonly Diff<PlaceRef>[] }
  | { readonly tag: 'grow'; readonly after: unknown };

export type Queued = { readonly seq: number; readonly timeMs: number; readonly op: JournalOp };

/** What is not written yet, in order. A step that grows while it waits is one entry. */
export class WriteQueue {
  #waiting: Queued[] = [];
  #taken: readonly Queued[] = [];
  /** The state that the last written step ended in, from which it may grow. */
  #writtenAfter: unknown = null;

  /** Entries that wait, without those that were taken. */
  get length(): number {
    return this.#waiting.length;
  }

  push(entry: Queued): void {
    const last = this.#waiting.at(-1);
    const op = last && entry.op.tag === 'grow' ? grown(last.op, entry.op.after) : null;
    if (op) this.#waiting[this.#waiting.length - 1] = { ...entry, op };
    else this.#waiting.push(entry);
  }

  /** All that waits, as it is to be written; until `written` or `putBack` no more is taken. */
  take(): readonly LogEntry[] {
    this.#taken = this.#waiting.splice(0);
    let after = this.#writtenAfter;
    return this.#taken.map(({ seq, timeMs, op }) => {
      const before = after;
      after = afterOf(op, after);
      return { seq, timeMs, op: written(op, before) };
    });
  }

  written(): void {
    this.#writtenAfter = this.#taken.reduce((after, { op }) => afterOf(op, after), this.#writtenAfter);
    this.#taken = [];
  }

  /** What was taken waits again, before what came since. */
  putBack(): void {
    this.#waiting.unshift(...this.#taken);
    this.#taken = [];
  }

  /** Leaves out what cannot be written; an empty step stands where a step was, for those after it to count from. */
  leaveOut(isBad: (op: JournalOp) => boolean): void {
    this.#waiting = this.#waiting.flatMap((entry): readonly Queued[] => {
      if (!isBad(entry.op)) return [entry];
      return entry.op.tag === 'step' ? [{ ...entry, op: { tag: 'step', diffs: [] } }] : [];
    });
  }
}

const grown = (last: JournalOp, after: unknown): JournalOp | null => {
  if (last.tag === 'grow') return { tag: 'grow', after };
  const [diff, another] = last.tag === 'step' ? last.diffs : [];
  return diff && !another ? { tag: 'step', diffs: [{ ...diff, after }] } : null;
};

const written = (op: JournalOp, before: unknown): LogOp => {
  if (op.tag === 'grow') return { tag: 'grow', delta: deltaOf(before, op.after) };
  return op.tag === 'step' ? { tag: 'step', diffs: op.diffs.map(writtenDiff) } : op;
};

const writtenDiff = (diff: Diff<PlaceRef>) =>
  hasLongText(diff.after) && hasLongText(diff.before)
    ? { place: diff.place, before: diff.before, delta: deltaOf(diff.before, diff.after) }
    : diff;

const afterOf = (op: JournalOp, before: unknown): unknown => {
  if (op.tag === 'grow') return op.after;
  return op.tag === 'step' ? op.diffs[0]?.after : before;
};
