/** Paired measurements: contestants take turns in one process on the same data, so that a slow second hits them all. */

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/**
 * Runs each contestant `rounds` times in turn after one unmeasured round. `contestants` are {name, run}; `run` returns something
 * of its result, which is kept alive. Gives {name, medianMs, leastMs} in the same order.
 */
export const measurePaired = (contestants, rounds) => {
  const times = contestants.map(() => []);
  let kept = 0;
  for (let round = -1; round < rounds; round++) {
    contestants.forEach(({ run }, i) => {
      const start = performance.now();
      const result = run();
      const elapsed = performance.now() - start;
      kept ^= Number(result) | 0;
      if (round >= 0) times[i].push(elapsed);
    });
  }
  globalThis.benchKept = kept;
  return contestants.map(({ name }, i) => ({
    name,
    medianMs: median(times[i]),
    leastMs: Math.min(...times[i]),
  }));
};

/** A seeded stream of 32-bit numbers (xorshift32). */
export const seeded = (seed) => {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
};

/**
 * The same for contestants that take their time elsewhere: `run` may be asynchronous, and gives {ms} where it measured itself (in another
 * process).
 */
export const measureInTurn = async (contestants, rounds) => {
  const times = contestants.map(() => []);
  let kept = 0;
  for (let round = -1; round < rounds; round++) {
    for (const [i, { run }] of contestants.entries()) {
      const start = performance.now();
      const result = await run();
      const elapsed = result?.ms ?? performance.now() - start;
      kept ^= Number(result) | 0;
      if (round >= 0) times[i].push(elapsed);
    }
  }
  globalThis.benchKept = kept;
  return Object.fromEntries(
    contestants.map(({ name }, i) => [name, { medianMs: median(times[i]), leastMs: Math.min(...times[i]) }]),
  );
};
