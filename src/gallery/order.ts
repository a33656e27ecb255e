/** Whether a row is shown; at once or as a promise. */
export type FilterHook = (uindex: number) => boolean | PromiseLike<boolean>;
/** What rows are sorted by, ascending: numbers, or texts by their UTF-16 units; rows of equal keys stay in order, NaN comes last. */
export type SortHook = (uindex: number) => number | string | PromiseLike<number | string>;

export type OrderHooks = { readonly filter: FilterHook | null; readonly sortBy: SortHook | null };
export type OrderOptions = {
  /** 0…1 */
  onProgress(done: number): void;
  readonly signal: AbortSignal;
};

const sliceMs = 5;
/** Rows between two looks at the clock; promises of so many wait together. */
const rowsALook = 512;
/** Sorted by the browser at once. */
const runLength = 2048;

/** Lets other tasks have their turn once a slice of time is used up. */
const createBreaks = (signal: AbortSignal) => {
  let endMs = performance.now() + sliceMs;
  return async (): Promise<void> => {
    signal.throwIfAborted();
    if (performance.now() < endMs) return;
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    endMs = performance.now() + sliceMs;
  };
};

const isPending = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as { then?: unknown } | null)?.then === 'function';

type Breaks = () => Promise<void>;

/** Asks a hook about rows, in order, a slice at a time; hears of each answer in order. */
const ask = async <T>(
  rows: Uint32Array,
  hook: (uindex: number) => T | PromiseLike<T>,
  take: (answer: T, i: number) => void,
  breaks: Breaks,
  onProgress: (done: number) => void,
): Promise<void> => {
  for (let from = 0; from < rows.length; from += rowsALook) {
    const answers: (T | PromiseLike<T>)[] = [];
    const to = Math.min(rows.length, from + rowsALook);
    for (let i = from; i < to; i++) {
      answers.push(hook(rows[i]!));
      if ((i & 7) === 7) await breaks();
    }
    const settled = answers.some(isPending) ? await Promise.all(answers) : (answers as T[]);
    for (const [i, answer] of settled.entries()) take(answer, from + i);
    onProgress(to / Math.max(1, rows.length));
    await breaks();
  }
};

type Keys = readonly (number | string)[];

const compareKeys = (a: number | string, b: number | string): number => {
  if (typeof a === 'number' && typeof b === 'number') {
    return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a - b;
  }
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

const merge = async (
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  length: number,
  keys: Keys,
  breaks: Breaks,
): Promise<void> => {
  const middle = Math.min(from.length, start + length);
  const end = Math.min(from.length, middle + length);
  let [left, right] = [start, middle];
  for (let i = start; i < end; i++) {
    const takesLeft =
      right >= end || (left < middle && compareKeys(keys[from[left]!]!, keys[from[right]!]!) <= 0);
    to[i] = from[takesLeft ? left++ : right++]!;
    if ((i & 4095) === 0) await breaks();
  }
};

/** Positions 0…n−1 in the order of their keys, stable: runs by the browser's sort, merged a slice at a time. */
const sorted = async (keys: Keys, breaks: Breaks): Promise<Uint32Array> => {
  const count = keys.length;
  let from = Uint32Array.from({ length: count }, (_, i) => i);
  let to = new Uint32Array(count);
  for (let start = 0; start < count; start += runLength) {
    from.subarray(start, start + runLength).sort((a, b) => compareKeys(keys[a]!, keys[b]!) || a - b);
    await breaks();
  }
  for (let length = runLength; length < count; length *= 2) {
    for (let start = 0; start < count; start += 2 * length)
      await merge(from, to, start, length, keys, breaks);
    [from, to] = [to, from];
  }
  return from;
};

/** The rows that pass the filter, in their order; null: all, as they stand. Rejects with what a hook throws, or `signal.reason`. */
export const orderRows = async (
  length: number,
  { filter, sortBy }: OrderHooks,
  { onProgress, signal }: OrderOptions,
): Promise<Uint32Array | null> => {
  if (!filter && !sortBy) return null;
  const breaks = createBreaks(signal);
  const all = Uint32Array.from({ length }, (_, i) => i);
  const half = filter && sortBy ? 0.5 : 1;
  let rows = all;
  if (filter) {
    let kept = 0;
    rows = new Uint32Array(length);
    await ask(
      all,
      filter,
      (passes, i) => {
        if (passes) rows[kept++] = i;
      },
      breaks,
      (done) => onProgress(done * half),
    );
    rows = rows.subarray(0, kept);
  }
  if (!sortBy) return rows;
  const keys = new Array<number | string>(rows.length);
  await ask(
    rows,
    sortBy,
    (key, i) => {
      keys[i] = key;
    },
    breaks,
    (done) => onProgress(1 - half + done * half),
  );
  const places = await sorted(keys, breaks);
  return places.map((place) => rows[place]!);
};
