import { resetMouse } from '@web/test-runner-commands';
import {
  BoundingBoxInnotation,
  BoxLayerInnotation,
  ImageInnotation,
  Innotater,
  type InnotaterError,
} from 'innotater';
import { boxElements, clickOn, colours, moveTo, wheelOn } from '../boxes/support.js';
import { atRest, equal, isTrue } from '../expect.js';
import { all, clear, messages, one, press, show } from '../innotater/support.js';
import { grey, layerOf, seededBoxes, showLayer, until } from './support.js';

describe('very many boxes', () => {
  afterEach(async () => {
    clear();
    await resetMouse();
  });

  it('100,000: any can be clicked, moved by keys and taken back (seed 8)', async () => {
    const boxes = seededBoxes(100_000, 8);
    boxes.set([300, 200, 2, 2], 54_321 * 4);
    const before = boxes.slice();
    const shown = await showLayer(layerOf(boxes));
    await clickOn(shown, 301, 201);
    await until(() => boxElements(shown).some(({ active }) => active));
    const name = boxElements(shown).find(({ active }) => active)!.name!;
    equal(name, 'cells, 54322: 300, 200, 2, 2', 'the smallest one');
    await press('ArrowRight', shown);
    equal([...boxes.subarray(54_321 * 4, 54_321 * 4 + 4)], [301, 200, 2, 2]);
    shown.view.undo();
    equal(
      boxes.every((value, i) => value === before[i]),
      true,
      'all as before',
    );
    isTrue(boxElements(shown).length <= 200, `${boxElements(shown).length} elements`);
  });

  it('a box under the pointer is told with class and score, and only a change of box draws a frame', async () => {
    const options = { classData: [[0, 1]], classes: ['cat', 'dog'], scores: [[0.5, 0.875]], opacity: 1 };
    const shown = await showLayer(
      layerOf(
        [
          [20, 40, 100, 80],
          [200, 150, 80, 60],
        ],
        options,
      ),
    );
    await moveTo(shown, 230, 170);
    await atRest(() => shown.view.stats.frames);
    const [r] = (await colours(shown))(202, 140);
    isTrue(r !== 90, 'the plate of its label is above it');
    const { frames } = shown.view.stats;
    await moveTo(shown, 232, 172);
    await moveTo(shown, 234, 174);
    await new Promise((resolve) => setTimeout(resolve, 300));
    equal(shown.view.stats.frames, frames, 'no frame inside the same box');
    await moveTo(shown, 400, 30);
    await until(() => shown.view.stats.frames > frames);
    equal((await colours(shown))(202, 140), [90, 90, 90]);
  });

  it('while it zooms the last scale stands in, stretched', async () => {
    const shown = await showLayer(layerOf(seededBoxes(20_000, 4), { opacity: 1 }));
    shown.image.focus();
    await wheelOn(shown, 300, 200, -300, true);
    const lines = async () => {
      const colour = await colours(shown);
      return Array.from({ length: 100 }, (_, i) => colour(250 + i, 200)).filter(([r]) => r !== 90).length;
    };
    isTrue((await lines()) > 0, 'at once');
    await shown.view.ready;
    isTrue((await lines()) > 0, 'and when it is sharp');
  });

  it('textures and workers’ memory are given back', async () => {
    const shown = await showLayer(layerOf(seededBoxes(20_000, 4)));
    isTrue(shown.view.stats.decodedBytes > 20_000 * 20, `${shown.view.stats.decodedBytes} bytes`);
    shown.view.unmount();
    equal(
      [shown.view.stats.textureBytes, shown.view.stats.decodedBytes, shown.view.stats.pendingTiles],
      [0, 0, 0],
    );
  });

  it('what a lost context took is drawn again', async () => {
    const shown = await showLayer(layerOf([[20, 20, 100, 80]], { opacity: 1 }));
    const lose = shown.view.canvas!.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
    const before = (await colours(shown))(60, 20);
    lose.loseContext();
    await new Promise((resolve) => setTimeout(resolve, 50));
    lose.restoreContext();
    await until(() => shown.view.stats.contexts === 1);
    await shown.view.ready;
    equal((await colours(shown))(60, 20), before);
  });
});

describe('data of a layer', () => {
  afterEach(async () => {
    clear();
    await resetMouse();
  });

  it('from an asynchronous source; what was edited stays when other samples were shown', async () => {
    const fetched: number[] = [];
    const source = {
      length: 3,
      get: async (uindex: number) => {
        fetched.push(uindex);
        return [[20 + uindex, 20, 100, 80]];
      },
    };
    const shown = await showLayer(new BoxLayerInnotation(source, { name: 'cells', opacity: 1 }));
    await clickOn(shown, 30, 30);
    await until(() => boxElements(shown).some(({ active }) => active));
    await press('ArrowRight', shown);
    shown.view.next();
    await shown.view.ready;
    shown.view.previous();
    await shown.view.ready;
    await until(() => boxElements(shown).length === 1);
    equal(boxElements(shown)[0]!.name, 'cells, 1: 21, 20, 100, 80');
    equal(fetched, [0, 1], 'the edited sample was not fetched again');
    shown.view.undo();
    await until(() => boxElements(shown)[0]?.name === 'cells, 1: 20, 20, 100, 80');
  });

  it('a row that is no box is left out and told with its number; a source that fails can be tried again', async () => {
    const errors: InnotaterError[] = [];
    let isBroken = true;
    const source = {
      length: 1,
      get: async () => {
        if (isBroken) throw new Error('the server is down');
        return [
          [20, 20, 100, 80],
          [1, 2, 3],
          [5, 5, 20, 20],
        ];
      },
    };
    const layer = new BoxLayerInnotation(source, { name: 'cells' });
    const host = document.body.appendChild(document.createElement('div'));
    const view = new Innotater(new ImageInnotation(grey(1), { name: 'image' }), layer);
    view.addEventListener('error', ({ detail }) => errors.push(detail.error));
    view.mount(host);
    await view.ready;
    equal(
      errors.map(({ message }) => message),
      ['cells: the boxes of sample 0 cannot be read: the server is down'],
    );
    isBroken = false;
    const shown = { view, host, image: host };
    all(host, 'button', 'Retry cells')[0]!.click();
    await until(() => layer.count === 3);
    await view.ready;
    equal(layer.shownCount, 2);
    equal(
      errors.at(-1)!.message,
      'BoxLayerInnotation cells: sample 0, row 1 must be four finite numbers x, y, w, h; it is left out',
    );
    equal(messages(shown.host, 'alert').length, 1);
    view.dispose();
    host.remove();
  });

  it('a class and a score that are none are told with sample, row and what would be right; their boxes are shown and can be given a class', async () => {
    const errors: InnotaterError[] = [];
    const classData = [['cat', 1, 0.5]];
    const layer = new BoxLayerInnotation(
      [
        [
          [20, 20, 100, 80],
          [140, 20, 60, 80],
          [20, 120, 60, 60],
        ],
      ],
      {
        name: 'cells',
        classes: ['a', 'b', 'c'],
        classData: classData as never,
        scores: [[0.5, Number.POSITIVE_INFINITY, null]] as never,
      },
    );
    const host = document.body.appendChild(document.createElement('div'));
    const view = new Innotater([new ImageInnotation(grey(1), { name: 'image' })], [layer]);
    view.addEventListener('error', ({ detail }) => errors.push(detail.error));
    view.mount(host);
    await view.ready;
    const shown = { view, host, image: one(host, 'group', 'image') };
    equal(
      errors.map(({ code, message }) => [code, message]),
      [
        [
          'data',
          'BoxLayerInnotation cells: sample 0, row 0 of classData must be the number of a class (0, 1, 2…), or -1, null or NaN for none, not "cat"; it and 1 more are shown without a class',
        ],
        [
          'data',
          'BoxLayerInnotation cells: sample 0, row 1 of scores must be a finite number, or null or NaN for none, not Infinity; it is shown without a score',
        ],
      ],
    );
    equal(layer.shownCount, 3);
    await clickOn(shown, 60, 60);
    await until(() => boxElements(shown).some(({ active }) => active));
    await press('3', shown);
    await until(() => classData[0]![0] !== 'cat');
    equal(classData, [[2, 1, 0.5]]);
    shown.view.undo();
    equal(classData, [['cat', 1, 0.5]]);
    view.dispose();
    host.remove();
  });

  it('R9: a layer finds its image by source as boxes do, and says so where it cannot', async () => {
    const two = () => [
      new ImageInnotation(grey(1), { name: 'left' }),
      new ImageInnotation(grey(1), { name: 'right' }),
    ];
    const make = (source?: string) =>
      new BoxLayerInnotation([[]], { name: 'cells', ...(source ? { source } : {}) });
    const message = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    equal(
      message(() => new Innotater(two(), make())),
      'Innotation BoxLayerInnotation cells needs a source: there is more than one ImageInnotation (left, right)',
    );
    equal(
      message(() => new Innotater(two(), make('middle'))),
      'Innotation BoxLayerInnotation cells has source middle, and no Innotation has this name',
    );
    const shown = await show(two(), make('right'));
    equal(messages(shown.host, 'alert'), []);
  });

  it('options are checked, each by name', () => {
    const message = (options: object, data: unknown = [[]]) => {
      try {
        new BoxLayerInnotation(data as never, { name: 'cells', ...options });
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    equal(message({ color: 'nope' }), 'BoxLayerInnotation cells: color is not a CSS colour: "nope"');
    equal(
      message({ lineWidth: -1 }),
      'BoxLayerInnotation cells: lineWidth must be a number from 0.1 to 100, not -1',
    );
    equal(message({ filter: { classes: ['a'] } }).includes('filter.classes must be a list of numbers'), true);
    equal(message({ filter: { minScore: Number.NaN } }).includes('filter.minScore must be a number'), true);
    equal(
      message({ classData: [[], []] }),
      'BoxLayerInnotation cells: classData has 2 samples, the boxes have 1',
    );
  });

  it('lies under the boxes of the image’s own, which are chosen first', async () => {
    const own = [[20, 20, 100, 80]];
    const layer = layerOf([[30, 30, 20, 20]]);
    const box = new BoundingBoxInnotation(own, { name: 'own' });
    const shown = await showLayer(layer, 'targets', {}, [box]);
    await clickOn(shown, 100, 90);
    await until(() => boxElements(shown).length === 2);
    equal(boxElements(shown).find(({ active }) => active)!.name, 'own, 1: 20, 20, 100, 80');
    await clickOn(shown, 40, 40);
    await until(() => boxElements(shown).some(({ active, name }) => active && name!.startsWith('cells, 1')));
  });
});
