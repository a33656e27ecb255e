import { executeServerCommand, sendKeys, sendMouse } from '@web/test-runner-commands';
import {
  BoundingBoxInnotation,
  ImageInnotation,
  MultiClassInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { equal, waitFor } from '../expect.js';
import { all, clear, click, type Mounted, mount, one } from '../innotater/support.js';
import { uncaught } from './uncaught.js';

const cdp = (method: string, params: Readonly<Record<string, unknown>>) =>
  executeServerCommand('cdp', { method, params });
const middle = (element: Element): [number, number] => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [Math.round(x + width / 2), Math.round(y + height / 2)];
};
const dragFrom = async (element: Element) => {
  const [x, y] = middle(element);
  await sendMouse({ type: 'move', position: [x - 20, y] });
  await sendMouse({ type: 'down' });
  await sendMouse({ type: 'move', position: [x + 20, y + 8] });
};

/** What is under way when the view is disposed, and what a user who notices nothing does next. */
const moments: Readonly<
  Record<
    string,
    { readonly begin: (mounted: Mounted) => Promise<unknown>; readonly goOn: () => Promise<unknown> }
  >
> = {
  'a dropdown is open': {
    begin: async (mounted) => {
      await click(one(mounted.host, 'combobox', 'Kind'), mounted);
      await waitFor(() => all(mounted.host, 'option', 'dog').length > 0, 'the list');
    },
    goOn: async () => {
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
    },
  },
  'the sheet of keys is open': {
    begin: async ({ host }) => {
      one(host, 'button', 'Next >').focus();
      await sendKeys({ press: '?' });
      await waitFor(() => all(host, 'dialog').length > 0, 'the sheet');
    },
    goOn: () => sendKeys({ press: 'Escape' }),
  },
  'a tooltip is shown': {
    begin: async ({ host }) => {
      await sendMouse({ type: 'move', position: middle(one(host, 'button', 'Next >')) });
      await waitFor(() => all(host, 'tooltip').length > 0, 'the tooltip');
    },
    goOn: () => sendMouse({ type: 'move', position: [5, 5] }),
  },
  'a box is dragged': {
    begin: ({ host }) => dragFrom(one(host, 'group', 'Photo')),
    goOn: () => sendMouse({ type: 'up' }),
  },
  'the slider is dragged': {
    begin: ({ host }) => dragFrom(one(host, 'slider', 'Sample')),
    goOn: () => sendMouse({ type: 'up' }),
  },
  'an input method composes': {
    begin: async ({ host }) => {
      one(host, 'textbox', 'Words').focus();
      await cdp('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
    },
    goOn: () => cdp('Input.insertText', { text: '日本' }),
  },
  'it saves': {
    begin: async (mounted) => {
      one(mounted.host, 'textbox', 'Words').focus();
      await sendKeys({ type: 'x' });
      void mounted.view.save();
      await waitFor(() => mounted.view.saveState === 'saving', 'it saves');
    },
    goOn: () => sendKeys({ press: 's' }),
  },
  'a worker decodes': {
    begin: ({ view }) => {
      view.index = 1;
      return waitFor(() => view.stats.workers > 0, 'a worker');
    },
    goOn: () => sendKeys({ press: 'n' }),
  },
};

describe('disposal in the middle of things', () => {
  afterEach(clear);

  for (const [moment, { begin, goOn }] of Object.entries(moments)) {
    it(`disposed while ${moment}: nothing is left, heard or written`, async () => {
      const [boxes, kinds, words] = [
        [
          [0, 0, 0, 0],
          [0, 0, 0, 0],
        ],
        [0, 0],
        ['', ''],
      ];
      const elements = document.querySelectorAll('*').length;
      let events = 0;
      const found = await uncaught(async () => {
        const mounted = mount(
          new ImageInnotation(
            [{ data: new Uint8Array(90 * 120).fill(80), shape: [90, 120] }, '/demo/photos/china.jpg'],
            { desc: 'Photo' },
          ),
          [
            new BoundingBoxInnotation(boxes, { desc: 'Box' }),
            new MultiClassInnotation(kinds, { desc: 'Kind', classes: ['cat', 'dog'], dropdown: true }),
            new TextInnotation(words, { desc: 'Words' }),
          ],
          { prefetch: 0, saveHook: () => new Promise(() => {}) },
        );
        const { view, host } = mounted;
        await view.ready;
        await begin(mounted);
        const before = JSON.stringify([boxes, kinds, words]);
        for (const type of ['change', 'save', 'indexchange', 'error'] as const)
          view.addEventListener(type, () => events++);
        view.dispose();
        equal(host.childElementCount, 0);
        host.remove();
        await goOn();
        equal(JSON.stringify([boxes, kinds, words]), before);
        const { textureBytes, decodedBytes, contexts, workers } = view.stats;
        equal([textureBytes, decodedBytes, contexts, workers], [0, 0, 0, 0]);
      });
      equal([found.join('\n'), events], ['', 0]);
      equal(document.querySelectorAll('*').length, elements, 'elements of the page');
    });
  }
});
