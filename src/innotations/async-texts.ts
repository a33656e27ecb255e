import { isAsyncSource, RecentEntries } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import type { Stage } from './contract.js';

/** Texts that are fetched when they are shown. */
export type AsyncTextSource = {
  readonly length: number;
  get(uindex: number, options: { readonly signal: AbortSignal }): Promise<string>;
};

export const isTextSource = (data: unknown): data is AsyncTextSource => isAsyncSource(data);

export type TextState =
  | { readonly tag: 'loading' }
  | { readonly tag: 'ready'; readonly text: string }
  | { readonly tag: 'failed'; readonly error: InnotaterError };

type Running = { readonly tag: 'loading'; readonly abort: AbortController };

/** Texts that are kept: so many, of so many characters in all. */
const limits = { count: 256, weight: 8 << 20 };

/**
 * Texts of the sample that is shown and of those that are likely to be next, asked for once each, given up where they are no longer
 * likely, and kept as long as there is room. One that failed stays so until it is asked for again.
 */
export class AsyncTexts {
  readonly #source: AsyncTextSource;
  readonly #texts = new RecentEntries<string>(limits);
  readonly #running = new Map<number, Running | { readonly tag: 'failed'; readonly error: InnotaterError }>();
  #reported: InnotaterError | null = null;

  constructor(source: AsyncTextSource) {
    this.#source = source;
  }

  state(uindex: number): TextState {
    const text = this.#texts.get(uindex);
    if (text !== undefined) return { tag: 'ready', text };
    const state = this.#running.get(uindex);
    return state?.tag === 'failed' ? state : { tag: 'loading' };
  }

  /** Asks for what this stage shows and will show. */
  follow(stage: Stage): void {
    const wanted = new Set([stage.uindex, ...stage.upcoming]);
    for (const [uindex, state] of this.#running) {
      if (wanted.has(uindex)) continue;
      if (state.tag === 'loading') state.abort.abort();
      this.#running.delete(uindex);
    }
    for (const uindex of wanted) {
      if (!this.#texts.has(uindex) && !this.#running.has(uindex)) this.#load(uindex, stage);
    }
    const shown = this.#running.get(stage.uindex);
    if (shown?.tag !== 'failed' || shown.error === this.#reported) return;
    this.#reported = shown.error;
    stage.report(shown.error, stage.uindex);
  }

  /** It is asked for anew when it is shown next. */
  forget(uindex: number): void {
    this.#texts.forget(uindex);
    const state = this.#running.get(uindex);
    if (state?.tag === 'loading') state.abort.abort();
    this.#running.delete(uindex);
  }

  /** Gives up what is on its way. */
  stop(): void {
    for (const uindex of [...this.#running.keys()]) this.forget(uindex);
  }

  #load(uindex: number, stage: Stage): void {
    const abort = new AbortController();
    const running: Running = { tag: 'loading', abort };
    this.#running.set(uindex, running);
    const isWanted = () => this.#running.get(uindex) === running;
    new Promise<string>((resolve) => resolve(this.#source.get(uindex, { signal: abort.signal }))).then(
      (text) => {
        if (!isWanted()) return;
        this.#running.delete(uindex);
        const shown = String(text ?? '');
        this.#texts.set(uindex, shown, shown.length);
        if (!this.#texts.has(uindex)) this.#texts.set(uindex, shown, 0);
        stage.redraw('text arrived');
      },
      (cause: unknown) => {
        if (!isWanted()) return;
        this.#running.set(uindex, { tag: 'failed', error: textError(uindex, cause) });
        stage.redraw('text failed');
      },
    );
  }
}

const textError = (uindex: number, cause: unknown): InnotaterError => {
  if (cause instanceof InnotaterError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new InnotaterError(
    'fetch',
    `The text of sample ${uindex} could not be read: ${why}`,
    { uindex },
    { cause },
  );
};
