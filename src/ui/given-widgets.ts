import type { areas } from './widgets/areas.js';
import type { choices } from './widgets/choices.js';
import type { extras } from './widgets/extras.js';
import type { sheets } from './widgets/sheets.js';

type LateWidgets = typeof areas & typeof choices & typeof extras & typeof sheets;

let given: Partial<LateWidgets> = {};

/**
 * Hands in widgets that most pages do without. Called where something is made that uses them, so that bundlers leave them out of pages
 * on which nothing does.
 */
export const provideWidgets = (widgets: Partial<LateWidgets>): void => {
  given = { ...given, ...widgets };
};

/** For what is nothing where no such widget was handed in. */
export const widgetIfGiven = <N extends keyof LateWidgets>(name: N): LateWidgets[N] | undefined =>
  (given as Partial<Pick<LateWidgets, N>>)[name];

/** A widget, or a part of one, that was handed in. */
export const givenWidget = <N extends keyof LateWidgets>(name: N): LateWidgets[N] => {
  const widget = widgetIfGiven(name);
  if (!widget) throw new Error(`${name} is for classes that extend Innotation itself`);
  return widget;
};
