import type { Modifiers } from '../ui/index.js';

/** The modifier keys of a DOM event as the ui knows them. */
export const modifiersOf = (event: MouseEvent | KeyboardEvent): Modifiers => ({
  shift: event.shiftKey,
  ctrl: event.ctrlKey,
  alt: event.altKey,
  meta: event.metaKey,
});
