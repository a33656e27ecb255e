/** How long a server may be silent, ms. */
export const defaultPatienceMs = 30_000;

/** What timers of browsers can wait for, ms. */
const longestMs = 2 ** 31 - 1;

/** A request that is ended when its server stays silent. */
export type Patience = {
  /** Aborts with the caller's signal, or when nothing was heard for so long. */
  readonly signal: AbortSignal;
  /** It was ended for silence. */
  readonly isOver: boolean;
  /** Something came: the time begins anew. */
  heard(): void;
  /** The request is done; must be called. */
  end(): void;
};

/** `ms` may be Infinity: without end. */
export const patient = (signal: AbortSignal | undefined, ms: number): Patience => {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const giveUp = () => {
    isOver = true;
    abort.abort();
  };
  const end = () => clearTimeout(timer);
  const heard = () => {
    end();
    timer = setTimeout(giveUp, Math.min(ms, longestMs));
  };
  heard();
  return {
    signal: signal ? AbortSignal.any([signal, abort.signal]) : abort.signal,
    get isOver() {
      return isOver;
    },
    heard,
    end,
  };
};

/** For messages. */
export const silenceText = (ms: number): string => `its server sent nothing for ${ms / 1000} s`;
