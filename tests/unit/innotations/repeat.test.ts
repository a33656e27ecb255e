import { describe, expect, test } from 'vitest';
import {
  BoundingBoxInnotation,
  ButtonInnotation,
  GroupedInnotation,
  ImageInnotation,
  Innotater,
  type Innotation,
  MultiClassInnotation,
  type RepeatConfiguration,
  RepeatInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { modelOf, set, stageOf } from '../innotater/support.js';
import { center, Driver } from '../ui/drive.js';

const boxes = (samples: number, rows: number) =>
  Array.from({ length: samples }, () => Array.from({ length: rows }, () => [0, 0, 0, 0]));
const names = (innotation: Innotation) => innotation.children.map(({ name }) => name);
const words = (samples: number, rows: number) =>
  Array.from({ length: samples }, () => Array.from({ length: rows }, () => ''));

describe('P3, R10: limits', () => {
  const make = (options: object) => () =>
    new RepeatInnotation([TextInnotation, words(2, 4)], { name: 'r', ...options });

  test('maxRepeats above the second axis is an error at construction', () => {
    expect(make({ maxRepeats: 5 })).toThrow(
      /RepeatInnotation r: maxRepeats \(5\) is greater than the second axis of the data, which has room for 4/,
    );
    expect(make({ maxRepeats: 4 })).not.toThrow();
  });
  test('without a limit it is 10, or what the data has room for', () => {
    expect(make({})().children).toHaveLength(4);
    expect(new RepeatInnotation([TextInnotation, words(2, 40)]).children).toHaveLength(10);
  });
  test('the narrowest of several columns counts', () => {
    const two = new RepeatInnotation([TextInnotation, words(2, 6)], [BoundingBoxInnotation, boxes(2, 3)]);
    expect(two.children).toHaveLength(6);
  });
  test('limits that are no counts', () => {
    expect(make({ minRepeats: -1 })).toThrow(/whole numbers/);
    expect(make({ maxRepeats: 1.5 })).toThrow(/whole numbers/);
    expect(() => new RepeatInnotation({ name: 'r' })).toThrow(/at least one/);
  });
});

describe('P4: names', () => {
  test('name_0, name_1, …; the options of the caller are not touched', () => {
    const options = Object.freeze({ name: 'box', desc: 'Box' });
    const button = Object.freeze({ desc: 'X' });
    const repeat = new RepeatInnotation(
      [BoundingBoxInnotation, boxes(1, 2), options],
      [ButtonInnotation, null, button],
    );
    expect(names(repeat)).toEqual(['box_0', '', 'box_1', '']);
    expect([options.name, button]).toEqual(['box', { desc: 'X' }]);
    expect(repeat.children.map(({ repeatIndex }) => repeatIndex)).toEqual([0, 0, 1, 1]);
  });
  test('default names count once a column', () => {
    const repeat = new RepeatInnotation([TextInnotation, words(1, 2)], [TextInnotation, words(1, 2)]);
    const last = new TextInnotation(['a']);
    new Innotater(null, [repeat, last]);
    expect(names(repeat)).toEqual(['data1_0', 'data2_0', 'data1_1', 'data2_1']);
    expect([repeat.name, last.name]).toEqual(['data3', 'data4']);
  });
});

describe('P2: rows belong to the sample', () => {
  test('minRepeats, and up to the last row that holds data', () => {
    const data = words(3, 5);
    data[1]![2] = 'x';
    const repeat = new RepeatInnotation([TextInnotation, data], { minRepeats: 1 });
    expect([0, 1, 2].map((uindex) => repeat.shownRows(uindex))).toEqual([1, 3, 1]);
    data[2]![4] = 'y';
    expect(repeat.shownRows(2)).toBe(5);
  });
  test('zeros, -1, null, false and empty texts are no data', () => {
    const classes = [[-1, null, Number.NaN, 0, 2]] as number[][];
    const repeat = new RepeatInnotation([MultiClassInnotation, classes, { classes: ['a', 'b', 'c'] }]);
    expect(repeat.shownRows(0)).toBe(5);
    classes[0]![4] = 0;
    expect(repeat.shownRows(0)).toBe(0);
  });
  test('rows beyond maxRepeats that hold data are shown as well', () => {
    const data = words(2, 8);
    data[1]![5] = 'x';
    const repeat = new RepeatInnotation([TextInnotation, data], { maxRepeats: 2 });
    expect([repeat.shownRows(0), repeat.shownRows(1)]).toEqual([0, 6]);
  });
  test('what is in a row knows whether its sample has the row', () => {
    const data = words(2, 3);
    data[1]![0] = 'x';
    const repeat = new RepeatInnotation([TextInnotation, data]);
    const [first, second] = repeat.children;
    expect([0, 1].map((uindex) => first?.isShown(uindex))).toEqual([false, true]);
    expect(second?.isShown(1)).toBe(false);
  });
});

describe('samples with numbers of rows of their own', () => {
  const [a, b, c] = [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 9, 9, 9],
  ] as const;
  const scene = (data: unknown, options: object = {}, more: readonly RepeatConfiguration[] = []) => {
    const repeat = new RepeatInnotation([BoundingBoxInnotation, data, { name: 'box' }], ...more, {
      name: 'rows',
      desc: 'Row',
      ...options,
    });
    const { model, details } = modelOf(new ImageInnotation(['a', 'b', 'c']), repeat);
    const stage = stageOf(model);
    const driver = new Driver((ui) => repeat.build(ui, stage));
    const press = (name: string) => {
      driver.frame();
      driver.click(center(driver.find('button', name)));
    };
    const rows = (uindex: number) => repeat.shownRows(uindex);
    return { repeat, model, details, press, rows, driver };
  };

  test('P2: each sample shows all its rows, none for []', () => {
    const { rows, repeat } = scene([[[...a], [...b]], [[...c]], []]);
    expect([0, 1, 2].map(rows)).toEqual([2, 1, 0]);
    const [first, second] = repeat.children as readonly BoundingBoxInnotation[];
    expect([first!.read(0), second!.read(0), second!.read(1)]).toEqual([a, b, [0, 0, 0, 0]]);
  });

  test("S9, P1: Add makes the sample's own array longer, up to maxRepeats; undo and redo", () => {
    const own = [[...a], [...b]];
    const data = [own, [[...c]], []];
    const { press, rows, model, driver } = scene(data, { maxRepeats: 3 });
    press('Add');
    expect(data).toEqual([[a, b, [0, 0, 0, 0]], [c], []]);
    expect([data[0] === own, rows(0), model.dirty.uindexes]).toEqual([true, 3, [0]]);
    driver.frame();
    expect(driver.find('button', 'Add').disabled).toBe(true);
    set(model, 'box_2', [1, 1, 2, 2]);
    model.travel('undo');
    model.travel('undo');
    expect([data[0], rows(0)]).toEqual([[a, b], 2]);
    model.travel('redo');
    model.travel('redo');
    expect(data[0]).toEqual([a, b, [1, 1, 2, 2]]);
  });

  test('P8: a removed row is gone, the later ones move up; undo', () => {
    const data = [[[...a], [...b], [...c]], [], [[...c]]];
    const { press, rows, model } = scene(data);
    press('Remove row 1');
    expect([data[0], rows(0)]).toEqual([[b, c], 2]);
    model.travel('undo');
    expect([data[0], rows(0)]).toEqual([[a, b, c], 3]);
  });

  test('columns of different lengths are filled up with their own blanks', () => {
    const boxes: number[][][] = [[[...a], [...b]], [], [[...c]]];
    const classes: number[][] = [[2], [], []];
    const kind = [MultiClassInnotation, classes, { name: 'kind', classes: ['x', 'y', 'z'] }] as const;
    const { press, model, rows } = scene(boxes, {}, [kind]);
    expect([rows(0), rows(1), rows(2)]).toEqual([2, 0, 1]);
    press('Add');
    expect([boxes[0], classes[0]]).toEqual([
      [a, b, [0, 0, 0, 0]],
      [2, -1, -1],
    ]);
    model.travel('undo');
    expect([boxes[0], classes[0]]).toEqual([[a, b], [2]]);
    press('Remove row 1');
    expect([boxes[0], classes[0]]).toEqual([[b], []]);
  });

  test('one-hot classes of samples without rows, and rows of class 0 are rows', () => {
    const data = [[], [[0, 1, 0]], []];
    const repeat = new RepeatInnotation([MultiClassInnotation, data, { name: 'kind' }]);
    const { model } = modelOf(null, repeat);
    set(model, 'kind_0', 2);
    expect(data[0]).toEqual([[0, 0, 1]]);
    expect(new RepeatInnotation([TextInnotation, [[''], ['', '']]]).shownRows(1)).toBe(2);
  });

  test('a row that minRepeats shows is in the array once something is written into it; undo takes the rows before it away, too', () => {
    const data: number[][][] = [[[...a]], [], []];
    const { model, rows } = scene(data, { minRepeats: 4 });
    expect([rows(0), data[0]]).toEqual([4, [a]]);
    set(model, 'box_3', [...b]);
    expect(data[0]).toEqual([a, [0, 0, 0, 0], [0, 0, 0, 0], b]);
    model.travel('undo');
    expect(data[0]).toEqual([a]);
    set(model, 'box_0', [0, 0, 0, 1], 1);
    expect(data[1]).toEqual([[0, 0, 0, 1]]);
  });

  test('a refused value leaves the sample as long as it was', () => {
    const data = [[Uint8Array.of(1, 2, 3, 4)], []];
    const repeat = new RepeatInnotation([BoundingBoxInnotation, data, { name: 'box' }]);
    const { model } = modelOf(new ImageInnotation(['a', 'b']), repeat);
    expect(() => set(model, 'box_1', [1, 2, 300, 4])).toThrow(/row 0 cannot hold 300/);
    expect([data[0]!.length, set(model, 'box_1', [1, 2, 3, 4]), data[0]!.length]).toEqual([1, true, 2]);
    expect(data[0]![1]).toEqual(Uint8Array.of(1, 2, 3, 4));
  });

  test('what a handler pushes is shown, told and undone', async () => {
    const data: number[][][] = [[[...a]], [], []];
    const { model, rows, details } = scene(data);
    const stage = stageOf(model);
    await stage.runHandler(0, () => data[0]!.push([...b]) > 0);
    expect(rows(0)).toBe(2);
    expect(details('change')).toMatchObject([{ name: 'box_1', repeatIndex: 1, value: b }]);
    model.travel('undo');
    expect(data[0]).toEqual([a]);
  });

  test('all samples full and of one length: lists all the same, which grow; a removed row of the common length is blanked', () => {
    const data = [[[...a]], [[...b]], [[...c]]];
    const { press, rows } = scene(data);
    press('Add');
    expect([data[0], rows(0)]).toEqual([[a, [0, 0, 0, 0]], 2]);
    press('Remove row 2');
    press('Remove row 1');
    expect([data[0], rows(0)]).toEqual([[[0, 0, 0, 0]], 0]);
    expect(() => scene(data, { maxRepeats: 2 })).toThrow(/maxRepeats \(2\).*second axis.*room for 1/);
  });

  test.each([
    [1, 1],
    [3, 1],
    [3, 2],
    [3, 0],
  ])(
    'P3: %d samples of %d boxes each, as files of annotations give them, grow up to any maxRepeats',
    (samples, rows) => {
      const data = Array.from({ length: samples }, () => Array.from({ length: rows }, () => [...a]));
      const kinds = data.map((own) => own.map(() => 0));
      const repeat = new RepeatInnotation(
        [BoundingBoxInnotation, data, { name: 'box' }],
        [MultiClassInnotation, kinds, { name: 'kind', classes: ['x'] }],
        { maxRepeats: 100 },
      );
      const { model } = modelOf(new ImageInnotation(data.map(() => 'a')), repeat);
      set(model, 'box_99', [...b], 0);
      expect([data[0]!.length, data[0]![99], repeat.shownRows(0)]).toEqual([100, b, 100]);
    },
  );

  test('P3: rows that tensors and typed arrays have no room for are an error', () => {
    const tensor = { data: new Uint8Array(2), shape: [1, 2] };
    for (const data of [tensor, [Uint8Array.of(1, 2)]]) {
      expect(() => new RepeatInnotation([TextInnotation, data], { name: 'r', maxRepeats: 3 })).toThrow(
        /maxRepeats \(3\).*room for 2 rows/,
      );
    }
  });

  test('P1: a disabled Add says why', () => {
    const { driver, press } = scene([[[...a]], [], []], { maxRepeats: 2 });
    driver.frame();
    expect(driver.find('button', 'Add').description).toBeUndefined();
    press('Add');
    driver.frame();
    const { disabled, description } = driver.find('button', 'Add');
    expect([disabled, description]).toEqual([true, 'A sample has 2 rows at most']);
  });

  test('typed arrays and tensors keep their second axis; other columns must fit', () => {
    expect(() => scene([[[...a], [...b]], [[...c]], []], {}, [[TextInnotation, words(3, 1)]])).not.toThrow();
    const typed = [Uint8Array.of(0, 1), Uint8Array.of(1)];
    expect(() => new RepeatInnotation([MultiClassInnotation, typed, { name: 'kind' }])).toThrow(
      /MultiClassInnotation kind: sample 1 has 1 rows, and sample 0 has 2; typed arrays cannot grow/,
    );
    const tensor = { data: new Uint8Array(3), shape: [3, 1] };
    const kind = [MultiClassInnotation, tensor, { classes: ['x'] }] as const;
    expect(() => scene([[[...a], [...b]], [], []], {}, [kind])).toThrow(
      /BoundingBoxInnotation box: a sample has 2 rows, and another column of the repeat has room for 1/,
    );
    expect(() => scene([[[...a], [1, 2]], [], []])).toThrow(
      /BoundingBoxInnotation box_1: row 1 of sample 0 must have 4 values like the others, not 2/,
    );
  });
});

test('M4: classes are inferred over all rows and repeats', () => {
  const repeat = new RepeatInnotation([
    MultiClassInnotation,
    [
      [0, 0],
      [0, 3],
    ],
    { name: 'c' },
  ]);
  const [first] = repeat.children as readonly MultiClassInnotation[];
  expect(first?.classes).toEqual(['0', '1', '2', '3']);
  expect(() => new RepeatInnotation([MultiClassInnotation, [[0, 0]], { name: 'c' }])).toThrow(
    /MultiClassInnotation c: the data has a single class value/,
  );
});

test('M4: words fewer than the data needs', () => {
  expect(() => new MultiClassInnotation([0, 2], { name: 'c', classes: ['a', 'b'] })).toThrow(
    /MultiClassInnotation c: classes has 2 words, and the data needs 3/,
  );
});

test('tensors in repeats: (n,r,4) and (n,r) write to the same memory', () => {
  const data = new Int32Array(2 * 3 * 4);
  const repeat = new RepeatInnotation([BoundingBoxInnotation, { data, shape: [2, 3, 4] }]);
  const [, second] = repeat.children as readonly BoundingBoxInnotation[];
  second?.write(1, [1, 2, 3, 4]);
  expect([...data.slice(16, 20)]).toEqual([1, 2, 3, 4]);
  expect([repeat.length, repeat.shownRows(1)]).toEqual([2, 2]);
});

test('G3: groups in groups and repeats in groups are one tree', () => {
  const repeat = new RepeatInnotation([TextInnotation, words(2, 1), { name: 'w' }]);
  const inner = new GroupedInnotation(new TextInnotation(['a', 'b'], { name: 't' }), repeat);
  const view = new Innotater(null, new GroupedInnotation(inner, { desc: 'All', layout: { width: 300 } }));
  expect([view.length, names(inner)]).toEqual([2, ['t', 'data1']]);
});
