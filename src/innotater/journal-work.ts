import type { SaveTicket } from '../dataset/index.js';
import { InnotaterError } from '../errors/index.js';
import { sameState, stateOf } from '../innotations/index.js';
import type { Journal, JournalOp, JournalState, MergedLogs, OtherPlace } from '../journal/index.js';
import { columnsOf, pastOf } from './journal-places.js';
import { keyOf, refOf } from './journal-refs.js';
import { journalTrouble, misfitText, restoredText, sharedText } from './journal-texts.js';
import { firstRetryMs, type JournalingParts, mostRetryMs } from './journaling.js';
import { type PlacedChange, restore } from './restore.js';

/** What is done with a view's journal: what comes back from earlier sessions, and what is told of it. */
export class JournalWork {
  readonly #parts: JournalingParts;
  #journal: Journal | null = null;
  /** Noted before the journal was there. */
  #early: JournalOp[] = [];
  readonly #end = new AbortController();
  #isTroubled = false;
  readonly #sharedWith = new Set<OtherPlace>();
  #isRestored = false;
  /** Places that were edited before earlier sessions came back: what they hold stays. */
  readonly #editedEarly = new Set<string>();
  /** Entries that the save in progress takes in. */
  #savesUpTo = 0;

  constructor(parts: JournalingParts) {
    this.#parts = parts;
  }

  get state(): JournalState {
    if (this.#isTroubled) return 'failed';
    return this.#journal?.state ?? (this.#early.length > 0 ? 'pending' : 'durable');
  }

  note(logged: JournalOp): void {
    const isEarly = logged.tag === 'step' && !this.#isRestored;
    if (isEarly) for (const { place } of logged.diffs) this.#editedEarly.add(keyOf(place));
    this.#record(logged);
  }

  saveBegins(): void {
    this.#savesUpTo = this.#journal?.position ?? 0;
  }
  saved(uindexes: readonly number[]): void {
    if (this.#savesUpTo > 0) this.#record({ tag: 'saved', uindexes, upTo: this.#savesUpTo });
  }

  flush(): void {
    void this.#journal?.flush();
  }

  async export(): Promise<Blob> {
    if (!this.#journal) throw new InnotaterError('data', 'The journal is not open yet; mount the view first');
    return this.#journal.export();
  }

  dispose(): void {
    this.#end.abort();
    this.#journal?.close();
  }

  #record(op: JournalOp): void {
    if (this.#journal) this.#journal.record(op);
    else this.#early.push(op);
    this.#parts.onState();
  }

  /** Tries until it is open or the view is disposed. */
  async open(): Promise<void> {
    for (let waitMs = firstRetryMs; !this.#end.signal.aborted; waitMs = Math.min(2 * waitMs, mostRetryMs)) {
      try {
        const journal = await this.#load();
        if (this.#end.signal.aborted) return;
        const opened = await journal.open();
        if (this.#end.signal.aborted) return;
        this.#trouble(null);
        if (opened.sharedWith) this.#tellShared(opened.sharedWith);
        if (opened.found) await this.#restore(opened.found);
        if (opened.misfits) this.#askMisfits(misfitText(this.#parts.key, opened.misfits));
        return this.#parts.onState();
      } catch (error) {
        if (this.#end.signal.aborted) return;
        this.#trouble(error);
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  async #load(): Promise<Journal> {
    if (this.#journal) return this.#journal;
    const { Journal, cellKinds } = await import('../journal/index.js');
    const { key, length, innotations, onState, report } = this.#parts;
    const journal = new Journal({
      key,
      fingerprint: { length, columns: columnsOf(innotations, cellKinds) },
      onState,
      onTrouble: (error) => this.#trouble(error),
      onArrival: (place) => this.#tellShared(place),
      onUnstorable: (cause) =>
        report(
          new InnotaterError(
            'data',
            `A change holds what this browser cannot store, and is not in the journal: ${cause}`,
            {},
            { cause },
          ),
        ),
    });
    for (const op of this.#early.splice(0)) journal.record(op);
    // Disposed meanwhile: what was edited is written all the same.
    if (this.#end.signal.aborted) journal.close();
    else this.#journal = journal;
    return journal;
  }

  /** Once for each place. */
  #tellShared(place: OtherPlace): void {
    if (this.#sharedWith.has(place) || this.#end.signal.aborted) return;
    this.#sharedWith.add(place);
    this.#parts.ask({ text: sharedText(place), answers: [{ label: 'OK', choose: () => {} }] });
  }

  /** Told once, and again when it is over. */
  #trouble(cause: unknown): void {
    const wasTroubled = this.#isTroubled;
    this.#isTroubled = cause !== null;
    if (this.#isTroubled && !wasTroubled) this.#parts.report(journalTrouble(cause));
    if (wasTroubled && !this.#isTroubled) this.#parts.tell('Changes are kept in this browser again.');
    this.#parts.onState();
  }

  async #restore(merged: MergedLogs): Promise<void> {
    const { editing, dirty, innotations } = this.#parts;
    const past = await pastOf(merged, innotations, this.#end.signal);
    if (this.#end.signal.aborted) return;
    const dirtyBefore = new Set(dirty.uindexes);
    const values = past.values.filter(({ place }) => !this.#editedEarly.has(keyOf(refOf(place))));
    const { changes, refused } = restore(editing, values, past);
    this.#isRestored = true;
    for (const { place } of values) if (!place.target.ofView) dirty.add(place.uindex);
    const ofData = changes.filter(({ place }) => !place.target.ofView);
    const lost = past.unplaced + refused.length;
    if (ofData.length + lost === 0) return;
    const uindexes = [...new Set(ofData.map(({ place }) => place.uindex))].sort((a, b) => a - b);
    const { changes: counted } = dirty.beginSave();
    const ticket = { uindexes: uindexes.filter((uindex) => !dirtyBefore.has(uindex)), changes: counted };
    this.#parts.restored({ uindexes, changes: ofData.length, conflicts: merged.conflicts });
    this.#parts.ask({
      text: restoredText({ ...merged, changes: ofData.length, lost }),
      answers: [
        { label: 'Keep', choose: () => {} },
        { label: 'Discard', choose: () => this.#discard(ofData, ticket) },
      ],
    });
  }

  /** One step back to what the data held, but for what was edited since; samples that nothing else changed are clean then. */
  #discard(changes: readonly PlacedChange[], ticket: SaveTicket): void {
    const { dirty, editing } = this.#parts;
    const untouched = changes.filter(({ place: { target, uindex }, after }) =>
      sameState(target, stateOf(target, uindex), after),
    );
    dirty.saved(ticket);
    const clean = ticket.uindexes.filter((uindex) => !dirty.has(uindex));
    editing.edit(untouched.map(({ place, before }) => ({ ...place, value: before, exact: true })));
    dirty.saved({ uindexes: clean, changes: Number.POSITIVE_INFINITY });
    this.#record({ tag: 'saved', uindexes: clean, upTo: this.#journal!.position });
  }

  #askMisfits(text: string): void {
    const { key, ask, report } = this.#parts;
    const failed = (cause: unknown) => report(journalTrouble(cause));
    const again = () => this.#askMisfits(text);
    ask({
      text,
      answers: [
        {
          label: 'Download',
          choose: () => {
            this.export().then((file) => download(file, `${key}-journal.json`), failed);
            again();
          },
        },
        { label: 'Discard', choose: () => void this.#journal!.discardMisfits().catch(failed) },
        { label: 'Later', choose: () => {} },
      ],
    });
  }
}

const download = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: url, download: name.replace(/[^\w.-]+/g, '_') }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
