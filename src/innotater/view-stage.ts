import { InnotaterError } from '../errors/index.js';
import type { Innotation, Keymap, Stage, ValueEdit } from '../innotations/index.js';
import type { Editing } from './editing.js';
import type { Surface } from './mounted-view.js';
import type { Position } from './position.js';
import { isHost } from './sources.js';

export type StageParts = {
  readonly position: Position;
  readonly editing: Editing;
  readonly innotations: readonly Innotation[];
  /** Bytes of decoded pixels that the view may hold now. */
  memoryBudget(): number;
  readonly keymap: Keymap;
  readonly shortcutKeys: readonly string[];
  readonly redraw: (reason: string) => void;
  readonly report: (error: InnotaterError, uindex: number | null) => void;
  readonly retract: (error: InnotaterError) => void;
};

/** What innotations may ask of the view; see `Stage`. */
export class ViewStage implements Stage {
  readonly #parts: StageParts;
  /** Set while mounted. */
  surface: Surface | null = null;
  readonly #imageCount: number;
  #spoken: string[] = [];
  /** Handlers of buttons that are not done. */
  #handlers = 0;

  constructor(parts: StageParts) {
    this.#parts = parts;
    this.#imageCount = Math.max(1, parts.innotations.filter(isHost).length);
  }

  /** An equal share of the whole. */
  get memoryBudget(): number {
    return this.#parts.memoryBudget() / this.#imageCount;
  }

  get uindex(): number {
    return this.#parts.position.uindex;
  }
  get index(): number {
    return this.#parts.position.index;
  }
  get before(): number | null {
    return this.#parts.position.before;
  }
  get upcoming(): readonly number[] {
    return this.#parts.position.upcoming;
  }
  get keymap(): Keymap {
    return this.#parts.keymap;
  }
  get shortcutKeys(): readonly string[] {
    return this.#parts.shortcutKeys;
  }
  get pixels() {
    return this.#mounted.pixels;
  }
  get textures() {
    return this.#mounted.textures;
  }

  edit(edit: ValueEdit): boolean {
    return this.editAll([edit]);
  }

  /** What the caller's memory refuses is reported, and changes nothing. */
  editAll(edits: readonly ValueEdit[]): boolean {
    try {
      return this.#parts.editing.edit(edits);
    } catch (cause) {
      const [first] = edits;
      this.report(refused(first?.target.name ?? '', cause), first?.uindex ?? null);
      return false;
    }
  }

  endMerge(): void {
    this.#parts.editing.endMerge();
  }
  touch(uindex: number): void {
    this.#parts.editing.touch(uindex);
  }

  /** The handler runs after the frame it was asked for in, so that it may do anything to the view. */
  async runHandler(uindex: number, handler: () => unknown): Promise<boolean> {
    const { editing, innotations } = this.#parts;
    await null;
    this.#handlers += 1;
    this.redraw('handler runs');
    const watched = editing.watch(innotations, uindex);
    try {
      if ((await handler()) !== true) return false;
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      this.report(
        new InnotaterError('hook', `The handler of a button failed: ${why}`, { uindex }, { cause }),
        uindex,
      );
      return false;
    } finally {
      this.#handlers -= 1;
    }
    editing.recordSince(watched);
    editing.touch(uindex);
    return true;
  }

  get isHandling(): boolean {
    return this.#handlers > 0;
  }

  redraw(reason: string): void {
    this.#parts.redraw(reason);
  }
  report(error: InnotaterError, uindex: number | null): void {
    this.#parts.report(error, uindex);
  }
  retract(error: InnotaterError): void {
    this.#parts.retract(error);
  }
  announce(text: string): void {
    this.#spoken.push(text);
    this.redraw('announcement');
  }

  /** What is to be spoken, once. */
  takeSpoken(): readonly string[] {
    const spoken = this.#spoken;
    this.#spoken = [];
    return spoken;
  }

  get #mounted(): Surface {
    if (!this.surface)
      throw new Error('An innotation asked for pixels or textures while nothing is mounted.');
    return this.surface;
  }
}

/** What the caller's memory did not take, in words. */
export const refused = (name: string, cause: unknown): InnotaterError => {
  if (cause instanceof InnotaterError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new InnotaterError('data', `The data of ${name} cannot be written: ${why}`, {}, { cause });
};
