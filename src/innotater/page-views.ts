import { sharedPixelPool } from '../compute/index.js';
import { InnotaterError } from '../errors/index.js';
import { sharedDevice } from '../render/index.js';
import type { Crowd } from './crowd.js';

/** A mounted view as the page knows it: awake with canvas, mirror and pixels, or asleep as an empty box of its height. */
export interface Seat {
  readonly host: HTMLElement;
  readonly isAwake: boolean;
  /** Nothing of it was drawn yet. */
  readonly isUnseen: boolean;
  /** Somebody waits for what it shows, be it seen or not. */
  readonly isAwaited: boolean;
  /** The focus is in it, or a handler of it runs. */
  readonly isInUse: boolean;
  /** Throws where there is no WebGL2. */
  wake(how: Waking): void;
  sleep(): void;
  /** Asleep it shows what it can on paper, until the returned function is called. */
  print(): () => void;
}

export type Waking = {
  /** It draws with the page's one context, and at once. */
  readonly isShared: boolean;
  /** No other view is awake: it finds out at once whether there is WebGL2. */
  readonly isFirst: boolean;
  /** Nobody sees it yet. */
  readonly isUnseen: boolean;
};

/** So many views on a page are as if each were alone: awake, with a WebGL2 context of its own. */
const mostAlone = 4;

/**
 * The views mounted on a page. Where they are more than a few, they share one WebGL2 context, and those far from what is seen sleep, by
 * the rules of `Crowd`, whose code is loaded then; until it is there the first few are awake.
 */
class PageViews {
  readonly #seats = new Set<Seat>();
  readonly #awake = new Set<Seat>();
  #isCrowded = false;
  #crowd: Crowd | null = null;
  #isLoading = false;
  #isTold = false;

  /** Views that hold pixels. */
  get awake(): number {
    return this.#awake.size;
  }

  /** A view is mounted. Alone or among few it wakes now; throws what that throws, and the view is not mounted then. */
  enter(seat: Seat): void {
    this.#seats.add(seat);
    if (this.#seats.size <= mostAlone) this.#wakeFirst(seat);
    else if (!this.#isCrowded) this.#gather();
    else if (this.#crowd) this.#crowd.enter(seat);
    else void this.#load();
  }

  leave(seat: Seat): void {
    if (!this.#seats.delete(seat)) return;
    this.#awake.delete(seat);
    this.#crowd?.leave(seat);
    if (!this.#isCrowded) return;
    if (this.#seats.size <= mostAlone) this.#disperse();
    this.#crowd?.schedule();
  }

  /** A sleeping view is needed now. */
  wake(seat: Seat): void {
    if (!this.#seats.has(seat) || seat.isAwake) return;
    seat.wake({
      isShared: this.#isCrowded,
      isFirst: this.#awake.size === 0,
      isUnseen: this.#crowd?.isUnseen(seat) ?? false,
    });
    this.#awake.add(seat);
    this.#crowd?.schedule();
  }

  /** Somebody waits for the view, or nobody does any more. */
  reconsider(): void {
    if (this.#isCrowded) this.#crowd?.schedule();
  }

  #wakeFirst(seat: Seat): void {
    try {
      this.wake(seat);
    } catch (error) {
      this.#seats.delete(seat);
      throw error;
    }
  }

  /** From now on there are too many. Context and workers stay as long as that is so, even while all sleep. Throws where there is no WebGL2: they are no crowd then. */
  #gather(): void {
    const pool = sharedPixelPool();
    pool.acquire();
    try {
      sharedDevice.acquire();
    } catch (error) {
      pool.release();
      throw error;
    }
    this.#isCrowded = true;
    for (const seat of this.#awake) if (seat.isUnseen && !seat.isInUse) this.#sleep(seat);
    if (this.#crowd) this.#crowd.start();
    else void this.#load();
  }

  #disperse(): void {
    this.#isCrowded = false;
    this.#crowd?.stop();
    sharedPixelPool().release();
    sharedDevice.release();
  }

  /** Where it cannot be loaded all views wake; it is tried again with the next that is mounted. */
  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    for (const seat of [...this.#seats].slice(0, mostAlone)) void this.#wakeInTurn(seat);
    try {
      const { Crowd } = await import('./crowd.js');
      this.#crowd = new Crowd({
        seats: this.#seats,
        awake: this.#awake,
        wake: (seat) => this.wake(seat),
        sleep: (seat) => this.#sleep(seat),
      });
      if (this.#isCrowded) this.#crowd.start();
      this.#crowd.schedule();
    } catch (cause) {
      if (!this.#isTold) reportError(new InnotaterError('fetch', allAwake, {}, { cause }));
      this.#isTold = true;
      for (const seat of this.#seats) await this.#wakeInTurn(seat);
    }
    this.#isLoading = false;
  }

  /** One a task, so that the page can be used meanwhile; one that cannot be shown keeps no other from it. */
  async #wakeInTurn(seat: Seat): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    try {
      this.wake(seat);
    } catch (error) {
      reportError(error);
    }
  }

  #sleep(seat: Seat): void {
    this.#awake.delete(seat);
    seat.sleep();
  }
}

const allAwake =
  'Many views: the code by which those out of sight sleep could not be loaded; all are kept awake';

/** Nothing happens before the first view is mounted. */
export const pageViews = new PageViews();
