import type { Color } from '../paint/index.js';
import type { Environment, ForcedColors } from '../shell/index.js';
import { darkTheme, lightTheme, mergeTheme, type PartialTheme, type Theme } from '../ui/index.js';
import type { Settings } from './options.js';

/** The theme for the caller's choice under the system's settings; colours that the system forces win over all. */
export const themeFor = (choice: Settings['theme'], environment: Environment): Theme => {
  const partial: PartialTheme = typeof choice === 'string' ? {} : choice;
  const named = choice === 'light' || choice === 'dark' ? choice : partial.scheme;
  const base = (named ?? environment.scheme) === 'dark' ? darkTheme : lightTheme;
  const theme = mergeTheme(base, partial);
  return environment.forcedColors ? mergeTheme(theme, forced(opaque(environment.forcedColors))) : theme;
};

/** Systems may name colours that let the canvas through (Highlight); drawn over each other, those would become others. */
const opaque = (system: ForcedColors): ForcedColors => {
  const over = ([r, g, b, a]: Color): Color => {
    const [r0, g0, b0] = system.canvas;
    return [r * a + r0 * (1 - a), g * a + g0 * (1 - a), b * a + b0 * (1 - a), 1];
  };
  return Object.fromEntries(
    Object.entries(system).map(([name, color]) => [name, over(color)]),
  ) as ForcedColors;
};

const forced = (system: ForcedColors): PartialTheme => ({
  background: system.canvas,
  surface: system.canvas,
  surfaceBorder: system.canvasText,
  control: system.buttonFace,
  controlHover: system.buttonFace,
  controlPress: system.buttonFace,
  controlBorder: system.buttonText,
  field: system.field,
  text: system.canvasText,
  textMuted: system.canvasText,
  textDisabled: system.grayText,
  accent: system.highlight,
  accentHover: system.highlight,
  onAccent: system.highlightText,
  focusRing: system.highlight,
  invalid: system.linkText,
  success: system.canvasText,
  selection: system.canvas,
  imageBackdrop: system.canvas,
});
