const isData = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  const kind = Object.getPrototypeOf(value);
  return kind === Array.prototype || kind === Object.prototype || kind === null;
};

const shown = (value: unknown): string =>
  value instanceof Element ? value.outerHTML : (JSON.stringify(value) ?? String(value));

/** Throws unless both are the same value, or the same plain data (compared as JSON); elements and the like must be one. */
export const equal = (actual: unknown, wanted: unknown, what = 'value'): void => {
  if (Object.is(actual, wanted)) return;
  const comparable = isData(actual) && isData(wanted) && typeof actual === typeof wanted;
  if (comparable && JSON.stringify(actual) === JSON.stringify(wanted)) return;
  throw new Error(`${what}: ${shown(actual)} instead of ${shown(wanted)}`);
};

/** Throws unless the numbers differ by no more than `by`. */
export const near = (actual: number, wanted: number, by: number, what = 'value'): void => {
  if (!(Math.abs(actual - wanted) <= by)) throw new Error(`${what}: ${actual} instead of ${wanted} ± ${by}`);
};

/** Throws unless it holds. */
export const isTrue = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`not so: ${what}`);
};

/** Asks again every 10 ms until it holds (then returns that) or the time is up (then throws); long, for machines that are busy. */
export const waitFor = async <T>(ask: () => T | Promise<T>, what: string, timeoutMs = 15_000): Promise<T> => {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > endMs) throw new Error(`waited ${timeoutMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** Throws unless the promise is rejected; returns what it was rejected with. */
export const rejects = async (promise: Promise<unknown>, what = 'promise'): Promise<unknown> => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`${what}: fulfilled instead of rejected`);
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until `count` has been the same for half a second: what was under way has come, however slow the machine is. */
export const atRest = async (count: () => number): Promise<number> => {
  for (;;) {
    const before = count();
    await pause(500);
    if (count() === before) return before;
  }
};
