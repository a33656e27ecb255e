import type { Keymap, ShortcutName } from '../innotations/index.js';
import type { UiEvent } from '../ui/index.js';

/** What a key, or the control bar, asks of the whole. */
export type Command = 'next' | 'previous' | 'nextBlank' | 'save' | 'undo' | 'redo' | 'sheet';

const withLettersOff: readonly ShortcutName[] = ['undo', 'redo'];

/** Undo and redo always work; the rest unless `keyboardShortcuts` is false, Save only where it is offered. */
export const isOffered =
  (letters: boolean, canSave: boolean) =>
  (name: ShortcutName): boolean =>
    withLettersOff.includes(name) || (letters && (name !== 'save' || canSave));

/** What a key that no control used asks for; null for nothing. A key that repeats saves once. */
export const commandOf = (
  event: Extract<UiEvent, { tag: 'key' }>,
  keymap: Keymap,
  offered: (name: ShortcutName) => boolean,
): Command | null => {
  if (event.phase !== 'down') return null;
  const name = keymap.find(event, 'view');
  if (name === null || !offered(name)) return null;
  return event.repeat && (name === 'save' || name === 'sheet') ? null : (name as Command);
};
