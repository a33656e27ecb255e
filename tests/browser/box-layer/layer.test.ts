import { resetMouse, sendKeys } from '@web/test-runner-commands';
import { classColor } from '../../../src/innotations/class-colors.js';
import { boxElements, clickOn, colours, dragOn, moveTo, wheelOn } from '../boxes/support.js';
import { equal, isTrue } from '../expect.js';
import { all, clear, press } from '../innotater/support.js';
import { layerImage, layerOf, seededBoxes, showLayer, until } from './support.js';

const bytes = (number: number) =>
  classColor(number)
    .slice(0, 3)
    .map((part) => Math.round(part * 255));

/** What canvas 2D makes of the same outlines: whole pixels, strokes of one px inside half px. */
const oracle = (boxes: Float32Array, classes: Int32Array) => {
  const { width, height } = layerImage;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = 'rgb(90,90,90)';
  context.fillRect(0, 0, width, height);
  for (let row = 0; row < classes.length; row++) {
    const [x, y, w, h] = boxes.subarray(row * 4, row * 4 + 4) as unknown as [number, number, number, number];
    const [r, g, b] = bytes(classes[row]!);
    context.strokeStyle = `rgb(${r},${g},${b})`;
    // Centred on the sides and moved inwards: the px from x to x + w, their outermost ones.
    context.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
  }
  return context.getImageData(0, 0, width, height).data;
};

describe('a layer of very many boxes', () => {
  afterEach(async () => {
    clear();
    await resetMouse();
  });

  it('draws what canvas 2D strokes, pixel by pixel: 5,000 boxes in 7 classes (seed 31)', async () => {
    const boxes = seededBoxes(5000, 31);
    const classes = Int32Array.from({ length: 5000 }, (_, row) => row % 7);
    const shown = await showLayer(layerOf(boxes, { classData: [classes], opacity: 1 }));
    const wanted = oracle(boxes, classes);
    const bitmap = await createImageBitmap(await shown.view.snapshot());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const canvas = shown.view.canvas!.getBoundingClientRect();
    const { left, top } = shown.image.getBoundingClientRect();
    const { width, height } = layerImage;
    const got = context.getImageData(left - canvas.left, top - canvas.top, width, height).data;
    let wrong = 0;
    for (let i = 0; i < got.length; i++) if (Math.abs(got[i]! - wanted[i]!) > 1) wrong++;
    equal(wrong, 0, 'channels that differ by more than 1');
  });
});

describe('editing a layer', () => {
  afterEach(async () => {
    clear();
    await resetMouse();
  });

  const few = () =>
    Float32Array.from(
      [
        [20, 20, 100, 80],
        [200, 150, 80, 60],
        [400, 50, 120, 120],
        [0, 0, 0, 0],
        [420, 300, 60, 50],
      ].flat(),
    );

  const activeName = (shown: Parameters<typeof boxElements>[0]) =>
    boxElements(shown).find(({ active }) => active)?.name ?? null;

  it('moves, resizes, nudges and deletes, tells it with the row, and takes it back', async () => {
    const boxes = few();
    const shown = await showLayer(layerOf(boxes));
    const changes: { repeatIndex: number; value: unknown; previous: unknown; name: string }[] = [];
    shown.view.addEventListener('change', ({ detail }) => changes.push(detail));
    await clickOn(shown, 210, 160);
    await until(() => activeName(shown) === 'cells, 2: 200, 150, 80, 60');
    await dragOn(shown, [240, 180], [250, 190]);
    equal([...boxes.slice(4, 8)], [210, 160, 80, 60]);
    equal(
      changes.map(({ name, repeatIndex, value, previous }) => ({ name, repeatIndex, value, previous })),
      [{ name: 'cells', repeatIndex: 1, value: [210, 160, 80, 60], previous: [200, 150, 80, 60] }],
    );
    await dragOn(shown, [290, 220], [300, 240]);
    equal([...boxes.slice(4, 8)], [210, 160, 90, 80]);
    await press('ArrowLeft', shown);
    equal([...boxes.slice(4, 8)], [209, 160, 90, 80]);
    await press('Delete', shown);
    equal([...boxes.slice(4, 8)], [0, 0, 0, 0]);
    equal([...shown.view.dirtyUindexes], [0]);
    for (let i = 0; i < 4; i++) shown.view.undo();
    equal([...boxes], [...few()]);
  });

  it('a drag draws into a blank row where there is one, else it pans', async () => {
    const boxes = few();
    const shown = await showLayer(layerOf(boxes));
    await dragOn(shown, [300, 250], [340, 280]);
    equal([...boxes.slice(12, 16)], [300, 250, 40, 30]);
    await until(() => activeName(shown) === 'cells, 4: 300, 250, 40, 30');
    await dragOn(shown, [150, 330], [190, 380]);
    equal([...boxes.slice(12)], [300, 250, 40, 30, 420, 300, 60, 50], 'no row is left');
    shown.view.undo();
    equal([...boxes], [...few()]);
  });

  it('digits give the active box a class, with undo; its picture and label follow', async () => {
    const classes = [0, 1, 2, -1, 1];
    const boxes = few();
    const shown = await showLayer(
      layerOf(boxes, { classData: [classes], classes: ['cat', 'dog', 'owl'], opacity: 1 }),
    );
    await clickOn(shown, 30, 30);
    await until(() => activeName(shown) !== null);
    await press('3', shown);
    equal(classes, [2, 1, 2, -1, 1]);
    await press('9', shown);
    equal(classes, [2, 1, 2, -1, 1], 'there is no ninth class');
    await clickOn(shown, 430, 310);
    await until(() => activeName(shown) === 'cells, 5: 420, 300, 60, 50');
    await moveTo(shown, 560, 20);
    equal((await colours(shown))(60, 20), bytes(2), 'in the colour of its class');
    shown.view.undo();
    equal(classes, [0, 1, 2, -1, 1]);
    await until(() => activeName(shown) === 'cells, 1: 20, 20, 100, 80');
    await clickOn(shown, 470, 340);
    await until(() => activeName(shown) === 'cells, 5: 420, 300, 60, 50');
    await moveTo(shown, 560, 20);
    equal((await colours(shown))(60, 20), bytes(0));
  });

  it('. and , walk through the boxes in view in reading order, and their elements are there', async () => {
    const shown = await showLayer(layerOf(few()));
    await until(() => boxElements(shown).length === 4);
    shown.image.focus();
    const seen: (string | null)[] = [];
    for (const key of ['.', '.', '.', '.', '.', ',']) {
      await press(key, shown);
      seen.push(activeName(shown));
    }
    equal(
      seen.map((name) => name?.split(':')[0]),
      ['cells, 1', 'cells, 3', 'cells, 2', 'cells, 5', 'cells, 1', 'cells, 5'],
    );
    const second = all(shown.host, 'button').find((e) =>
      e.getAttribute('aria-label')?.startsWith('cells, 2:'),
    );
    second!.click();
    await shown.view.ready;
    equal(activeName(shown), 'cells, 2: 200, 150, 80, 60');
  });

  it('in inputs boxes can be chosen and looked at, and nothing is written', async () => {
    const boxes = few();
    const shown = await showLayer(layerOf(boxes), 'inputs');
    await clickOn(shown, 210, 160);
    await until(() => activeName(shown) === 'cells, 2: 200, 150, 80, 60');
    await dragOn(shown, [240, 180], [260, 190]);
    await press('Delete', shown);
    await press('ArrowLeft', shown);
    equal([...boxes], [...few()]);
  });

  it('h hides the layer while it is held', async () => {
    const shown = await showLayer(layerOf(few(), { opacity: 1 }));
    shown.image.focus();
    equal((await colours(shown))(60, 20), bytes(0));
    await sendKeys({ down: 'h' });
    equal((await colours(shown))(60, 20), [90, 90, 90]);
    await sendKeys({ up: 'h' });
    equal((await colours(shown))(60, 20), bytes(0));
  });
});

describe('a filter of a layer', () => {
  afterEach(async () => {
    clear();
    await resetMouse();
  });

  it('by class and score shows those that pass, and the others again', async () => {
    const boxes = [
      [20, 20, 100, 80],
      [200, 150, 80, 60],
      [400, 50, 120, 120],
    ];
    const layer = layerOf(boxes, { classData: [[0, 1, 0]], scores: [[0.2, 0.9, 0.8]], opacity: 1 });
    const shown = await showLayer(layer);
    const seen = async () => {
      await shown.view.ready;
      const colour = await colours(shown);
      return [colour(60, 20), colour(240, 150), colour(460, 50)].map(([r]) => r !== 90);
    };
    equal(await seen(), [true, true, true]);
    layer.filter = { classes: [0] };
    equal([await seen(), layer.shownCount], [[true, false, true], 2]);
    layer.filter = { classes: [0], minScore: 0.5 };
    equal([await seen(), layer.shownCount], [[false, false, true], 1]);
    layer.filter = {};
    equal([await seen(), layer.shownCount], [[true, true, true], 3]);
  });

  it('what is none is refused by name, and the last one stays', () => {
    const layer = layerOf([[20, 20, 100, 80]], { filter: { minScore: 0.5 } });
    for (const [wrong, message] of [
      [{ score: [1, 0] }, 'filter.score is not known; there are classes, minScore, maxScore'],
      [{ classes: 1 }, 'filter.classes must be a list'],
      [{ minScore: '1' }, 'filter.minScore must be a number'],
    ] as const) {
      let told = '';
      try {
        layer.filter = wrong as never;
      } catch (error) {
        told = (error as Error).message;
      }
      isTrue(told.includes(message), told);
      equal(layer.filter, { minScore: 0.5 });
    }
  });

  it('zoomed, lines are as thick as before and of whole px', async () => {
    const shown = await showLayer(layerOf([[100, 100, 50, 40]], { opacity: 1 }));
    shown.image.focus();
    await wheelOn(shown, 100, 100, -200, true);
    await moveTo(shown, 590, 390);
    await shown.view.ready;
    const colour = await colours(shown);
    const row = Array.from({ length: 60 }, (_, i) => colour(70 + i, 110)).filter(([r]) => r !== 90);
    equal(row, [bytes(0)], 'one column of one colour');
  });
});
