import { seeded } from '../kernels/seeded.js';

/** Numbers in [0, 1) from a seed. */
export const randomOf = (seed: number): (() => number) => {
  const next = seeded(seed);
  return () => next() / 2 ** 32;
};
