import type { InnotaterError } from '../errors/index.js';

/** A value changed. `repeatIndex` is −1 outside repeats. */
export type ChangeDetail = {
  readonly uindex: number;
  readonly name: string;
  readonly repeatIndex: number;
  readonly value: unknown;
  readonly previous: unknown;
};

/**
 * How it stands with what the user changed. `saved`: nothing is to be lost; `unsaved`: the save hook, or without one the journal, does
 * not have it yet; `saving`: it is on its way; `failed`: saving or keeping failed last.
 */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed';

/** What came back from the journal of an earlier session. */
export type RestoreDetail = {
  /** Samples whose values were put in place, ascending. */
  readonly uindexes: readonly number[];
  /** Values put in place. */
  readonly changes: number;
  /** Places that two sessions had given different values; the later one holds. */
  readonly conflicts: number;
};

/** What an Innotater tells, by the event's type. */
export type InnotaterEvents = {
  /** A value was edited, undone or redone; the memory holds it already. */
  readonly change: CustomEvent<ChangeDetail>;
  /** Another sample is shown. */
  readonly indexchange: CustomEvent<{ readonly index: number; readonly uindex: number }>;
  /** The save hook answered true for these samples. */
  readonly save: CustomEvent<{ readonly uindexes: readonly number[] }>;
  /** `view.saveState` is another one. */
  readonly savestatechange: CustomEvent<{ readonly state: SaveState }>;
  /** What the journal held was put back. */
  readonly restore: CustomEvent<RestoreDetail>;
  /** Something failed that the view goes on from; the sample where it is of one. */
  readonly error: CustomEvent<{ readonly error: InnotaterError; readonly uindex?: number }>;
};

type Detail<K extends keyof InnotaterEvents> = InnotaterEvents[K]['detail'];

/** Raises one of the events. */
export type Emit = <K extends keyof InnotaterEvents>(type: K, detail: Detail<K>) => void;

export const emitOn =
  (target: EventTarget): Emit =>
  (type, detail) => {
    target.dispatchEvent(new CustomEvent(type, { detail }));
  };

/** An EventTarget that knows the types of its events. */
export class TypedTarget<Events extends { readonly [K in keyof Events]: Event }> extends EventTarget {
  override addEventListener<K extends keyof Events & string>(
    type: K,
    listener: (event: Events[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: unknown,
    options?: boolean | AddEventListenerOptions,
  ): void {
    super.addEventListener(type, listener as EventListenerOrEventListenerObject | null, options);
  }

  override removeEventListener<K extends keyof Events & string>(
    type: K,
    listener: (event: Events[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  override removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
  override removeEventListener(
    type: string,
    listener: unknown,
    options?: boolean | EventListenerOptions,
  ): void {
    super.removeEventListener(type, listener as EventListenerOrEventListenerObject | null, options);
  }
}

/** What an Innotater is as a target of events. */
export class InnotaterTarget extends TypedTarget<InnotaterEvents> {}
