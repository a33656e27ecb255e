import type { Seat } from './page-views.js';

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

/** What is done with the views of a page. */
export type Views = {
  readonly seats: ReadonlySet<Seat>;
  readonly awake: ReadonlySet<Seat>;
  /** Throws what waking throws. */
  wake(seat: Seat): void;
  sleep(seat: Seat): void;
};

/** The views of a page that has more than a few: they wake and go to sleep a few at a time, those in sight first. */
export class Crowd {
  readonly #views: Views;
  /** As far as it is known: how far views are from what is seen, infinitely beyond the margin. */
  readonly #gaps = new Map<Seat, number>();
  /** Null while the views are few. */
  #observer: IntersectionObserver | null = null;
  #endPrint: () => void = () => {};
  #scheduled: { readonly isUrgent: boolean; cancel(): void } | null = null;

  constructor(views: Views) {
    this.#views = views;
  }

  start(): void {
    const margin = `${marginPx}px`;
    const options = { rootMargin: margin, scrollMargin: margin, delay: delayMs };
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries), options);
    addEventListener('beforeprint', this.#print);
    addEventListener('afterprint', this.#printed);
    for (const seat of this.#views.seats) this.enter(seat);
  }

  /** The views are few again: all wake. */
  stop(): void {
    this.#observer?.disconnect();
    this.#observer = null;
    removeEventListener('beforeprint', this.#print);
    removeEventListener('afterprint', this.#printed);
    this.#gaps.clear();
  }

  enter(seat: Seat): void {
    this.#observer?.observe(seat.host);
  }
  leave(seat: Seat): void {
    this.#gaps.delete(seat);
    if (![...this.#views.seats].some(({ host }) => host === seat.host)) this.#observer?.unobserve(seat.host);
  }

  /** It is known that nobody sees it. */
  isUnseen(seat: Seat): boolean {
    return (this.#gaps.get(seat) ?? 0) > 0;
  }

  readonly #print = (): void => {
    this.#printed();
    const endMs = performance.now() + printMs;
    const ends: (() => void)[] = [];
    for (const seat of this.#views.seats) if (performance.now() < endMs) ends.push(seat.print());
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
    for (const seat of this.#views.seats) {
      const entry = found.get(seat.host);
      if (entry) this.#gaps.set(seat, gapOf(entry));
    }
    this.schedule();
  }

  /** Few views are never far, nor is one of which nothing is known yet. */
  #isFar(seat: Seat): boolean {
    return this.#gaps.get(seat) === Number.POSITIVE_INFINITY;
  }

  /** What is in sight wakes in the next animation frame, all else when the browser has time, so that scrolling stays smooth. */
  schedule(): void {
    const isUrgent = [...this.#views.seats].some((seat) => !seat.isAwake && this.#isInSight(seat));
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
    if (done < steps.length) this.schedule();
  };

  #wakings(): (() => void)[] {
    const gap = (seat: Seat) => this.#gaps.get(seat) ?? (this.#observer ? Number.POSITIVE_INFINITY : 0);
    const asleep = [...this.#views.seats].filter((seat) => !seat.isAwake);
    const near = asleep.filter((seat) => Number.isFinite(gap(seat))).sort((a, b) => gap(a) - gap(b));
    const awaited = asleep.filter((seat) => seat.isAwaited && !near.includes(seat));
    const most = Math.max(0, mostAwaited - this.#awakeUnseen);
    return [...near, ...awaited.slice(0, most)].map((seat) => () => this.#wakeLater(seat));
  }

  get #awakeUnseen(): number {
    return [...this.#views.awake].filter((seat) => seat.isAwaited && this.#isFar(seat)).length;
  }

  #sleepings(): (() => void)[] {
    const far = [...this.#views.awake].filter((seat) => this.#isFar(seat));
    return far
      .filter((seat) => !seat.isAwaited && !seat.isInUse)
      .map((seat) => () => {
        if (seat.isAwake && this.#isFar(seat)) this.#views.sleep(seat);
      });
  }

  /** One that cannot be shown keeps no other from it. */
  #wakeLater(seat: Seat): void {
    try {
      this.#views.wake(seat);
    } catch (error) {
      this.#gaps.delete(seat);
      reportError(error);
    }
  }
}
