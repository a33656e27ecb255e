import interUrl from '@fontsource/inter/files/inter-latin-400-normal.woff2?url';
import interBoldUrl from '@fontsource/inter/files/inter-latin-600-normal.woff2?url';
import type { Font } from '../../src/paint/index.js';

let loaded: Promise<unknown> | null = null;

/** Makes the font 'Inter Scene' (400 and 600) available, so that pictures do not depend on the fonts of a machine. */
export const loadInter = async (): Promise<void> => {
  loaded ??= Promise.all(
    [
      [interUrl, '400'],
      [interBoldUrl, '600'],
    ].map(async ([url, weight]) =>
      document.fonts.add(await new FontFace('Inter Scene', `url(${url})`, { weight: weight! }).load()),
    ),
  );
  await loaded;
};

export const inter = (sizePx: number, weight = 400): Font => ({ family: "'Inter Scene'", sizePx, weight });
