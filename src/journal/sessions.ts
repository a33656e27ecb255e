/** Held as long as a session lives; the browser gives it back when its tab ends, however it ends. */
export type SessionLock = { release(): void };

const manager = (): LockManager | undefined => globalThis.navigator?.locks;
const nameOf = (key: string, session: string) => `innotater-journal/${key}/${session}`;
/** A tab that is being closed may hold its lock a moment longer. */
const patienceMs = 250;

const hasEnded = async (name: string): Promise<boolean> => {
  try {
    await manager()!.request(name, { signal: AbortSignal.timeout(patienceMs) }, () => {});
    return true;
  } catch {
    return false;
  }
};

/** Where the browser has no locks (pages without TLS), every other session is taken for ended: nothing is lost, but nobody is told. */
export const locks = {
  hold: (key: string, session: string): Promise<SessionLock> =>
    new Promise((resolve) => {
      const held = manager()?.request(
        nameOf(key, session),
        () => new Promise<void>((release) => resolve({ release })),
      );
      if (!held) resolve({ release: () => {} });
    }),

  /** Runs the task while no other session of the key runs one. */
  under: async <T>(key: string, task: () => Promise<T>): Promise<T> => {
    const held = manager();
    return held ? await held.request(`innotater-journal/${key}`, task) : await task();
  },

  /** Sessions other than this one that live, with edits or without. */
  others: async (key: string, own: string): Promise<ReadonlySet<string>> => {
    const { held = [] } = (await manager()?.query()) ?? {};
    const start = nameOf(key, '');
    const names = held.flatMap(({ name }) => (name?.startsWith(start) ? [name] : []));
    const others = names.filter((name) => name !== nameOf(key, own));
    const ended = await Promise.all(others.map(hasEnded));
    return new Set(others.filter((_, i) => !ended[i]).map((name) => name.slice(start.length)));
  },
};

/** Where another session of the key is open. */
export type OtherPlace = 'page' | 'tab';

/** Sessions of this page that hold their lock or wait for it. */
const ofThisPage = new Set<string>();

/** How the sessions of a key tell each other that one more was opened. */
export type Greeter = {
  /** Where the others are that live: 'tab' where some are in another one; null without any. */
  placeOf(others: ReadonlySet<string>): OtherPlace | null;
  greet(): void;
  close(): void;
};

/** Listens from now on; a session makes it before it takes its lock, so that whoever sees the lock is heard. */
export const greeterOf = (key: string, session: string, onArrival: (place: OtherPlace) => void): Greeter => {
  const channel = new BroadcastChannel(`innotater-journal/${key}`);
  const placeOf = (others: ReadonlySet<string>): OtherPlace | null => {
    if (others.size === 0) return null;
    return [...others].every((other) => ofThisPage.has(other)) ? 'page' : 'tab';
  };
  ofThisPage.add(session);
  channel.addEventListener('message', ({ data }) => onArrival(placeOf(new Set([String(data)]))!));
  return {
    placeOf,
    greet: () => channel.postMessage(session),
    close: () => {
      channel.close();
      ofThisPage.delete(session);
    },
  };
};

/** Sessions of this page that are being written to their end, by key. */
const ending = new Map<string, Set<Promise<void>>>();

export type Sessions = {
  /** Resolves when no earlier session of this page on the key is being ended. */
  closing(): Promise<void>;
  endWith(done: Promise<void>): void;
};

export const sessionsOf = (key: string): Sessions => ({
  closing: async () => {
    await Promise.allSettled(ending.get(key) ?? []);
  },
  endWith: (done) => {
    const all = ending.get(key) ?? new Set();
    ending.set(key, all.add(done));
    void done.finally(() => all.delete(done)).catch(() => {});
  },
});
