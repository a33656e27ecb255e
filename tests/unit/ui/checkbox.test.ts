import { describe, expect, it } from 'vitest';
import { center, Driver, key } from './drive.js';

const oneBox = (disabled = false) => {
  const model = { checked: false, loose: [] as string[] };
  const driver = new Driver((ui) => {
    model.checked = ui.checkbox('c', model.checked, { label: 'Is ripe', disabled }) ?? model.checked;
    model.loose.push(...ui.unusedKeys.map((event) => event.key));
  });
  return { driver, model, node: () => driver.find('checkbox', 'Is ripe') };
};

describe('checkbox', () => {
  it('M7: toggles by a press on its box or its words, and through its element', () => {
    const { driver, model, node } = oneBox();
    const { x, y, height } = node().rect;
    driver.click({ x: x + 5, y: y + height / 2 });
    expect([model.checked, node().checked]).toEqual([true, true]);
    driver.click({ x: x + 50, y: y + height / 2 });
    expect([model.checked, node().checked]).toEqual([false, false]);
    driver.frame({ tag: 'activate', id: node().id });
    expect([model.checked, node().checked]).toEqual([true, true]);
  });

  it('toggles back when pressed twice in one frame', () => {
    const { driver, model, node } = oneBox();
    const { id } = node();
    driver.frame({ tag: 'activate', id }, { tag: 'activate', id });
    expect(model.checked).toBe(false);
  });

  it('leaves Space to its element and letters to shortcuts', () => {
    const { driver, model, node } = oneBox();
    driver.focus(node());
    driver.frame(key(' '), key('n'));
    expect(model.loose).toEqual(['n']);
  });

  it('ignores presses while disabled', () => {
    const { driver, model, node } = oneBox(true);
    driver.click(center(node()));
    driver.frame({ tag: 'activate', id: node().id });
    expect(model.checked).toBe(false);
    expect(driver.texts()).toEqual(['Is ripe']);
  });
});
