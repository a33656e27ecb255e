import type { choices } from './widgets/choices.js';

type Choices = typeof choices;

let given: Choices | null = null;

/**
 * Hands in the widgets in which something is chosen. Called where something is made that uses them, so that bundlers leave them out
 * of pages on which nothing does.
 */
export const provideChoices = (widgets: Choices): void => {
  given = widgets;
};

/** The widgets that were handed in. */
export const givenChoices = (): Choices => {
  if (!given) throw new Error('provideChoices was not called before a widget of choices was built');
  return given;
};
