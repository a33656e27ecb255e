import { describe, expect, it } from 'vitest';
import { center, Driver, key, pointer } from './drive.js';

const oneButton = (disabled = false) => {
  const seen = { pressed: 0 };
  const driver = new Driver((ui) => {
    ui.row('bar', {}, () => {
      if (ui.button('next', 'Next >', { disabled })) seen.pressed += 1;
    });
  });
  return { driver, seen };
};

const outside = { x: 590, y: 390 };

describe('button', () => {
  it('is found by role and name where it is drawn', () => {
    const { driver } = oneButton();
    const { rect } = driver.find('button', 'Next >');
    expect(rect.height).toBe(32);
    expect(driver.shapes().some((shape) => shape.tag === 'rounded' && shape.rect === rect)).toBe(true);
    expect(driver.texts()).toContain('Next >');
  });

  it('answers once for a press and a release on it', () => {
    const { driver, seen } = oneButton();
    driver.click(center(driver.find('button', 'Next >')));
    expect(seen.pressed).toBe(1);
    driver.frame();
    expect(seen.pressed).toBe(1);
  });

  it('counts a press that leaves and comes back, not one let go outside', () => {
    const { driver, seen } = oneButton();
    const at = center(driver.find('button', 'Next >'));
    driver.frame(pointer('down', at));
    expect(driver.output.requests).toContainEqual({ tag: 'capture', pointerId: 1 });
    driver.frame(pointer('move', outside));
    driver.frame(pointer('move', at));
    driver.frame(pointer('up', at));
    expect(seen.pressed).toBe(1);
    driver.frame(pointer('down', at));
    driver.frame(pointer('up', outside));
    expect(seen.pressed).toBe(1);
  });

  it('does not count a release whose press began elsewhere, nor a cancelled press, nor another button', () => {
    const { driver, seen } = oneButton();
    const at = center(driver.find('button', 'Next >'));
    driver.frame(pointer('down', outside));
    driver.frame(pointer('up', at));
    driver.frame(pointer('down', at));
    driver.frame(pointer('cancel', at));
    driver.frame(pointer('up', at));
    driver.frame(pointer('down', at, { button: 2, buttons: 2 }), pointer('up', at, { button: 2 }));
    expect(seen.pressed).toBe(0);
  });

  it('loses no click when two come in one frame', () => {
    const { driver, seen } = oneButton();
    const at = center(driver.find('button', 'Next >'));
    driver.frame(pointer('down', at), pointer('up', at), pointer('down', at), pointer('up', at));
    expect(seen.pressed).toBe(2);
  });

  it('is pressed through its element', () => {
    const { driver, seen } = oneButton();
    driver.frame({ tag: 'activate', id: driver.find('button', 'Next >').id });
    expect(seen.pressed).toBe(1);
  });

  it('ignores everything while disabled and stays in the semantics', () => {
    const { driver, seen } = oneButton(true);
    const node = driver.find('button', 'Next >');
    expect(node).toMatchObject({ disabled: true, focusable: false });
    driver.click(center(node));
    driver.frame({ tag: 'activate', id: node.id });
    expect(seen.pressed).toBe(0);
    expect(driver.output.cursor).toBe('default');
  });

  it('asks for focus when pressed and shows a ring for keyboard focus alone', () => {
    const { driver } = oneButton();
    const node = driver.find('button', 'Next >');
    driver.frame(pointer('down', center(node)));
    expect(driver.output.requests).toContainEqual({ tag: 'focus', id: node.id });
    const before = driver.shapes().length;
    driver.focus(node, false);
    expect(driver.shapes().length).toBe(before);
    driver.focus(node, true);
    expect(driver.shapes().length).toBe(before + 1);
  });

  it('leaves Enter and Space to its element and other keys to shortcuts', () => {
    const loose: string[] = [];
    const driver = new Driver((ui) => {
      ui.button('save', 'Save');
      loose.push(...ui.unusedKeys.map((event) => event.key));
    });
    driver.focus(driver.find('button', 'Save'));
    driver.frame(key('Enter'), key(' '), key('n'));
    expect(loose).toEqual(['n']);
    expect(driver.asked('preventDefault')).toBe(false);
  });

  it('is as high as a finger needs on coarse pointers', () => {
    const driver = new Driver((ui) => void ui.button('a', 'Add'), { coarsePointer: true });
    expect(driver.find('button', 'Add').rect.height).toBe(44);
  });

  it('changes its look under the pointer, and again when held', () => {
    const { driver } = oneButton();
    const at = center(driver.find('button', 'Next >'));
    const fill = () => driver.shapes().flatMap((shape) => (shape.tag === 'rounded' ? [shape.fill] : []))[0];
    const rest = fill();
    driver.frame(pointer('move', at));
    const hover = fill();
    expect(driver.output.cursor).toBe('pointer');
    driver.frame(pointer('down', at));
    expect(new Set([rest, hover, fill()].map(String)).size).toBe(3);
  });
});
