import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  ButtonInnotation,
  ImageInnotation,
  MultiClassInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { atRest, equal, isTrue, waitFor } from '../expect.js';
import { all, clear, type Mounted, one, show } from './support.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const [box, other, none] = [
  [5, 5, 25, 20],
  [40, 30, 30, 20],
  [0, 0, 0, 0],
];

/** One control of every kind that an Innotater shows. */
const showAll = (): Promise<Mounted> => {
  const pixels = { data: new Uint8Array(2 * 60 * 80 * 3).fill(90), shape: [2, 60, 80, 3] };
  return show(new ImageInnotation(pixels, { name: 'image', width: 240 }), [
    new BoundingBoxInnotation([box, none], { desc: 'Box' }),
    new BoundingBoxInnotation([other, none], { desc: 'Other' }),
    new MultiClassInnotation([1, 0], { desc: 'Breed', classes: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }),
    new MultiClassInnotation([1, 0], { desc: 'Colour', classes: ['red', 'green', 'blue'], dropdown: true }),
    new BinaryClassInnotation([true, false], { desc: 'Exclude' }),
    new TextInnotation(['one', 'two'], { desc: 'Remark', multiline: false }),
    new TextInnotation(['one\ntwo', ''], { desc: 'Notes' }),
    new ButtonInnotation(null, { desc: 'Press' }),
  ]);
};

const moveTo = async (element: Element): Promise<void> => {
  const { x, y, width, height } = element.getBoundingClientRect();
  await sendMouse({ type: 'move', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
};

/** Animation frames that the page's code asks for, and frames that the view draws, in 5 s. */
const framesIn5s = async ({ view }: Mounted): Promise<{ drawn: number; asked: number }> => {
  const { requestAnimationFrame } = window;
  const before = view.stats.frames;
  let asked = 0;
  window.requestAnimationFrame = (callback) => {
    asked += 1;
    return requestAnimationFrame.call(window, callback);
  };
  await pause(5000);
  window.requestAnimationFrame = requestAnimationFrame;
  return { drawn: view.stats.frames - before, asked };
};

describe('an idle page', () => {
  before(() => setViewport({ width: 800, height: 1000 }));
  after(() => setViewport({ width: 800, height: 600 }));
  afterEach(async () => {
    clear();
    await sendMouse({ type: 'move', position: [790, 590] });
  });

  it('draws and asks for no frame in 5 s, with focus in a list and a box under the pointer', async () => {
    const mounted = await showAll();
    one(mounted.host, 'listbox', 'Breed').focus();
    await sendKeys({ press: 'ArrowDown' });
    const resting = all(mounted.host, 'button').find(
      (element) =>
        element.getAttribute('aria-roledescription') === 'box' &&
        element.getAttribute('aria-pressed') === 'false',
    )!;
    const { frames } = mounted.view.stats;
    await moveTo(resting);
    await waitFor(() => mounted.view.stats.frames > frames, 'the look of the box under the pointer');
    // What loads the next sample ahead may tell of itself a little later.
    await atRest(() => mounted.view.stats.frames);
    equal(await framesIn5s(mounted), { drawn: 0, asked: 0 });
    equal(one(mounted.host, 'listbox', 'Breed').matches(':focus'), true);
  });

  it('draws and asks for no frame in 5 s, with the caret in a text field and a tooltip open', async () => {
    const mounted = await showAll();
    one(mounted.host, 'textbox', 'Remark').focus();
    await sendKeys({ type: 'abc' });
    await moveTo(one(mounted.host, 'button', 'Next >'));
    await waitFor(() => all(mounted.host, 'tooltip')[0], 'the tooltip');
    await atRest(() => mounted.view.stats.frames);
    equal(await framesIn5s(mounted), { drawn: 0, asked: 0 });
    isTrue(all(mounted.host, 'tooltip').length === 1, 'the tooltip is still there');
  });
});
