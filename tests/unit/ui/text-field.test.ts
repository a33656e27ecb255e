import { describe, expect, it } from 'vitest';
import { lightTheme, type TextFieldOptions, type TextResponse, type UiEvent } from '../../../src/ui/index.js';
import { center, Driver, key, pointer } from './drive.js';

const oneField = (options: Partial<TextFieldOptions> = {}) => {
  const model = {
    text: '1, 2, 3, 4',
    responses: [] as TextResponse[],
    loose: [] as string[],
    take: (text: string) => text,
  };
  const driver = new Driver((ui) => {
    const response = ui.textField('box', model.text, { label: 'Fruit', ...options });
    if (response.edited !== undefined) model.text = model.take(response.edited);
    model.responses.push(response);
    model.loose.push(...ui.unusedKeys.map((event) => event.key));
  });
  const node = () => driver.find('textbox', 'Fruit');
  const text = (phase: 'input' | 'commit' | 'cancel', value: string): UiEvent => ({
    tag: 'text',
    id: node().id,
    phase,
    value,
  });
  const last = (property: keyof TextResponse) =>
    model.responses.some((response) => response[property] === true);
  return { driver, model, node, text, last };
};

describe('text field', () => {
  it('tells its text, and how the native field lies on it', () => {
    const { node } = oneField({ invalid: true });
    expect(node()).toMatchObject({
      value: '1, 2, 3, 4',
      invalid: true,
      readOnly: false,
      multiline: false,
      nativePointer: true,
    });
    expect(node().textStyle).toMatchObject({
      font: { sizePx: 14 },
      color: lightTheme.text,
      background: lightTheme.field,
    });
  });

  it('draws its text where the native field would: padding from the left edge', () => {
    const { driver, node } = oneField();
    const shape = driver.shapes().find((s) => s.tag === 'text' && s.text === '1, 2, 3, 4');
    expect(shape).toMatchObject({ at: { x: node().rect.x + node().textStyle!.padding.left } });
  });

  it('omits the text on the canvas while the native field has focus', () => {
    const { driver, node } = oneField();
    driver.focus(node());
    expect(driver.texts()).not.toContain('1, 2, 3, 4');
    driver.frame({ tag: 'focus', id: null, visible: false });
    expect(driver.texts()).toContain('1, 2, 3, 4');
  });

  it('reports focus coming and going once', () => {
    const { driver, model, node } = oneField();
    const count = (property: 'focusGained' | 'focusLost') =>
      model.responses.filter((response) => response[property]).length;
    driver.focus(node());
    driver.frame();
    expect([count('focusGained'), count('focusLost')]).toEqual([1, 0]);
    expect(model.responses.at(-1)!.focused).toBe(true);
    driver.frame({ tag: 'focus', id: null, visible: false });
    driver.frame();
    expect([count('focusGained'), count('focusLost')]).toEqual([1, 1]);
  });

  it('shows the draft while typing, the caller’s form of it when committed', () => {
    const { driver, model, node, text } = oneField();
    model.take = (typed) =>
      typed
        .split(',')
        .map((part) => part.trim())
        .join(', ');
    driver.focus(node());
    driver.frame(text('input', '9,9,9,9'));
    expect(model.text).toBe('9, 9, 9, 9');
    expect(node().value).toBe('9,9,9,9');
    driver.frame();
    expect(node().value).toBe('9,9,9,9');
    driver.frame(text('commit', '9,9,9,9'));
    expect(node().value).toBe('9, 9, 9, 9');
  });

  it('C13: drops a draft when the caller shows something else', () => {
    const { driver, model, node, text } = oneField();
    driver.focus(node());
    driver.frame(text('input', 'abc'));
    model.text = 'another sample';
    driver.frame();
    expect(node().value).toBe('another sample');
  });

  it('Esc gives the draft up and says so', () => {
    const { driver, model, node, text, last } = oneField();
    model.take = () => '1, 2, 3, 4';
    driver.focus(node());
    driver.frame(text('input', 'x'));
    expect(node().value).toBe('x');
    driver.frame(text('cancel', '1, 2, 3, 4'));
    expect(node().value).toBe('1, 2, 3, 4');
    expect(last('cancelled')).toBe(true);
  });

  it('C8: typing n, p, s never reaches shortcuts; Esc and Ctrl+Z only when there is nothing to take back', () => {
    const { driver, model, node, text } = oneField();
    driver.focus(node());
    driver.frame(key('n'), key('p'), key('s'), key('s', { ctrl: true }), key('Enter'));
    expect(model.loose).toEqual([]);
    driver.frame(key('Escape'), key('z', { ctrl: true }));
    expect(model.loose).toEqual(['Escape', 'z']);
    driver.frame(text('input', 'x'));
    driver.frame(key('Escape'), key('z', { ctrl: true }));
    expect(model.loose).toEqual(['Escape', 'z']);
  });

  it('keys in a read-only text are shortcuts', () => {
    const { driver, model, node } = oneField({ readOnly: true });
    driver.focus(node());
    driver.frame(key('n'));
    expect(model.loose).toEqual(['n']);
    expect(node().readOnly).toBe(true);
  });

  it('leaves pointers to the native field, with a text cursor', () => {
    const { driver, node } = oneField();
    driver.frame(pointer('move', center(node())), pointer('down', center(node())));
    expect(driver.output.cursor).toBe('text');
    expect(driver.output.requests).toEqual([]);
  });

  it('R7: is readable and untouchable while disabled', () => {
    const { driver, model, node, text } = oneField({ disabled: true });
    driver.frame(text('input', 'x'));
    expect(model.text).toBe('1, 2, 3, 4');
    expect(node()).toMatchObject({ disabled: true, focusable: false, nativePointer: false });
    expect(driver.shapes()).toContainEqual(
      expect.objectContaining({ text: '1, 2, 3, 4', color: lightTheme.textDisabled }),
    );
  });

  it('T5: a marked field differs by its ground and its border', () => {
    const look = (marked: boolean) => {
      const { driver, node } = oneField({ marked });
      return driver.shapes().find((s) => s.tag === 'rounded' && s.rect === node().rect);
    };
    expect(look(true)).toMatchObject({ fill: lightTheme.selection, border: { width: 2 } });
    expect(look(false)).toMatchObject({ fill: lightTheme.field, border: { width: 1 } });
  });

  it('T3: an invalid field shows a sign beside its colour', () => {
    const { driver } = oneField({ invalid: true, caption: 'none' });
    expect(driver.texts()).toEqual(['!', '1, 2, 3, 4']);
  });

  it('draws its label above it, or leaves it to the caller', () => {
    expect(oneField().driver.texts()).toEqual(['Fruit', '1, 2, 3, 4']);
    expect(oneField({ caption: 'none' }).driver.texts()).toEqual(['1, 2, 3, 4']);
  });

  it('E1: wraps text over lines and grows with it', () => {
    const model = { text: 'one' };
    const driver = new Driver(
      (ui) =>
        void ui.textField('t', model.text, {
          label: 'Text',
          multiline: true,
          readOnly: true,
          caption: 'none',
        }),
      { width: 120 },
    );
    const low = driver.find('textbox', 'Text').rect.height;
    model.text = 'one two three four five six seven\neight';
    driver.frame();
    const node = driver.find('textbox', 'Text');
    expect(node.multiline).toBe(true);
    expect(node.rect.height).toBeGreaterThan(low);
    const lines = driver.texts();
    expect(lines.join(' ')).toBe('one two three four five six seven eight');
    expect(lines.every((line) => line.length * 7 <= 100)).toBe(true);
  });
});
