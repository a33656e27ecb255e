import type { Keymap, ShortcutName } from '../innotations/index.js';
import { provideWidgets, sheets, type Ui } from '../ui/index.js';
import { type SheetLine, sheetLines } from './sheet-lines.js';

/** Lines of the sheet that are no shortcuts: keys that every control of its kind has, and what pointers do on an image. */
export const fixedKeys = {
  'In a list': [
    { keys: '↑  ↓  Home  End', does: 'Choose' },
    { keys: '0 … 9, letters', does: 'Choose what begins so' },
    { keys: 'Enter  Space', does: 'Open a closed list, take its row' },
  ],
  'In a field': [
    { keys: 'Enter', does: 'Finish (in one line)' },
    { keys: 'Esc', does: 'Back to what it was' },
  ],
  'With a pointer on an image': [
    { keys: 'Drag', does: 'Draw the active box, or adjust it by its handles' },
    { keys: 'Alt+drag', does: 'Move the box from anywhere inside' },
    { keys: 'Click', does: 'Choose a box' },
    { keys: 'Wheel', does: 'Zoom a focused image (any: with Ctrl)' },
    { keys: 'Middle drag', does: 'Pan' },
    { keys: 'Minimap', does: 'Go there, drag to pan' },
    { keys: 'Double click', does: 'Show the whole image' },
  ],
} as const;

const lineLayout = { gap: 12, flexWrap: 'nowrap', alignItems: 'flex-start' };

/** The sheet of all shortcuts; true when it is to be closed. */
export const shortcutSheet = (ui: Ui, keymap: Keymap, offered: (name: ShortcutName) => boolean): boolean => {
  provideWidgets(sheets);
  return ui.sheet('sheet', { label: 'Keyboard shortcuts', closeName: 'Close keyboard shortcuts' }, () => {
    ui.row('parts', { layout: { flexWrap: 'wrap', alignItems: 'flex-start', gap: 24 } }, () => {
      lines(ui, 'Everywhere', sheetLines(keymap, 'view', offered));
      lines(
        ui,
        'On a focused image',
        sheetLines(keymap, 'image', () => true),
      );
      for (const [title, list] of Object.entries(fixedKeys)) lines(ui, title, list);
    });
  });
};

const lines = (ui: Ui, title: string, list: readonly SheetLine[]): void => {
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
