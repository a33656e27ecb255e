import type { Color } from '../paint/index.js';

/** Hues a golden angle apart: neighbours in the list of classes never look alike, however many there are. */
const goldenAngle = Math.PI * (3 - Math.sqrt(5));
const lightness = 0.74;
const chroma = 0.14;

const encoded = (linear: number): number => {
  const value = Math.min(1, Math.max(0, linear));
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
};

/**
 * The colour of a class by its index: equal lightness and chroma in Oklab (B. Ottosson, 2020), so that none shouts and dark text
 * reads on each; what lies outside sRGB is cut to it.
 */
export const classColor = (index: number): Color => {
  const a = chroma * Math.cos(index * goldenAngle + 0.5);
  const b = chroma * Math.sin(index * goldenAngle + 0.5);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
    1,
  ];
};
