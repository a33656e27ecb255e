import { describe, expect, it } from 'vitest';
import { type ListBoxOptions, lightTheme } from '../../../src/ui/index.js';
import { center, Driver, key, pointer, wheel } from './drive.js';

const fruits = [
  'apple',
  'apricot',
  'banana',
  'cherry',
  'nectarine',
  'pear',
  'plum',
  'quince',
  'raspberry',
  'sloe',
];
const numbered = ['0 - Positive', '1 - Negative', '2 - Unsure', '10 - Spoilt'];

const oneList = (items: readonly string[], options: Partial<ListBoxOptions> = {}) => {
  const model = { selected: -1, changes: [] as number[], loose: [] as string[] };
  const driver = new Driver((ui) => {
    const chosen = ui.listBox('l', items, model.selected, { label: 'Class', visibleRows: 4, ...options });
    if (chosen !== undefined) {
      model.changes.push(chosen);
      model.selected = chosen;
    }
    model.loose.push(...ui.unusedKeys.map((event) => event.key));
  });
  const list = () => driver.find('listbox', 'Class');
  const press = (name: string) => {
    driver.frame(key(name));
    return model.selected;
  };
  return { driver, model, list, press, option: (name: string) => driver.find('option', name) };
};

describe('list box', () => {
  it('marks the row under the pointer, row by row, and none when the pointer leaves', () => {
    const { driver, option } = oneList(fruits);
    const marked = () =>
      driver
        .shapes()
        .flatMap((shape) =>
          shape.tag === 'rounded' && shape.fill === lightTheme.controlHover ? [shape.rect.y] : [],
        );
    expect(marked()).toEqual([]);
    for (const name of ['apple', 'banana', 'cherry']) {
      driver.frame(pointer('move', center(option(name))));
      expect(marked()).toEqual([option(name).rect.y]);
    }
    driver.frame(pointer('move', { x: 590, y: 390 }));
    expect(marked()).toEqual([]);
  });

  it('tells its options on screen with their place in the whole', () => {
    const { list, option } = oneList(fruits);
    expect(list().activeOption).toBeUndefined();
    expect(option('banana')).toMatchObject({ selected: false, setSize: 10, positionInSet: 3 });
    expect(list().children!.length).toBeLessThan(10);
  });

  it('draws only the rows in sight, though there are many', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => `class ${i}`);
    const { driver, list } = oneList(many);
    expect(driver.texts().filter((text) => text.startsWith('class ')).length).toBeLessThanOrEqual(5);
    expect(list().children!.length).toBeLessThan(12);
  });

  it('M3: nothing is selected at −1, and item 0 can be chosen', () => {
    const { driver, model, option } = oneList(fruits);
    driver.click(center(option('apple')));
    expect(model.changes).toEqual([0]);
    expect(option('apple').selected).toBe(true);
  });

  it('chooses by pointer, by its element’s option and by value', () => {
    const { driver, model, list, option } = oneList(fruits);
    driver.frame(pointer('down', center(option('banana'))));
    driver.frame(pointer('move', center(option('apricot'))));
    driver.frame(pointer('up', center(option('apricot'))));
    driver.frame({ tag: 'activate', id: option('cherry').id });
    driver.frame({ tag: 'value', id: list().id, value: 5 });
    expect(model.changes).toEqual([2, 1, 3, 5]);
    expect(list().activeOption).toBe(option('pear').id);
  });

  it('moves by arrows, Page, Home and End, and keeps the chosen row in sight', () => {
    const { driver, list, press, option } = oneList(fruits);
    driver.focus(list());
    expect(
      ['ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'ArrowDown', 'Home', 'PageDown', 'PageDown', 'PageUp'].map(
        press,
      ),
    ).toEqual([0, 1, 0, 9, 9, 0, 3, 6, 3]);
    press('End');
    const { rect } = option('sloe');
    expect(rect.y + rect.height).toBeLessThanOrEqual(list().rect.y + list().rect.height);
    expect(driver.texts()).toContain('sloe');
    expect(driver.asked('preventDefault')).toBe(true);
  });

  it('C9: digits jump to the item that begins with them, and so do letters', () => {
    const { driver, list, press } = oneList(numbered);
    driver.focus(list());
    expect(press('2')).toBe(2);
    driver.timeMs += 2000;
    expect(press('1')).toBe(1);
    expect(press('0')).toBe(3);
    driver.timeMs += 2000;
    expect(press('0')).toBe(0);
  });

  it('C9: a digit, n, and a digit on the next sample are two choices, however fast', () => {
    const { driver, model, list, press } = oneList(numbered, { reservedKeys: ['n'] });
    driver.focus(list());
    expect(['1', 'n', '0'].map(press)).toEqual([1, 1, 0]);
    expect(model.loose).toEqual(['n']);
  });

  it('type-ahead: signs in a row make a prefix, a pause begins anew, a repeated sign walks round', () => {
    const { driver, list, press } = oneList(fruits);
    driver.focus(list());
    expect(['a', 'p', 'r'].map(press)).toEqual([0, 0, 1]);
    driver.timeMs += 2000;
    expect(['p', 'p', 'p'].map(press)).toEqual([5, 6, 5]);
    driver.timeMs += 2000;
    expect(['x', 'y'].map(press)).toEqual([5, 5]);
  });

  it('C10: n, p, s are shortcuts where reserved, type-ahead where not', () => {
    const reserved = oneList(fruits, { reservedKeys: ['n', 'p', 's'] });
    reserved.driver.focus(reserved.list());
    reserved.driver.frame(key('n'), key('p'), key('s'));
    expect(reserved.model).toMatchObject({ loose: ['n', 'p', 's'], changes: [] });
    const free = oneList(fruits);
    free.driver.focus(free.list());
    expect(['n', 's'].map((name) => free.press(name))).toEqual([4, 4]);
    free.driver.timeMs += 2000;
    expect(free.press('s')).toBe(9);
    expect(free.model.loose).toEqual([]);
  });

  it('leaves keys with Ctrl, and Space outside a search, to others', () => {
    const { driver, model, list } = oneList(['a b', 'a c']);
    driver.focus(list());
    driver.frame(key('z', { ctrl: true }), key(' '));
    expect(model.loose).toEqual(['z', ' ']);
    driver.frame(key('a'), key(' '), key('c'));
    expect(model.selected).toBe(1);
  });

  it('uses the wheel only while there is something to scroll that way', () => {
    const { driver, list } = oneList(fruits);
    const at = center(list());
    const used = (deltaY: number) => {
      driver.frame(wheel(at, deltaY));
      return driver.asked('preventDefault');
    };
    expect([used(-10), used(40), used(9999), used(10), used(-10)]).toEqual([false, true, true, false, true]);
    expect(driver.texts()).toContain('sloe');
  });

  it('thrown by a finger it runs on and comes to rest; every row stays reachable', () => {
    const many = Array.from({ length: 1000 }, (_, i) => `item ${i}`);
    const { driver, list } = oneList(many);
    const at = center(list());
    const touch = (phase: 'down' | 'move' | 'up', dy: number) =>
      driver.frame(
        pointer(phase, { x: at.x, y: at.y + dy }, { pointerType: 'touch', timeMs: driver.timeMs }),
      );
    touch('down', 0);
    for (const dy of [-15, -30, -45]) {
      driver.timeMs += 16;
      touch('move', dy);
    }
    touch('up', -45);
    const first = () => driver.texts()[1]!;
    const thrown = first();
    let frames = 0;
    for (; driver.asked('repaint') && frames < 500; frames++) {
      driver.timeMs += 16;
      driver.frame();
    }
    expect(first()).not.toBe(thrown);
    expect(frames).toBeGreaterThan(20);
    expect(frames).toBeLessThan(200);
  });

  it('a finger scrolls by dragging and chooses by tapping', () => {
    const { driver, model, list } = oneList(fruits);
    const at = center(list());
    const touch = { pointerType: 'touch' } as const;
    driver.frame(pointer('down', at, touch));
    driver.frame(pointer('move', { x: at.x, y: at.y - 60 }, touch));
    // Held still before it is lifted: nothing is thrown.
    driver.frame(pointer('up', { x: at.x, y: at.y - 60 }, { ...touch, timeMs: 500 }));
    expect(model.changes).toEqual([]);
    expect(driver.texts()).not.toContain('apple');
    const tapped = center(driver.find('option', 'nectarine'));
    driver.frame(pointer('down', tapped, touch));
    driver.frame(pointer('up', tapped, touch));
    expect(model.changes).toEqual([4]);
    expect(list().touchAction).toBe('none');
  });

  it('drags the thumb of its scroll bar without choosing', () => {
    const { driver, model, list } = oneList(fruits);
    const { rect } = list();
    const at = { x: rect.x + rect.width - 6, y: rect.y + 10 };
    driver.frame(pointer('down', at));
    driver.frame(pointer('move', { x: at.x, y: at.y + 500 }));
    driver.frame(pointer('up', { x: at.x, y: at.y + 500 }));
    expect(model.changes).toEqual([]);
    expect(driver.texts()).toContain('sloe');
  });

  it('shows its choice and ignores everything while disabled', () => {
    const { driver, model, list, option } = oneList(fruits, { disabled: true });
    model.selected = 2;
    driver.frame();
    driver.click(center(option('apple')));
    driver.focus(list());
    driver.frame(key('ArrowDown'));
    expect(model.changes).toEqual([]);
    expect(option('banana').selected).toBe(true);
  });
});
