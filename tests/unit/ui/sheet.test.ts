import { describe, expect, it } from 'vitest';
import { center, Driver, key, pointer, wheel } from './drive.js';

const openSheet = (lines: number) => {
  const model = { open: true, pressed: 0, loose: [] as string[] };
  const driver = new Driver((ui) => {
    if (ui.button('under', 'Under', { layout: { width: 600, height: 400 } })) model.pressed += 1;
    if (
      model.open &&
      ui.sheet('sheet', { label: 'Keys', width: 300 }, () => {
        for (let i = 0; i < lines; i++) ui.label(`line ${i}`, `line ${i}`);
      })
    ) {
      model.open = false;
    }
    model.loose.push(...ui.unusedKeys.map((event) => event.key));
  });
  return { driver, model, isShown: () => driver.has('dialog', 'Keys') };
};

describe('sheet', () => {
  it('stands in the middle of what the window shows, as a dialog with a name, on a canvas of its own', () => {
    const { driver } = openSheet(3);
    driver.viewport = { x: -100, y: 50, width: 1000, height: 300 };
    driver.frame();
    const { rect, popup } = driver.find('dialog', 'Keys');
    expect(popup).toBe(true);
    expect(rect.x + rect.width / 2).toBeCloseTo(400);
    expect(rect.y + rect.height / 2).toBeCloseTo(200);
    expect(rect.width).toBe(300);
    expect(driver.output.popups.map(({ id }) => id)).toEqual([driver.find('dialog', 'Keys').id]);
  });

  it('longer than the window it ends there and scrolls: the focus goes to what scrolls, else to the button', () => {
    const { driver } = openSheet(100);
    const { rect } = driver.find('dialog', 'Keys');
    expect([rect.y, rect.height]).toEqual([4, 392]);
    const content = driver.find('group', 'Keys');
    const close = driver.find('button', 'Close');
    expect(close.rect.y + close.rect.height).toBeLessThan(rect.y + rect.height);
    expect(driver.output.requests).toContainEqual({ tag: 'focus', id: content.id });
    const first = () => driver.find('text', 'line 0').rect.y;
    const before = first();
    driver.frame(wheel(center(content), 120));
    expect(first()).toBe(before - 120);
    driver.focus(content);
    driver.frame(key('End'));
    expect(driver.find('text', 'line 99').rect.y).toBeLessThan(content.rect.y + content.rect.height);

    const short = openSheet(2).driver;
    expect(short.output.requests).toContainEqual({ tag: 'focus', id: short.find('button', 'Close').id });
  });

  it('a narrow window makes it narrower', () => {
    const { driver } = openSheet(3);
    driver.viewport = { x: 0, y: 0, width: 200, height: 400 };
    driver.frame();
    expect(driver.find('dialog', 'Keys').rect).toMatchObject({ x: 4, width: 192 });
  });

  it('what lies under it can be neither pressed, hovered nor scrolled', () => {
    const { driver, model, isShown } = openSheet(3);
    driver.frame(pointer('move', { x: 5, y: 5 }));
    expect(driver.output.cursor).toBe('default');
    driver.frame(wheel({ x: 5, y: 5 }, 50));
    expect(driver.asked('preventDefault')).toBe(true);
    driver.click(center(driver.find('text', 'line 1')));
    expect([model.pressed, isShown()]).toEqual([0, true]);
  });

  it('Esc, its button, a press beside it and the browser close it; a press that ends in it does not', () => {
    const ways: readonly ((driver: Driver) => void)[] = [
      (driver) => driver.frame(key('Escape')),
      (driver) => driver.click(center(driver.find('button', 'Close'))),
      (driver) => driver.click({ x: 5, y: 5 }),
      (driver) => driver.frame({ tag: 'dismiss', id: driver.find('dialog', 'Keys').id }),
    ];
    for (const way of ways) {
      const { driver, model, isShown } = openSheet(3);
      way(driver);
      expect([model.open, isShown(), model.pressed]).toEqual([false, false, 0]);
      expect(model.loose).toEqual([]);
    }
    const { driver, isShown } = openSheet(3);
    driver.frame(pointer('down', { x: 5, y: 5 }));
    driver.frame(pointer('up', center(driver.find('text', 'line 1'))));
    expect(isShown()).toBe(true);
  });
});
