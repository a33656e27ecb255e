import { sharedPixelPool } from '../compute/index.js';
import { sharedDevice } from '../render/index.js';

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
/** How far from what is seen a view is awake, CSS px. */
const marginPx = 500;
/** Chromium looks for views that came near so often; at every frame a thousand would take 1.5 ms of it. */
const delayMs = 100;
/** Time for views that wake or go to sleep in one task. */
const sliceMs = 5;
/** A view takes about this long to wake: what a frame has left must be more. */
const stepMs = 4;
/** Longest wait for a frame with time left. */
const patienceMs = 300;
/** How long sleeping views may hold a page that is about to be printed; those that are left are empty on paper. */
const printMs = 3000;
/** Views that nobody sees and somebody waits for are awake so many at a time. */
const mostAwaited = 8;

type Work = (endMs: number) => void;

/** Hidden pages get no animation frames. */
const inFrame = (work: Work): (() => void) => {
  const run = () => work(performance.now() + sliceMs);
  if (document.hidden) {
    const timer = setTimeout(run);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(run);
  return () => cancelAnimationFrame(frame);
};

/** In what is left of a frame, or a while later at the latest; browsers without such a thing take the next frame. */
const whenIdle = (work: Work): (() => void) => {
  if (typeof requestIdleCallback === 'undefined' || document.hidden) return inFrame(work);
  const run = (deadline: IdleDeadline) =>
    work(performance.now() + Math.min(sliceMs, deadline.timeRemaining() - stepMs));
  const handle = requestIdleCallback(run, { timeout: patienceMs });
  return () => cancelIdleCallback(handle);
};

/** CSS px between an element and what is seen of its page; infinite beyond the margin. */
const gapOf = ({ boundingClientRect: box, target, isIntersecting }: IntersectionObserverEntry): number => {
  if (!isIntersecting) return Number.POSITIVE_INFINITY;
  const { clientWidth, clientHeight } = target.ownerDocument.documentElement;
  return Math.max(0, box.top - clientHeight, -box.bottom, box.left - clientWidth, -box.right);
};

/**
 * The views mounted on a page. Where they are more than a few, they share one WebGL2 context, and those far from what is seen sleep.
 * Views wake and go to sleep a few at a time, those in sight first.
 */
class PageViews {
  readonly #seats = new Set<Seat>();
  readonly #awake = new Set<Seat>();
  /** Of a crowded page, as far as it is known: how far views are from what is seen, infinitely beyond the margin. */
  readonly #gaps = new Map<Seat, number>();
  #observer: IntersectionObserver | null = null;
  #endPrint: () => void = () => {};
  #scheduled: { readonly isUrgent: boolean; cancel(): void } | null = null;

  /** Views that hold pixels. */
  get awake(): number {
    return this.#awake.size;
  }

  /** A view is mounted. Alone or among few it wakes now; throws what that throws, and the view is not mounted then. */
  enter(seat: Seat): void {
    this.#seats.add(seat);
    if (this.#observer) this.#observer.observe(seat.host);
    else if (this.#seats.size > mostAlone) this.#crowd();
    else this.#wakeFirst(seat);
  }

  leave(seat: Seat): void {
    if (!this.#seats.delete(seat)) return;
    this.#awake.delete(seat);
    this.#gaps.delete(seat);
    if (!this.#observer) return;
    if (![...this.#seats].some(({ host }) => host === seat.host)) this.#observer.unobserve(seat.host);
    if (this.#seats.size <= mostAlone) this.#disperse();
    this.#schedule();
  }

  /** A sleeping view is needed now. */
  wake(seat: Seat): void {
    if (!this.#seats.has(seat) || seat.isAwake) return;
    seat.wake({
      isShared: this.#observer !== null,
      isFirst: this.#awake.size === 0,
      isUnseen: (this.#gaps.get(seat) ?? 0) > 0,
    });
    this.#awake.add(seat);
    this.#schedule();
  }

  /** Somebody waits for the view, or nobody does any more. */
  reconsider(): void {
    if (this.#observer) this.#schedule();
  }

  #wakeFirst(seat: Seat): void {
    try {
      this.wake(seat);
    } catch (error) {
      this.#seats.delete(seat);
      throw error;
    }
  }

  /** From now on there are too many. Context and workers stay as long as that is so, even while all sleep. */
  #crowd(): void {
    sharedDevice.acquire();
    sharedPixelPool().acquire();
    const margin = `${marginPx}px`;
    const options = { rootMargin: margin, scrollMargin: margin, delay: delayMs };
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries), options);
    addEventListener('beforeprint', this.#print);
    addEventListener('afterprint', this.#printed);
    for (const seat of this.#seats) {
      this.#observer.observe(seat.host);
      if (seat.isAwake && seat.isUnseen && !seat.isInUse) this.#sleep(seat);
    }
  }

  #disperse(): void {
    this.#observer?.disconnect();
    this.#observer = null;
    removeEventListener('beforeprint', this.#print);
    removeEventListener('afterprint', this.#printed);
    this.#gaps.clear();
    sharedPixelPool().release();
    sharedDevice.release();
  }

  readonly #print = (): void => {
    this.#printed();
    const endMs = performance.now() + printMs;
    const ends: (() => void)[] = [];
    for (const seat of this.#seats) if (performance.now() < endMs) ends.push(seat.print());
    this.#endPrint = () => {
      for (const end of ends) end();
    };
  };
  readonly #printed = (): void => {
    this.#endPrint();
    this.#endPrint = () => {};
  };

  #moved(entries: readonly IntersectionObserverEntry[]): void {
    const found = new Map(entries.map((entry) => [entry.target, entry]));
    for (const seat of this.#seats) {
      const entry = found.get(seat.host);
      if (entry) this.#gaps.set(seat, gapOf(entry));
    }
    this.#schedule();
  }

  /** Few views are never far, nor is one of which nothing is known yet. */
  #isFar(seat: Seat): boolean {
    return this.#gaps.get(seat) === Number.POSITIVE_INFINITY;
  }

  /** What is in sight wakes in the next animation frame, all else when the browser has time, so that scrolling stays smooth. */
  #schedule(): void {
    const isUrgent = [...this.#seats].some((seat) => !seat.isAwake && this.#isInSight(seat));
    if (this.#scheduled && (this.#scheduled.isUrgent || !isUrgent)) return;
    this.#scheduled?.cancel();
    this.#scheduled = { isUrgent, cancel: isUrgent ? inFrame(this.#tick) : whenIdle(this.#tick) };
  }

  #isInSight(seat: Seat): boolean {
    return !this.#observer || this.#gaps.get(seat) === 0;
  }

  readonly #tick = (endMs: number): void => {
    this.#scheduled = null;
    const steps = [...this.#wakings(), ...this.#sleepings()];
    let done = 0;
    while (done < steps.length && (done === 0 || performance.now() < endMs)) steps[done++]!();
    if (done < steps.length) this.#schedule();
  };

  #wakings(): (() => void)[] {
    const gap = (seat: Seat) => this.#gaps.get(seat) ?? (this.#observer ? Number.POSITIVE_INFINITY : 0);
    const asleep = [...this.#seats].filter((seat) => !seat.isAwake);
    const near = asleep.filter((seat) => Number.isFinite(gap(seat))).sort((a, b) => gap(a) - gap(b));
    const awaited = asleep.filter((seat) => seat.isAwaited && !near.includes(seat));
    const most = Math.max(0, mostAwaited - this.#awakeUnseen);
    return [...near, ...awaited.slice(0, most)].map((seat) => () => this.#wakeLater(seat));
  }

  get #awakeUnseen(): number {
    return [...this.#awake].filter((seat) => seat.isAwaited && this.#isFar(seat)).length;
  }

  #sleepings(): (() => void)[] {
    const far = [...this.#awake].filter((seat) => this.#isFar(seat));
    return far
      .filter((seat) => !seat.isAwaited && !seat.isInUse)
      .map((seat) => () => {
        if (seat.isAwake && this.#isFar(seat)) this.#sleep(seat);
      });
  }

  /** One that cannot be shown keeps no other from it. */
  #wakeLater(seat: Seat): void {
    try {
      this.wake(seat);
    } catch (error) {
      this.#gaps.delete(seat);
      reportError(error);
    }
  }

  #sleep(seat: Seat): void {
    this.#awake.delete(seat);
    seat.sleep();
  }
}

/** Nothing happens before the first view is mounted. */
export const pageViews = new PageViews();
