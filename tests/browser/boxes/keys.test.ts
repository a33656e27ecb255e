import { resetMouse, sendKeys } from '@web/test-runner-commands';
import {
  BoundingBoxInnotation,
  GroupedInnotation,
  ImageInnotation,
  Innotater,
  MultiClassInnotation,
  RepeatInnotation,
} from 'innotater';
import { classColor } from '../../../src/innotations/class-colors.js';
import { atRest, equal, isTrue, waitFor } from '../expect.js';
import { all, clear, flatImage, mount, one, press } from '../innotater/support.js';
import {
  boxElements,
  clickOn,
  colours,
  dragOn,
  field,
  imageSize,
  moveTo,
  pictures,
  showBoxes,
  wheelOn,
} from './support.js';

const blank = (count: number) => Array.from({ length: count }, () => [0, 0, 0, 0]);
const red = { color1: '#f00', color2: '#f00', selected_color1: '#f00', selected_color2: '#f00', opacity: 1 };

describe('boxes by keyboard', () => {
  afterEach(async () => {
    clear();
    await resetMouse();
  });

  it('B8: Enter draws the blank active box, arrows move it, Alt with arrows sizes it, without a pointer', async () => {
    const boxes = blank(3);
    const shown = await showBoxes(new BoundingBoxInnotation(boxes));
    shown.image.focus();
    await press('Enter', shown);
    equal(boxes[0], [75, 50, 150, 100], 'half the view, in its middle');
    await press('ArrowRight', shown);
    await sendKeys({ down: 'Alt' });
    await press('ArrowRight', shown);
    await press('ArrowUp', shown);
    await sendKeys({ down: 'Shift' });
    await press('ArrowLeft', shown);
    await sendKeys({ up: 'Shift' });
    await sendKeys({ up: 'Alt' });
    equal(boxes[0], [76, 50, 141, 99]);
    await press('Enter', shown);
    equal(boxes[0], [76, 50, 141, 99], 'Enter leaves a drawn box alone');
    const live = shown.host.firstElementChild!.shadowRoot!.querySelectorAll('[aria-live]');
    const spoken = [...live].map((element) => element.textContent);
    isTrue(
      spoken.includes('data1 is drawn already; Period goes to the next box; Delete removes it'),
      `and says so: ${spoken}`,
    );
    for (let i = 0; i < 3; i++) shown.view.undo();
    equal(boxes[0], [0, 0, 0, 0], 'drawn, moved and sized: three steps');
  });

  it('C9, P1: digits give the active box of a row its class, in the data and in its list, with undo', async () => {
    const kinds = [
      [-1, -1],
      [-1, -1],
    ];
    const rows = [blank(2), blank(2)];
    const shown = await showBoxes(
      new RepeatInnotation(
        [MultiClassInnotation, kinds, { desc: 'Kind', classes: ['cat', 'dog'], dropdown: true }],
        [BoundingBoxInnotation, rows, { desc: 'Box' }],
        { minRepeats: 2, maxRepeats: 2 },
      ),
      { images: pictures(2) },
    );
    shown.image.focus();
    await press('2', shown);
    await press('Enter', shown);
    equal(kinds[0], [1, -1], 'of the first row, whose blank box is active');
    await clickOn(shown, 150, 100);
    await press('1', shown);
    equal(kinds[0], [0, -1]);
    await press('3', shown);
    equal(kinds[0], [0, -1], 'there is no third class');
    shown.view.undo();
    equal(kinds[0], [1, -1]);
    shown.view.undo();
    shown.view.undo();
    equal(kinds[0], [-1, -1]);
  });

  it('c copies the boxes of the sample shown before into the blank ones, as one step', async () => {
    const first = [
      [10, 20, 100, 60],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const second = [
      [250, 150, 50, 50],
      [1, 2, 3, 4],
      [0, 0, 0, 0],
    ];
    const images = [
      pictures(1)[0]!,
      { data: new Uint8Array(100 * 80).fill(50), shape: [80, 100] },
      pictures(1)[0]!,
    ];
    const shown = await showBoxes(
      [
        new BoundingBoxInnotation(first, { name: 'first' }),
        new BoundingBoxInnotation(second, { name: 'second' }),
      ],
      { images },
    );
    shown.view.next();
    await shown.view.ready;
    shown.image.focus();
    await press('c', shown);
    equal(first[1], [10, 20, 90, 60], 'cut to the smaller image');
    equal(second[1], [1, 2, 3, 4], 'what was drawn stays');
    equal(field(shown, 'first').value, '10, 20, 90, 60');
    shown.view.undo();
    equal(first[1], [0, 0, 0, 0], 'one step');
  });

  it('c takes the class of the row along with the box, as one step; a class that is chosen here stays', async () => {
    const rows = [[[10, 20, 100, 60]], [[0, 0, 0, 0]], [[0, 0, 0, 0]]];
    const kinds = [[1], [-1], [0]];
    const shown = await showBoxes(
      new RepeatInnotation(
        [BoundingBoxInnotation, rows, { name: 'box' }],
        [MultiClassInnotation, kinds, { name: 'kind', classes: ['cat', 'dog'] }],
        { minRepeats: 1 },
      ),
    );
    for (const kind of [1, 0]) {
      shown.view.next();
      await shown.view.ready;
      shown.image.focus();
      await press('c', shown);
      const { index } = shown.view;
      equal([rows[index], kinds[index]], [[[10, 20, 100, 60]], [kind]]);
    }
    shown.view.undo();
    shown.view.undo();
    equal(
      [rows, kinds],
      [
        [[[10, 20, 100, 60]], [[0, 0, 0, 0]], [[0, 0, 0, 0]]],
        [[1], [-1], [0]],
      ],
    );
  });

  it('c on the first sample that is shown takes the boxes of the one before it in order', async () => {
    const boxes = [[10, 20, 100, 60], ...blank(2)];
    const view = new Innotater(
      new ImageInnotation(pictures(3), { name: 'image' }),
      new BoundingBoxInnotation(boxes, { name: 'box' }),
    );
    view.index = 1;
    const host = document.body.appendChild(document.createElement('div'));
    view.mount(host);
    await view.ready;
    one(host, 'group', 'image').focus();
    await press('c', { view, host });
    equal(boxes[1], [10, 20, 100, 60]);
    view.dispose();
    host.remove();
  });

  it('undo shows what it takes back: its sample, its box as the active one, and that box in sight; and says so', async () => {
    const [first, second] = [blank(3), [[20, 20, 30, 30], ...blank(2)]];
    const shown = await showBoxes([
      new BoundingBoxInnotation(first, { name: 'first' }),
      new BoundingBoxInnotation(second, { name: 'second' }),
    ]);
    const spoken = () =>
      [...shown.host.firstElementChild!.shadowRoot!.querySelectorAll('[aria-live]')].map(
        (e) => e.textContent,
      );
    const active = () => boxElements(shown).find((box) => box.active)?.name;
    field(shown, 'second').focus();
    shown.image.focus();
    await press('ArrowRight', shown);
    equal([second[0], spoken().includes('box changed: 21, 20, 30, 30')], [[21, 20, 30, 30], true]);
    shown.view.next();
    await shown.view.ready;
    shown.view.undo();
    await shown.view.ready;
    equal([shown.view.index, second[0], active()], [0, [20, 20, 30, 30], 'second, 1: 20, 20, 30, 30']);
    isTrue(spoken().includes('Undone, 1 of 3'), `${spoken()}`);

    // The far corner, at single pixels: the box is out of sight.
    for (let i = 0; i < 8; i++) await wheelOn(shown, 299, 199, -400);
    await shown.view.ready;
    shown.view.redo();
    await shown.view.ready;
    const [image, box] = [shown.image, one(shown.host, 'button', 'second, 1: 21, 20, 30, 30')].map((e) =>
      e.getBoundingClientRect(),
    );
    isTrue(
      box!.left >= image!.left &&
        box!.top >= image!.top &&
        box!.right <= image!.right &&
        box!.bottom <= image!.bottom,
      `in sight: ${JSON.stringify([box, image])}`,
    );
    while (shown.view.undo());
    await shown.view.ready;
    isTrue(spoken().includes('Nothing to undo'), `${spoken()}`);
  });

  it('z zooms to the active box, 0 back to the whole', async () => {
    const boxes = [[100, 80, 20, 10], ...blank(2)];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes));
    shown.image.focus();
    await press('z', shown);
    await dragOn(shown, [0, 0], [imageSize.width, imageSize.height]);
    equal(
      boxes[0]![2]! <= 26 && boxes[0]![0]! >= 97 && boxes[0]![0]! + boxes[0]![2]! >= 120,
      true,
      `${boxes[0]}`,
    );
    await press('0', shown);
    await dragOn(shown, [20, 30], [60, 60]);
    equal(boxes[0], [20, 30, 40, 30]);
  });

  it('h hides all boxes while it is held', async () => {
    const shown = await showBoxes(new BoundingBoxInnotation([[20, 30, 100, 60], ...blank(2)]), {
      image: { annotationStyles: red },
    });
    shown.image.focus();
    equal((await colours(shown))(45, 30), [255, 0, 0], 'before');
    await sendKeys({ down: 'h' });
    equal((await colours(shown))(45, 30), [90, 90, 90], 'while held');
    await sendKeys({ up: 'h' });
    equal((await colours(shown))(45, 30), [255, 0, 0], 'after');
  });

  it('boxes that h hides are there again when the image loses the focus with the key held, and stay', async () => {
    const shown = await showBoxes(
      new BoundingBoxInnotation([[20, 30, 100, 60], ...blank(2)], { desc: 'Box' }),
      { image: { annotationStyles: red } },
    );
    shown.image.focus();
    await sendKeys({ down: 'h' });
    equal((await colours(shown))(45, 30), [90, 90, 90], 'while held');
    field(shown, 'Box').focus();
    await shown.view.ready;
    equal((await colours(shown))(45, 30), [255, 0, 0], 'focus elsewhere');
    await sendKeys({ up: 'h' });
    shown.image.focus();
    await shown.view.ready;
    equal((await colours(shown))(45, 30), [255, 0, 0], 'back again');
  });

  it('a box under the pointer has a broader outline, its inside keeps its colours, and only a change of box draws a frame', async () => {
    const shown = await showBoxes(
      [
        new BoundingBoxInnotation([[200, 130, 60, 40], ...blank(2)], { name: 'active' }),
        new BoundingBoxInnotation([[20, 30, 100, 60], ...blank(2)], { name: 'other' }),
      ],
      { image: { annotationStyles: red } },
    );
    await moveTo(shown, 150, 100);
    equal((await colours(shown))(45, 31), [90, 90, 90], 'beside the outline');
    await moveTo(shown, 60, 50);
    isTrue((await colours(shown))(45, 31)[0]! > 150, 'broader');
    equal((await colours(shown))(60, 60), [90, 90, 90], 'inside');
    const frames = await atRest(() => shown.view.stats.frames);
    await moveTo(shown, 62, 52);
    await moveTo(shown, 64, 54);
    equal(shown.view.stats.frames, frames, 'no frame inside the same box');
  });

  it("a box beside a class carries its word in the class's colour; an unset class leaves it bare", async () => {
    const classes = [2, -1, 0];
    const boxes = [
      [20, 60, 100, 60],
      [20, 60, 100, 60],
      [0, 0, 0, 0],
    ];
    const shown = await showBoxes(
      new GroupedInnotation(
        new BoundingBoxInnotation(boxes, { name: 'box' }),
        new MultiClassInnotation(classes, { classes: ['cat', 'dog', 'owl'] }),
      ),
    );
    const plate = classColor(2)
      .slice(0, 3)
      .map((part) => Math.round(part * 255));
    const close = (colour: number[]) => colour.every((value, i) => Math.abs(value - plate[i]!) <= 2);
    isTrue(close((await colours(shown))(22, 52)), 'the plate above the box');
    shown.view.next();
    await shown.view.ready;
    isTrue(!close((await colours(shown))(22, 52)), 'none for an unset class');
  });

  it('keys of an image do nothing while a text is edited', async () => {
    const boxes = [[20, 30, 100, 60], ...blank(2)];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes, { name: 'box' }));
    await clickOn(shown, 280, 180);
    field(shown, 'box').focus();
    await press('c', shown);
    await press('Delete', shown);
    equal(boxes[0], [20, 30, 100, 60]);
  });

  it('keys pressed while an image is read anew after an error wait for it; where it fails again they are forgotten', async () => {
    const boxes = [[20, 30, 100, 60]];
    const answers: ((isThere: boolean) => void)[] = [];
    const source = {
      length: 1,
      get: () =>
        new Promise((resolve, reject) => {
          answers.push((isThere) => (isThere ? resolve(flatImage(300, 200, 90)) : reject(new Error('gone'))));
        }),
    };
    const mounted = mount(
      new ImageInnotation(source as never, { name: 'image' }),
      new BoundingBoxInnotation(boxes, { name: 'box' }),
    );
    const { host } = mounted;
    const image = () => one(host, 'group', 'image');
    const retryAndPress = async (key: 'ArrowRight' | 'ArrowDown') => {
      await mounted.view.ready;
      const asked = answers.length;
      one(host, 'button', 'Retry image').click();
      await waitFor(() => answers.length > asked && image().ariaBusy === 'true', 'it is read anew');
      image().focus();
      await sendKeys({ press: key });
      await sendKeys({ press: key });
      equal(boxes, [[20, 30, 100, 60]], 'nothing yet');
    };
    await waitFor(() => answers.length === 1, 'it is read');
    answers.at(-1)!(false);
    await retryAndPress('ArrowDown');
    answers.at(-1)!(false);
    await retryAndPress('ArrowRight');
    answers.at(-1)!(true);
    await mounted.view.ready;
    await waitFor(() => boxes[0]![0] !== 20, 'the keys are done');
    equal(boxes, [[22, 30, 100, 60]], 'those of the last reading alone');
    equal(all(host, 'button', 'Retry image').length, 0);
  });
});
