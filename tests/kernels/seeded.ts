/** A seeded stream of 32-bit numbers (mulberry32), so that every run sees the same data. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
};

export const seededBytes = (length: number, seed: number): Uint8Array<ArrayBuffer> => {
  const next = seeded(seed);
  return Uint8Array.from({ length }, () => next() & 255);
};

/** Floats around [0, 1], with values far outside, NaN, infinities and exact halves of the result's steps among them. */
export const seededFloats = (length: number, seed: number): Float32Array<ArrayBuffer> => {
  const next = seeded(seed);
  const odd = [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e30,
    -1e30,
    -0,
    0.5 / 255,
    1.5 / 255,
    2.5 / 255,
  ];
  return Float32Array.from({ length }, () =>
    next() % 13 === 0 ? odd[next() % odd.length]! : (next() / 2 ** 32) * 1.4 - 0.2,
  );
};
