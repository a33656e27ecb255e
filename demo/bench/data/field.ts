import { seededRandom } from '../../samples/random.js';

export type Rgb = readonly [number, number, number];

/**
 * The colour that a synthetic picture has at a place on average, by the place's fraction of the width: smooth, so that every
 * reduction of the picture shows it, and another one for every seed.
 */
export const colorField = (seed: number): ((x: number) => Rgb) => {
  const random = seededRandom(seed);
  const waves = [0, 1, 2].map(() => ({
    phase: random() * 6.283,
    turns: 0.5 + random(),
    mean: 90 + random() * 76,
  }));
  return (x) => {
    const value = ({ phase, turns, mean }: (typeof waves)[number]) =>
      mean + 34 * Math.sin(phase + turns * 6.283 * x);
    return [value(waves[0]!), value(waves[1]!), value(waves[2]!)];
  };
};

/** Whether a pixel has the colour, each channel to within `tolerance` levels. */
export const isNear = (pixel: readonly number[], color: Rgb, tolerance: number): boolean =>
  color.every((value, c) => Math.abs(pixel[c]! - value) <= tolerance);
