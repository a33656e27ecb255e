import { describe, expect, it } from 'vitest';
import { classColor } from '../../../src/innotations/class-colors.js';

const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]: readonly number[]) =>
  0.2126 * linear(r!) + 0.7152 * linear(g!) + 0.0722 * linear(b!);

describe('colours of classes', () => {
  it('dark text reads on each of the first thousand (contrast at least 4.5)', () => {
    const text = luminance([0.07, 0.08, 0.1]);
    for (let i = 0; i < 1000; i++) {
      expect((luminance(classColor(i)) + 0.05) / (text + 0.05), `class ${i}`).toBeGreaterThan(4.5);
    }
  });

  it('the first twelve are told apart', () => {
    const colors = Array.from({ length: 12 }, (_, i) => classColor(i));
    for (const [i, a] of colors.entries()) {
      for (const b of colors.slice(i + 1)) {
        const away = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        expect(away).toBeGreaterThan(0.08);
      }
    }
  });

  it('is the same for the same class, and inside sRGB', () => {
    expect(classColor(3)).toEqual(classColor(3));
    for (let i = 0; i < 100; i++) for (const part of classColor(i)) expect(part >= 0 && part <= 1).toBe(true);
  });
});
