import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Fingerprint } from './fingerprint.js';
import type { LogEntry } from './log.js';

/** A session: one view on a dataset from its opening to its end. */
export type SessionHead = {
  readonly key: string;
  readonly session: string;
  readonly startedMs: number;
  readonly fingerprint: Fingerprint;
};
type StoredEntry = LogEntry & { readonly key: string; readonly session: string };

interface Tables extends DBSchema {
  sessions: { key: [string, string]; value: SessionHead };
  entries: { key: [string, string, number]; value: StoredEntry };
}

const database = 'innotater-journal';
const version = 1;
/** Entries read at a time. */
const readLength = 200;

const entriesOf = ({ key, session }: Pick<SessionHead, 'key' | 'session'>) =>
  IDBKeyRange.bound([key, session, 0], [key, session, Number.MAX_SAFE_INTEGER]);

/** The journals of this origin, in IndexedDB. Every write is one transaction: all of it is there afterwards, or nothing. */
export class JournalStore {
  readonly #db: IDBPDatabase<Tables>;

  private constructor(db: IDBPDatabase<Tables>) {
    this.#db = db;
  }

  /** `gone` is called when the browser, or a page with a newer version, closed the connection. Throws what IndexedDB throws. */
  static async open(gone: () => void): Promise<JournalStore> {
    if (typeof indexedDB === 'undefined') throw new Error('this browser has no IndexedDB here');
    let block = (): void => {};
    const blocked = new Promise<never>((_, reject) => {
      block = () => reject(new Error('another tab holds an older version of it open; close that tab'));
    });
    const opening = openDB<Tables>(database, version, {
      upgrade: (db) => {
        db.createObjectStore('sessions', { keyPath: ['key', 'session'] });
        db.createObjectStore('entries', { keyPath: ['key', 'session', 'seq'] });
      },
      blocked: () => block(),
      blocking: (_current, _wanted, event) => {
        (event.target as IDBDatabase).close();
        gone();
      },
      terminated: gone,
    });
    try {
      return new JournalStore(await Promise.race([opening, blocked]));
    } catch (error) {
      opening.then(
        (db) => db.close(),
        () => {},
      );
      throw error;
    }
  }

  heads(key: string): Promise<readonly SessionHead[]> {
    return this.#db.getAll('sessions', IDBKeyRange.bound([key, ''], [key, '\uffff']));
  }

  /** In their order, a few at a time. */
  async *entries(head: SessionHead): AsyncGenerator<LogEntry> {
    let from: IDBValidKey = [head.key, head.session, 0];
    const last = [head.key, head.session, Number.MAX_SAFE_INTEGER];
    for (let isFirst = true; ; isFirst = false) {
      const range = IDBKeyRange.bound(from, last, !isFirst);
      const part = await this.#db.getAll('entries', range, readLength);
      yield* part;
      if (part.length < readLength) return;
      from = [head.key, head.session, part.at(-1)!.seq];
    }
  }

  append(head: SessionHead, entries: readonly LogEntry[]): Promise<void> {
    return this.#write((put) => {
      put.head(head);
      for (const entry of entries) put.entry(head, entry);
    });
  }

  /** Puts `base` before the entries of `head` from `keepFrom` on, in place of what `replaced` sessions and earlier ones hold. */
  rebase(
    head: SessionHead,
    base: Iterable<LogEntry>,
    keepFrom: number,
    replaced: readonly SessionHead[],
  ): Promise<void> {
    return this.#write((put) => {
      if (keepFrom > 0)
        put.removeRange(
          IDBKeyRange.bound([head.key, head.session, 0], [head.key, head.session, keepFrom], false, true),
        );
      for (const other of replaced) put.removeSession(other);
      put.head(head);
      for (const entry of base) put.entry(head, entry);
    });
  }

  remove(heads: readonly SessionHead[]): Promise<void> {
    return this.#write((put) => {
      for (const head of heads) put.removeSession(head);
    });
  }

  close(): void {
    this.#db.close();
  }

  /** The transaction alone tells whether it is done and why not; what it was asked for fails with it. */
  async #write(fill: (put: Putting) => void): Promise<void> {
    const tx = this.#db.transaction(['sessions', 'entries'], 'readwrite', { durability: 'strict' });
    const [sessions, entries] = [tx.objectStore('sessions'), tx.objectStore('entries')];
    let refused: unknown = null;
    const asked = (request: Promise<unknown>) => {
      request.catch((error: unknown) => {
        refused ??= error;
      });
    };
    try {
      fill({
        head: (head) => asked(sessions.put(head)),
        entry: ({ key, session }, entry) => asked(entries.put({ ...entry, key, session })),
        removeRange: (range) => asked(entries.delete(range)),
        removeSession: (head) => {
          asked(sessions.delete([head.key, head.session]));
          asked(entries.delete(entriesOf(head)));
        },
      });
    } catch (error) {
      tx.done.catch(() => {});
      tx.abort();
      throw error;
    }
    await tx.done.catch((error: unknown) => {
      throw error ?? refused;
    });
    if (refused !== null) throw refused;
  }
}

type Putting = {
  head(head: SessionHead): void;
  entry(head: SessionHead, entry: LogEntry): void;
  removeRange(range: IDBKeyRange): void;
  removeSession(head: SessionHead): void;
};
