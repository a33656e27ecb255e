import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../src/paint/index.js';
import { center, Driver, key, pointer, wheel } from './drive.js';

const seed = 20261125;
const rows = Array.from({ length: 20 }, (_, i) => `Row ${i}`);

/** Twenty buttons of 32 px, 8 px apart, in a box of 200 px: 792 px to scroll behind 200. */
const form = () => {
  const model = { pressed: [] as string[], loose: [] as string[] };
  const driver = new Driver((ui) => {
    ui.scrollArea('area', { label: 'Rows', layout: { height: 200, width: 300 } }, () => {
      for (const row of rows) if (ui.button(row, row)) model.pressed.push(row);
    });
    if (ui.button('after', 'After')) model.pressed.push('after');
    model.loose.push(...ui.unusedKeys.map((event) => event.key));
  });
  const area = () => driver.find('group', 'Rows');
  const top = () => 0 - driver.find('button', 'Row 0').rect.y;
  const at = { x: 100, y: 100 };
  const drag = (ys: readonly number[], stepMs = 16) => {
    const touch = (phase: 'down' | 'move' | 'up', y: number) =>
      driver.frame(pointer(phase, { x: at.x, y }, { pointerType: 'touch', timeMs: driver.timeMs }));
    touch('down', ys[0]!);
    for (const y of ys.slice(1)) {
      driver.timeMs += stepMs;
      touch('move', y);
    }
    driver.timeMs += 1;
    touch('up', ys.at(-1)!);
  };
  const later = (ms: number) => {
    driver.timeMs += ms;
    driver.frame();
  };
  return { driver, model, area, top, at, drag, later };
};

const most = 20 * 32 + 19 * 8 - 200;

describe('scroll area', () => {
  it('is as large as its layout, whatever it holds, and cuts what is outside', () => {
    const { driver, area } = form();
    expect([area().rect.width, area().rect.height, area().focusable, area().clips]).toEqual([
      300,
      200,
      true,
      true,
    ]);
    expect(driver.find('button', 'After').rect.y).toBe(208);
    const clips = driver.output.picture.filter((shape: Shape) => shape.tag === 'clip');
    expect(clips.map((clip) => clip.tag === 'clip' && clip.rect.height)).toContain(200);
  });

  it('scrolls by the wheel as far as there is something, then leaves it to the page', () => {
    const { driver, top, at } = form();
    driver.frame(wheel(at, 100));
    expect([top(), driver.asked('preventDefault')]).toEqual([100, true]);
    driver.frame(wheel(at, 10_000));
    expect(top()).toBe(most);
    driver.frame(wheel(at, 10));
    expect(driver.asked('preventDefault')).toBe(false);
    driver.frame(wheel(at, -10_000));
    expect(top()).toBe(0);
    driver.frame(wheel(at, -10));
    expect(driver.asked('preventDefault')).toBe(false);
  });

  it('scrolls by keys when it has the focus; arrows, pages, Space, Home and End', () => {
    const { driver, area, top, model } = form();
    driver.focus(area());
    const tops = ['ArrowDown', 'PageDown', 'ArrowUp', ' ', 'End', 'PageUp', 'Home'].map((name) => {
      driver.frame(key(name));
      return top();
    });
    expect(tops).toEqual([40, 200, 160, 320, most, most - 160, 0]);
    expect(model.loose).toEqual([]);
  });

  it('brings what gets the focus into sight', () => {
    const { driver, top } = form();
    driver.focus(driver.find('button', 'Row 10'));
    const { rect } = driver.find('button', 'Row 10');
    expect(top()).toBeGreaterThan(0);
    expect(rect.y + rect.height).toBeLessThanOrEqual(200);
    driver.focus(driver.find('button', 'Row 0'));
    expect(driver.find('button', 'Row 0').rect.y).toBeGreaterThanOrEqual(0);
  });

  it('what is scrolled out takes no pointer, what is under it does', () => {
    const { driver, model, at } = form();
    const row = driver.find('button', 'Row 5').rect;
    expect(row.y).toBe(200);
    driver.click({ x: 20, y: 212 });
    expect(model.pressed).toEqual(['after']);
    driver.frame(wheel(at, 100));
    driver.click(center(driver.find('button', 'Row 5')));
    expect(model.pressed).toEqual(['after', 'Row 5']);
  });

  it('a finger scrolls it, from a button too, which is not pressed; a tap presses', () => {
    const { driver, model, top, drag } = form();
    drag([150, 145, 130, 110, 90]);
    expect(top()).toBeGreaterThanOrEqual(55);
    expect(model.pressed).toEqual([]);
    driver.timeMs += 5000;
    driver.frame();
    const inSight = rows.find((row) => center(driver.find('button', row)).y > 80)!;
    const { y } = center(driver.find('button', inSight));
    drag([y, y + 2]);
    expect(model.pressed).toEqual([inSight]);
  });

  it('thrown, it runs on, slower and slower, and comes to rest by itself; caught, it stands', () => {
    const { driver, top, drag, later } = form();
    drag([190, 170, 150, 130, 110]);
    const thrown = top();
    const steps: number[] = [];
    for (let last = thrown; driver.asked('repaint') && steps.length < 300; ) {
      later(16);
      steps.push(top() - last);
      last = top();
    }
    expect(steps[0]).toBeGreaterThan(8);
    expect(steps.every((step, i) => i === 0 || step <= steps[i - 1]! + 1e-9)).toBe(true);
    expect(driver.asked('repaint')).toBe(false);
    drag([190, 150, 110]);
    driver.frame(pointer('down', { x: 100, y: 100 }, { pointerType: 'touch', timeMs: driver.timeMs }));
    driver.frame(pointer('move', { x: 100, y: 115 }, { pointerType: 'touch', timeMs: driver.timeMs }));
    const caught = top();
    later(300);
    expect(top()).toBe(caught);
  });

  it('held still before it is let go, and where less motion is wanted, it stays', () => {
    const { driver, top, drag, later } = form();
    driver.reducedMotion = true;
    drag([190, 170, 150, 130, 110]);
    const thrown = top();
    later(500);
    expect(top()).toBe(thrown);
    expect(driver.asked('repaint')).toBe(false);
  });

  it('its bar scrolls: the thumb by dragging, the track by a press', () => {
    const { driver, top } = form();
    const x = 296;
    driver.frame(pointer('down', { x, y: 5 }));
    driver.frame(pointer('move', { x, y: 55 }, { buttons: 1 }));
    expect(top()).toBeGreaterThan(100);
    driver.frame(pointer('move', { x, y: 1000 }, { buttons: 1 }));
    expect(top()).toBe(most);
    driver.frame(pointer('up', { x, y: 1000 }));
    driver.frame(pointer('down', { x, y: 1 }));
    driver.frame(pointer('up', { x, y: 1 }));
    expect(top()).toBe(0);
  });

  it('an area in an area: the inner one first, then the outer', () => {
    const driver = new Driver((ui) => {
      ui.scrollArea('outer', { label: 'Outer', layout: { height: 200 } }, () => {
        ui.scrollArea('inner', { label: 'Inner', layout: { height: 100, flexShrink: 0 } }, () => {
          for (const row of rows.slice(0, 5)) ui.button(row, row);
        });
        for (const row of rows.slice(5)) ui.button(row, row);
      });
    });
    const y = (name: string) => driver.find('button', name).rect.y;
    const before = [y('Row 0'), y('Row 9')];
    driver.frame(wheel({ x: 50, y: 50 }, 1000));
    expect([before[0]! - y('Row 0'), before[1]! - y('Row 9')]).toEqual([5 * 40 - 8 - 100, 0]);
    driver.frame(wheel({ x: 50, y: 50 }, 30));
    expect(before[1]! - y('Row 9')).toBe(30);
  });

  it('without anything to scroll it is a plain group that wants nothing', () => {
    const driver = new Driver((ui) => {
      ui.scrollArea('area', { label: 'Rows', layout: { height: 200 } }, () => ui.button('a', 'Alone'));
    });
    expect(driver.find('group', 'Rows').focusable).toBe(false);
    driver.frame(wheel({ x: 20, y: 20 }, 100));
    expect(driver.asked('preventDefault')).toBe(false);
  });

  it(`whatever is done to it, it stays within its ends (seed ${seed})`, () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ tag: fc.constant('wheel' as const), by: fc.integer({ min: -500, max: 500 }) }),
        fc.record({
          tag: fc.constant('key' as const),
          name: fc.constantFrom('End', 'Home', 'PageDown', ' '),
        }),
        fc.record({ tag: fc.constant('drag' as const), to: fc.integer({ min: -300, max: 500 }) }),
        fc.record({ tag: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 400 }) }),
      ),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(steps, (list) => {
        const { driver, area, top, at, drag, later } = form();
        driver.focus(area());
        for (const step of list) {
          if (step.tag === 'wheel') driver.frame(wheel(at, step.by));
          if (step.tag === 'key') driver.frame(key(step.name));
          if (step.tag === 'drag') drag([100, (100 + step.to) / 2, step.to]);
          if (step.tag === 'wait') later(step.ms);
          expect(top()).toBeGreaterThanOrEqual(-1e-9);
          expect(top()).toBeLessThanOrEqual(most + 1e-9);
        }
      }),
      { seed, numRuns: 60 },
    );
  });
});
