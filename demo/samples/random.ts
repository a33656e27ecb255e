/** Numbers in [0, 1) that look random and are the same for the same seed: a Weyl sequence, each term hashed to 32 bits. */
export const seededRandom = (seed: number): (() => number) => {
  let term = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    term = (term + 0x6d2b79f5) | 0;
    let bits = Math.imul(term ^ (term >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
  };
};

/** One of a list, by the next number. */
export const pick = <T>(list: readonly T[], random: () => number): T =>
  list[Math.floor(random() * list.length)]!;
