import { make } from '../frame/make.js';
import { figureNames, figureText, figureTitle } from './figures.js';
import type { Row, Scene } from './model.js';
import type { Verdict } from './targets.js';

const head = (...titles: readonly string[]): HTMLElement =>
  make('thead', {}, make('tr', {}, ...titles.map((title) => make('th', { scope: 'col' }, title))));

/** A table that scrolls sideways in a frame of its own, by keys as well. */
const scrolling = (caption: string, ...content: readonly Node[]): HTMLElement =>
  make(
    'div',
    { className: 'wide', tabIndex: 0, role: 'region', ariaLabel: caption },
    make('table', {}, make('caption', {}, caption), ...content),
  );

/** Contestants of a scene by the figures that any of them has. */
export const sceneTable = ({ title }: Scene, rows: readonly Row[]): HTMLElement => {
  const names = figureNames.filter((name) => rows.some(({ figures }) => figures[name] !== undefined));
  const hasNotes = rows.some(({ note }) => note);
  const line = ({ contestant, figures, rounds, note }: Row) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, contestant),
      ...names.map((name) => {
        const value = figures[name];
        return make('td', {}, value === undefined ? '–' : figureText(name, value));
      }),
      make('td', {}, String(rounds)),
      ...(hasNotes ? [make('td', { className: 'note' }, note ?? '')] : []),
    );
  return scrolling(
    title,
    head('Contestant', ...names.map(figureTitle), 'measured', ...(hasNotes ? ['note'] : [])),
    make('tbody', {}, ...rows.map(line)),
  );
};

/** What was asked and whether it is met. */
export const targetTable = (targets: readonly Verdict[]): HTMLElement =>
  scrolling(
    'What is asked, and what was measured',
    head('What', 'At least', 'Measured', 'Met'),
    make(
      'tbody',
      {},
      ...targets.map(({ what, target, value, met }) =>
        make(
          'tr',
          {},
          make('th', { scope: 'row' }, what),
          make('td', { className: 'note' }, target),
          make('td', {}, value ?? 'not measured'),
          make('td', { className: met ? 'met' : 'missed' }, met ? 'met' : 'missed'),
        ),
      ),
    ),
  );
