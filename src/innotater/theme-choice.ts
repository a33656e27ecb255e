import type { Environment } from '../shell/index.js';
import { darkTheme, lightTheme, mergeTheme, type PartialTheme, type Theme } from '../ui/index.js';
import type { Settings } from './options.js';

/** The theme for the caller's choice under the system's settings; colours that the system forces win over all. */
export const themeFor = (choice: Settings['theme'], environment: Environment): Theme => {
  const partial: PartialTheme = typeof choice === 'string' ? {} : choice;
  const named = choice === 'light' || choice === 'dark' ? choice : partial.scheme;
  const base = (named ?? environment.scheme) === 'dark' ? darkTheme : lightTheme;
  const theme = mergeTheme(base, partial);
  return environment.forcedColors ? mergeTheme(theme, forced(environment.forcedColors)) : theme;
};

const forced = (system: NonNullable<Environment['forcedColors']>): PartialTheme => ({
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
