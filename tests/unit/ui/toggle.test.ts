import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../src/paint/index.js';
import type { ToggleOptions } from '../../../src/ui/index.js';
import { center, Driver, key } from './drive.js';

const oneToggle = (options: Partial<ToggleOptions> = {}) => {
  const model = { on: false, changes: [] as boolean[] };
  const driver = new Driver((ui) => {
    const next = ui.toggle('t', model.on, { label: 'Grid', ...options });
    if (next === undefined) return;
    model.changes.push(next);
    model.on = next;
  });
  const node = () => driver.find('switch', 'Grid');
  const thumbX = () => {
    const rounded = driver.shapes().filter((shape) => shape.tag === 'rounded');
    return (rounded[1] as Extract<Shape, { tag: 'rounded' }>).rect.x - node().rect.x;
  };
  return { driver, model, node, thumbX };
};

describe('toggle', () => {
  it('is a switch with its words as its name', () => {
    const { driver, node } = oneToggle();
    expect(node()).toMatchObject({ checked: false, focusable: true, disabled: false });
    expect(driver.texts()).toContain('Grid');
    expect(node().rect.height).toBeGreaterThanOrEqual(24);
  });

  it('is thrown by a press and by its element; keys go to the element', () => {
    const { driver, model, node } = oneToggle();
    driver.click(center(node()));
    driver.frame({ tag: 'activate', id: node().id });
    driver.frame({ tag: 'activate', id: node().id });
    expect(model.changes).toEqual([true, false, true]);
    expect(node().checked).toBe(true);
    driver.focus(node());
    driver.frame(key(' '));
    expect(driver.asked('preventDefault')).toBe(false);
  });

  it('moves its thumb over in a moment, and then rests', () => {
    const { driver, thumbX, node } = oneToggle();
    const off = thumbX();
    driver.frame({ tag: 'activate', id: node().id });
    expect([thumbX(), driver.asked('repaint')]).toEqual([off, true]);
    driver.timeMs += 60;
    driver.frame();
    const between = thumbX();
    driver.timeMs += 200;
    driver.frame();
    expect(off < between && between < thumbX()).toBe(true);
    expect(driver.asked('repaint')).toBe(false);
  });

  it('is there at once, without another frame, where less motion is wanted', () => {
    const { driver, thumbX, node } = oneToggle();
    driver.reducedMotion = true;
    const off = thumbX();
    driver.frame({ tag: 'activate', id: node().id });
    expect(thumbX()).toBeGreaterThan(off + 10);
    expect(driver.asked('repaint')).toBe(false);
  });

  it('takes nothing while disabled', () => {
    const { driver, model, node } = oneToggle({ disabled: true });
    driver.click(center(node()));
    expect(model.changes).toEqual([]);
    expect(node()).toMatchObject({ disabled: true, focusable: false });
  });
});
