import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { BoundingBoxInnotation, ImageInnotation, RepeatInnotation } from 'innotater';
import { equal, isTrue, waitFor } from '../expect.js';
import { clear, one, press, show } from '../innotater/support.js';
import {
  at,
  boxElements,
  clickOn,
  colours,
  cursorOf,
  dragOn,
  field,
  imageSize,
  moveTo,
  showBoxes,
} from './support.js';

const blank = (count: number) => Array.from({ length: count }, () => [0, 0, 0, 0]);

describe('drawing on an image', () => {
  afterEach(async () => {
    clear();
    await resetMouse();
  });

  it('B1, T6: a drag draws a box into the array, live in the selected colours, as one undo step', async () => {
    const boxes = blank(3);
    const shown = await showBoxes(new BoundingBoxInnotation(boxes, { name: 'box' }), {
      image: {
        annotationStyles: {
          selected_color1: '#ff0000',
          selected_color2: '#ff0000',
          opacity: 1,
          lineWidth: 3,
        },
      },
    });
    await sendMouse({ type: 'move', position: at(shown, 20, 30) });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: at(shown, 60, 60) });
    await sendMouse({ type: 'move', position: at(shown, 120, 90) });
    equal(boxes[0], [0, 0, 0, 0], 'the array while dragging');
    equal((await colours(shown))(45, 30), [255, 0, 0], 'the upper edge while dragging');
    await sendMouse({ type: 'up' });
    equal(boxes[0], [20, 30, 100, 60], 'the array');
    equal(field(shown, 'box').value, '20, 30, 100, 60');
    isTrue(shown.view.undo(), 'one step to undo');
    equal(boxes[0], [0, 0, 0, 0], 'after undo');
    isTrue(!shown.view.undo(), 'nothing more to undo');
  });

  it('what a drag does is spoken: the box that was drawn, then the one it was changed to', async () => {
    const boxes = blank(3);
    const shown = await showBoxes(new BoundingBoxInnotation(boxes));
    const live = shown.host.firstElementChild!.shadowRoot!.querySelectorAll('[aria-live]');
    const spoken = () => [...live].map((element) => element.textContent);
    await dragOn(shown, [20, 30], [60, 60]);
    await waitFor(() => spoken().includes('box drawn: 20, 30, 40, 30'), `drawn: ${spoken()}`);
    await dragOn(shown, [60, 60], [70, 80]);
    await waitFor(() => spoken().includes('box changed: 20, 30, 50, 50'), `sized: ${spoken()}`);
    equal(boxes[0], [20, 30, 50, 50]);
  });

  it('B1: another drag replaces the active box', async () => {
    const boxes = blank(3);
    const shown = await showBoxes(new BoundingBoxInnotation(boxes));
    await dragOn(shown, [20, 30], [60, 60]);
    await dragOn(shown, [150, 100], [200, 140]);
    equal(boxes[0], [150, 100, 50, 40]);
  });

  it('B1: without a box on the image a drag writes nothing and the cursor is no crosshair (I11)', async () => {
    const boxes = blank(3);
    const image = new ImageInnotation([{ data: new Uint8Array(60_000), shape: [200, 300] }], {
      name: 'image',
    });
    const other = new ImageInnotation([{ data: new Uint8Array(60_000), shape: [200, 300] }], {
      name: 'other',
    });
    const mounted = await show(
      [image, other],
      new BoundingBoxInnotation(boxes.slice(0, 1), { source: 'other' }),
    );
    const shown = { ...mounted, image: one(mounted.host, 'group', 'image') };
    await dragOn(shown, [20, 30], [60, 60]);
    equal(boxes[0], [0, 0, 0, 0]);
    await moveTo(shown, 100, 100);
    equal(cursorOf(shown), 'default');
    await moveTo({ ...mounted, image: one(mounted.host, 'group', 'other') }, 100, 100);
    equal(cursorOf(shown), 'crosshair', 'I11: where a box can be drawn');
  });

  it('B2: leaving the image, and the window of the widget, does not lose the box', async () => {
    const boxes = blank(3);
    const shown = await showBoxes(new BoundingBoxInnotation(boxes));
    await dragOn(shown, [250, 150], [imageSize.width + 150, imageSize.height + 120]);
    equal(boxes[0], [250, 150, 50, 50]);
  });

  it('B3: any direction, clamped on all four sides, whole numbers', async () => {
    const boxes = blank(3);
    const shown = await showBoxes(new BoundingBoxInnotation(boxes));
    await dragOn(shown, [120, 90], [20, 30]);
    equal(boxes[0], [20, 30, 100, 60]);
    await dragOn(shown, [200, 150], [-400, -400]);
    equal(boxes[0], [0, 0, 200, 150]);
  });

  it('B5: after a draw the next box is active, wrapping; B9: in the order of registration', async () => {
    const [first, second] = [blank(3), blank(3)];
    const rows = Array.from({ length: 3 }, () => [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    const shown = await showBoxes([
      new RepeatInnotation([BoundingBoxInnotation, rows, { name: 'row' }], { minRepeats: 2, maxRepeats: 2 }),
      new BoundingBoxInnotation(first, { name: 'first' }),
      new BoundingBoxInnotation(second, { name: 'second' }),
    ]);
    for (const x of [10, 60, 110, 160, 210]) await dragOn(shown, [x, 120], [x + 30, 160]);
    equal(second[0], [60, 120, 30, 40], 'second box');
    equal(
      rows[0],
      [
        [110, 120, 30, 40],
        [160, 120, 30, 40],
      ],
      'rows of the repeat',
    );
    equal(first[0], [210, 120, 30, 40], 'the fifth wraps to the first');
  });

  it('P6: several repeats and single boxes share an image, all drawn and reachable on it', async () => {
    const rows = () => Array.from({ length: 3 }, () => [[0, 0, 0, 0]]);
    const [cats, dogs, single] = [rows(), rows(), blank(3)];
    const one = { minRepeats: 1, maxRepeats: 1 };
    const shown = await showBoxes([
      new RepeatInnotation([BoundingBoxInnotation, cats, { name: 'cat' }], one),
      new BoundingBoxInnotation(single, { name: 'single' }),
      new RepeatInnotation([BoundingBoxInnotation, dogs, { name: 'dog' }], one),
    ]);
    for (const x of [10, 60, 110]) await dragOn(shown, [x, 120], [x + 30, 160]);
    equal([single[0], cats[0], dogs[0]], [[10, 120, 30, 40], [[60, 120, 30, 40]], [[110, 120, 30, 40]]]);
    equal(
      boxElements(shown).map(({ name }) => name),
      ['single, 1: 10, 120, 30, 40', 'cat_0, 1: 60, 120, 30, 40', 'dog_0, 1: 110, 120, 30, 40'],
    );
    await clickOn(shown, 75, 130);
    await press('ArrowRight', shown);
    equal(cats[0], [[61, 120, 30, 40]], 'the chosen box is the one adjusted');
  });

  it('B6: on a new sample the active box is the first blank one, else the first', async () => {
    const first = [
      [0, 0, 0, 0],
      [1, 1, 9, 9],
      [1, 1, 9, 9],
    ];
    const second = [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [2, 2, 9, 9],
    ];
    const shown = await showBoxes([
      new BoundingBoxInnotation(first, { name: 'first' }),
      new BoundingBoxInnotation(second, { name: 'second' }),
    ]);
    shown.view.index = 1;
    await shown.view.ready;
    await dragOn(shown, [100, 100], [150, 150]);
    equal(second[1], [100, 100, 50, 50], 'the blank one');
    shown.view.index = 2;
    await shown.view.ready;
    await dragOn(shown, [100, 100], [150, 150]);
    equal(first[2], [100, 100, 50, 50], 'the first');
  });

  it('B7: a click without a drag never writes; it selects the box under the pointer', async () => {
    const first = [[20, 20, 60, 60]];
    const second = [[150, 20, 60, 60]];
    const shown = await showBoxes(
      [
        new BoundingBoxInnotation(first, { name: 'first' }),
        new BoundingBoxInnotation(second, { name: 'second' }),
      ],
      { images: [{ data: new Uint8Array(60_000), shape: [200, 300] }] },
    );
    await clickOn(shown, 190, 35);
    equal(boxElements(shown), [
      { name: 'first, 1: 20, 20, 60, 60', active: false },
      { name: 'second, 1: 150, 20, 60, 60', active: true },
    ]);
    await clickOn(shown, 280, 180);
    equal([first, second], [[[20, 20, 60, 60]], [[150, 20, 60, 60]]]);
    isTrue(!shown.view.isDirty, 'nothing is dirty');
  });

  it('B8: handles resize, the grip and Alt move, arrows nudge, Delete blanks, Esc cancels', async () => {
    const boxes = [[50, 50, 80, 60], ...blank(2)];
    const shown = await showBoxes(new BoundingBoxInnotation(boxes));
    await dragOn(shown, [130, 110], [150, 120]);
    equal(boxes[0], [50, 50, 100, 70], 'lower right corner');
    await dragOn(shown, [50, 85], [40, 85]);
    equal(boxes[0], [40, 50, 110, 70], 'left side');
    await dragOn(shown, [95, 85], [105, 95]);
    equal(boxes[0], [50, 60, 110, 70], 'grip');
    await sendKeys({ down: 'Alt' });
    await dragOn(shown, [70, 75], [80, 80]);
    await sendKeys({ up: 'Alt' });
    equal(boxes[0], [60, 65, 110, 70], 'Alt and drag');
    await press('ArrowLeft', shown);
    await press('ArrowUp', shown);
    equal(boxes[0], [59, 64, 110, 70], 'arrows');
    await sendKeys({ down: 'Shift' });
    await press('ArrowRight', shown);
    await sendKeys({ up: 'Shift' });
    equal(boxes[0], [69, 64, 110, 70], 'Shift and arrow');
    await sendMouse({ type: 'move', position: at(shown, 10, 10) });
    await sendMouse({ type: 'down' });
    await sendMouse({ type: 'move', position: at(shown, 40, 40) });
    await press('Escape', shown);
    await sendMouse({ type: 'up' });
    equal(boxes[0], [69, 64, 110, 70], 'Esc');
    await press('Delete', shown);
    equal(boxes[0], [0, 0, 0, 0], 'Delete');
    shown.view.undo();
    equal(boxes[0], [69, 64, 110, 70], 'undo of Delete');
  });

  it('B10: a box in inputs is read-only on the image as well', async () => {
    const fixed = [[50, 50, 80, 60]];
    const image = new ImageInnotation([{ data: new Uint8Array(60_000), shape: [200, 300] }], {
      name: 'image',
    });
    const mounted = await show([image, new BoundingBoxInnotation(fixed, { name: 'box' })], []);
    const shown = { ...mounted, image: one(mounted.host, 'group', 'image') };
    await dragOn(shown, [10, 10], [40, 40]);
    await dragOn(shown, [130, 110], [150, 120]);
    await press('ArrowLeft', shown);
    await press('Delete', shown);
    equal(fixed, [[50, 50, 80, 60]]);
    equal(field(shown, 'box').disabled || field(shown, 'box').readOnly, true, 'its field');
  });

  it('I15: a disabled image cannot be drawn on', async () => {
    const boxes = blank(3);
    const shown = await showBoxes(new BoundingBoxInnotation(boxes), { image: { disabled: true } });
    await dragOn(shown, [10, 10], [40, 40]);
    equal(boxes[0], [0, 0, 0, 0]);
    await moveTo(shown, 100, 100);
    equal(cursorOf(shown), 'default', 'I11');
  });

  it("the boxes' own elements lie where they are drawn, inside the image, and choose by a click of assistive technology", async () => {
    const first = [[20, 20, 60, 60]];
    const second = [[150, 20, 60, 60]];
    const shown = await showBoxes(
      [
        new BoundingBoxInnotation(first, { name: 'first' }),
        new BoundingBoxInnotation(second, { name: 'second' }),
      ],
      { images: [{ data: new Uint8Array(60_000), shape: [200, 300] }] },
    );
    const element = one(shown.host, 'button', 'second, 1: 150, 20, 60, 60');
    isTrue(shown.image.contains(element), 'inside the image');
    const place = element.getBoundingClientRect();
    const [left, top] = at(shown, 150, 20);
    isTrue(Math.abs(place.left - left) <= 1 && Math.abs(place.top - top) <= 1, 'place');
    isTrue(Math.abs(place.width - 60) <= 1 && Math.abs(place.height - 60) <= 1, 'size');
    element.click();
    equal(boxElements(shown)[1]!.active, true);
  });
});
