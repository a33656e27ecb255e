import { InnotaterError } from '../errors/index.js';
import { exportedJournal } from './export.js';
import { type Fingerprint, misfitOf } from './fingerprint.js';
import { baseOps, Log, type LogEntry, type MergedLogs, mergeLogs } from './log.js';
import {
  type Greeter,
  greeterOf,
  locks,
  type OtherPlace,
  type SessionLock,
  type Sessions,
  sessionsOf,
} from './sessions.js';
import { JournalStore, type SessionHead } from './store.js';
import { type JournalOp, WriteQueue } from './write-queue.js';

/** `pending`: something is not durable yet; `failed`: writing failed and is tried again. */
export type JournalState = 'durable' | 'pending' | 'writing' | 'failed';

export type JournalParts = {
  /** Names the dataset, for everything of this origin. */
  readonly key: string;
  readonly fingerprint: Fingerprint;
  onState(): void;
  /** Writing failed for the first time since it worked; null: it works again. */
  onTrouble(error: unknown): void;
  /** An entry holds what the browser cannot store, and is left out. */
  onUnstorable(error: unknown): void;
  /** Another view opened on the same dataset, after this one. */
  onArrival(place: OtherPlace): void;
};

/** Sessions that ended and do not fit the data: they stay as they are until they are discarded. */
export type Misfits = {
  readonly why: string;
  readonly changes: number;
  readonly lastMs: number;
};

/** What was found under the key. */
export type Opened = {
  /** What ended sessions come to; null where there is none with anything in it. */
  readonly found: MergedLogs | null;
  readonly misfits: Misfits | null;
  /** Where another view of this origin is open on the same dataset; null without one. It is told. */
  readonly sharedWith: OtherPlace | null;
};

/** Base entries come before those of the session itself. */
const firstOwn = 1_000_000;
/** Edits are gathered so long. */
const gatherMs = 15;
/** Entries after which they are drawn together. */
const mostEntries = 5000;
const [firstRetryMs, mostRetryMs] = [1000, 30_000];

/**
 * The journal of one view on one dataset. What is recorded is written within a few ms, in batches, one at a time, in order; where that
 * fails it is kept in memory and tried again. Each session writes to its own log, so that two tabs never write over each other; ended
 * ones are drawn together when the next one opens.
 */
export class Journal {
  readonly #parts: JournalParts;
  readonly #head: SessionHead;
  readonly #sessions: Sessions;
  /** All of the session, to be drawn together from. */
  #log = new Log();
  #own: LogEntry[] | null = [];
  readonly #queue = new WriteQueue();
  #nextSeq = firstOwn;
  #written = 0;
  #store: JournalStore | null = null;
  #opening: Promise<JournalStore> | null = null;
  #writing: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = firstRetryMs;
  #isFailed = false;
  #isClosed = false;
  /** All is written, after `close`. */
  #isEnded = false;
  #lock: SessionLock | null = null;
  #greeter: Greeter | null = null;

  constructor(parts: JournalParts) {
    this.#parts = parts;
    this.#sessions = sessionsOf(parts.key);
    const session = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
    this.#head = { key: parts.key, session, startedMs: Date.now(), fingerprint: parts.fingerprint };
  }

  get state(): JournalState {
    if (this.#isFailed) return 'failed';
    if (this.#writing) return 'writing';
    return this.#queue.length > 0 ? 'pending' : 'durable';
  }

  /** Entries until now, for `saved`. */
  get position(): number {
    return this.#nextSeq - 1;
  }

  record(op: JournalOp): void {
    const entry = { seq: this.#nextSeq++, timeMs: Date.now(), op };
    const logged: LogEntry =
      op.tag === 'grow'
        ? { ...entry, op: { tag: 'grow', delta: { tag: 'whole', state: op.after } } }
        : { ...entry, op };
    this.#log.apply(logged);
    this.#own?.push(logged);
    this.#queue.push(entry);
    if (!this.#isFailed) this.#schedule(globalThis.document?.hidden ? 0 : gatherMs);
    this.#parts.onState();
  }

  /** Writes what is pending now; resolves when it is durable, or when writing failed. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    do await (this.#writing ?? this.#write());
    while (this.#queue.length > 0 && !this.#isFailed);
  }

  /**
   * Draws together what ended sessions left under the key; `fits` of them is given back, and is part of this session from now on.
   * Rejects where the store cannot be opened or read; what is recorded meanwhile is written in any case.
   */
  async open(): Promise<Opened> {
    await this.#sessions.closing();
    if (!this.#isClosed) {
      this.#greeter ??= greeterOf(this.#head.key, this.#head.session, this.#parts.onArrival);
    }
    this.#lock ??= await locks.hold(this.#head.key, this.#head.session);
    if (this.#isEnded) this.#end();
    const store = await this.#opened();
    return locks.under(this.#head.key, async () => {
      const heads = (await store.heads(this.#head.key)).filter(
        ({ session }) => session !== this.#head.session,
      );
      const live = await locks.others(this.#head.key, this.#head.session);
      const ended = heads.filter(({ session }) => !live.has(session));
      const fitting = ended.filter((head) => this.#misfit(head) === null);
      const merged = mergeLogs(await Promise.all(fitting.map((head) => this.#read(store, head))));
      const base = [...baseOps(merged)].map((op, seq): LogEntry => ({ seq, timeMs: merged.lastMs, op }));
      if (fitting.length > 0) await store.rebase(this.#head, base, 0, fitting);
      this.#putBelow(base);
      const sharedWith = this.#greeter?.placeOf(live) ?? null;
      if (sharedWith) this.#greeter?.greet();
      const hasAny = merged.done.length + merged.undone.length + merged.unsaved.length > 0;
      return {
        found: hasAny ? merged : null,
        misfits: await this.#misfits(
          store,
          ended.filter((head) => !fitting.includes(head)),
        ),
        sharedWith,
      };
    });
  }

  /** Everything that is kept under the key, of all sessions, as JSON. */
  async export(): Promise<Blob> {
    await this.flush();
    const store = await this.#opened().catch(() => null);
    const heads = (await store?.heads(this.#head.key).catch(() => [])) ?? [];
    const others = heads.filter(({ session }) => session !== this.#head.session);
    const read = others.map(async (head) => ({ head, log: await this.#read(store!, head) }));
    return exportedJournal(this.#head.key, [
      ...(await Promise.all(read)),
      { head: this.#head, log: this.#log },
    ]);
  }

  /** Removes ended sessions that do not fit the data. */
  async discardMisfits(): Promise<void> {
    const store = await this.#opened();
    const live = await locks.others(this.#head.key, this.#head.session);
    const heads = await store.heads(this.#head.key);
    await store.remove(heads.filter((head) => !live.has(head.session) && this.#misfit(head) !== null));
  }

  /** Writes what is pending and ends the session. Safe to call twice. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#sessions.endWith(
      this.flush().finally(() => {
        clearTimeout(this.#timer);
        this.#isEnded = true;
        this.#end();
      }),
    );
  }

  /** Gives back what the session holds; again where that comes only after its end. */
  #end(): void {
    this.#store?.close();
    this.#store = null;
    this.#greeter?.close();
    this.#greeter = null;
    this.#lock?.release();
  }

  #schedule(ms: number): void {
    if (this.#timer !== undefined || this.#writing || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#write();
    }, ms);
  }

  #write(): Promise<void> {
    if (!this.#writing && this.#queue.length > 0) {
      this.#writing = this.#writeQueue().finally(() => {
        this.#writing = null;
        if (this.#queue.length > 0) this.#schedule(this.#isFailed ? this.#retryMs : gatherMs);
        this.#parts.onState();
      });
      this.#parts.onState();
    }
    return this.#writing ?? Promise.resolve();
  }

  async #writeQueue(): Promise<void> {
    const batch = this.#queue.take();
    try {
      const store = await this.#opened();
      await store.append(this.#head, batch);
      this.#queue.written();
      this.#written += batch.length;
      this.#recovered();
      const isDue = this.#written > mostEntries && !this.#own && this.#queue.length === 0;
      // Where it fails, what was written is there all the same.
      if (isDue) await this.#drawTogether(store).catch(() => {});
    } catch (error) {
      this.#failed(error);
    }
  }

  /** The steps and values of now take the place of the entries until now. */
  async #drawTogether(store: JournalStore): Promise<void> {
    const keepFrom = this.#nextSeq;
    const base = [...baseOps(this.#log.content)].map(
      (op, seq): LogEntry => ({ seq, timeMs: this.#log.lastMs, op }),
    );
    await store.rebase(this.#head, base, keepFrom, []);
    this.#written = 0;
  }

  #failed(error: unknown): void {
    this.#queue.putBack();
    if (error instanceof DOMException && error.name === 'DataCloneError') {
      this.#queue.leaveOut((op) => !isStorable(op));
      this.#parts.onUnstorable(error);
      return;
    }
    this.#retryMs = this.#isFailed ? Math.min(2 * this.#retryMs, mostRetryMs) : firstRetryMs;
    if (this.#isFailed) return;
    this.#isFailed = true;
    this.#parts.onTrouble(error);
  }

  #recovered(): void {
    if (!this.#isFailed) return;
    this.#isFailed = false;
    this.#parts.onTrouble(null);
  }

  #opened(): Promise<JournalStore> {
    if (this.#store) return Promise.resolve(this.#store);
    this.#opening ??= JournalStore.open(() => {
      this.#store = null;
    })
      .then((store) => {
        if (this.#isEnded) {
          store.close();
          throw new InnotaterError('aborted', 'This journal was closed');
        }
        this.#store = store;
        return store;
      })
      .finally(() => {
        this.#opening = null;
      });
    return this.#opening;
  }

  #putBelow(base: readonly LogEntry[]): void {
    const log = new Log();
    for (const entry of [...base, ...(this.#own ?? [])]) log.apply(entry);
    this.#log = log;
    this.#own = null;
  }

  #misfit(head: SessionHead): string | null {
    return misfitOf(head.fingerprint, this.#parts.fingerprint);
  }

  async #misfits(store: JournalStore, heads: readonly SessionHead[]): Promise<Misfits | null> {
    const [first] = heads;
    if (!first) return null;
    const { unsaved, lastMs } = mergeLogs(await Promise.all(heads.map((head) => this.#read(store, head))));
    const changes = unsaved.filter(({ place }) => !place.ofView).length;
    return { why: this.#misfit(first)!, changes, lastMs };
  }

  async #read(store: JournalStore, head: SessionHead): Promise<Log> {
    const log = new Log();
    for await (const entry of store.entries(head)) log.apply(entry);
    return log;
  }
}

const isStorable = (op: JournalOp): boolean => {
  try {
    structuredClone(op);
    return true;
  } catch {
    return false;
  }
};
