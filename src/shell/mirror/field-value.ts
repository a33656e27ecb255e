import { directionOf } from '../../paint/index.js';
import type { Semantics } from '../../ui/index.js';

/** What the person is doing in a field at this moment, which decides whether its value may be written. */
export type Editing = {
  readonly isComposing: boolean;
  /** Typed in and neither committed nor given up. */
  readonly isDirty: boolean;
};

/** Roles whose elements have a value of their own. */
export const hasValue = (role: Semantics['role']): boolean =>
  role === 'checkbox' || role === 'slider' || role === 'textbox' || role === 'spinbutton';

const shownText = (semantics: Semantics): string =>
  semantics.value ?? (semantics.role === 'spinbutton' ? String(semantics.valueNow ?? '') : '');

/** What each field holds, as it was last written or heard of: long texts are not read back from the element at every frame. */
const known = new WeakMap<HTMLElement, string>();

/** Texts up to this length get a direction for each paragraph; Chromium takes seconds to find those of a megabyte. */
const mostAutomatic = 20_000;

const setDirection = (element: HTMLElement, text: string): void => {
  const direction = text.length > mostAutomatic ? directionOf(text) : 'auto';
  if (element.dir !== direction) element.dir = direction;
};

/** The person, or a script, changed the native value. */
export const noteValue = (element: HTMLElement, value: string): void => {
  known.set(element, value);
};

/**
 * Brings the native value up to the widget's. Never while composing, never when equal, and text that is being typed is
 * replaced only when the widget itself changed what it shows.
 */
export const writeValue = (
  element: HTMLElement,
  before: Semantics | null,
  after: Semantics,
  editing: Editing,
): void => {
  const input = element as HTMLInputElement;
  switch (after.role) {
    case 'checkbox':
    case 'switch':
      if (input.checked !== (after.checked === true)) input.checked = after.checked === true;
      return;
    case 'slider':
      if (input.value !== String(after.valueNow ?? 0)) input.value = String(after.valueNow ?? 0);
      return;
    case 'textbox':
    case 'spinbutton': {
      const text = shownText(after);
      if (editing.isComposing || known.get(element) === text) return;
      if (editing.isDirty && before !== null && shownText(before) === text) return;
      setDirection(element, text);
      if (input.value !== text) input.value = text;
      known.set(element, text);
    }
  }
};
