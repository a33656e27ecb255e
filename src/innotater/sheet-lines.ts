import {
  type Keymap,
  type ShortcutName,
  type ShortcutScope,
  shortcutNames,
  shortcutTable,
  shownKey,
} from '../innotations/index.js';
import { barWords } from './control-bar.js';

/** What each shortcut does. */
const shortcutWords: Readonly<Record<ShortcutName, string>> = {
  ...barWords,
  nextBlank: 'Next sample that is not annotated',
  sheet: 'Show or hide these keys',
  drawBox: 'Draw the active box in the middle',
  boxLeft: 'Move the box (Shift: by 10, Alt: size it)',
  boxRight: 'Move the box (Shift: by 10, Alt: size it)',
  boxUp: 'Move the box (Shift: by 10, Alt: size it)',
  boxDown: 'Move the box (Shift: by 10, Alt: size it)',
  nextBox: 'Next box',
  previousBox: 'Previous box',
  boxClass: 'First to ninth class of the active box',
  removeBox: 'Remove the box',
  copyBoxes: 'Copy the boxes of the sample shown before',
  zoomToBox: 'Zoom to the active box',
  hideBoxes: 'Hide all boxes while held',
  fit: 'Show the whole image',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  oneToOne: 'Show pixels one to one',
  pan: 'Drag and arrows pan while held',
  panLeft: 'Pan (Shift: further)',
  panRight: 'Pan (Shift: further)',
  panUp: 'Pan (Shift: further)',
  panDown: 'Pan (Shift: further)',
  minimap: 'Show or hide the minimap',
  tellPixel: 'Say the view and the pixel at the box or its middle',
  cancel: 'Give up what is being drawn',
};

export type SheetLine = { readonly keys: string; readonly does: string };

/** Lines of the sheet for a scope: shortcuts that do the same share one. */
export const sheetLines = (
  keymap: Keymap,
  scope: ShortcutScope,
  among: (name: ShortcutName) => boolean,
): readonly SheetLine[] => {
  const lines = new Map<string, string[]>();
  for (const name of shortcutNames) {
    const keys = keymap.keys(name);
    if (shortcutTable[name].scope !== scope || !among(name) || keys.length === 0) continue;
    const does = shortcutWords[name];
    lines.set(does, [...(lines.get(does) ?? []), ...keys]);
  }
  return [...lines].map(([does, keys]) => ({ keys: keys.map(shownKey).join('  '), does }));
};
