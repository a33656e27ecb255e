import { describe, expect, it } from 'vitest';
import type { Ui } from '../../../src/ui/index.js';
import { WidgetSlots } from '../../../src/ui/widget-slots.js';
import { center, Driver, pointer } from './drive.js';

describe('slots of widgets', () => {
  it('a press that is held, and focus, outlive rows by the thousand that come and go', () => {
    let page = 0;
    let pressed = 0;
    const driver = new Driver((ui: Ui) => {
      if (ui.button('steady', 'Steady')) pressed += 1;
      for (let i = 0; i < 300; i++) ui.label(`row ${page} ${i}`, `Row ${i}`);
    });
    const at = center(driver.all().find(({ name }) => name === 'Steady')!);
    driver.frame(pointer('move', at));
    driver.frame(pointer('down', at));
    for (page = 1; page < 20; page++) driver.frame();
    driver.frame(pointer('up', at));
    expect(pressed).toBe(1);
  });

  it('forgets those that stand in no build any more, and no others', () => {
    const slots = new WidgetSlots();
    const node = {} as Parameters<WidgetSlots['put']>[1];
    const held = slots.slot('held');
    for (let build = 1; build <= 3000; build++) {
      slots.put(slots.slot(`row ${build}`), node, build);
      slots.put(held, node, build);
      slots.trim(build, 2);
    }
    expect(slots.node('held', 3000)).toBe(node);
    expect(slots.node('held', 2999)).toBe(node);
    expect(slots.node('row 3000', 3000)).toBe(node);
    expect(slots.slot('row 1').build).toBe(-1);
  });
});
