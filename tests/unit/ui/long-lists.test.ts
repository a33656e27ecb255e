import { describe, expect, it } from 'vitest';
import { typeAhead } from '../../../src/ui/behaviours/type-ahead.js';
import type { Ui } from '../../../src/ui/index.js';
import { center, Driver, evenText, key, wheel } from './drive.js';

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
      lineMetrics: evenText.lineMetrics,
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
      const found = typeAhead({ typed: '', atMs: 0 }, sign, 10, items, items.length - 1);
      expect([items, sign, found]).toEqual([items, sign, expected(items, sign.toLowerCase())]);
    }
  });
});
