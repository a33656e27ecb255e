import { describe, expect, it } from 'vitest';
import { noSearch, typeAhead } from '../../../src/ui/behaviours/type-ahead.js';
import type { Ui, UiEvent } from '../../../src/ui/index.js';
import { center, Driver, evenText, key, pointer, wheel } from './drive.js';

const million = 1_000_000;

/** So many items that are made when they are read; `reads` counts how many were. */
const countedItems = (count: number) => {
  const state = { reads: 0 };
  const items = new Proxy([] as string[], {
    get(target, property) {
      if (property === 'length') return count;
      if (typeof property === 'string' && /^\d+$/.test(property)) {
        state.reads += 1;
        return `class ${property}`;
      }
      return Reflect.get(target, property);
    },
    has: (target, property) => /^\d+$/.test(String(property)) || Reflect.has(target, property),
  });
  return { state, items };
};

const kinds = ['listBox', 'comboBox'] as const;

describe('lists of a million items', () => {
  it.each(kinds)('%s: a frame reads what it shows and what is measured, nothing else', (kind) => {
    const { state, items } = countedItems(million);
    const model = { selected: 500_000 };
    const driver = new Driver((ui) => {
      model.selected = ui[kind]('l', items, model.selected, { label: 'Class' }) ?? model.selected;
    });
    const readsOf = (act: () => void) => {
      state.reads = 0;
      act();
      return state.reads / driver.builds;
    };
    const list = driver.find(kind === 'listBox' ? 'listbox' : 'combobox', 'Class');
    driver.focus(list);
    expect(readsOf(() => driver.frame())).toBeLessThan(400);
    expect(readsOf(() => driver.frame(wheel(center(list), 80)))).toBeLessThan(400);
    expect(readsOf(() => driver.frame(key('ArrowDown')))).toBeLessThan(400);
    expect(readsOf(() => driver.frame(key('PageDown')))).toBeLessThan(400);
    expect(model.selected).toBeGreaterThan(500_001);
  });

  it('widths are measured again where one of the first items changed, and not while none did', () => {
    let measured = 0;
    const text = {
      ...evenText,
      width: (...args: Parameters<typeof evenText.width>) => {
        measured += 1;
        return evenText.width(...args);
      },
    };
    let items = ['a', 'b', 'c'];
    const row = { layout: { alignItems: 'flex-start' } };
    const build = (ui: Ui) => ui.row('r', row, () => void ui.listBox('l', items, 0, { label: 'Class' }));
    const driver = new Driver(build, { text });
    const width = () => driver.find('listbox', 'Class').rect.width;
    const [narrow, before] = [width(), measured];
    items = ['a', 'b', 'c'];
    driver.frame();
    expect(measured - before).toBeLessThan(items.length);
    items[1] = 'a much longer name of a class than before';
    driver.frame();
    expect(width()).toBeGreaterThan(narrow + 100);
  });
});

describe('type-ahead in lists of a million items', () => {
  const [zebra, zoo] = [700_000, 900_000];
  const words = Array.from({ length: million }, (_, i) => `class ${i}`);
  words[zebra] = 'Zebra';
  words[zoo] = 'Zoo';

  const shown = (kind: (typeof kinds)[number], items: readonly string[] = words) => {
    const model = { selected: 5, refuses: false, loose: [] as string[] };
    const options = { label: 'Class', reservedKeys: ['n'] };
    const driver = new Driver((ui) => {
      const chosen = ui[kind]('l', items, model.selected, options);
      if (!model.refuses) model.selected = chosen ?? model.selected;
      model.loose.push(...ui.unusedKeys.map((event) => event.key));
    });
    driver.focus(driver.find(kind === 'listBox' ? 'listbox' : 'combobox', 'Class'));
    const frame = (...events: readonly UiEvent[]) => {
      driver.timeMs += 16;
      driver.frame(...events);
    };
    /** Frames until none is asked for. */
    const rest = (): number => {
      let frames = 0;
      for (; driver.asked('repaint') && frames < 1000; frames++) frame();
      return frames;
    };
    return { model, driver, frame, rest };
  };

  it.each(kinds)('%s: no frame tries more than a slice of them, and none is asked for afterwards', (kind) => {
    const { state, items } = countedItems(million);
    const { model, driver, rest, frame } = shown(kind, items);
    let most = 0;
    for (const sign of ['x', '7']) {
      state.reads = 0;
      frame(key(sign));
      while (driver.asked('repaint')) {
        most = Math.max(most, state.reads);
        state.reads = 0;
        frame();
      }
      driver.timeMs += 2000;
    }
    expect(most).toBeGreaterThan(100_000);
    expect(most).toBeLessThan(160_000);
    expect([model.selected, rest()]).toEqual([5, 0]);
  });

  it.each(kinds)('%s: signs and moving keys that come meanwhile are answered in their order', (kind) => {
    const { model, driver, frame, rest } = shown(kind);
    frame(key('z'));
    expect(model.selected).toBe(5);
    frame(key('o'));
    expect(rest()).toBeGreaterThan(3);
    expect(model.selected).toBe(zoo);
    frame(key('ArrowUp'));
    expect(model.selected).toBe(zoo - 1);
    model.selected = 7;
    driver.timeMs += 2000;
    frame();
    frame(key('z'), key('z', {}, 'up'), key('ArrowDown'), key('z'));
    rest();
    expect(model.selected).toBe(zoo);
  });

  it.each(kinds)('%s: leaving it has the search done at once', (kind) => {
    const { model, driver, frame, rest } = shown(kind);
    frame(key('z'));
    frame({ tag: 'focus', id: null, visible: false });
    expect(model.selected).toBe(zebra);
    expect(rest()).toBe(0);
    expect(driver.asked('repaint')).toBe(false);
  });

  it.each(kinds)('%s: a shortcut, or a choice made elsewhere, ends it', (kind) => {
    const { model, frame, rest } = shown(kind);
    frame(key('z'));
    frame(key('n'));
    expect(rest()).toBe(0);
    expect(model).toMatchObject({ selected: 5, loose: ['n'] });
    frame(key('z'));
    model.selected = 9;
    expect(rest()).toBeLessThan(3);
    expect(model.selected).toBe(9);
  });

  it('a press in the list comes after what was searched before it', () => {
    const { model, driver, frame, rest } = shown('listBox');
    frame(key('z'));
    const { x, y } = driver.find('option', words[6]!).rect;
    frame(pointer('down', { x: x + 5, y: y + 5 }), pointer('up', { x: x + 5, y: y + 5 }));
    rest();
    expect(model.selected).toBe(6);
  });

  it('Enter in an open combo box takes what was searched before it', () => {
    const { model, driver, frame, rest } = shown('comboBox');
    frame(key('Enter'));
    expect(driver.find('combobox', 'Class').expanded).toBe(true);
    frame(key('z'));
    frame(key('Enter'));
    rest();
    expect(model.selected).toBe(zebra);
  });

  it('a list that became shorter is not searched beyond its end', () => {
    const items = words.slice();
    const { model, frame, rest } = shown('listBox', items);
    frame(key('z'));
    items.length = 100;
    expect(rest()).toBeLessThan(3);
    expect(model.selected).toBe(5);
  });
});

describe('type-ahead', () => {
  it('seed 81: finds what a search by lower case finds, whatever the scripts', () => {
    const signs = [
      'a',
      'A',
      'B',
      'z',
      '1',
      '10',
      ' ',
      '\u3000',
      'ä',
      'Ä',
      'K',
      'K',
      'İ',
      'i',
      'ß',
      '猫',
      '-',
    ];
    let state = 81;
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    const word = (most: number) =>
      Array.from({ length: 1 + random(most) }, () => signs[random(signs.length)]!).join('');
    const expected = (items: readonly string[], typed: string): number => {
      const number = /^\d+$/.test(typed)
        ? items.findIndex((item) => /^\s*(\d+)/.exec(item)?.[1] === typed)
        : -1;
      return number >= 0
        ? number
        : items.findIndex((item) => item.trimStart().toLowerCase().startsWith(typed));
    };
    for (let round = 0; round < 2000; round++) {
      const items = Array.from({ length: 6 }, () => word(5));
      const sign = signs[random(signs.length)]!;
      if (sign.trim() === '') continue;
      const found = typeAhead(noSearch(), sign, 10, items, items.length - 1);
      expect([items, sign, found]).toEqual([items, sign, expected(items, sign.toLowerCase())]);
    }
  });
});
