import type { PixelPool } from '../compute/index.js';
import type { BlankCells } from '../dataset/index.js';
import type { InnotaterError } from '../errors/index.js';
import type { TileTextures } from '../images/index.js';
import type { Innotation } from './innotation.js';
import type { Keymap } from './keymap.js';

/** One change of one value. `value` and `previous` are plain data that the target's `write` takes. */
export type ValueEdit = {
  readonly target: EditTarget;
  readonly uindex: number;
  readonly value: unknown;
  /** The value is of the kind that `capture` gives, and is put in place by `restore`. */
  readonly exact?: true;
  /** Consecutive edits with the same key, target and sample are one undo step. Absent: a step of its own. */
  readonly merge?: string;
};

/** An innotation's writable value, as history and events see it. */
export interface EditTarget {
  readonly name: string;
  /** Row inside a RepeatInnotation, −1 outside. */
  readonly repeatIndex: number;
  read(uindex: number): unknown;
  write(uindex: number, value: unknown): void;
  /** Whether two values are the same, so that setting what is there is no edit. */
  same(a: unknown, b: unknown): boolean;
  /**
   * The exact memory behind the value, where `read` loses some of it (a class of a one-hot row of floats), and its way back.
   * History keeps this in place of `read` and `write`.
   */
  capture?(uindex: number): unknown;
  restore?(uindex: number, captured: unknown): void;
  /** A change of this sample's value was undone or redone: what shows it comes into sight. */
  reveal?(uindex: number): void;
  /** What a row of a repeat holds of it when it is removed; absent: zeros, false, empty text. */
  readonly blank?: BlankCells;
  /** True for what belongs to the view, not to the data (how many rows are shown): undone as all else, but never dirty, no event. */
  readonly ofView?: boolean;
}

/** Where boxes are drawn: an ImageInnotation. */
export interface BoxHost {
  /** Called once a box and registration, in the order of PARITY B9. */
  attachBox(box: Innotation): void;
  readonly activeBox: Innotation | null;
  activateBox(box: Innotation): void;
  /** Makes it the active one where this sample is shown, and moves the view where it is not in sight. */
  revealBox(box: Innotation, uindex: number): void;
}

/** An innotation that lies on another one, which the Innotater finds for it by name (R9). */
export interface NeedsSource {
  /** The name of its image; undefined where there is only one. */
  readonly source: string | undefined;
  attachTo(host: BoxHost): void;
}

/** What innotations may ask of the component that shows them. */
export interface Stage {
  readonly uindex: number;
  readonly index: number;
  /** Samples likely to be shown next, most likely first. */
  readonly upcoming: readonly number[];
  /** The only way to change a value: writes in place, records history, marks dirty, raises 'change', redraws. False: it was the same. */
  edit(edit: ValueEdit): boolean;
  /** Several edits as one undo step. False: nothing changed. */
  editAll(edits: readonly ValueEdit[]): boolean;
  /**
   * Runs a handler of the caller. When it gives true, the sample is dirty and what the handler wrote into this sample's values is
   * one undo step. What it throws or rejects with is reported. Resolves when it is done, to whether it gave true.
   */
  runHandler(uindex: number, handler: () => unknown): Promise<boolean>;
  /** Ends merging: the next edit is an undo step of its own. */
  endMerge(): void;
  /** Marks a sample dirty without a value edit. */
  touch(uindex: number): void;
  redraw(reason: string): void;
  /** Raises an 'error' event and shows the message. */
  report(error: InnotaterError, uindex: number | null): void;
  announce(text: string): void;
  readonly pixels: PixelPool;
  readonly textures: TileTextures;
  /** Bytes of decoded pixels that one image innotation may hold. */
  readonly memoryBudget: number;
  /** Which key does what. */
  readonly keymap: Keymap;
  /** The keys that are shortcuts of the whole while a list has focus (C10). */
  readonly shortcutKeys: readonly string[];
}
