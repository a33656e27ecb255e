import type { DirtySet } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import type { Innotation } from '../innotations/index.js';
import type { JournalOp, JournalState } from '../journal/index.js';
import type { Editing, EditOp } from './editing.js';
import type { RestoreDetail } from './events.js';
import { loggedOp } from './journal-refs.js';
import type { JournalWork } from './journal-work.js';
import type { Question } from './notices.js';

export type JournalingParts = {
  readonly key: string;
  readonly length: number;
  /** At every depth. */
  readonly innotations: readonly Innotation[];
  readonly editing: Editing;
  readonly dirty: DirtySet;
  ask(question: Question): void;
  tell(text: string): void;
  report(error: InnotaterError): void;
  restored(detail: RestoreDetail): void;
  /** The state of the journal may be another. */
  onState(): void;
};

export const [firstRetryMs, mostRetryMs] = [1000, 30_000];

/** The view's side of its journal, whose code is loaded when the view is mounted; what is noted meanwhile waits here. */
export class Journaling {
  readonly #parts: JournalingParts;
  readonly #early: JournalOp[] = [];
  readonly #end = new AbortController();
  #work: JournalWork | null = null;
  #isStarted = false;
  #isMissing = false;

  constructor(parts: JournalingParts) {
    this.#parts = parts;
  }

  get state(): JournalState {
    if (this.#work) return this.#work.state;
    if (this.#isMissing) return 'failed';
    return this.#early.length > 0 ? 'pending' : 'durable';
  }

  note(op: EditOp): void {
    const logged = loggedOp(op);
    if (this.#work) this.#work.note(logged);
    else {
      this.#early.push(logged);
      this.#parts.onState();
    }
  }

  saveBegins(): void {
    this.#work?.saveBegins();
  }
  saved(uindexes: readonly number[]): void {
    this.#work?.saved(uindexes);
  }

  /** Opens the journal, once. What is noted meanwhile is written after it. */
  start(view: Window): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    const { signal } = this.#end;
    const flush = () => this.#work?.flush();
    view.addEventListener('pagehide', flush, { signal });
    view.document.addEventListener('visibilitychange', () => view.document.hidden && flush(), { signal });
    view.addEventListener('beforeunload', (event) => this.state !== 'durable' && event.preventDefault(), {
      signal,
    });
    void this.#open();
  }

  async export(): Promise<Blob> {
    if (!this.#work) throw new InnotaterError('data', 'The journal is not open yet; mount the view first');
    return this.#work.export();
  }

  dispose(): void {
    this.#end.abort();
    this.#work?.dispose();
  }

  /** Disposed meanwhile: what was edited is written all the same. */
  async #open(): Promise<void> {
    const loaded = await this.#load();
    if (!loaded) return;
    const work = new loaded.JournalWork(this.#parts);
    for (const op of this.#early.splice(0)) work.note(op);
    this.#work = work;
    void work.open();
    if (this.#end.signal.aborted) work.dispose();
    if (!this.#isMissing) return;
    this.#isMissing = false;
    this.#parts.tell('Changes are kept in this browser again.');
    this.#parts.onState();
  }

  /** Null where it cannot be loaded before the view is disposed. */
  async #load(): Promise<typeof import('./journal-work.js') | null> {
    for (let waitMs = firstRetryMs; ; waitMs = Math.min(2 * waitMs, mostRetryMs)) {
      try {
        return await import('./journal-work.js');
      } catch (cause) {
        if (this.#end.signal.aborted) return null;
        if (!this.#isMissing) this.#parts.report(notLoaded(cause));
        this.#isMissing = true;
        this.#parts.onState();
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }
}

const notLoaded = (cause: unknown): InnotaterError =>
  new InnotaterError(
    'limit',
    'Changes are not kept in this browser: a part of the page could not be loaded. You can go on; it is tried again. Save before you close this page.',
    {},
    { cause },
  );
