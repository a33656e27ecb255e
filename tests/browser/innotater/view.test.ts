import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  ImageInnotation,
  Innotater,
  MultiClassInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { atRest, equal, isTrue, rejects, waitFor } from '../expect.js';
import {
  all,
  clear,
  click,
  drag,
  flatImage,
  focusIn,
  isDisabled,
  messages,
  one,
  press,
  pressControl,
  pressWith,
  show,
  typeText,
} from './support.js';

const shades = (n: number) => Array.from({ length: n }, (_, i) => flatImage(240, 160, 40 + 20 * i));
const blankBoxes = (n: number) => Array.from({ length: n }, () => [0, 0, 0, 0]);
const words = ['0 - Negative', '1 - Positive', '2 - Unclear'];

const imageScene = (options: object = {}, n = 4) => {
  const boxes = blankBoxes(n);
  return show(
    new ImageInnotation(shades(n), { name: 'image' }),
    new BoundingBoxInnotation(boxes, { name: 'box' }),
    options,
  ).then((mounted) => ({ ...mounted, boxes }));
};

describe('the control bar', () => {
  afterEach(clear);

  it('C3: inputs left of targets, the control bar below; vertical stacks inputs over targets', async () => {
    const side = await imageScene();
    const place = (host: HTMLElement, role: string, name: string) =>
      one(host, role, name).getBoundingClientRect();
    isTrue(
      place(side.host, 'group', 'image').right <= place(side.host, 'textbox', 'box').left,
      'box right of image',
    );
    isTrue(
      place(side.host, 'group', 'image').bottom <= place(side.host, 'button', 'Next >').top,
      'bar below the image',
    );
    const stacked = await imageScene({ vertical: true });
    isTrue(
      place(stacked.host, 'group', 'image').bottom <= place(stacked.host, 'textbox', 'box').top,
      'box below the image',
    );
  });

  it('C4: < Previous, slider, Next >, then Save only where there is a saveHook', async () => {
    const plain = await imageScene();
    equal(all(plain.host, 'button', 'Save').length, 0);
    const { host } = await imageScene({ saveHook: () => true });
    const order = ['button/< Previous', 'slider/Sample', 'button/Next >', 'button/Save'].map((key) => {
      const [role, name] = key.split('/') as [string, string];
      return one(host, role, name);
    });
    order.slice(1).forEach((element, i) => {
      isTrue(
        !!(order[i]!.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
        `order at ${i}`,
      );
    });
  });

  it('C5: the slider shows the position from zero; its read-out can be typed into', async () => {
    const mounted = await imageScene({ indexes: [3, 1, 0] });
    const slider = one<HTMLInputElement>(mounted.host, 'slider', 'Sample');
    equal(
      [slider.min, slider.max, slider.value, slider.getAttribute('aria-valuetext')],
      ['0', '2', '0', '1 of 3'],
    );
    await click(one(mounted.host, 'spinbutton', 'Sample number'), mounted);
    await pressControl('a', mounted);
    await typeText('2', mounted);
    await press('Enter', mounted);
    equal([mounted.view.index, mounted.view.uindex], [2, 0]);
    equal(slider.value, '2');
  });

  it('C6: Previous rests at the start, Next at the end; no wrap', async () => {
    const mounted = await imageScene({}, 2);
    const [previous, next] = [
      one(mounted.host, 'button', '< Previous'),
      one(mounted.host, 'button', 'Next >'),
    ];
    equal([isDisabled(previous), isDisabled(next)], [true, false]);
    await click(next, mounted);
    equal([mounted.view.index, isDisabled(previous), isDisabled(next)], [1, false, true]);
    await click(previous, mounted);
    equal(mounted.view.index, 0);
  });
});

describe('keys', () => {
  afterEach(clear);

  it('C7: n and p step while the widget has focus; with Ctrl or Alt they do nothing', async () => {
    const mounted = await imageScene();
    one(mounted.host, 'button', 'Next >').focus();
    for (const [key, index] of [
      ['n', 1],
      ['n', 2],
      ['p', 1],
    ] as const) {
      await press(key, mounted);
      equal(mounted.view.index, index, key);
    }
    await pressControl('p', mounted);
    await pressWith('Alt', 'n', mounted);
    equal(mounted.view.index, 1);
    (focusIn(mounted.host) as HTMLElement).blur();
    await press('n', mounted);
    equal(mounted.view.index, 1, 'without focus');
  });

  it('C7: keyboardShortcuts false turns them off', async () => {
    const mounted = await imageScene({ keyboardShortcuts: false });
    one(mounted.host, 'button', 'Next >').focus();
    await press('n', mounted);
    equal(mounted.view.index, 0);
  });

  it('C8: typing n, p, s in a text field never navigates', async () => {
    const texts = ['', '', ''];
    let saves = 0;
    const mounted = await show(null, new TextInnotation(texts, { name: 'note' }), {
      saveHook: () => ++saves > 0,
    });
    await click(one(mounted.host, 'textbox', 'note'), mounted);
    await typeText('snap', mounted);
    equal([mounted.view.index, saves, texts], [0, 0, ['snap', '', '']]);
  });

  it('C9, C10: in a list digits choose, n and p step and focus stays in the list', async () => {
    const classes = [0, 0, 0];
    const mounted = await show(null, new MultiClassInnotation(classes, { name: 'class', classes: words }));
    const list = one(mounted.host, 'listbox', 'class');
    list.focus();
    for (const key of ['1', 'n', '2', 'n', 'p']) await press(key, mounted);
    equal([classes, mounted.view.index], [[1, 2, 0], 1]);
    equal(focusIn(mounted.host), one(mounted.host, 'listbox', 'class'));
  });

  it('C10: with keyboardShortcuts off, n and p are type-ahead in a list', async () => {
    const classes = [0, 0];
    const mounted = await show(
      null,
      new MultiClassInnotation(classes, { name: 'class', classes: ['apple', 'pear', 'nut'] }),
      { keyboardShortcuts: false },
    );
    one(mounted.host, 'listbox', 'class').focus();
    await press('n', mounted);
    equal([classes[0], mounted.view.index], [2, 0]);
  });

  it('Ctrl+Z takes back a drawn box from another sample and shows it; Ctrl+Y repeats it', async () => {
    const mounted = await imageScene();
    const { x, y } = one(mounted.host, 'group', 'image').getBoundingClientRect();
    await drag([x + 10, y + 20], [x + 60, y + 90], mounted);
    equal(mounted.boxes[0], [10, 20, 50, 70]);
    await press('n', mounted);
    await press('n', mounted);
    await pressControl('z', mounted);
    equal([mounted.boxes[0], mounted.view.index], [[0, 0, 0, 0], 0]);
    await pressControl('y', mounted);
    equal(mounted.boxes[0], [10, 20, 50, 70]);
  });
});

describe('saving on screen', () => {
  afterEach(clear);

  it('S4, S5, C11: Save rests until the first change and while the hook runs; s saves', async () => {
    const calls: (readonly number[])[] = [];
    let answer = (_value: unknown) => {};
    const saveHook = (uindexes: readonly number[]) => {
      calls.push(uindexes);
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const flags = [false, false];
    const mounted = await show(null, new BinaryClassInnotation(flags, { name: 'flag' }), { saveHook });
    const save = one(mounted.host, 'button', 'Save');
    equal(isDisabled(save), true);
    one(mounted.host, 'checkbox', 'flag').focus();
    await press('s', mounted);
    equal(calls, []);
    await click(one(mounted.host, 'checkbox', 'flag'), mounted);
    equal([flags, isDisabled(save)], [[true, false], false]);
    await press('s', mounted);
    await waitFor(() => calls.length === 1 && isDisabled(save), 'the hook runs');
    answer(true);
    await waitFor(() => !mounted.view.isDirty, 'saved');
    await mounted.view.ready;
    equal([calls, isDisabled(save), messages(mounted.host, 'status')], [[[0]], true, ['Saved 1 sample.']]);
  });

  it('S6: a failure is shown, raised, and can be dismissed; Save works again', async () => {
    const errors: string[] = [];
    const mounted = await show(null, new BinaryClassInnotation([false], { name: 'flag' }), {
      saveHook: () => Promise.reject(new Error('disk full')),
    });
    mounted.view.addEventListener('error', ({ detail }) => errors.push(detail.error.message));
    await click(one(mounted.host, 'checkbox', 'flag'), mounted);
    await click(one(mounted.host, 'button', 'Save'), mounted);
    await waitFor(() => errors.length === 1, 'the error');
    await mounted.view.ready;
    equal(
      [errors, messages(mounted.host, 'alert')],
      [['Saving failed: disk full'], ['Saving failed: disk full']],
    );
    equal([mounted.view.isDirty, isDisabled(one(mounted.host, 'button', 'Save'))], [true, false]);
    await click(one(mounted.host, 'button', 'Dismiss'), mounted);
    equal(messages(mounted.host, 'alert'), []);
  });
});

describe('life of a view', () => {
  afterEach(clear);

  it('C15: a change reads no image again', async () => {
    let reads = 0;
    const flags = [false, false];
    const source = {
      length: 2,
      get: async (i: number) => {
        reads += 1;
        return flatImage(80, 60, 90 * i);
      },
    };
    const mounted = await show(
      new ImageInnotation(source, { name: 'image' }),
      new BinaryClassInnotation(flags, { name: 'flag' }),
    );
    await waitFor(() => reads === 2, 'both are read');
    await click(one(mounted.host, 'checkbox', 'flag'), mounted);
    mounted.view.undo();
    await mounted.view.ready;
    equal([reads, flags], [2, [false, false]]);
  });

  it('nothing is drawn while nothing changes', async () => {
    const { view } = await imageScene();
    const frames = await atRest(() => view.stats.frames);
    await new Promise((resolve) => setTimeout(resolve, 300));
    equal(view.stats.frames, frames);
  });

  it('unmount leaves the host as it was and holds nothing; a later mount shows the same sample', async () => {
    const { view, host } = await imageScene();
    view.index = 2;
    await view.ready;
    isTrue(view.stats.textureBytes > 0 && view.stats.contexts === 1, 'mounted');
    view.unmount();
    view.unmount();
    equal(
      [host.childElementCount, view.canvas, view.stats.textureBytes, view.stats.decodedBytes],
      [0, null, 0, 0],
    );
    equal([view.stats.contexts, view.stats.workers], [0, 0]);
    view.mount(host);
    await view.ready;
    equal([view.index, host.childElementCount], [2, 1]);
  });

  it('a listener may dispose the view while it is being drawn', async () => {
    const mounted = await imageScene();
    mounted.view.addEventListener('indexchange', () => mounted.view.dispose());
    const next = one(mounted.host, 'button', 'Next >');
    next.click();
    await waitFor(() => mounted.host.childElementCount === 0, 'the view is gone');
    equal((await rejects(mounted.view.ready)) instanceof Error, true);
  });

  it('after a lost context everything is drawn again', async () => {
    const { view } = await imageScene();
    const lose = view.canvas!.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
    const before = view.stats.textureBytes;
    const told = new Promise((resolve) => view.canvas!.addEventListener('webglcontextlost', resolve));
    lose.loseContext();
    await told;
    await new Promise((resolve) => setTimeout(resolve, 0));
    equal(view.stats.contexts, 0, 'contexts while lost');
    lose.restoreContext();
    await waitFor(() => view.stats.contexts === 1, 'restored');
    await view.ready;
    await waitFor(() => view.stats.textureBytes >= before, 'uploaded again');
    isTrue((await view.snapshot()).type === 'image/png', 'a PNG');
  });

  it('without a mount there is no picture, and no harm', async () => {
    const view = new Innotater(new TextInnotation(['a']), null);
    isTrue(/mount/.test(String(await rejects(view.snapshot()))), 'says what to do');
    view.dispose();
  });

  it('R7: in inputs a control is disabled and its text readable', async () => {
    const { host } = await show(
      [new TextInnotation(['hello'], { name: 'text' }), new BinaryClassInnotation([true], { name: 'flag' })],
      null,
    );
    equal((one(host, 'textbox', 'text') as HTMLTextAreaElement).value, 'hello');
    equal((one(host, 'textbox', 'text') as HTMLTextAreaElement).readOnly, true);
    equal(isDisabled(one(host, 'checkbox', 'flag')), true);
  });
});
