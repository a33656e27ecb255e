import { InnotaterError } from '../errors/index.js';
import type { Stage } from './contract.js';

/** Texts that are fetched when they are shown. */
export type AsyncTextSource = {
  readonly length: number;
  get(uindex: number, options: { readonly signal: AbortSignal }): Promise<string>;
};

export const isTextSource = (data: unknown): data is AsyncTextSource =>
  typeof data === 'object' &&
  data !== null &&
  !('shape' in data) &&
  !('dims' in data) &&
  'get' in data &&
  typeof data.get === 'function';

/** The text of the sample that is shown: asked for once, given up when another is shown. */
export class AsyncTexts {
  readonly #source: AsyncTextSource;
  #shown: { readonly uindex: number; text: string | null; readonly abort: AbortController } | null = null;

  constructor(source: AsyncTextSource) {
    this.#source = source;
  }

  /** Null while it is not there. */
  text(stage: Stage): string | null {
    if (this.#shown?.uindex !== stage.uindex) this.#load(stage);
    return this.#shown?.text ?? null;
  }

  isReady(uindex: number): boolean {
    return this.#shown?.uindex === uindex && this.#shown.text !== null;
  }

  forget(): void {
    this.#shown?.abort.abort();
    this.#shown = null;
  }

  #load(stage: Stage): void {
    this.forget();
    const abort = new AbortController();
    const { uindex } = stage;
    const shown = { uindex, text: null as string | null, abort };
    this.#shown = shown;
    const arrived = (text: string) => {
      shown.text = text;
      if (!abort.signal.aborted) stage.redraw('text arrived');
    };
    const failed = (cause: unknown) => {
      if (abort.signal.aborted) return;
      const why = cause instanceof Error ? cause.message : String(cause);
      stage.report(
        new InnotaterError('fetch', `The text of sample ${uindex} could not be read: ${why}`, {}, { cause }),
        uindex,
      );
      arrived('');
    };
    new Promise<string>((resolve) => resolve(this.#source.get(uindex, { signal: abort.signal }))).then(
      arrived,
      failed,
    );
  }
}
