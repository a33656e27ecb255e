import { InnotaterError } from '../errors/index.js';
import { checkOptionNames } from '../innotations/index.js';
import type { Color } from '../paint/index.js';
import type { Environment, ForcedColors } from '../shell/index.js';
import { darkTheme, lightTheme, mergeTheme, type PartialTheme, type Theme } from '../ui/index.js';
import type { Settings } from './options.js';

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;

/** What an entry must be like, told by the one of the light theme. */
const isOfKind = (value: unknown, own: unknown): boolean =>
  Array.isArray(own)
    ? Array.isArray(value) && value.length === 4 && value.every(isShare)
    : typeof value === typeof own && (typeof value !== 'number' || (value >= 0 && Number.isFinite(value)));

const kindOf = (name: string, own: unknown): string => {
  if (name === 'scheme') return "'light' or 'dark'";
  if (Array.isArray(own)) return 'a colour [red, green, blue, alpha], each from 0 to 1';
  return typeof own === 'number' ? 'a number of CSS px from 0' : 'a text';
};

/** Throws `InnotaterError` 'data' for what is no theme, and warns of entries that there are not. */
export const checkTheme = (theme: unknown): void => {
  if (theme === 'light' || theme === 'dark' || theme === 'auto') return;
  if (typeof theme !== 'object' || theme === null) {
    const shown = typeof theme === 'string' ? `'${theme}'` : String(theme);
    throw new InnotaterError('data', `theme must be 'light', 'dark', 'auto' or a theme object, not ${shown}`);
  }
  checkOptionNames('theme', 'Innotater theme', theme, Object.keys(lightTheme));
  for (const [name, own] of Object.entries(lightTheme)) {
    const value = (theme as Readonly<Record<string, unknown>>)[name];
    if (value === undefined) continue;
    const isRight = name === 'scheme' ? value === 'light' || value === 'dark' : isOfKind(value, own);
    if (isRight) continue;
    throw new InnotaterError(
      'data',
      `theme.${name} must be ${kindOf(name, own)}, not ${JSON.stringify(value) ?? String(value)}`,
    );
  }
};

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
