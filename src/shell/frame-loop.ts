import type { FrameOutput, UiEvent } from '../ui/index.js';
import type { ShellStats } from './contract.js';

/** The parts of a view that the loop drives. */
export type FrameLoopOptions = {
  readonly view: Window;
  /** A ui frame over these events; null where there is no size yet. */
  run(events: readonly UiEvent[]): FrameOutput | null;
  /** Brings the mirror, cursor, size and requests up to the output. May send events again. */
  apply(output: FrameOutput): void;
  /** Draws; false when nothing differed. */
  draw(output: FrameOutput): boolean;
  /** False while hidden, off screen, without size or without context. */
  canDraw(): boolean;
  onDrawn(): void;
};

/** When frames run and when they are drawn. */
export interface FrameLoop {
  /** Live. */
  readonly stats: Readonly<ShellStats>;
  /** An event that may wait for the next animation frame; of several moves of one pointer the last counts. */
  post(event: UiEvent): void;
  /** An event that is answered at once: frame and mirror now, drawing later. True: the browser must not act on it. */
  send(event: UiEvent): boolean;
  invalidate(reason: string): void;
  /** The picture must be drawn even if no frame runs (size, context, visible again). */
  redraw(): void;
  /** The page was hidden or shown: pending frames wait for what comes there (a timer, an animation frame). */
  reschedule(): void;
  /** Runs what is pending and draws. `evenUnseen`: also where nobody can see it. */
  flush(evenUnseen?: boolean): void;
  whenDrawn(): Promise<void>;
  stop(): void;
}

/** Frames in one task: an answer may ask for another (focus moved, data changed), a circle ends here and goes on in the next. */
const maxRounds = 6;

/** See `FrameLoop`. Idle, it holds no timer and no animation frame. */
export const createFrameLoop = (options: FrameLoopOptions): FrameLoop => {
  const { view } = options;
  const stats = { frames: 0, lastFrameMs: 0, lastReason: '' };
  let events: UiEvent[] = [];
  let output: FrameOutput | null = null;
  let invalid = false;
  let repaintDue = false;
  let needsDraw = false;
  let isRunning = false;
  let isStopped = false;
  /** In an animation frame, at whose end what is needed is drawn. */
  let isTicking = false;
  let cancelTick: (() => void) | null = null;
  let timer = 0;
  let timerDueMs = Number.POSITIVE_INFINITY;
  let scriptMs = 0;
  let waiting: (() => void)[] = [];

  const isWanted = (): boolean => invalid || events.length > 0 || (repaintDue && options.canDraw());

  /** Something is to come that is not known yet. */
  const isPending = (): boolean => invalid || events.length > 0 || needsDraw;

  const tick = (): void => {
    cancelTick = null;
    isTicking = true;
    try {
      if (isWanted()) drain();
    } finally {
      isTicking = false;
    }
    drawNow(false);
  };

  /** Hidden pages get no animation frames; a timer keeps data and mirror right there. */
  const schedule = (): void => {
    if (cancelTick || isStopped) return;
    if (view.document.hidden) {
      const handle = view.setTimeout(tick, 0);
      cancelTick = () => view.clearTimeout(handle);
    } else {
      const handle = view.requestAnimationFrame(tick);
      cancelTick = () => view.cancelAnimationFrame(handle);
    }
  };

  const unschedule = (): void => {
    cancelTick?.();
    cancelTick = null;
  };

  const settle = (): void => {
    const done = waiting;
    waiting = [];
    for (const resolve of done) resolve();
  };

  const drawNow = (evenUnseen: boolean): void => {
    if (needsDraw && output && (evenUnseen || options.canDraw())) {
      const startMs = performance.now();
      needsDraw = false;
      if (options.draw(output)) {
        stats.frames += 1;
        stats.lastFrameMs = scriptMs + performance.now() - startMs;
        options.onDrawn();
      }
    }
    scriptMs = 0;
    // What is left to do then is an animation, for which nobody waits.
    if (!cancelTick || !isPending()) settle();
  };

  const repaintLater = (afterMs: number): void => {
    const dueMs = performance.now() + afterMs;
    if (dueMs >= timerDueMs) return;
    view.clearTimeout(timer);
    timerDueMs = dueMs;
    timer = view.setTimeout(() => {
      timerDueMs = Number.POSITIVE_INFINITY;
      repaint();
    }, afterMs);
  };

  /** An animation that nobody sees waits until it is seen. */
  const repaint = (): void => {
    repaintDue = true;
    if (options.canDraw()) schedule();
  };

  const serveRepaints = ({ requests }: FrameOutput): void => {
    for (const request of requests) {
      if (request.tag !== 'repaint') continue;
      stats.lastReason = request.reason;
      if (request.afterMs > 0) repaintLater(request.afterMs);
      else repaint();
    }
  };

  const round = (): boolean => {
    const batch = events;
    events = [];
    invalid = false;
    repaintDue = false;
    const next = options.run(batch);
    if (!next) return false;
    output = next;
    needsDraw = true;
    options.apply(next);
    serveRepaints(next);
    return next.requests.some((request) => request.tag === 'preventDefault');
  };

  const drain = (): boolean => {
    if (isRunning || isStopped) return false;
    const startMs = performance.now();
    isRunning = true;
    let prevented = false;
    try {
      prevented = round();
      for (let i = 1; i < maxRounds && (events.length > 0 || invalid); i++) round();
    } finally {
      isRunning = false;
      scriptMs += performance.now() - startMs;
      if (invalid || events.length > 0 || (needsDraw && !isTicking)) schedule();
    }
    return prevented;
  };

  const isMoveOf = (pointerId: number) => (event: UiEvent) =>
    event.tag === 'pointer' && event.phase === 'move' && event.pointerId === pointerId;

  return {
    stats,
    post(event) {
      const same =
        event.tag === 'pointer' && event.phase === 'move' ? events.findIndex(isMoveOf(event.pointerId)) : -1;
      if (same >= 0) events.splice(same, 1);
      events.push(event);
      schedule();
    },
    send(event) {
      events.push(event);
      return drain();
    },
    invalidate(reason) {
      stats.lastReason = reason;
      invalid = true;
      if (!isRunning) schedule();
    },
    redraw() {
      needsDraw = true;
      if (repaintDue || output) schedule();
    },
    reschedule() {
      if (!cancelTick) return;
      unschedule();
      schedule();
    },
    flush(evenUnseen = false) {
      if (isRunning || isStopped) return;
      unschedule();
      if (isWanted()) drain();
      unschedule();
      drawNow(evenUnseen);
      if (isWanted()) schedule();
    },
    whenDrawn: () =>
      cancelTick && isPending() && !isStopped
        ? new Promise((resolve) => waiting.push(resolve))
        : Promise.resolve(),
    stop() {
      isStopped = true;
      unschedule();
      view.clearTimeout(timer);
      settle();
    },
  };
};
