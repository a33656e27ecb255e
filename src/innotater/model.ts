import { DirtySet, looksLikeMask, selectRows } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { warnOnce } from '../innotations/index.js';
import { isAnnotated } from './annotated.js';
import { Editing, type Place } from './editing.js';
import { type Emit, emitOn, type SaveState } from './events.js';
import { Journaling } from './journaling.js';
import { Notices } from './notices.js';
import { type InnotaterOptions, type Settings, settingsOf } from './options.js';
import { Outbox } from './outbox.js';
import { Position } from './position.js';
import { type InnotationList, type Registry, register } from './registration.js';
import { Saving } from './save.js';
import { editsOf, type NamedValue } from './set-values.js';
import type { shortcutSheet } from './shortcut-sheet.js';
import type { Command } from './shortcuts.js';
import { refused } from './view-stage.js';

/** How long a search keeps the browser at a time. */
const searchSliceMs = 4;

const samples = (count: number): string => `${count} ${count === 1 ? 'sample' : 'samples'}`;

const stuck = (way: 'undo' | 'redo', cause: unknown): InnotaterError => {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new InnotaterError('data', `Cannot ${way}: ${why}`, {}, { cause });
};

/** Everything a view is without a screen: what it shows, where it stands, what changed. */
export class ViewModel {
  readonly settings: Settings;
  readonly registry: Registry;
  readonly position: Position;
  readonly editing: Editing;
  readonly saving: Saving;
  readonly dirty = new DirtySet();
  readonly notices = new Notices();
  /** Null without one. */
  readonly journaling: Journaling | null;
  #saveState: SaveState = 'saved';
  #search: AbortController | null = null;
  /** The sheet of shortcuts is open. */
  showsSheet = false;
  /** Builds it; null until its code was loaded. */
  shortcutSheet: typeof shortcutSheet | null = null;
  readonly outbox: Outbox;
  readonly emit: Emit;
  /** Something that is shown changed; set by who draws. */
  onChange: (reason: string) => void = () => {};
  /** What assistive technology is to say; set by who draws. */
  onSpoken: (text: string) => void = () => {};

  constructor(
    target: EventTarget,
    inputs: InnotationList,
    targets: InnotationList,
    options: InnotaterOptions,
  ) {
    this.settings = settingsOf(options);
    this.registry = register(inputs, targets);
    if (looksLikeMask(options.indexes, this.registry.length)) {
      warnOnce(
        'Innotater',
        'Innotater',
        'indexes holds 0 and 1 alone, one for each row: they are taken as the rows 0 and 1. A mask is a list of booleans, or a tensor of dtype bool',
      );
    }
    this.position = new Position(selectRows(options.indexes, this.registry.length), this.settings.prefetch);
    this.outbox = new Outbox(emitOn(target));
    this.emit = this.outbox.emit;
    const { dirty, emit } = this;
    this.editing = new Editing({
      dirty,
      emit,
      redraw: (reason) => {
        this.onChange(reason);
        this.#followSaveState();
      },
      note: (op) => this.journaling?.note(op),
    });
    this.saving = this.#saving();
    this.journaling = this.#journaling();
  }

  /** Throws a RangeError for what is no position. */
  go(index: number): void {
    if (!this.position.go(index)) return;
    const { uindex } = this.position;
    this.#search?.abort();
    this.#search = null;
    this.editing.endMerge();
    this.notices.sampleChanged(uindex);
    this.onChange('sample');
    this.emit('indexchange', { index, uindex });
  }

  /** As `go`, but what is wrong with a position is reported. */
  tryGo(index: number): void {
    try {
      this.go(index);
    } catch (cause) {
      this.report(new InnotaterError('range', (cause as RangeError).message, {}, { cause }), null);
    }
  }

  /** One step, stopping at both ends (C6). */
  step(by: 1 | -1): void {
    const index = this.position.index + by;
    if (index >= 0 && index < this.position.length) this.tryGo(index);
  }

  /** Takes back or repeats a step and shows what it changed: the sample, and the box on its image. False: there was none. */
  travel(way: 'undo' | 'redo'): boolean {
    const places = this.#moved(way);
    if (places === undefined) return false;
    if (!places) {
      this.onSpoken(`Nothing to ${way}`);
      return false;
    }
    const here = this.position.uindex;
    const uindex = places.some((place) => place.uindex === here) ? here : places[0]!.uindex;
    const index = uindex === this.position.uindex ? null : this.position.find(uindex);
    if (index !== null) this.tryGo(index);
    for (const place of [...places].reverse()) {
      if (place.uindex === uindex) place.target.reveal?.(uindex);
    }
    const words = way === 'undo' ? 'Undone' : 'Redone';
    this.onSpoken(index === null ? words : `${words}, ${index + 1} of ${this.position.length}`);
    return true;
  }

  /** Undefined where the step's sample must be there first: it is shown, to be fetched. */
  #moved(way: 'undo' | 'redo'): readonly Place[] | null | undefined {
    try {
      return this.editing[way]();
    } catch (thrown) {
      const error = thrown instanceof InnotaterError ? thrown : stuck(way, thrown);
      const { uindex } = error.facts;
      const index = typeof uindex === 'number' ? this.position.find(uindex) : null;
      if (index !== null) this.tryGo(index);
      this.report(error, typeof uindex === 'number' ? uindex : null);
      return undefined;
    }
  }

  /** What a host writes; see `Innotater.setValues`. */
  setValues(values: readonly NamedValue[]): boolean {
    const edits = editsOf(values, this.registry);
    this.editing.endMerge();
    try {
      return this.editing.edit(edits);
    } catch (cause) {
      throw refused(edits[0]!.target.name, cause);
    }
  }

  get saveState(): SaveState {
    const { saving, journaling, dirty } = this;
    const journal = journaling?.state ?? 'durable';
    if (saving.hasFailed || journal === 'failed') return 'failed';
    if (saving.isRunning) return 'saving';
    if (saving.isOffered || !journaling) return dirty.isEmpty ? 'saved' : 'unsaved';
    if (journal === 'durable') return 'saved';
    return journal === 'writing' ? 'saving' : 'unsaved';
  }

  #followSaveState(): void {
    const state = this.saveState;
    if (state === this.#saveState) return;
    this.#saveState = state;
    this.onChange('save state');
    this.emit('savestatechange', { state });
  }

  perform(command: Command): void {
    if (command === 'next') this.step(1);
    else if (command === 'previous') this.step(-1);
    else if (command === 'nextBlank') this.nextBlank();
    else if (command === 'sheet') this.toggleSheet();
    else if (command === 'save') this.outbox.later(() => void this.saving.save());
    else this.travel(command);
  }

  /** To the next sample without an annotation, from here on and then from the start; a long search goes on in slices. */
  nextBlank(): void {
    const annotated = isAnnotated(this.registry.targets);
    this.#search?.abort();
    const search = new AbortController();
    this.#search = search;
    const { goOn } = this.position.findNext((uindex) => !annotated(uindex));
    const slice = () => {
      if (search.signal.aborted) return;
      const endMs = performance.now() + searchSliceMs;
      const index = goOn(() => performance.now() < endMs);
      if (index === undefined) setTimeout(slice);
      else this.#found(index);
    };
    slice();
  }

  /** A search for the next sample is under way. */
  get isSearching(): boolean {
    return this.#search !== null;
  }

  #found(index: number | null): void {
    this.#search = null;
    if (index === null) this.notices.show('status', 'Every other sample is annotated.');
    else this.tryGo(index);
    this.onChange('search is over');
  }

  toggleSheet(): void {
    this.showsSheet = !this.showsSheet;
    this.onChange('sheet of shortcuts');
    if (this.showsSheet && !this.shortcutSheet) void this.#loadSheet();
  }

  async #loadSheet(): Promise<void> {
    try {
      this.shortcutSheet = (await import('./shortcut-sheet.js')).shortcutSheet;
      this.onChange('sheet of shortcuts');
    } catch (cause) {
      this.showsSheet = false;
      this.report(
        new InnotaterError('fetch', 'The list of keys could not be loaded; try again.', {}, { cause }),
        null,
      );
    }
  }

  /** Shows the message and raises 'error'. */
  report(error: InnotaterError, uindex: number | null): void {
    this.notices.show('alert', error.message, uindex);
    this.onChange('error');
    this.emit('error', uindex === null ? { error } : { error, uindex });
  }

  #journaling(): Journaling | null {
    const { journalKey } = this.settings;
    if (journalKey === null) return null;
    return new Journaling({
      key: journalKey,
      length: this.registry.length,
      innotations: this.registry.all,
      editing: this.editing,
      dirty: this.dirty,
      ask: (question) => {
        this.notices.ask(question);
        this.onChange('question');
      },
      tell: (text) => {
        this.notices.show('status', text);
        this.onChange('told');
      },
      report: (error) => this.report(error, null),
      restored: (detail) => this.emit('restore', detail),
      onState: () => this.#followSaveState(),
    });
  }

  #saving(): Saving {
    return new Saving({
      dirty: this.dirty,
      hook: this.settings.saveHook,
      onState: () => {
        this.onChange('saving');
        this.#followSaveState();
      },
      onBegin: () => this.journaling?.saveBegins(),
      onSaved: (uindexes) => {
        this.journaling?.saved(uindexes);
        this.notices.show('status', `Saved ${samples(uindexes.length)}.`);
        this.emit('save', { uindexes });
      },
      onRefused: () =>
        this.notices.show('alert', 'Not saved: the save hook did not answer true. The changes are kept.'),
      onFailed: (error) => this.report(error, null),
    });
  }
}
