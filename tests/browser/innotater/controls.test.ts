import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  ButtonInnotation,
  GroupedInnotation,
  ImageInnotation,
  MultiClassInnotation,
  RepeatInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { equal, isTrue, near, waitFor } from '../expect.js';
import {
  all,
  clear,
  click,
  drag,
  flatImage,
  isDisabled,
  messages,
  one,
  press,
  pressControl,
  show,
  typeText,
} from './support.js';

describe('classes, text, buttons on screen', () => {
  afterEach(clear);

  it('M2, M3, M5: an open list named by desc; a one-hot row without a class takes class 0', async () => {
    const data = [[0, 0, 0]];
    const mounted = await show(
      null,
      new MultiClassInnotation(data, { desc: 'Fruit', classes: ['apple', 'pear', 'nut'] }),
    );
    equal(
      all(mounted.host, 'option').map((option) => option.getAttribute('aria-selected')),
      ['false', 'false', 'false'],
    );
    await click(one(mounted.host, 'option', 'apple'), mounted);
    await click(one(mounted.host, 'option', 'nut'), mounted);
    equal([data, one(mounted.host, 'option', 'nut').getAttribute('aria-selected')], [[[0, 0, 1]], 'true']);
    isTrue(one(mounted.host, 'listbox', 'Fruit') !== null, 'the list');
  });

  it('M7, M8: a checkbox labelled desc, beside it the word for its state', async () => {
    const data = [[1, 0]];
    const mounted = await show(
      null,
      new BinaryClassInnotation(data, { desc: 'Are equal', classes: ['differ', 'same'] }),
    );
    const box = one<HTMLInputElement>(mounted.host, 'checkbox', 'Are equal');
    equal(box.checked, false);
    await click(box, mounted);
    equal([data, box.checked], [[[0, 1]], true]);
  });

  it('E1: typing is in the array at once, one undo step; Esc restores', async () => {
    const texts = ['cat'];
    const mounted = await show(null, new TextInnotation(texts, { desc: 'Note', multiline: false }));
    const field = one<HTMLInputElement>(mounted.host, 'textbox', 'Note');
    await click(field, mounted);
    await press('End', mounted);
    await typeText('tle', mounted);
    equal(texts, ['cattle']);
    await press('Enter', mounted);
    mounted.view.undo();
    await mounted.view.ready;
    equal([texts, field.value], [['cat'], 'cat']);
    await click(field, mounted);
    await typeText('xy', mounted);
    await press('Escape', mounted);
    equal(texts, ['cat']);
  });

  it('texts of an asynchronous source are shown when they come, and kept from typing', async () => {
    const source = { length: 2, get: async (i: number) => `text ${i}` };
    const mounted = await show(null, new TextInnotation(source, { desc: 'Note' }));
    const field = one<HTMLTextAreaElement>(mounted.host, 'textbox', 'Note');
    equal([field.value, field.readOnly], ['text 0', true]);
    mounted.view.next();
    await mounted.view.ready;
    equal(field.value, 'text 1');
  });

  it('U1, S7: a handler gets uindex, repeatIndex and facts; true makes the sample dirty and undoable', async () => {
    const calls: unknown[] = [];
    const boxes = [
      [1, 1, 1, 1],
      [2, 2, 2, 2],
    ];
    const onClick = async (uindex: number, repeatIndex: number, facts: object) => {
      calls.push([uindex, repeatIndex, facts]);
      boxes[uindex] = [0, 0, 0, 0];
      return true;
    };
    const mounted = await show(
      new ImageInnotation([flatImage(60, 40, 9), flatImage(60, 40, 99)]),
      [
        new BoundingBoxInnotation(boxes, { name: 'box' }),
        new ButtonInnotation(null, { name: 'reset', desc: 'Reset', onClick }),
      ],
      { indexes: [1] },
    );
    await click(one(mounted.host, 'button', 'Reset'), mounted);
    await waitFor(() => mounted.view.isDirty, 'dirty');
    await mounted.view.ready;
    equal(
      [calls, boxes[1], mounted.view.dirtyUindexes],
      [[[1, -1, { name: 'reset', desc: 'Reset' }]], [0, 0, 0, 0], [1]],
    );
    equal(one<HTMLInputElement>(mounted.host, 'textbox', 'box').value, '0, 0, 0, 0');
    equal([mounted.view.undo(), boxes[1]], [true, [2, 2, 2, 2]]);
  });

  it('U1: what a handler throws is shown and raised; anything but true changes nothing', async () => {
    const errors: string[] = [];
    const mounted = await show(null, [
      new TextInnotation(['a']),
      new ButtonInnotation(null, { desc: 'Look', onClick: () => 'fine' }),
      new ButtonInnotation(null, {
        desc: 'Break',
        onClick: () => {
          throw new Error('no luck');
        },
      }),
    ]);
    mounted.view.addEventListener('error', ({ detail }) =>
      errors.push(`${detail.error.code}, ${detail.uindex}`),
    );
    await click(one(mounted.host, 'button', 'Look'), mounted);
    await click(one(mounted.host, 'button', 'Break'), mounted);
    await waitFor(() => errors.length > 0, 'the error');
    await mounted.view.ready;
    equal([errors, mounted.view.isDirty], [['hook, 0'], false]);
    isTrue(messages(mounted.host, 'alert')[0]?.includes('no luck') === true, 'the message');
  });
});

describe('repeats and groups on screen', () => {
  afterEach(clear);
  const rowsScene = async (options: object = {}) => {
    const boxes = [
      [
        [1, 2, 30, 40],
        [5, 6, 70, 80],
        [0, 0, 0, 0],
      ],
      [
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ],
    ];
    const classes = [
      [1, 2, 0],
      [0, 0, 0],
    ];
    const mounted = await show(
      new ImageInnotation([flatImage(200, 150, 60), flatImage(200, 150, 90)], { name: 'image' }),
      new RepeatInnotation(
        [BoundingBoxInnotation, boxes, { name: 'box' }],
        [MultiClassInnotation, classes, { name: 'kind' }],
        { name: 'rows', desc: 'Thing', ...options },
      ),
    );
    return { ...mounted, boxes, classes };
  };
  const rowNames = (host: HTMLElement) =>
    all(host, 'group')
      .map((group) => group.getAttribute('aria-label') ?? '')
      .filter((name) => name.startsWith('Thing'));

  it('P1, P2: each sample has its rows: those that hold data, at least minRepeats', async () => {
    const mounted = await rowsScene();
    equal(rowNames(mounted.host), ['Thing 1', 'Thing 2']);
    mounted.view.next();
    await mounted.view.ready;
    equal(rowNames(mounted.host), []);
    const least = await rowsScene({ minRepeats: 3 });
    equal([rowNames(least.host).length, isDisabled(one(least.host, 'button', 'Add'))], [3, true]);
  });

  it('P1, P5: Add gives a row and makes its box the active one; a drawn box goes there', async () => {
    const mounted = await rowsScene();
    await click(one(mounted.host, 'button', 'Add'), mounted);
    equal([rowNames(mounted.host).length, isDisabled(one(mounted.host, 'button', 'Add'))], [3, true]);
    equal(mounted.view.isDirty, false);
    const image = one(mounted.host, 'group', 'image');
    image.scrollIntoView();
    const { x, y } = image.getBoundingClientRect();
    await drag([x + 110, y + 100], [x + 150, y + 130], mounted);
    equal(mounted.boxes[0]![2], [110, 100, 40, 30]);
    mounted.view.next();
    mounted.view.previous();
    await mounted.view.ready;
    equal(rowNames(mounted.host).length, 3);
  });

  it('P8: a removed row is blanked, later rows move up, one undo step', async () => {
    const mounted = await rowsScene();
    await click(one(mounted.host, 'button', 'Remove row 1'), mounted);
    equal(
      [mounted.boxes[0], mounted.classes[0]],
      [
        [
          [5, 6, 70, 80],
          [0, 0, 0, 0],
          [0, 0, 0, 0],
        ],
        [2, 0, 0],
      ],
    );
    equal([rowNames(mounted.host), mounted.view.dirtyUindexes], [['Thing 1'], [0]]);
    one(mounted.host, 'button', 'Next >').focus();
    await pressControl('z', mounted);
    equal(
      [mounted.boxes[0], mounted.classes[0]],
      [
        [
          [1, 2, 30, 40],
          [5, 6, 70, 80],
          [0, 0, 0, 0],
        ],
        [1, 2, 0],
      ],
    );
    equal(rowNames(mounted.host), ['Thing 1', 'Thing 2']);
  });

  const removals: readonly (readonly [
    what: string,
    classes: readonly unknown[],
    after: readonly unknown[],
  ])[] = [
    ['zeros in rows without data', [[1, 2, 0]], [2, 0, 0]],
    ['all rows used, a plain array: −1', [[1, 2, 1]], [2, 1, -1]],
    ['−1 as elsewhere in the data', [[1, 2, -1]], [2, -1, -1]],
    ['null as elsewhere in the data', [[1, 2, null]], [2, null, null]],
    ['NaN in floats', [new Float32Array([1, 2, Number.NaN])], [2, 'NaN', 'NaN']],
    ['floats, all used: −1', [new Float32Array([1, 2, 1])], [2, 1, -1]],
    ['signed integers, all used: −1', [new Int8Array([1, 2, 1])], [2, 1, -1]],
    ['unsigned integers hold 0', [new Uint8Array([1, 2, 1])], [2, 1, 0]],
  ];
  for (const [what, classes, after] of removals) {
    it(`M3, P8: the class of a removed row is blank as its column can be: ${what}; undone, all is as before`, async () => {
      const boxes = [
        [1, 2, 3].map((n, i) =>
          i < 2 || Number((classes[0] as number[])[2]) > 0 ? [n, n, 9, 9] : [0, 0, 0, 0],
        ),
      ];
      const words = () =>
        [...(classes[0] as ArrayLike<unknown> & Iterable<unknown>)].map((v) => (Number.isNaN(v) ? 'NaN' : v));
      const before = words();
      const mounted = await show(
        new ImageInnotation([flatImage(200, 150, 60)], { name: 'image' }),
        new RepeatInnotation(
          [BoundingBoxInnotation, boxes, { name: 'box' }],
          [MultiClassInnotation, classes, { name: 'kind', classes: ['a', 'b', 'c'] }],
        ),
      );
      await click(one(mounted.host, 'button', 'Remove row 1'), mounted);
      equal(words(), after);
      mounted.view.undo();
      await mounted.view.ready;
      equal(words(), before);
    });
  }

  it('M3, P8: the one-hot class of a removed row is all zeros', async () => {
    const data = new Uint8Array([0, 1, 0, 0, 0, 1]);
    const boxes = [
      [
        [1, 1, 9, 9],
        [2, 2, 9, 9],
      ],
    ];
    const mounted = await show(
      new ImageInnotation([flatImage(200, 150, 60)], { name: 'image' }),
      new RepeatInnotation(
        [BoundingBoxInnotation, boxes, { name: 'box' }],
        [MultiClassInnotation, { data, shape: [1, 2, 3] }, { name: 'kind' }],
      ),
    );
    await click(one(mounted.host, 'button', 'Remove row 1'), mounted);
    equal([...data], [0, 0, 1, 0, 0, 0]);
  });

  it('G1, G2, G3: groups in groups stand side by side, a repeat inside one; a grouped box draws once', async () => {
    const boxes = [[0, 0, 0, 0]];
    const mounted = await show(
      new ImageInnotation([flatImage(120, 90, 60)], { name: 'image' }),
      new GroupedInnotation(
        new GroupedInnotation(
          new BoundingBoxInnotation(boxes, { name: 'box' }),
          new TextInnotation(['a'], { name: 'text', multiline: false }),
        ),
        new RepeatInnotation([TextInnotation, [['x', '']], { name: 'word', multiline: false }]),
      ),
    );
    const [box, text] = ['box', 'text'].map((name) =>
      one(mounted.host, 'textbox', name).getBoundingClientRect(),
    );
    isTrue(box!.right <= text!.left, 'side by side');
    equal(one<HTMLTextAreaElement>(mounted.host, 'textbox', 'word_0').value, 'x');
    const { x, y } = one(mounted.host, 'group', 'image').getBoundingClientRect();
    const changes: unknown[] = [];
    mounted.view.addEventListener('change', ({ detail }) => changes.push(detail.value));
    await drag([x + 10, y + 10], [x + 40, y + 30], mounted);
    equal([boxes, changes], [[[10, 10, 30, 20]], [[10, 10, 30, 20]]]);
  });

  it('R11: layout is honoured by controls, groups and repeats', async () => {
    const mounted = await show(null, [
      new TextInnotation(['a'], { name: 'narrow', multiline: false, layout: { width: '90px' } }),
      new GroupedInnotation(new TextInnotation(['a'], { name: 'text' }), {
        desc: 'Group',
        layout: { width: '300px', 'margin-left': 40 },
      }),
      new RepeatInnotation([TextInnotation, [['a']], { name: 'row' }], { layout: { padding_left: '25px' } }),
    ]);
    const place = (role: string, name: string) => one(mounted.host, role, name).getBoundingClientRect();
    const left = place('textbox', 'narrow').left;
    near(place('textbox', 'narrow').width, 90, 1, 'width of a control');
    near(place('group', 'Group').width, 300, 1, 'width of a group');
    near(place('group', 'Group').left - left, 40, 1, 'margin of a group');
    near(place('button', 'Add').left - left, 25, 1, 'padding of a repeat');
  });

  it('R11: an unknown property or value of a layout is told once by name and ignored', async () => {
    const told: string[] = [];
    const { warn } = console;
    console.warn = (message: string) => told.push(message);
    try {
      const text = new TextInnotation(['a', 'b'], { name: 'text', layout: { colour: 'red', width: 'wide' } });
      const { view } = await show(null, text, { label: 'Texts' });
      view.next();
      await view.ready;
    } finally {
      console.warn = warn;
    }
    equal(told.length, 2, told.join('; '));
    isTrue(
      told.some((message) => /^Texts: .*colour/.test(message)),
      'the property',
    );
    isTrue(
      told.some((message) => /width.*wide|wide.*width/.test(message)),
      'the value',
    );
  });

  it('U2, U3: a row button and a button in a group share a handler', async () => {
    const calls: unknown[] = [];
    const onClick = (_uindex: number, repeatIndex: number) => void calls.push(repeatIndex);
    const mounted = await show(null, [
      new TextInnotation(['a']),
      new RepeatInnotation(
        [TextInnotation, [['x', 'y']], { name: 'word' }],
        [ButtonInnotation, null, { name: 'clear', desc: 'X', onClick }],
      ),
      new GroupedInnotation(new ButtonInnotation(null, { desc: 'Reset All', onClick })),
    ]);
    await click(all(mounted.host, 'button', 'X')[1]!, mounted);
    await click(one(mounted.host, 'button', 'Reset All'), mounted);
    await waitFor(() => calls.length === 2, 'both calls');
    equal(calls, [1, -1]);
  });
});
