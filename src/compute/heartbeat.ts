/** Tells whether the other side still answers, while there is work. */
export type Heartbeat = {
  /** Begins to ask, if it does not yet. */
  start(): void;
  stop(): void;
};

const MOST_MISSED = 4;

/**
 * Asks every `periodMs` and calls `onSilent` when one question stayed unanswered over four periods. Counts periods rather than
 * reading the clock, so that a machine that slept, or a page whose timers were held back, does not take a worker for dead.
 */
export const createHeartbeat = (
  ping: () => Promise<unknown>,
  periodMs: number,
  onSilent: () => void,
): Heartbeat => {
  let timer: ReturnType<typeof setInterval> | undefined;
  let missed = 0;
  let asked = false;
  const ask = () => {
    asked = true;
    missed = 0;
    const answered = () => {
      asked = false;
    };
    ping().then(answered, answered);
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const tick = () => {
    if (!asked) return ask();
    missed += 1;
    if (missed < MOST_MISSED) return;
    stop();
    onSilent();
  };
  return {
    start() {
      if (timer !== undefined) return;
      missed = 0;
      timer = setInterval(tick, periodMs);
    },
    stop,
  };
};
