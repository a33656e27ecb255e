import { executeServerCommand, sendKeys, sendMouse } from '@web/test-runner-commands';
import { BinaryClassInnotation, TextInnotation } from '../../../src/innotater/index.js';
import { equal, isTrue, near, waitFor } from '../expect.js';
import { clear, focusIn, one, pressControl, show } from '../innotater/support.js';

type Area = HTMLTextAreaElement;

const cdp = (method: string, params: Readonly<Record<string, unknown>> = {}) =>
  executeServerCommand('cdp', { method, params });

const showTexts = async (texts: string[], multiline = true) => {
  const mounted = await show(null, [
    new TextInnotation(texts, { desc: 'Note', multiline, layout: { width: 300 } }),
    new BinaryClassInnotation([0, 0], { desc: 'Flag' }),
  ]);
  return { mounted, area: one<Area>(mounted.host, 'textbox', 'Note'), texts };
};

const selected = ({ value, selectionStart, selectionEnd }: Area) => value.slice(selectionStart, selectionEnd);

/** A key with modifiers and the editing command that the browser's platform layer gives it. */
const command = async (key: string, commandName: string, modifiers = 0) => {
  await cdp('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key,
    code: key,
    modifiers,
    commands: [commandName],
  });
  await cdp('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, modifiers });
};

/** The middle of the nth letter of a text as laid out like the field; client px. */
const letterAt = (area: Area, index: number): [number, number] => {
  const copy = document.body.appendChild(document.createElement('div'));
  const style = getComputedStyle(area);
  const { left, top } = area.getBoundingClientRect();
  const edge = (side: 'Left' | 'Top') =>
    Number.parseFloat(style[`padding${side}`]) + Number.parseFloat(style[`border${side}Width`]);
  copy.style.cssText = `position: fixed; white-space: pre-wrap; overflow-wrap: break-word; visibility: hidden; font: ${style.font};
    line-height: ${style.lineHeight}; left: ${left + edge('Left')}px; top: ${top + edge('Top')}px;
    width: ${area.clientWidth - 2 * Number.parseFloat(style.paddingLeft)}px`;
  copy.textContent = area.value;
  const range = document.createRange();
  range.setStart(copy.firstChild!, index);
  range.setEnd(copy.firstChild!, index + 1);
  const box = range.getBoundingClientRect();
  copy.remove();
  return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
};

describe('selecting text', () => {
  afterEach(clear);
  const text = 'alpha beta gamma\ndelta epsilon';

  it('by mouse: a drag from letter to letter, a double click a word, a triple click a line', async () => {
    const { area } = await showTexts([text, '']);
    const [from, to] = [letterAt(area, 6), letterAt(area, 13)];
    await sendMouse({ type: 'move', position: from });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: to });
    await sendMouse({ type: 'up' });
    isTrue(/^b?eta ga?m?$/.test(selected(area)), `dragged: "${selected(area)}"`);
    const press = async (clickCount: number) => {
      const [x, y] = letterAt(area, 8);
      for (const type of ['mousePressed', 'mouseReleased']) {
        await cdp('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount });
      }
    };
    await press(1);
    await press(2);
    equal(selected(area).trim(), 'beta');
    await press(3);
    equal(selected(area).trim(), 'alpha beta gamma');
  });

  it('by keyboard: letters, words, lines, all', async () => {
    const { area } = await showTexts([text, '']);
    area.focus();
    area.setSelectionRange(0, 0);
    await command('ArrowRight', 'moveRightAndModifySelection', 8);
    equal(selected(area), 'a');
    await command('ArrowRight', 'moveWordRightAndModifySelection', 10);
    equal(selected(area).trim(), 'alpha');
    await command('End', 'moveToEndOfLineAndModifySelection', 8);
    equal(selected(area), 'alpha beta gamma');
    await command('ArrowDown', 'moveDownAndModifySelection', 8);
    isTrue(selected(area).startsWith('alpha beta gamma\ndelta'), 'a line further');
    await command('a', 'selectAll', 2);
    equal(selected(area), text);
  });

  it('by touch: a tap puts the caret there, a long press takes the word', async () => {
    const { area, mounted } = await showTexts([text, '']);
    const touch = async (type: string, points: readonly { x: number; y: number }[]) =>
      cdp('Input.dispatchTouchEvent', { type, touchPoints: points });
    const [x, y] = letterAt(area, 12);
    await cdp('Emulation.setTouchEmulationEnabled', { enabled: true });
    await touch('touchStart', [{ x, y }]);
    await touch('touchEnd', []);
    await waitFor(() => focusIn(mounted.host) === area, 'the tap focuses');
    await cdp('Input.synthesizeTapGesture', { x, y, duration: 900, tapCount: 1 });
    await waitFor(
      () => selected(area) === 'gamma' || area.selectionStart >= 11,
      'the word, or the caret in it',
    );
    await cdp('Emulation.setTouchEmulationEnabled', { enabled: false });
  });
});

describe('clipboard and undo in a field', () => {
  afterEach(clear);

  it('cut, copied and pasted text is in the array, markup as text', async () => {
    const { area, texts } = await showTexts(['<b>one</b> two', '']);
    area.focus();
    area.select();
    await command('x', 'cut', 2);
    equal(texts[0], '');
    await command('v', 'paste', 2);
    await command('v', 'paste', 2);
    equal(texts[0], '<b>one</b> two<b>one</b> two');
    equal(area.value, texts[0]);
  });

  it("in the field undo is the browser's, letter groups at a time; left, it is one step of the whole", async () => {
    const { area, mounted, texts } = await showTexts(['start', '']);
    area.focus();
    area.setSelectionRange(5, 5);
    await sendKeys({ type: ' and more' });
    equal(texts[0], 'start and more');
    await command('z', 'undo', 2);
    isTrue(texts[0]!.length < 'start and more'.length, 'undone in the field');
    equal(area.value, texts[0]);
    await command('z', 'redo', 10);
    equal(texts[0], 'start and more');
    await sendKeys({ press: 'Tab' });
    one(mounted.host, 'checkbox', 'Flag').focus();
    await pressControl('z', mounted);
    equal([texts[0], area.value], ['start', 'start']);
    mounted.view.redo();
    equal(texts[0], 'start and more');
  });
});

describe('input methods', () => {
  afterEach(clear);
  const compose = (text: string) =>
    cdp('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  const commit = (text: string) => cdp('Input.insertText', { text });

  for (const [language, steps, result] of [
    ['Japanese', ['に', 'にほ', 'にほん', '日本'], '日本'],
    ['Chinese', ['n', 'ni', 'ni h', 'ni hao'], '你好'],
    ['Korean', ['ㅎ', '하', '한'], '한'],
  ] as const) {
    it(`${language}: what is composed is shown in the field, what is committed is in the array`, async () => {
      const { area, texts } = await showTexts(['a', '']);
      area.focus();
      area.setSelectionRange(1, 1);
      for (const step of steps) {
        await compose(step);
        equal(area.value, `a${step}`);
      }
      await commit(result);
      equal([area.value, texts[0]], [`a${result}`, `a${result}`]);
      await commit('!');
      equal(texts[0], `a${result}!`);
    });
  }

  it('a composition that is given up leaves what was there', async () => {
    const { area, texts } = await showTexts(['a', '']);
    area.focus();
    area.setSelectionRange(1, 1);
    await compose('にほ');
    await cdp('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
    equal([area.value, texts[0]], ['a', 'a']);
  });

  it('keys of a composition are no keys of the view: Enter, n, digits, arrows', async () => {
    const { area, mounted, texts } = await showTexts(['', ''], false);
    area.focus();
    await compose('に');
    for (const key of ['Enter', 'n', '1', 'ArrowDown', 'Escape']) {
      await cdp('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        key: 'Process',
        code: key,
        windowsVirtualKeyCode: 229,
      });
      await cdp('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, windowsVirtualKeyCode: 229 });
    }
    equal([mounted.view.index, area.value], [0, 'に']);
    await commit('日');
    equal(texts, ['日', '']);
  });

  it('the native field, its font and so the candidate window are where the text is drawn, on a scrolled page too', async () => {
    const { area, mounted } = await showTexts(['かな', '']);
    mounted.host.style.margin = '400px 0 900px';
    await mounted.view.ready;
    window.scrollTo(0, 250);
    await mounted.view.ready;
    area.focus();
    area.setSelectionRange(2, 2);
    await compose('にほん');
    const canvas = mounted.view.canvas!.getBoundingClientRect();
    const box = area.getBoundingClientRect();
    isTrue(
      box.top > canvas.top && box.bottom < canvas.bottom && box.left >= canvas.left,
      'inside of the canvas',
    );
    near(box.width, 300, 1);
    equal(getComputedStyle(area).fontSize, '14px');
    await commit('日本');
    window.scrollTo(0, 0);
  });

  it('a step to the next sample in the middle of it ends it: the text stays with its sample', async () => {
    const { area, mounted, texts } = await showTexts(['one ', 'two']);
    area.focus();
    area.setSelectionRange(4, 4);
    await compose('にほ');
    mounted.view.next();
    await mounted.view.ready;
    equal([texts, area.value], [['one にほ', 'two'], 'two']);
    area.setSelectionRange(3, 3);
    await commit('!');
    equal(texts, ['one にほ', 'two!']);
  });

  it('a dead key and its letter are one letter', async () => {
    const { area, texts } = await showTexts(['', '']);
    area.focus();
    await cdp('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Dead',
      code: 'Equal',
      windowsVirtualKeyCode: 229,
    });
    await compose('´');
    await cdp('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'e',
      code: 'KeyE',
      windowsVirtualKeyCode: 229,
    });
    await commit('é');
    equal(texts[0], 'é');
  });
});

describe('text from right to left', () => {
  afterEach(clear);

  /** Types signs by key events, as a keyboard of that script does. */
  const type = async (text: string) => {
    for (const sign of text) {
      await cdp('Input.dispatchKeyEvent', { type: 'keyDown', key: sign, text: sign, unmodifiedText: sign });
      await cdp('Input.dispatchKeyEvent', { type: 'keyUp', key: sign });
    }
  };

  /** Where the caret of a field of this text stands after each of the commands, as the browser's own field has it. */
  const browsersStops = async (text: string, commands: readonly [string, string][]) => {
    const field = document.body.appendChild(document.createElement('textarea'));
    field.dir = 'auto';
    field.value = text;
    const stops = await stopsIn(field, commands);
    field.remove();
    return stops;
  };

  const stopsIn = async (field: Area, commands: readonly [string, string][]) => {
    field.focus();
    field.setSelectionRange(0, 0);
    const stops: number[] = [];
    for (const [key, name] of commands) {
      await command(key, name);
      stops.push(field.selectionStart);
    }
    return stops;
  };

  for (const [script, first, added, changed] of [
    ['Hebrew', 'כלב', ' גדול', 'כלב גדו'],
    ['Arabic', 'كلب', ' كبير', 'كلب كبي'],
    ['Hebrew around English', 'גזע Beagle', ' טהור', 'גזע Beagle טהו'],
  ] as const) {
    it(`${script}: keys add and take signs at the caret, which the arrows move as in the browser's own field`, async () => {
      const { area, texts } = await showTexts(['', '']);
      area.focus();
      await type(first);
      equal([texts[0], area.value, area.dir], [first, first, 'auto']);
      equal(getComputedStyle(area).direction, 'rtl', 'the direction of its first strong sign');
      const commands = [...first].map((): [string, string] => ['ArrowLeft', 'moveLeft']);
      commands.push(
        ['ArrowRight', 'moveRight'],
        ['End', 'moveToEndOfLine'],
        ['Home', 'moveToBeginningOfLine'],
      );
      equal(await stopsIn(area, commands), await browsersStops(first, commands), 'stops of the caret');
      area.focus();
      area.setSelectionRange(first.length, first.length);
      await type(added);
      await command('Backspace', 'deleteBackward');
      equal(texts[0], changed);
      area.setSelectionRange(0, 0);
      await command('ArrowLeft', 'moveWordLeftAndModifySelection', 10);
      equal(selected(area).trim(), [...first.split(' ')][0], 'the first word, which is the one at the right');
    });
  }
});

describe('signs of several code points', () => {
  afterEach(clear);
  const signs = ['👨‍👩‍👧‍👦', '🇯🇵', '👍🏽', '1️⃣', 'é', 'ก็', '❤️‍🔥', 'a'];
  const text = signs.join('');

  it('the arrows step over each as one, as Intl.Segmenter divides them', async () => {
    const { area } = await showTexts([text, '']);
    area.focus();
    area.setSelectionRange(0, 0);
    const ends = [...new Intl.Segmenter().segment(text)].map(({ index, segment }) => index + segment.length);
    const stops: number[] = [];
    for (const _ of ends) {
      await command('ArrowRight', 'moveRight');
      stops.push(area.selectionStart);
    }
    equal(stops, ends);
  });

  it('Backspace takes whole emoji, and the array never holds half a sign', async () => {
    const { area, texts } = await showTexts(['x👨‍👩‍👧‍👦🇯🇵👍🏽', '']);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    const left: string[] = [];
    for (let i = 0; i < 3; i++) {
      await command('Backspace', 'deleteBackward');
      left.push(texts[0]!);
      isTrue(
        !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(texts[0]!),
        'no lone surrogate',
      );
    }
    equal(left, ['x👨‍👩‍👧‍👦🇯🇵', 'x👨‍👩‍👧‍👦', 'x']);
  });

  it('control characters, lone surrogates and every kind of line end are shown and kept', async () => {
    const odd = 'a\u0000b\ud800c\u0007d\re\r\nf';
    const { mounted, texts } = await showTexts([odd, 'next']);
    mounted.view.next();
    await mounted.view.ready;
    mounted.view.previous();
    await mounted.view.ready;
    equal([texts[0], mounted.view.isDirty], [odd, false]);
  });
});
