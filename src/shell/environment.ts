import type { Color } from '../paint/index.js';

/** What the person's system asks for. */
export type Environment = {
  readonly scheme: 'light' | 'dark';
  /** The primary pointer is a finger. */
  readonly coarsePointer: boolean;
  readonly reducedMotion: boolean;
  /** The system's own colours where they are forced on pages. */
  readonly forcedColors: ForcedColors | null;
};

/** As CSS names them, in any case of letters. */
const systemColors = [
  'canvas',
  'canvasText',
  'buttonFace',
  'buttonText',
  'field',
  'fieldText',
  'highlight',
  'highlightText',
  'grayText',
  'linkText',
] as const;

export type ForcedColors = { readonly [name in (typeof systemColors)[number]]: Color };

/** Reads `rgb(…)` or `rgba(…)` as computed styles write them; alpha 1 where it is not given. */
export const parseComputedColor = (text: string): Color => {
  const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [r / 255, g / 255, b / 255, a];
};

const readForcedColors = (view: Window): ForcedColors => {
  const probe = view.document.createElement('span');
  probe.style.setProperty('forced-color-adjust', 'none');
  view.document.documentElement.appendChild(probe);
  const read = (name: string): Color => {
    probe.style.color = name;
    return parseComputedColor(view.getComputedStyle(probe).color);
  };
  const entries = systemColors.map((name) => [name, read(name)]);
  probe.remove();
  return Object.fromEntries(entries) as ForcedColors;
};

const queries = [
  '(prefers-color-scheme: dark)',
  '(pointer: coarse)',
  '(prefers-reduced-motion: reduce)',
  '(forced-colors: active)',
] as const;

/** The settings at this moment. */
export const readEnvironment = (view: Window): Environment => {
  const [dark, coarse, still, forced] = queries.map((query) => view.matchMedia(query).matches);
  return {
    scheme: dark ? 'dark' : 'light',
    coarsePointer: coarse === true,
    reducedMotion: still === true,
    forcedColors: forced ? readForcedColors(view) : null,
  };
};

/** Calls the listener at once and after every change, until the returned function is called. */
export const observeScheme = (
  listener: (environment: Environment) => void,
  view: Window = window,
): (() => void) => {
  const tell = (): void => listener(readEnvironment(view));
  const lists = queries.map((query) => view.matchMedia(query));
  for (const list of lists) list.addEventListener('change', tell);
  tell();
  return () => {
    for (const list of lists) list.removeEventListener('change', tell);
  };
};
