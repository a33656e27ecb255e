/** What a person can choose; 'auto' follows the system. */
export const themes = ['auto', 'light', 'dark'] as const;
export type ThemeName = (typeof themes)[number];

const storageKey = 'innotater-demo/theme';
const isTheme = (value: unknown): value is ThemeName => themes.some((name) => name === value);

/** What was chosen last on any page; 'auto' where nothing was, or the browser keeps nothing. */
export const rememberedTheme = (): ThemeName => {
  try {
    const value = localStorage.getItem(storageKey);
    return isTheme(value) ? value : 'auto';
  } catch {
    return 'auto';
  }
};

/** Without storage the choice holds for this page alone. */
export const rememberTheme = (theme: ThemeName): void => {
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    return;
  }
};

/** Colours the page; the style sheet knows the rest. */
export const paintTheme = (theme: ThemeName): void => {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
};
