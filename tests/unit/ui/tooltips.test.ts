import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  stepTooltip,
  type TooltipState,
  tooltipDelayMs,
  tooltipDueMs,
  tooltipGraceMs,
} from '../../../src/ui/tooltip-state.js';
import { center, Driver, key, pointer } from './drive.js';

const seed = 20261124;

const form = () => {
  const model = { pressed: 0 };
  const driver = new Driver((ui) => {
    if (ui.button('a', 'Save', { description: 'Save (s)' })) model.pressed += 1;
    ui.button('b', 'A label that is much longer than the room it has', { layout: { width: 120 } });
    ui.button('c', 'Plain');
    ui.listBox('l', ['short', 'a row whose text is far longer than the list'], -1, {
      label: 'Class',
      layout: { width: 120 },
    });
  });
  const shown = () => driver.all().find(({ role }) => role === 'tooltip')?.name;
  const later = (ms: number) => {
    driver.timeMs += ms;
    driver.frame();
  };
  const over = (node: ReturnType<Driver['find']>) => driver.frame(pointer('move', center(node)));
  return { driver, model, shown, later, over };
};

describe('tooltips', () => {
  it('come after a rest on the control, beside it, and go when the pointer leaves', () => {
    const { driver, shown, later, over } = form();
    const save = driver.find('button', 'Save');
    over(save);
    expect(driver.output.requests).toContainEqual({
      tag: 'repaint',
      afterMs: tooltipDelayMs,
      reason: 'tooltip',
    });
    later(tooltipDelayMs - 1);
    expect(shown()).toBeUndefined();
    later(1);
    expect(shown()).toBe('Save (s)');
    const { rect } = driver.output.popups[0]!;
    // Beside the window's edge by the same distance as from its control.
    expect([rect.x, rect.y]).toEqual([4, save.rect.y + save.rect.height + 4]);
    expect(driver.asked('repaint')).toBe(false);
    driver.frame(pointer('move', { x: 590, y: 390 }));
    later(tooltipGraceMs);
    expect(shown()).toBeUndefined();
    expect(driver.output.popups).toEqual([]);
  });

  it('stay while the pointer is on them, and go by Esc', () => {
    const { driver, shown, later, over } = form();
    over(driver.find('button', 'Save'));
    later(tooltipDelayMs);
    const { rect } = driver.output.popups[0]!;
    driver.frame(pointer('move', { x: rect.x + 5, y: rect.y + 5 }));
    later(5000);
    expect(shown()).toBe('Save (s)');
    over(driver.find('button', 'Save'));
    driver.frame(key('Escape'));
    expect(shown()).toBeUndefined();
    later(5000);
    expect(shown()).toBeUndefined();
  });

  it('tell a cut label and a cut row whole, and nothing of those that are seen whole', () => {
    const { driver, shown, later, over } = form();
    over(driver.find('button', 'Plain'));
    later(tooltipDelayMs);
    expect(shown()).toBeUndefined();
    over(driver.find('button', 'A label that is much longer than the room it has'));
    later(tooltipDelayMs);
    expect(shown()).toBe('A label that is much longer than the room it has');
    over(driver.find('option', 'a row whose text is far longer than the list'));
    expect(shown()).toBe('a row whose text is far longer than the list');
  });

  it('come for keyboard focus too, and say it as a description', () => {
    const { driver, shown, later } = form();
    const save = driver.find('button', 'Save');
    expect(save.description).toBe('Save (s)');
    driver.focus(save);
    later(tooltipDelayMs);
    expect(shown()).toBe('Save (s)');
  });

  it('never keep a press from its control', () => {
    const { driver, model, shown, later, over } = form();
    const save = driver.find('button', 'Save');
    over(save);
    later(tooltipDelayMs);
    driver.click(center(save));
    expect([model.pressed, shown()]).toEqual([1, undefined]);
  });

  it(`whatever happens, one waits for what is pointed at or shows it, and always ends by itself (seed ${seed})`, () => {
    const inputs = fc.array(
      fc.record({
        key: fc.constantFrom(null, 'a', 'b'),
        isOver: fc.boolean(),
        dismisses: fc.boolean(),
        stepMs: fc.integer({ min: 0, max: 900 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(inputs, (list) => {
        let state: TooltipState = { tag: 'none' };
        let timeMs = 0;
        for (const { stepMs, ...input } of list) {
          timeMs += stepMs;
          const before = state;
          state = stepTooltip(state, { ...input, timeMs });
          if (input.dismisses) expect(['none', 'dismissed']).toContain(state.tag);
          if (state.tag === 'shown' && before.tag !== 'shown') {
            expect(before).toMatchObject({ tag: 'waiting', key: input.key });
          }
        }
        for (let i = 0; i < 3; i++) {
          timeMs += tooltipDueMs(state, timeMs) ?? 0;
          state = stepTooltip(state, { key: null, isOver: false, dismisses: false, timeMs });
        }
        expect(state.tag).toBe('none');
      }),
      { seed, numRuns: 500 },
    );
  });
});
