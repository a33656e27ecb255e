import { describe, expect, it } from 'vitest';
import { center, Driver, key, pointer } from './drive.js';

const oneSlider = (max = 100, disabled = false) => {
  const model = { value: 40, changes: [] as number[], loose: [] as string[] };
  const driver = new Driver((ui) => {
    const next = ui.slider('s', model.value, {
      label: 'Sample',
      min: 0,
      max,
      disabled,
      valueText: `${model.value + 1} of ${max + 1}`,
    });
    if (next !== undefined) {
      model.changes.push(next);
      model.value = next;
    }
    model.loose.push(...ui.unusedKeys.map((event) => event.key));
  });
  const node = () => driver.find('slider', 'Sample');
  /** The thumb's radius is 8 px: the value's place runs between the track's ends less that. */
  const placeOf = (value: number) => {
    const { rect } = node();
    return { x: rect.x + 8 + (value / max) * (rect.width - 16), y: rect.y + rect.height / 2 };
  };
  return { driver, model, node, placeOf };
};

describe('slider', () => {
  it('tells its value, limits and text', () => {
    const { node } = oneSlider();
    expect(node()).toMatchObject({
      valueNow: 40,
      valueMin: 0,
      valueMax: 100,
      valueText: '41 of 101',
      focusable: true,
    });
  });

  it('jumps to where the track is pressed and follows the drag, also outside', () => {
    const { driver, model, node, placeOf } = oneSlider();
    driver.frame(pointer('down', placeOf(70)));
    expect(model.value).toBe(70);
    expect(node()).toMatchObject({ valueNow: 70, valueText: '71 of 101' });
    driver.frame(pointer('move', placeOf(75)));
    expect(model.value).toBe(75);
    driver.frame(pointer('move', { x: 9999, y: -500 }));
    expect(model.value).toBe(100);
    driver.frame(pointer('up', { x: 9999, y: -500 }));
    driver.frame(pointer('move', placeOf(10)));
    expect(model.value).toBe(100);
  });

  it('does not jump when the thumb is grabbed off its middle', () => {
    const { driver, model, placeOf } = oneSlider();
    const at = placeOf(40);
    driver.frame(pointer('down', { x: at.x + 6, y: at.y }));
    expect(model.changes).toEqual([]);
    driver.frame(pointer('move', { x: placeOf(50).x + 6, y: at.y }));
    expect(model.value).toBe(50);
  });

  it('C5: answers arrows, Page, Home and End within its limits', () => {
    const { driver, model, node } = oneSlider();
    driver.focus(node());
    const press = (name: string) => {
      driver.frame(key(name));
      return model.value;
    };
    expect(['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown'].map(press)).toEqual([41, 42, 41, 40]);
    expect(['PageUp', 'PageDown', 'End', 'ArrowRight', 'Home', 'ArrowLeft'].map(press)).toEqual([
      50, 40, 100, 100, 0, 0,
    ]);
    expect(model.loose).toEqual([]);
    expect(driver.asked('preventDefault')).toBe(true);
  });

  it('counts every key when several come in one frame', () => {
    const { driver, model, node } = oneSlider();
    driver.focus(node());
    driver.frame(key('ArrowRight'), key('ArrowRight'), key('ArrowRight'));
    expect(model.value).toBe(43);
  });

  it('leaves letters and keys with Ctrl, Alt or Meta to shortcuts', () => {
    const { driver, model, node } = oneSlider();
    driver.focus(node());
    driver.frame(key('n'), key('ArrowRight', { ctrl: true }), key('ArrowLeft', { alt: true }));
    expect(model.value).toBe(40);
    expect(model.loose).toEqual(['n', 'ArrowRight', 'ArrowLeft']);
    expect(driver.asked('preventDefault')).toBe(false);
  });

  it('takes the value of its native element, in whole steps within the limits', () => {
    const { driver, model, node } = oneSlider();
    driver.frame({ tag: 'value', id: node().id, value: 12.4 });
    expect(model.value).toBe(12);
    driver.frame({ tag: 'value', id: node().id, value: 400 });
    expect(model.value).toBe(100);
  });

  it('ignores everything while disabled', () => {
    const { driver, model, node, placeOf } = oneSlider(100, true);
    driver.click(placeOf(90));
    driver.focus(node());
    driver.frame(key('ArrowRight'), { tag: 'value', id: node().id, value: 3 });
    expect(model.changes).toEqual([]);
    expect(node()).toMatchObject({ disabled: true, focusable: false });
  });

  it('stands still where there is one value only', () => {
    const { driver, model, node } = oneSlider(0);
    model.value = 0;
    driver.frame();
    driver.click(center(node()));
    expect(model.changes).toEqual([]);
  });
});
