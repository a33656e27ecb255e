import { InnotaterError } from '../errors/index.js';

/** A file of a folder: its path in it with `/` between, and its bytes. A `File` of a folder that was chosen or dropped has both. */
export type FolderFile = { readonly path: string; readonly blob: Blob };

export type FormatOptions = {
  /** Called after each piece of work with bytes (of one file) or files (of many) done, and all there are. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the work, which rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Writers call it with what their format cannot hold in a way that its readers understand; readers return theirs. */
  readonly onProblem?: (problem: FormatProblem) => void;
};

/** A record that was skipped, and where it is: lines and records are counted from 1 (a header not among records), bytes from 0. */
export type FormatProblem = {
  readonly file: string;
  readonly line?: number;
  readonly record?: number;
  readonly byte?: number;
  readonly message: string;
};

/** `problems` holds the first thousand; `problemCount` counts all. */
export type Told = { readonly problems: readonly FormatProblem[]; readonly problemCount: number };

const mostTold = 1000;

/** What was wrong while reading. */
export class Problems {
  readonly problems: FormatProblem[] = [];
  problemCount = 0;
  add(problem: FormatProblem): void {
    this.problemCount += 1;
    if (this.problems.length < mostTold) this.problems.push(problem);
  }
  get told(): Told {
    return { problems: this.problems, problemCount: this.problemCount };
  }
}

/** `boxes.json, line 12: bbox is …`, for people. */
export const problemText = ({ file, line, record, byte, message }: FormatProblem): string => {
  const place = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(record === undefined ? [] : [`record ${record}`]),
    ...(byte === undefined ? [] : [`byte ${byte}`]),
  ];
  return `${[file, ...place].join(', ')}: ${message}`;
};

export const formatError = (name: string, what: string, cause?: unknown): InnotaterError =>
  new InnotaterError('format', `${name}: ${what}`, { file: name }, { cause });

/** A task of its own for what follows, after what waits: input, timers, a frame. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

const mostMs = 4;

/** Tells how many boxes of what is written have no class, and what stands in its place. */
export const tellUnset = (
  classIds: Int32Array,
  file: string,
  inPlace: string,
  options: FormatOptions,
): void => {
  if (!options.onProblem) return;
  const count = classIds.reduce((sum, classId) => (classId < 0 ? sum + 1 : sum), 0);
  if (count === 0) return;
  const message = `${count} ${count === 1 ? 'box has' : 'boxes have'} no class, which is written as ${inPlace}`;
  options.onProblem({ file, message });
};

/** Keeps long work to tasks of a few milliseconds, tells progress and stops when it is aborted. */
export class Pace {
  readonly #options: FormatOptions;
  #since = performance.now();

  constructor(options: FormatOptions = {}) {
    options.signal?.throwIfAborted();
    this.#options = options;
  }

  /** To be called after every millisecond of work or less. Rejects with the signal's reason. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#since < mostMs) return;
    await this.wait(nextTask());
    this.#since = performance.now();
  }

  /** Waits for a promise; one that is settled already needs no task of its own. Rejects with the signal's reason. */
  async wait<T>(promise: Promise<T>): Promise<T> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    const value = await promise;
    signal?.throwIfAborted();
    return value;
  }

  progress(done: number, total: number): void {
    this.#options.onProgress?.(done, total);
  }

  /** Calls `each` for 0…count−1. */
  async loop(count: number, each: (index: number) => void): Promise<void> {
    const step = 256;
    for (let from = 0; from < count; from += step) {
      const to = Math.min(count, from + step);
      for (let index = from; index < to; index++) each(index);
      await this.breathe();
    }
  }
}

/** Bytes `from` to `to` of a blob. Rejects with `InnotaterError` 'fetch' where the file cannot be read any more. */
export const bytesOf = async (blob: Blob, from: number, to: number, name: string): Promise<Uint8Array> => {
  try {
    return new Uint8Array(await blob.slice(from, to).arrayBuffer());
  } catch (cause) {
    throw new InnotaterError(
      'fetch',
      `${name} cannot be read: it was changed, moved or closed since it was chosen. Choose it again`,
      { file: name },
      { cause },
    );
  }
};

/** The whole as text without a byte order mark. Throws where it is longer than a text may be. */
export const textOf = async (blob: Blob, name: string): Promise<string> => {
  if (blob.size > 2 ** 28)
    throw formatError(name, `has ${blob.size} bytes; such a file has 268,435,456 at most`);
  return new TextDecoder().decode(await bytesOf(blob, 0, blob.size, name));
};
