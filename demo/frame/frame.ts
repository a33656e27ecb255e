import iconUrl from '../icon.svg?url';
import { make } from './make.js';
import { fileOf, pages } from './pages.js';
import { paintTheme, rememberedTheme, rememberTheme, type ThemeName, themes } from './theme.js';

/** The way to the first page from pages that lie deeper. */
const home = (): string => document.body.dataset.home ?? './';

const menu = (): HTMLElement => {
  const current = fileOf(location.pathname);
  const items = pages.map(({ file, title }) => {
    const link = make('a', { href: `${home()}${file}` }, title);
    if (file === current) link.ariaCurrent = 'page';
    return make('li', {}, link);
  });
  return make('nav', { ariaLabel: 'Pages' }, make('ul', {}, ...items));
};

const themeSelect = (onTheme: (theme: ThemeName) => void): HTMLElement => {
  const words = { auto: 'Auto', light: 'Light', dark: 'Dark' };
  const options = themes.map((value) => make('option', { value }, words[value]));
  const select = make('select', { id: 'theme' }, ...options);
  select.value = rememberedTheme();
  select.addEventListener('change', () => {
    const theme = select.value as ThemeName;
    rememberTheme(theme);
    paintTheme(theme);
    onTheme(theme);
  });
  return make('label', { className: 'theme' }, 'Theme ', select);
};

const brand = (): HTMLElement =>
  make(
    'a',
    { className: 'brand', href: `${home()}index.html` },
    make('img', { src: iconUrl, alt: '', width: 28, height: 28 }),
    'Innotater',
  );

const key = (name: string) => make('kbd', {}, name);

const footer = (): HTMLElement =>
  make(
    'footer',
    {},
    make(
      'p',
      {},
      key('n'),
      ' next, ',
      key('p'),
      ' previous, ',
      key('Ctrl'),
      '+',
      key('Z'),
      ' undo, ',
      key('?'),
      ' all keys, while the view has focus.',
    ),
    make('p', {}, 'Everything stays in this browser: nothing is uploaded. MIT licence.'),
  );

/**
 * Puts the way to the content, the menu and the choice of a theme above `main`, and the footer below; gives the theme that
 * holds. `onTheme` is called when another is chosen.
 */
export const framePage = (onTheme: (theme: ThemeName) => void): ThemeName => {
  const theme = rememberedTheme();
  paintTheme(theme);
  const skip = make('a', { className: 'skip', href: '#content' }, 'Skip to the content');
  document.body.prepend(skip, make('header', {}, brand(), menu(), themeSelect(onTheme)));
  document.querySelector('main')!.after(footer());
  document.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  return theme;
};
