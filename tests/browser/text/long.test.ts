import { executeServerCommand, sendKeys } from '@web/test-runner-commands';
import { BinaryClassInnotation, TextInnotation } from '../../../src/innotater/index.js';
import { equal, isTrue } from '../expect.js';
import { clear, click, one, show } from '../innotater/support.js';

const megabyte = 1_000_000;
const words = 'annotate every picture with care and look twice before moving on ';
const manyLines = `${words.repeat(2)}\n`
  .repeat(Math.ceil(megabyte / (2 * words.length + 1)))
  .slice(0, megabyte);
const oneWord = 'x'.repeat(megabyte);
const oneParagraph = words.repeat(Math.ceil(megabyte / words.length)).slice(0, megabyte);

const cdp = (method: string, params: Readonly<Record<string, unknown>> = {}) =>
  executeServerCommand('cdp', { method, params });

/** Counts what is asked of the browser about text while `act` runs: places of signs, and whole values read or written. */
const counted = async (act: () => Promise<void> | void) => {
  const counts = { places: 0, reads: 0, writes: 0 };
  const rects = Range.prototype.getClientRects;
  Range.prototype.getClientRects = function () {
    counts.places += 1;
    return rects.call(this);
  };
  const kinds = [HTMLTextAreaElement, HTMLInputElement].map(({ prototype }) => {
    const value = Object.getOwnPropertyDescriptor(prototype, 'value')!;
    Object.defineProperty(prototype, 'value', {
      ...value,
      get() {
        const text = value.get!.call(this) as string;
        if (text.length > 1000) counts.reads += 1;
        return text;
      },
      set(text: string) {
        if (text.length > 1000) counts.writes += 1;
        value.set!.call(this, text);
      },
    });
    return () => Object.defineProperty(prototype, 'value', value);
  });
  await act();
  for (const restore of kinds) restore();
  Range.prototype.getClientRects = rects;
  return counts;
};

describe('a text of a megabyte', () => {
  afterEach(clear);

  for (const [name, text, multiline] of [
    ['of many lines', manyLines, true],
    ['of one paragraph', oneParagraph, true],
    ['of one word', oneWord, true],
    ['of short lines', 'a short line of it.\n'.repeat(megabyte / 20), true],
    ['in Arabic', 'ارسم مربعًا حول الكلب ثم '.repeat(megabyte / 25), true],
    ['in a field of one line', oneParagraph, false],
  ] as const) {
    it(`${name}: is opened, typed into in its middle and left; only its head is broken into lines, and it is written once`, async () => {
      const texts = ['short', text];
      const mounted = await show(null, [
        new TextInnotation(texts, { desc: 'Note', multiline, layout: { width: 320 } }),
        new BinaryClassInnotation([0, 0], { desc: 'Flag' }),
      ]);
      const opened = await counted(async () => {
        mounted.view.next();
        await mounted.view.ready;
      });
      equal(opened.writes, 1);
      isTrue(opened.places < 400, `${opened.places} places were asked for`);
      const field = one<HTMLTextAreaElement>(mounted.host, 'textbox', 'Note');
      const idle = await counted(async () => {
        for (let i = 0; i < 10; i++) await click(one(mounted.host, 'checkbox', 'Flag'), mounted);
      });
      equal(idle, { places: 0, reads: 0, writes: 0 }, 'asked for by ten frames in which the text stays');
      field.focus();
      field.setSelectionRange(megabyte / 2, megabyte / 2);
      const typed = await counted(async () => {
        await sendKeys({ type: 'abc' });
        await mounted.view.ready;
      });
      equal(typed.writes, 0);
      isTrue(typed.reads <= 6, `${typed.reads} reads of the whole for three letters`);
      field.blur();
      equal([texts[1]!.length, texts[1]!.slice(megabyte / 2, megabyte / 2 + 3)], [megabyte + 3, 'abc']);
      mounted.view.undo();
      equal(texts[1], text);
    });
  }

  it('longer than its box, the field shows it and scrolls it, focused or not, by wheel and by keys; read-only too', async () => {
    const mounted = await show(
      new TextInnotation([manyLines], { desc: 'Letter', layout: { width: 320 } }),
      new TextInnotation([manyLines], { desc: 'Note', layout: { width: 320 } }),
    );
    for (const name of ['Letter', 'Note']) {
      const area = one<HTMLTextAreaElement>(mounted.host, 'textbox', name);
      equal(getComputedStyle(area).opacity, '1', 'shown without focus');
      const { x, y } = area.getBoundingClientRect();
      await executeServerCommand('wheel', { x: Math.round(x + 50), y: Math.round(y + 50), deltaY: 300 });
      await new Promise((resolve) => setTimeout(resolve, 300));
      isTrue(area.scrollTop > 100, `${name}: scrolled by the wheel to ${area.scrollTop}`);
      area.focus();
      area.setSelectionRange(0, 0);
      await cdp('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        key: 'End',
        code: 'End',
        modifiers: 2,
        commands: ['moveToEndOfDocument'],
      });
      await new Promise((resolve) => setTimeout(resolve, 200));
      isTrue(area.scrollTop + area.clientHeight > area.scrollHeight - 40, `${name}: at the end by key`);
      area.blur();
      isTrue(area.scrollTop > 1000, 'stays there when left');
    }
    equal(one<HTMLTextAreaElement>(mounted.host, 'textbox', 'Letter').readOnly, true);
  });
});
