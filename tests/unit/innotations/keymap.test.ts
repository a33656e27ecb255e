import { describe, expect, it } from 'vitest';
import { Keymap, shortcutTable } from '../../../src/innotations/keymap.js';

const press = (key: string, held = '') =>
  ({
    tag: 'key',
    phase: 'down',
    key,
    code: '',
    repeat: false,
    modifiers: {
      ctrl: held.includes('c'),
      meta: held.includes('m'),
      alt: held.includes('a'),
      shift: held.includes('s'),
    },
  }) as const;

describe('keymap', () => {
  it('every default key finds its own shortcut in its scope', () => {
    const map = new Keymap();
    for (const [name, { keys, scope }] of Object.entries(shortcutTable)) {
      for (const key of keys) {
        const parts = key === '+' ? ['+'] : key.split(/\+(?=.)/);
        const held = `${parts.includes('Mod') ? 'c' : ''}${parts.includes('Shift') ? 's' : ''}`;
        const sign = parts.at(-1)!;
        expect(map.find(press(sign === 'Space' ? ' ' : sign, held), scope), key).toBe(name);
      }
    }
  });

  it('letters of other scripts are told by their place on the keyboard; signs of Latin ones are what they say', () => {
    const map = new Keymap();
    const typed = (key: string, code: string, held = '') => ({ ...press(key, held), code });
    expect(map.find(typed('т', 'KeyN'), 'view')).toBe('next');
    expect(map.find(typed('з', 'KeyP'), 'view')).toBe('previous');
    expect(map.find(typed('я', 'KeyZ', 'c'), 'view')).toBe('undo');
    expect(map.find(typed('ν', 'KeyN'), 'view')).toBe('next');
    expect(map.find(typed('ñ', 'KeyN'), 'view')).toBeNull();
    expect(map.find(typed('k', 'KeyN'), 'view')).toBeNull();
    expect(map.find(typed('т', 'Semicolon'), 'view')).toBeNull();
    const own = new Keymap({ next: 'т', previous: [] });
    expect(own.find(typed('т', 'KeyP'), 'view')).toBe('next');
  });

  it('a key with Shift comes before the same without', () => {
    const map = new Keymap({ next: 'n', previous: 'Shift+n' });
    expect([map.find(press('n'), 'view'), map.find(press('N', 's'), 'view')]).toEqual(['next', 'previous']);
  });

  it('remapped keys work, the old ones no more, and an empty list turns a shortcut off', () => {
    const map = new Keymap({ next: 'j', save: ['Mod+s', 'w'], nextBlank: [] });
    expect(map.find(press('j'), 'view')).toBe('next');
    expect(map.find(press('n'), 'view')).toBeNull();
    expect(map.find(press('s', 'm'), 'view')).toBe('save');
    expect(map.find(press('w'), 'view')).toBe('save');
    expect(map.find(press('s'), 'view')).toBeNull();
    expect(map.find(press('u'), 'view')).toBeNull();
    expect(map.plainKeys(() => true)).toEqual(['j', 'p', 'w', '?']);
  });

  it('Shift makes the sign of "?" and is no matter there; with Ctrl it tells redo from undo', () => {
    const map = new Keymap();
    expect(map.find(press('?', 's'), 'view')).toBe('sheet');
    expect(map.find(press('Z', 'cs'), 'view')).toBe('redo');
    expect(map.find(press('z', 'c'), 'view')).toBe('undo');
  });

  it('what is no shortcut or no key is refused by name', () => {
    expect(() => new Keymap({ nxt: 'j' } as never)).toThrow(/there is no "nxt"; there are next, previous/);
    expect(() => new Keymap({ next: 'Hyper+j' })).toThrow(/"Hyper\+j" is no key/);
    expect(() => new Keymap({ next: '' })).toThrow(/is no key/);
  });
});
