import { describe, expect, it } from 'vitest';
import type { Color } from '../../../src/paint/index.js';
import { darkTheme, lightTheme, mergeTheme, type Theme } from '../../../src/ui/index.js';

/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = (color: Color): number => {
  const [r, g, b] = [color[0], color[1], color[2]].map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: Color, b: Color): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

type Colors = { [K in keyof Theme]: Theme[K] extends Color ? K : never }[keyof Theme];
type Pair = readonly [Colors, Colors];

const grounds: readonly Colors[] = ['background', 'surface'];
const textPairs: readonly Pair[] = [
  ...(['text', 'textMuted', 'textDisabled', 'invalid', 'success', 'accent'] as const).flatMap((color) =>
    grounds.map((ground): Pair => [color, ground]),
  ),
  ...(['control', 'controlHover', 'controlPress', 'field', 'selection', 'imageBackdrop'] as const).map(
    (ground): Pair => ['text', ground],
  ),
  ['textMuted', 'field'],
  ['textMuted', 'imageBackdrop'],
  ['textMuted', 'selection'],
  ['invalid', 'imageBackdrop'],
  ['textDisabled', 'control'],
  ['onAccent', 'accent'],
  ['onAccent', 'accentHover'],
];
const edgePairs: readonly Pair[] = [
  ...(['controlBorder', 'focusRing', 'accent', 'invalid'] as const).flatMap((color) =>
    grounds.map((ground): Pair => [color, ground]),
  ),
  ['controlBorder', 'field'],
  ['controlBorder', 'control'],
  ['focusRing', 'imageBackdrop'],
];

describe.each([lightTheme, darkTheme])('the $scheme theme', (theme) => {
  it.each(textPairs)('shows %s on %s at 4.5:1 or better', (text, ground) => {
    expect(contrast(theme[text], theme[ground])).toBeGreaterThanOrEqual(4.5);
  });
  it.each(edgePairs)('shows the edge %s on %s at 3:1 or better', (edge, ground) => {
    expect(contrast(theme[edge], theme[ground])).toBeGreaterThanOrEqual(3);
  });
  it('tells its states of a control apart', () => {
    const states = [theme.control, theme.controlHover, theme.controlPress].map(String);
    expect(new Set(states).size).toBe(3);
  });
});

describe('mergeTheme', () => {
  it('takes what is given and keeps the rest', () => {
    const merged = mergeTheme(lightTheme, { radiusPx: 0, accent: [1, 0, 0, 1] });
    expect(merged).toEqual({ ...lightTheme, radiusPx: 0, accent: [1, 0, 0, 1] });
  });
  it('leaves the base untouched where a value is undefined', () => {
    const partial = { spacePx: undefined } as unknown as Partial<Theme>;
    expect(mergeTheme(darkTheme, partial)).toEqual(darkTheme);
  });
});
