import { fixedKeys, type Keymap, type ShortcutName } from '../innotations/index.js';
import type { Ui, UiEvent } from '../ui/index.js';

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

const lineLayout = { gap: 12, flexWrap: 'nowrap', alignItems: 'flex-start' };

/** The sheet of all shortcuts; true when it is to be closed. */
export const shortcutSheet = (ui: Ui, keymap: Keymap, offered: (name: ShortcutName) => boolean): boolean =>
  ui.sheet('sheet', { label: 'Keyboard shortcuts', closeName: 'Close keyboard shortcuts' }, () => {
    ui.row('parts', { layout: { flexWrap: 'wrap', alignItems: 'flex-start', gap: 24 } }, () => {
      lines(ui, 'Everywhere', keymap.lines('view', offered));
      lines(
        ui,
        'On a focused image',
        keymap.lines('image', () => true),
      );
      for (const [title, list] of Object.entries(fixedKeys)) lines(ui, title, list);
    });
  });

const lines = (ui: Ui, title: string, list: ReturnType<Keymap['lines']>): void => {
  ui.column(title, { label: title, layout: { gap: 4, flexGrow: 1, flexBasis: 260 } }, () => {
    ui.label('title', title, { tone: 'muted' });
    for (const { keys, does } of list) {
      ui.row(does, { layout: lineLayout }, () => {
        ui.label('keys', keys, { layout: { width: 110, flexShrink: 0 } });
        ui.label('does', does, { layout: { flexShrink: 1, flexGrow: 1 } });
      });
    }
  });
};
