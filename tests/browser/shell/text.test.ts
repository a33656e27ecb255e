import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { rect } from '../../../src/geometry/index.js';
import type { Semantics, UiEvent } from '../../../src/ui/index.js';
import { equal, isTrue } from '../expect.js';
import { button, cdp, middle, open, textbox, type View } from './kit.js';

let view: View;
afterEach(() => view.close());

/** A field whose text is the caller's until it is typed in, and its commits. */
const field = (more: Partial<Semantics> = {}) => {
  const state = { text: 'first', draft: null as string | null, commits: [] as string[], cancels: 0 };
  const onEvent = (event: UiEvent) => {
    if (event.tag !== 'text') return undefined;
    if (event.phase === 'input') state.draft = event.value;
    else if (event.phase === 'cancel') {
      state.cancels += 1;
      state.draft = null;
    } else {
      state.text = event.value;
      state.draft = null;
      state.commits.push(event.value);
    }
    return undefined;
  };
  const widgets = () => [
    textbox('t', 'Words', rect(10, 10, 200, 30), state.draft ?? state.text, more),
    button('b', 'After', rect(10, 60, 80, 30)),
  ];
  return { state, form: { onEvent, widgets } };
};

const focusField = async (): Promise<HTMLInputElement> => {
  const input = view.at<HTMLInputElement>('Words');
  await sendMouse({ type: 'click', position: middle(input) });
  input.select();
  return input;
};

describe('text in native fields', () => {
  it('C8: typing is told letter by letter, Enter commits once, and the page hears none of the keys', async () => {
    const { state, form } = field();
    view = await open(form);
    const heard: string[] = [];
    const listen = (event: KeyboardEvent) => heard.push(event.key);
    document.addEventListener('keydown', listen);
    await focusField();
    await sendKeys({ type: 'nps' });
    equal(state.draft, 'nps');
    await sendKeys({ press: 'Enter' });
    equal([state.text, state.commits], ['nps', ['nps']]);
    document.removeEventListener('keydown', listen);
    equal(heard, []);
    equal(
      view.ofTag('key').filter((event) => event.key !== 'Enter'),
      [],
    );
  });

  it('leaving the field commits what was typed, and leaving it untouched does not', async () => {
    const { state, form } = field();
    view = await open(form);
    await focusField();
    await sendKeys({ press: 'Tab' });
    equal(state.commits, []);
    await focusField();
    await sendKeys({ type: 'x' });
    await sendKeys({ press: 'Tab' });
    equal(state.commits, ['x']);
    const order = view.events.filter((event) => event.tag === 'text' || event.tag === 'focus').slice(-2);
    equal(
      order.map((event) => event.tag),
      ['text', 'focus'],
    );
  });

  it('a press elsewhere commits before the press is told', async () => {
    const { form } = field();
    view = await open(form);
    await focusField();
    await sendKeys({ type: 'x' });
    await sendMouse({ type: 'click', position: middle(view.at('After')) });
    const last = view.events.findLastIndex((event) => event.tag === 'text' && event.phase === 'commit');
    const down = view.events.findLastIndex((event) => event.tag === 'pointer' && event.phase === 'down');
    isTrue(last >= 0 && last < down, 'commit before press');
  });

  it('Esc gives up and shows the old text', async () => {
    const { state, form } = field();
    view = await open(form);
    const input = await focusField();
    await sendKeys({ type: 'zzz' });
    await sendKeys({ press: 'Escape' });
    equal([state.cancels, state.text, input.value], [1, 'first', 'first']);
  });

  it('a composition is never written over, and its end is told', async () => {
    const { state, form } = field();
    view = await open(form);
    const input = await focusField();
    await cdp('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
    equal(input.value, 'にほ');
    state.draft = 'something else';
    view.shell.invalidate('while composing');
    view.shell.flush();
    equal(input.value, 'にほ', 'while composing');
    const process = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
    await cdp('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...process });
    await cdp('Input.dispatchKeyEvent', { type: 'keyUp', ...process });
    equal(state.commits, [], 'Enter belongs to the composition');
    await cdp('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    await cdp('Input.insertText', { text: '日本' });
    equal([input.value, state.draft], ['日本', '日本']);
  });

  it("pasting and undo are the browser's", async () => {
    const { state, form } = field();
    view = await open(form);
    const input = await focusField();
    await sendKeys({ type: 'copied' });
    input.select();
    await cdp('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'c',
      code: 'KeyC',
      modifiers: 2,
      commands: ['copy'],
    });
    await cdp('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'End',
      code: 'End',
      commands: ['moveToEndOfLine'],
    });
    await cdp('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'v',
      code: 'KeyV',
      modifiers: 2,
      commands: ['paste'],
    });
    equal([input.value, state.draft], ['copiedcopied', 'copiedcopied'], 'pasted');
    await cdp('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'z',
      code: 'KeyZ',
      modifiers: 2,
      commands: ['undo'],
    });
    equal(state.draft, input.value, 'undone');
    isTrue(input.value !== 'copiedcopied', 'undo took it back');
  });

  it('the whole gets Ctrl+Z from a field in which nothing is typed', async () => {
    const { form } = field();
    view = await open(form);
    await focusField();
    await cdp('Input.dispatchKeyEvent', { type: 'keyDown', key: 'z', code: 'KeyZ', modifiers: 2 });
    equal(
      view.ofTag('key').map((event) => [event.key, event.modifiers.ctrl]),
      [['z', true]],
    );
  });

  it('text that code changes reaches the field, also while it has focus', async () => {
    const { state, form } = field();
    view = await open(form);
    const input = await focusField();
    state.text = 'second';
    view.shell.invalidate('other sample');
    view.shell.flush();
    equal(input.value, 'second');
  });

  it('a script that fills the element is heard as a person', async () => {
    const { state, form } = field();
    view = await open(form);
    const input = view.at<HTMLInputElement>('Words');
    input.value = '1, 2, 3, 4';
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    equal(state.draft, '1, 2, 3, 4');
    input.dispatchEvent(new Event('change', { bubbles: true }));
    equal(state.commits, ['1, 2, 3, 4']);
  });

  it('a field of several lines takes Enter as a line and looks as drawn', async () => {
    const { state, form } = field({ multiline: true, rect: rect(10, 10, 200, 40) });
    view = await open(form);
    const area = view.at<HTMLTextAreaElement>('Words');
    equal(area.tagName, 'TEXTAREA');
    await sendMouse({ type: 'click', position: middle(area) });
    area.select();
    await sendKeys({ type: 'a' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'b' });
    equal([state.draft, state.commits], ['a\nb', []]);
    equal([getComputedStyle(area).fontSize, getComputedStyle(area).opacity], ['14px', '1']);
  });

  it('a number field steps by arrows from what is typed, within its limits', async () => {
    const state = { value: 4 };
    const values: number[] = [];
    view = await open({
      onEvent: (event) => {
        if (event.tag !== 'value') return undefined;
        state.value = event.value;
        values.push(event.value);
        return undefined;
      },
      widgets: () => [
        {
          id: 's',
          role: 'spinbutton',
          name: 'Number',
          rect: rect(10, 10, 80, 30),
          focusable: true,
          valueNow: state.value,
          valueMin: 0,
          valueMax: 9,
          value: String(state.value),
          nativePointer: true,
        },
      ],
    });
    const input = view.at<HTMLInputElement>('Number');
    await sendMouse({ type: 'click', position: middle(input) });
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'PageUp' });
    await sendKeys({ press: 'ArrowDown' });
    equal(values, [5, 9, 8]);
    equal(
      [input.value, input.getAttribute('aria-valuenow'), input.getAttribute('role')],
      ['8', '8', 'spinbutton'],
    );
  });
});
