import type { Log, LoggedStep, LoggedValue } from './log.js';
import type { SessionHead } from './store.js';

/** JSON has neither: written as {"bigint": "5"} and {"number": "NaN"}. */
const plain = (_key: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return { bigint: String(value) };
  return typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
};

const timeOf = (timeMs: number): string => new Date(timeMs).toISOString();

const unsavedOf = ({ place: { uindex, name, row }, value, timeMs }: LoggedValue) => ({
  uindex,
  name,
  repeatIndex: row,
  value,
  time: timeOf(timeMs),
});

const stepOf = ({ timeMs, diffs }: LoggedStep) => ({
  time: timeOf(timeMs),
  changes: diffs
    .filter(({ place }) => !place.ofView)
    .map(({ place: { uindex, name, row }, before, after }) => ({
      uindex,
      name,
      repeatIndex: row,
      before,
      after,
    })),
});

/**
 * A journal as a file: for each session what the dataset was like, the values that are not saved, and the undo steps, oldest first.
 * Values are the cells of the row: `[x, y, w, h]`, `["text"]`, `[class]`.
 */
export const exportedJournal = (
  key: string,
  sessions: readonly { readonly head: SessionHead; readonly log: Log }[],
): Blob => {
  const content = {
    format: 'innotater-journal',
    version: 1,
    key,
    sessions: sessions.map(({ head, log }) => {
      const { done, undone, unsaved } = log.content;
      return {
        started: timeOf(head.startedMs),
        dataset: head.fingerprint,
        unsaved: unsaved.filter(({ place }) => !place.ofView).map(unsavedOf),
        done: done.map(stepOf),
        undone: undone.map(stepOf),
      };
    }),
  };
  return new Blob([JSON.stringify(content, plain, 1)], { type: 'application/json' });
};
