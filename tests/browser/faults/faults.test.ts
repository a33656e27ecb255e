import { sendKeys, sendMouse } from '@web/test-runner-commands';
import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  ButtonInnotation,
  GroupedInnotation,
  ImageInnotation,
  Innotater,
  MultiClassInnotation,
  RepeatInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { equal, isTrue, waitFor } from '../expect.js';
import { all, clear, click, one, rootOf, show } from '../innotater/support.js';
import { uncaught } from './uncaught.js';

const picture = (shade: number) => ({ data: new Uint8Array(100 * 120).fill(shade), shape: [100, 120] });

describe('faults', () => {
  afterEach(clear);

  it('a source that never answers holds up its own sample alone', async () => {
    const aborted: number[] = [];
    const column = {
      length: 3,
      get: (uindex: number, { signal }: { signal: AbortSignal }) =>
        uindex === 1
          ? new Promise<never>(() => signal.addEventListener('abort', () => aborted.push(uindex)))
          : Promise.resolve(picture(90)),
    };
    const notes = ['', '', ''];
    const mounted = await show(new ImageInnotation(column, { name: 'picture' }), new TextInnotation(notes), {
      prefetch: 0,
    });
    mounted.view.next();
    await waitFor(() => one(mounted.host, 'group', 'picture').ariaBusy === 'true', 'it loads');
    mounted.view.next();
    await mounted.view.ready;
    equal(mounted.view.index, 2);
    equal(aborted.join(), '1');
    mounted.view.previous();
    await waitFor(() => one(mounted.host, 'group', 'picture').ariaBusy === 'true', 'it loads again');
    mounted.view.dispose();
    equal(aborted.join(), '1,1');
  });

  it('a transform that throws is told with its sample; the others are shown', async () => {
    const transform = (entry: unknown) => {
      if (entry === 'bad') throw new Error('my own mistake');
      return picture(50);
    };
    const told: string[] = [];
    const host = document.body.appendChild(document.createElement('div'));
    const view = new Innotater(
      new ImageInnotation(['bad', 'good'], { name: 'picture', transform: transform as never }),
      null,
    );
    view.addEventListener('error', ({ detail }) => told.push(`${detail.uindex} ${detail.error.message}`));
    view.mount(host);
    await waitFor(() => told.length > 0, 'it is told');
    isTrue(/^0 .*my own mistake/.test(told[0]!), told[0]!);
    view.next();
    await view.ready;
    isTrue(view.stats.textureBytes > 0, 'the next one is shown');
    equal(told.length, 1);
    view.dispose();
    host.remove();
  });

  it('a listener that throws takes no edit away', async () => {
    const flags = [false, false];
    const mounted = await show(null, new BinaryClassInnotation(flags, { name: 'flag' }));
    mounted.view.addEventListener(
      'change',
      () => {
        throw new Error('a mistake of the page');
      },
      { once: true },
    );
    const found = await uncaught(() => click(one(mounted.host, 'checkbox', 'flag'), mounted));
    isTrue(found.length === 1 && /a mistake of the page/.test(found[0]!), found.join());
    equal(flags[0], true);
    mounted.view.next();
    await mounted.view.ready;
    equal(mounted.view.undo(), true);
    equal(flags[0], false);
  });

  it('disposed while it loads, saves, is drawn on or typed into, nothing is heard of it', async () => {
    const boxes = [[0, 0, 0, 0]];
    const make = (entry: unknown, saved: Promise<boolean>) =>
      new Innotater(
        new ImageInnotation([entry as never], { name: 'picture' }),
        [new BoundingBoxInnotation(boxes, { name: 'box' }), new TextInnotation([''], { name: 'text' })],
        { saveHook: () => saved },
      );
    const found = await uncaught(async () => {
      for (const at of ['load', 'save', 'draw', 'type'] as const) {
        const host = document.body.appendChild(document.createElement('div'));
        let finish = (_: boolean) => {};
        const view = make(
          picture(80),
          new Promise((resolve) => {
            finish = resolve;
          }),
        );
        view.mount(host);
        if (at !== 'load') await view.ready;
        const { left, top } = host.getBoundingClientRect();
        if (at === 'save') {
          one(host, 'textbox', 'box').focus();
          await sendKeys({ type: '1' });
          void view.save();
        }
        if (at === 'draw') {
          await sendMouse({ type: 'move', position: [Math.round(left) + 30, Math.round(top) + 30] });
          await sendMouse({ type: 'down' });
          await sendMouse({ type: 'move', position: [Math.round(left) + 70, Math.round(top) + 60] });
        }
        if (at === 'type') {
          one(host, 'textbox', 'text').focus();
          await sendKeys({ type: 'half a wo' });
        }
        view.dispose();
        if (at === 'draw') await sendMouse({ type: 'up' });
        finish(true);
        equal(host.childElementCount, 0, at);
        equal(view.stats.textureBytes + view.stats.decodedBytes + view.stats.contexts, 0, at);
        host.remove();
      }
    });
    equal(found.join('\n'), '');
  });

  it('markup in names, classes, texts and messages is text', async () => {
    const page = globalThis as { pwned?: string };
    const evil = (where: string) => `<img src=x onerror="globalThis.pwned='${where}'"><b>${where}</b>`;
    const mounted = await show(
      new ImageInnotation([evil('file'), evil('file')], { desc: evil('picture') }),
      [
        new BoundingBoxInnotation(
          [
            [1, 2, 3, 4],
            [1, 2, 3, 4],
          ],
          { desc: evil('box') },
        ),
        new MultiClassInnotation([0, 1], { desc: evil('list'), classes: [evil('one'), evil('two')] }),
        new MultiClassInnotation([0, 1], {
          desc: evil('combo'),
          classes: [evil('one'), evil('two')],
          dropdown: true,
        }),
        new TextInnotation([evil('text'), ''], { desc: evil('words') }),
        new ButtonInnotation(null, {
          desc: evil('button'),
          onClick: () => {
            throw new Error(evil('message'));
          },
        }),
        new GroupedInnotation(new BinaryClassInnotation([true, false], { desc: evil('flag') }), {
          desc: evil('group'),
        }),
        new RepeatInnotation([TextInnotation, [[evil('row')], ['']], { multiline: false }], {
          desc: evil('rows'),
        }),
      ],
      { label: evil('label') },
    );
    await click(one(mounted.host, 'button', evil('button')), mounted);
    await waitFor(
      () => all(mounted.host, 'alert').some((element) => element.textContent!.includes('<b>')),
      'the message is shown',
    );
    await click(one(mounted.host, 'combobox', evil('combo')), mounted);
    await waitFor(() => all(mounted.host, 'option', evil('two')).length === 2, 'the list opens');
    const root = rootOf(mounted.host);
    equal(root.querySelectorAll('img, b').length, 0, 'elements made of markup');
    equal(page.pwned, undefined);
    equal(one<HTMLTextAreaElement>(mounted.host, 'textbox', evil('words')).value, evil('text'));
  });
});
