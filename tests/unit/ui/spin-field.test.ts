import { describe, expect, it } from 'vitest';
import type { UiEvent } from '../../../src/ui/index.js';
import { Driver, key, pointer } from './drive.js';

const oneSpin = () => {
  const model = { value: 4, changes: [] as number[], loose: [] as string[] };
  const driver = new Driver((ui) => {
    const next = ui.spinField('n', model.value, { label: 'Sample number', min: 0, max: 119 });
    if (next !== undefined) {
      model.changes.push(next);
      model.value = next;
    }
    model.loose.push(...ui.unusedKeys.map((event) => event.key));
  });
  const node = () => driver.find('spinbutton', 'Sample number');
  const text = (phase: 'input' | 'commit' | 'cancel', value: string): UiEvent => ({
    tag: 'text',
    id: node().id,
    phase,
    value,
  });
  return { driver, model, node, text };
};

describe('spin field', () => {
  it('C5: a number typed and committed is taken', () => {
    const { driver, model, node, text } = oneSpin();
    driver.focus(node());
    driver.frame(text('input', '1'), text('input', '17'));
    expect(model.changes).toEqual([]);
    expect(node()).toMatchObject({ value: '17', valueNow: 4, invalid: false });
    driver.frame(text('commit', '17'));
    expect(model.changes).toEqual([17]);
    expect(node()).toMatchObject({ value: '17', valueNow: 17 });
  });

  it.each(['120', '-1', 'seven', '', '3.5', '1e2'])(
    'refuses "%s", says what is right, and shows it as invalid until Esc',
    (bad) => {
      const { driver, model, node, text } = oneSpin();
      driver.focus(node());
      driver.frame(text('input', bad), text('commit', bad));
      const why = `${node().name} must be a whole number from ${node().valueMin} to ${node().valueMax}`;
      expect(driver.output.requests).toContainEqual({ tag: 'announce', text: why, assertive: false });
      expect(model.changes).toEqual([]);
      expect(node()).toMatchObject({ value: bad, valueNow: 4, invalid: true, description: why });
      driver.frame(text('cancel', '4'));
      expect(node()).toMatchObject({ value: '4', invalid: false });
    },
  );

  it('a refused text is forgotten when the focus leaves: what is shown then is the number that counts', () => {
    const { driver, node, text } = oneSpin();
    driver.focus(node());
    driver.frame(text('input', '999'), text('commit', '999'));
    driver.frame({ tag: 'focus', id: null, visible: false });
    expect(node()).toMatchObject({ value: '4', valueNow: 4, invalid: false });
    expect(node().description).toBeUndefined();
  });

  it('a refused text is forgotten when the value changes elsewhere', () => {
    const { driver, model, node, text } = oneSpin();
    driver.frame(text('input', 'x'), text('commit', 'x'));
    model.value = 9;
    driver.frame();
    expect(node()).toMatchObject({ value: '9', invalid: false });
  });

  it('steps by arrows within the limits', () => {
    const { driver, model, node } = oneSpin();
    driver.focus(node());
    driver.frame(key('ArrowUp'), key('ArrowUp'), key('ArrowDown'));
    expect(model.changes).toEqual([5, 6, 5]);
    model.value = 119;
    driver.frame();
    driver.frame(key('ArrowUp'));
    expect(model.value).toBe(119);
  });

  it('C8: keys typed into it are no shortcuts', () => {
    const { driver, model, node } = oneSpin();
    driver.focus(node());
    driver.frame(key('n'), key('5'), key('Home'));
    expect(model.loose).toEqual([]);
    expect(driver.asked('preventDefault')).toBe(false);
  });

  it('leaves pointers to the native field and omits its text while that shows it', () => {
    const { driver, node } = oneSpin();
    expect(node()).toMatchObject({ nativePointer: true });
    expect(driver.texts()).toContain('4');
    driver.focus(node());
    expect(driver.texts()).not.toContain('4');
  });

  it('steps by its buttons: once a press, again and again while held, up to the limits', () => {
    const { driver, model, node } = oneSpin();
    const { rect } = node();
    const y = rect.y + rect.height / 2;
    const more = { x: rect.x + rect.width + 15, y };
    const less = { x: rect.x - 15, y };
    driver.click(more);
    driver.click(less);
    expect(model.changes).toEqual([5, 4]);
    driver.frame(pointer('down', more));
    expect(driver.output.requests).toContainEqual({
      tag: 'repaint',
      afterMs: 400,
      reason: 'a stepper is held',
    });
    for (const [ms, value] of [
      [399, 5],
      [1, 6],
      [59, 6],
      [1, 7],
      [600, 17],
    ] as const) {
      driver.timeMs += ms;
      driver.frame();
      expect(model.value).toBe(value);
    }
    driver.timeMs += 60_000;
    driver.frame();
    expect(model.value).toBe(119);
    driver.frame(pointer('up', more));
    expect(driver.asked('repaint')).toBe(false);
    driver.timeMs += 1000;
    driver.frame();
    expect(model.value).toBe(119);
  });

  it('a step of its buttons ends what was typed; they are no elements of their own, and can be left out', () => {
    const { driver, model, node, text } = oneSpin();
    driver.focus(node());
    driver.frame(text('input', 'x'));
    driver.click({ x: node().rect.x + node().rect.width + 15, y: node().rect.y + 10 });
    expect([model.value, node().value]).toEqual([5, '5']);
    expect(driver.all().filter(({ role }) => role === 'button')).toEqual([]);
    const bare = new Driver((ui) => ui.spinField('n', 1, { label: 'N', min: 0, max: 9, steppers: false }));
    expect(bare.find('spinbutton', 'N').rect.x).toBe(0);
  });
});
