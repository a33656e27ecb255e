import { describe, expect, it } from 'vitest';
import type { ListBoxOptions } from '../../../src/ui/index.js';
import { center, Driver, key, pointer, wheel } from './drive.js';

const breeds = [
  'Akita',
  'Beagle',
  'Boxer',
  'Collie',
  'Dalmatian',
  'Husky',
  'Poodle',
  'Pug',
  'Saluki',
  'Whippet',
  'Xolo',
];

const oneCombo = (options: Partial<ListBoxOptions> = {}, items: readonly string[] = breeds) => {
  const model = { selected: -1, changes: [] as number[], loose: [] as string[], pressed: 0 };
  const driver = new Driver((ui) => {
    const chosen = ui.comboBox('c', items, model.selected, { label: 'Breed', visibleRows: 4, ...options });
    if (chosen !== undefined) {
      model.changes.push(chosen);
      model.selected = chosen;
    }
    if (ui.button('b', 'Other')) model.pressed += 1;
    model.loose.push(...ui.unusedKeys.map((event) => event.key));
  });
  const combo = () => driver.find('combobox', 'Breed');
  const isOpen = () => combo().expanded === true;
  const focus = () => driver.frame({ tag: 'focus', id: combo().id, visible: true });
  const active = () => driver.all().find(({ role, selected }) => role === 'option' && selected)?.name;
  return {
    driver,
    model,
    combo,
    isOpen,
    focus,
    active,
    option: (name: string) => driver.find('option', name),
  };
};

describe('combo box', () => {
  it('M5: a press opens it, a press on a row takes the row and closes it', () => {
    const { driver, model, combo, isOpen, option } = oneCombo();
    expect(combo().value).toBe('');
    driver.click(center(combo()));
    expect(isOpen()).toBe(true);
    expect(driver.find('listbox', 'Breed').focusable).toBe(false);
    driver.click(center(option('Boxer')));
    expect(isOpen()).toBe(false);
    expect(model.changes).toEqual([2]);
    expect(combo().value).toBe('Boxer');
    expect(driver.output.popups).toEqual([]);
  });

  it('a press held, drawn onto a row and let go takes it; let go beside the list, it stays open', () => {
    const { driver, model, combo, isOpen, option } = oneCombo();
    driver.frame(pointer('down', center(combo())));
    const row = center(option('Collie'));
    driver.frame(pointer('move', row, { buttons: 1 }));
    driver.frame(pointer('up', row));
    expect([model.selected, isOpen()]).toEqual([3, false]);
    driver.frame(pointer('down', center(combo())));
    driver.frame(pointer('up', { x: 1000, y: 1000 }));
    expect([model.selected, isOpen()]).toEqual([3, true]);
  });

  it('opens by Enter, Space, Alt+arrows and activation; Esc leaves what was chosen', () => {
    const { driver, model, isOpen, focus, combo } = oneCombo();
    focus();
    const openers = [key('Enter'), key(' '), key('ArrowDown', { alt: true }), key('ArrowUp', { alt: true })];
    for (const opener of [...openers, { tag: 'activate', id: combo().id } as const]) {
      driver.frame(opener);
      expect(isOpen()).toBe(true);
      driver.frame(key('ArrowDown'));
      driver.frame(key('Escape'));
      expect([isOpen(), model.selected]).toEqual([false, -1]);
    }
    expect(model.loose).toEqual([]);
  });

  it('open, keys move the active row; Enter, Space and Tab take it', () => {
    const { driver, model, isOpen, focus, active, combo } = oneCombo();
    focus();
    for (const [taker, name] of [
      ['Enter', 'Beagle'],
      [' ', 'Boxer'],
      ['Tab', 'Collie'],
    ] as const) {
      driver.frame(key('Enter'));
      driver.frame(key('ArrowDown'));
      if (model.selected < 0) driver.frame(key('ArrowDown'));
      expect(active()).toBe(name);
      expect(combo().activeOption).toBe(`${combo().controls}/${breeds.indexOf(name)}`);
      driver.timeMs += 2000;
      driver.frame(key(taker));
      expect([isOpen(), combo().value]).toEqual([false, name]);
    }
  });

  it('closed, arrows, signs and digits choose at once, and reserved keys are left to the whole', () => {
    const { driver, model, focus, isOpen } = oneCombo({ reservedKeys: ['n', 's'] });
    focus();
    driver.frame(key('ArrowDown'));
    driver.frame(key('h'));
    expect(model.changes).toEqual([0, 5]);
    driver.timeMs += 2000;
    driver.frame(key('n'));
    driver.frame(key('s'));
    expect(model.changes).toEqual([0, 5]);
    expect(model.loose).toEqual(['n', 's']);
    expect(isOpen()).toBe(false);
  });

  it('open, every sign searches, reserved or not, and chooses nothing yet', () => {
    const { driver, model, focus, active } = oneCombo({ reservedKeys: ['n', 's'] });
    focus();
    driver.frame(key('Enter'));
    driver.frame(key('s'));
    expect(active()).toBe('Saluki');
    expect([model.changes, model.loose]).toEqual([[], []]);
  });

  it('hovering moves the active row; the wheel scrolls the list and nothing else', () => {
    const { driver, combo, active, option } = oneCombo();
    driver.click(center(combo()));
    driver.frame(pointer('move', center(option('Beagle'))));
    expect(active()).toBe('Beagle');
    const list = driver.find('listbox', 'Breed');
    const top = option('Akita').rect.y;
    driver.frame(wheel(center(list), 30));
    expect(option('Beagle').rect.y).toBeLessThan(top + 26);
    expect(driver.output.requests).toContainEqual({ tag: 'preventDefault' });
    driver.frame(wheel(center(list), -1000));
    driver.frame(wheel(center(list), -1000));
    expect(driver.output.requests).toContainEqual({ tag: 'preventDefault' });
  });

  it('a finger scrolls the open list and takes a row by a tap', () => {
    const { driver, model, combo, option, isOpen } = oneCombo();
    const touch = { pointerType: 'touch' } as const;
    driver.frame(pointer('down', center(combo()), touch));
    expect(isOpen()).toBe(false);
    driver.frame(pointer('up', center(combo()), touch));
    expect(isOpen()).toBe(true);
    const from = center(option('Collie'));
    driver.frame(pointer('down', from, touch));
    driver.frame(pointer('move', { ...from, y: from.y - 60 }, touch));
    // Held still before it is lifted: nothing is thrown.
    driver.frame(pointer('up', { ...from, y: from.y - 60 }, { ...touch, timeMs: 500 }));
    expect([isOpen(), model.selected]).toEqual([true, -1]);
    const tap = center(option('Husky'));
    driver.frame(pointer('down', tap, touch));
    driver.frame(pointer('up', tap, touch));
    expect([isOpen(), combo().value]).toEqual([false, 'Husky']);
  });

  it('closes when the focus goes, without a change', () => {
    const { driver, model, isOpen, focus } = oneCombo();
    focus();
    driver.frame(key('Enter'));
    driver.frame(key('ArrowDown'));
    driver.frame({ tag: 'focus', id: driver.find('button', 'Other').id, visible: true });
    expect([isOpen(), model.changes]).toEqual([false, []]);
  });

  it('a press on what lies under the open list goes to the list alone', () => {
    const { driver, model, combo, isOpen } = oneCombo();
    driver.click(center(combo()));
    const button = driver.find('button', 'Other');
    const list = driver.find('listbox', 'Breed');
    const at = { x: button.rect.x + 5, y: button.rect.y + button.rect.height / 2 };
    expect(at.y > list.rect.y && at.y < list.rect.y + list.rect.height).toBe(true);
    driver.click(at);
    expect([model.pressed, isOpen()]).toEqual([0, false]);
    expect(model.changes.length).toBe(1);
  });

  it('disabled, it shows its value and takes nothing', () => {
    const { driver, combo, isOpen } = oneCombo({ disabled: true });
    expect([combo().disabled, combo().focusable]).toEqual([true, false]);
    driver.click(center(combo()));
    expect(isOpen()).toBe(false);
  });

  it('is at least as wide as the box, and its rows are told to be those of its list', () => {
    const { driver, combo } = oneCombo({ layout: { width: 300 } });
    driver.click(center(combo()));
    const list = driver.find('listbox', 'Breed');
    expect(list.rect.width).toBe(300);
    expect(combo().controls).toBe(list.id);
    expect(driver.output.popups.map(({ rect }) => rect)).toEqual([list.rect]);
  });

  it('closes when its box is scrolled out of the window', () => {
    const { driver, combo, isOpen } = oneCombo();
    driver.click(center(combo()));
    driver.viewport = { x: 0, y: 500, width: 800, height: 600 };
    driver.frame();
    expect(isOpen()).toBe(false);
  });
});
