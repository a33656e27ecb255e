import { describe, expect, it } from 'vitest';
import { sheetLines } from '../../../src/innotater/sheet-lines.js';
import { Keymap, type ShortcutName } from '../../../src/innotations/keymap.js';

describe('lines of the sheet of shortcuts', () => {
  it('the sheet has a line for everything offered, and none for the rest', () => {
    const map = new Keymap({ removeBox: [] });
    const offered = (name: ShortcutName) => name !== 'save';
    const view = sheetLines(map, 'view', offered);
    expect(view.find(({ does }) => does === 'Redo')).toEqual({
      keys: 'Ctrl/⌘+Shift+z  Ctrl/⌘+y',
      does: 'Redo',
    });
    expect(view.some(({ does }) => does === 'Save')).toBe(false);
    const image = sheetLines(map, 'image', () => true);
    expect(image.filter(({ does }) => does.startsWith('Move the box'))).toEqual([
      { keys: '←  →  ↑  ↓', does: 'Move the box (Shift: by 10, Alt: size it)' },
    ]);
    expect(image.some(({ does }) => does === 'Remove the box')).toBe(false);
  });
});
