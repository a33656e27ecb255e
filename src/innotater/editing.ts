import { type Diff, type DirtySet, History, type Step } from '../dataset/index.js';
import {
  type EditTarget,
  type Innotation,
  isEditTarget,
  putState,
  sameState,
  stateOf,
  type ValueEdit,
} from '../innotations/index.js';
import type { Emit } from './events.js';

/** Where a value lies. */
export type Place = { readonly target: EditTarget; readonly uindex: number };

/** What happened to the history, as a journal needs it; see `LogOp`. */
export type EditOp =
  | { readonly tag: 'step'; readonly diffs: Step<Place> }
  | { readonly tag: 'grow'; readonly after: unknown }
  | { readonly tag: 'drop' | 'undo' | 'redo' };

export type EditingParts = {
  readonly dirty: DirtySet;
  readonly emit: Emit;
  /** Writes down what happened; absent: nobody does. */
  readonly note?: (op: EditOp) => void;
  /** Something that is shown changed. */
  readonly redraw: (reason: string) => void;
};

/** The one way in which values change: written in place, recorded, dirty, told. */
export class Editing {
  readonly #parts: EditingParts;
  readonly #history = new History<Place>({
    samePlace: (a, b) => a.target === b.target && a.uindex === b.uindex,
    sameValue: ({ target }, a, b) => sameState(target, a, b),
  });

  constructor(parts: EditingParts) {
    this.#parts = parts;
  }

  /** Several edits as one step, all or nothing. False: everything was so already. Throws what a column throws. */
  edit(edits: readonly ValueEdit[]): boolean {
    const done: Change[] = [];
    try {
      for (const edit of edits) done.push(...perform(edit));
    } catch (error) {
      for (const { diff } of [...done].reverse()) putState(diff.place.target, diff.place.uindex, diff.before);
      throw error;
    }
    if (done.length === 0) return false;
    this.#record(
      done.map(({ diff }) => diff),
      edits.length === 1 ? edits[0]!.merge : undefined,
    );
    this.#told(done, 'edit');
    return true;
  }

  endMerge(): void {
    this.#history.endMerge();
  }

  /** Marks the sample dirty where nothing is known to have changed. */
  touch(uindex: number): void {
    this.#parts.dirty.add(uindex);
    this.#parts.redraw('touched');
  }

  /** Remembers a sample's values; `recordSince` then takes what others wrote meanwhile as one step. */
  watch(innotations: readonly Innotation[], uindex: number): readonly Watched[] {
    return innotations.filter(isEditTarget).map((target) => ({
      place: { target, uindex },
      before: stateOf(target, uindex),
      previous: target.read(uindex),
    }));
  }

  recordSince(watched: readonly Watched[]): void {
    const changes = watched.flatMap(({ place, before, previous }): Change[] => {
      const after = stateOf(place.target, place.uindex);
      return sameState(place.target, before, after) ? [] : [{ diff: { place, before, after }, previous }];
    });
    if (changes.length === 0) return;
    this.#record(changes.map(({ diff }) => diff));
    this.#told(changes, 'handler');
  }

  /** Values of an earlier session are in place (see `restore.ts`): its steps come below those of this one. */
  restored(changes: readonly Change[], { done, undone }: PastSteps): void {
    this.#history.putBelow(done, undone);
    this.#told(changes, 'restored');
  }

  #record(step: Step<Place>, merge?: string): void {
    const recorded = this.#history.record(step, merge);
    if (recorded === 'new') this.#parts.note?.({ tag: 'step', diffs: step });
    else if (recorded === 'grown') this.#parts.note?.({ tag: 'grow', after: step[0]!.after });
    else if (recorded === 'dropped') this.#parts.note?.({ tag: 'drop' });
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }
  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /**
   * What was changed, so that the view can go there, never empty; null where there is nothing to undo. Throws, and changes nothing,
   * where a value cannot be put in place.
   */
  undo(): readonly Place[] | null {
    return this.#move('undo', 'before');
  }
  redo(): readonly Place[] | null {
    return this.#move('redo', 'after');
  }

  /** A step of an earlier session, all of whose places are gone, is passed over. */
  #move(way: 'undo' | 'redo', side: 'before' | 'after'): readonly Place[] | null {
    for (;;) {
      const step = this.#history[way]();
      if (!step) return null;
      const changes = this.#put(step, way, side);
      this.#parts.note?.({ tag: way });
      if (changes.length === 0) continue;
      this.#told(changes, way);
      return step.map(({ place }) => place);
    }
  }

  #put(step: Step<Place>, way: 'undo' | 'redo', side: 'before' | 'after'): readonly Change[] {
    const done: Change[] = [];
    try {
      for (const diff of step) {
        const { target, uindex } = diff.place;
        const previous = target.read(uindex);
        putState(target, uindex, diff[side]);
        done.push({ diff, previous });
      }
    } catch (error) {
      const back = side === 'before' ? 'after' : 'before';
      for (const { diff } of done.reverse()) putState(diff.place.target, diff.place.uindex, diff[back]);
      this.#history[way === 'undo' ? 'redo' : 'undo']();
      throw error;
    }
    return done;
  }

  #told(changes: readonly Change[], reason: string): void {
    const { dirty, emit, redraw } = this.#parts;
    const ofData = changes.filter(({ diff }) => !diff.place.target.ofView);
    for (const { diff } of ofData) dirty.add(diff.place.uindex);
    redraw(reason);
    for (const { diff, previous } of ofData) {
      const { target, uindex } = diff.place;
      const { name, repeatIndex } = target;
      emit('change', { uindex, name, repeatIndex, value: target.read(uindex), previous });
    }
  }
}

/** A value as it was before somebody else might write it. */
export type Watched = { readonly place: Place; readonly before: unknown; readonly previous: unknown };

/** Steps in the order of `History`. */
export type PastSteps = { readonly done: readonly Step<Place>[]; readonly undone: readonly Step<Place>[] };

/** What changed, and what `read` gave before. */
export type Change = { readonly diff: Diff<Place>; readonly previous: unknown };

/** Writes; empty where the value was there already (S3). */
const perform = ({ target, uindex, value, exact }: ValueEdit): readonly Change[] => {
  const previous = target.read(uindex);
  const before = stateOf(target, uindex);
  if (!exact && target.same(previous, value)) return [];
  if (exact) putState(target, uindex, value);
  else target.write(uindex, value);
  const after = stateOf(target, uindex);
  return sameState(target, before, after)
    ? []
    : [{ diff: { place: { target, uindex }, before, after }, previous }];
};
