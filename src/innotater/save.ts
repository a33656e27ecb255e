import type { DirtySet } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import type { SaveHook } from './options.js';

export type SaveParts = {
  readonly dirty: DirtySet;
  readonly hook: SaveHook | null;
  /** The hook is about to be given what is dirty now. */
  readonly onBegin: () => void;
  readonly onSaved: (uindexes: readonly number[]) => void;
  readonly onRefused: () => void;
  readonly onFailed: (error: InnotaterError) => void;
  /** Running or not changed. */
  readonly onState: () => void;
};

/** Saving by the caller's hook: one at a time, only what is dirty (S4–S6, C11). */
export class Saving {
  readonly #parts: SaveParts;
  #running: Promise<boolean> | null = null;
  #hasFailed = false;

  constructor(parts: SaveParts) {
    this.#parts = parts;
  }

  get isOffered(): boolean {
    return this.#parts.hook !== null;
  }
  get isRunning(): boolean {
    return this.#running !== null;
  }
  /** The last one did not save, and its samples are dirty still. */
  get hasFailed(): boolean {
    return this.#hasFailed && !this.#parts.dirty.isEmpty;
  }
  get canSave(): boolean {
    return this.isOffered && !this.isRunning && !this.#parts.dirty.isEmpty;
  }

  /** True when the hook saved. False: it did not, there is none, or nothing is dirty. While one runs, that one's answer. */
  save(): Promise<boolean> {
    if (this.#running) return this.#running;
    if (!this.canSave) return Promise.resolve(false);
    this.#hasFailed = false;
    this.#running = this.#run().then((isSaved) => {
      this.#hasFailed = !isSaved;
      this.#running = null;
      this.#parts.onState();
      return isSaved;
    });
    this.#parts.onState();
    return this.#running;
  }

  async #run(): Promise<boolean> {
    const { dirty, hook, onBegin, onSaved, onRefused, onFailed } = this.#parts;
    onBegin();
    const ticket = dirty.beginSave();
    try {
      const answer = await hook?.([...ticket.uindexes]);
      if (answer !== true) {
        onRefused();
        return false;
      }
    } catch (cause) {
      onFailed(saveError(cause));
      return false;
    }
    dirty.saved(ticket);
    onSaved(ticket.uindexes);
    return true;
  }
}

const saveError = (cause: unknown): InnotaterError => {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new InnotaterError('hook', `Saving failed: ${why}`, {}, { cause });
};
