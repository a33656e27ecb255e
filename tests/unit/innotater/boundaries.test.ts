import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  BoxLayerInnotation,
  ButtonInnotation,
  configure,
  GroupedInnotation,
  ImageInnotation,
  Innotater,
  Innotation,
  MultiClassInnotation,
  RepeatInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { imageColumn } from '../../../src/innotations/image-column.js';
import { center, Driver } from '../ui/drive.js';
import { deferred, modelOf, settled, stageOf } from './support.js';

const view = (options: unknown) => () =>
  new Innotater(new TextInnotation(['a', 'b', 'c']), null, options as never);
const make =
  (Class: new (...given: never[]) => unknown, ...given: readonly unknown[]) =>
  () =>
    new Class(...(given as never[]));

describe('what does not fit is refused at construction, by name, with what would be right', () => {
  const image = (options: object) => make(ImageInnotation, ['a.png'], { name: 'photo', ...options });
  const classes = (given: unknown) => make(MultiClassInnotation, [0, 1], { name: 'kind', classes: given });
  const cases: [string, () => unknown, RegExp][] = [
    [
      'a width in words',
      image({ width: '300px' }),
      /ImageInnotation photo: width .* CSS px above 0, not "300px"; write width: 300/,
    ],
    ['a width that is no number', image({ width: Number.NaN }), /photo: width must .* not NaN$/],
    ['a width below 0', image({ width: -5 }), /photo: width must .* not -5$/],
    ['no height at all', image({ height: 0 }), /photo: height must .* not 0$/],
    [
      'a height without end',
      image({ height: Number.POSITIVE_INFINITY }),
      /photo: height must .* not Infinity$/,
    ],
    [
      'one file name',
      make(ImageInnotation, 'hello.png', { name: 'photo' }),
      /ImageInnotation photo: images must .* write \["hello.png"\]/,
    ],
    ['null for images', make(ImageInnotation, null), /ImageInnotation: images must come as a list/],
    ['options in words', make(TextInnotation, ['a'], 'note'), /Options must be an object, not "note"/],
    [
      'options of a button in words',
      make(ButtonInnotation, null, 'note'),
      /ButtonInnotation: options must be an object/,
    ],
    [
      'one word for classes',
      classes('abc'),
      /MultiClassInnotation kind: classes must be a list of words.* not "abc"/,
    ],
    [
      'classes by number',
      classes({ 0: 'a', 1: 'b' }),
      /MultiClassInnotation kind: classes must be a list of words/,
    ],
    [
      'a class without a word',
      classes(['a', null]),
      /MultiClassInnotation kind: classes\[1\] must be a word, not null/,
    ],
    [
      'one word for yes and no',
      make(BinaryClassInnotation, [0, 1], { classes: 'ab' }),
      /BinaryClassInnotation: classes must be a list/,
    ],
    [
      'a class that is none',
      make(MultiClassInnotation, [0, 1e9], { name: 'kind' }),
      /kind: the data has the class 1000000000; for more than 100000/,
    ],
    [
      'a class below -1',
      make(MultiClassInnotation, [0, -2], { name: 'kind' }),
      /kind: row 1 must be the number of a class.*not -2/,
    ],
    [
      'a box of the wrong size',
      make(BoundingBoxInnotation, [[1, 2]], { name: 'bx' }),
      /^BoundingBoxInnotation bx: boxes must/,
    ],
    [
      'a handler that is none',
      make(ButtonInnotation, null, { name: 'go', onClick: 'x' }),
      /ButtonInnotation go: onClick must be a function, not "x"/,
    ],
    [
      'a class by its name',
      make(RepeatInnotation, ['BoundingBox', [[]]], { name: 'rows' }),
      /RepeatInnotation rows: configuration 0 must begin with a class.*"BoundingBox"/,
    ],
    [
      'an array for a group',
      make(GroupedInnotation, [new TextInnotation(['a'])]),
      /GroupedInnotation: argument 0 is an array; write new GroupedInnotation\(a, b, …\)/,
    ],
    [
      'options of a group first',
      make(GroupedInnotation, { name: 'g' }, new TextInnotation(['a'])),
      /GroupedInnotation: argument 0/,
    ],
    ['options of a view in words', view('dark'), /Innotater: options must be an object, not "dark"/],
    ['a shortcut by a number', view({ shortcuts: { next: 5 } }), /shortcuts: next must be a key .* not 5/],
    [
      'a shortcut of every object',
      view({ shortcuts: { toString: 'x' } }),
      /shortcuts: there is no "toString"/,
    ],
    [
      'shortcuts that are none',
      view({ shortcuts: 'n' }),
      /shortcuts must be an object of keys by name, not "n"/,
    ],
    [
      'the key of another shortcut',
      view({ shortcuts: { next: 'p' } }),
      /shortcuts: "p" would be the key of both next and previous/,
    ],
    [
      'a view that is vertical in words',
      view({ vertical: 'no' }),
      /^vertical must be true or false, not no$/,
    ],
    ['keys in words', view({ keyboardShortcuts: 'x' }), /^keyboardShortcuts must be true or false, not x$/],
    ['a label by number', view({ label: 5 }), /^label must be a text, not 5$/],
    ['no theme', view({ theme: null }), /theme must be 'light', 'dark', 'auto' or a theme object, not null/],
    [
      'a theme with a colour in words',
      view({ theme: { accent: 'notacolor' } }),
      /theme.accent must be a colour \[red, green, blue, alpha\].* not "notacolor"/,
    ],
    [
      'a theme with a measure in words',
      view({ theme: { radiusPx: '3px' } }),
      /theme.radiusPx must be a number of CSS px/,
    ],
    ['a theme of no scheme', view({ theme: { scheme: 'sepia' } }), /theme.scheme must be 'light' or 'dark'/],
  ];
  for (const [name, action, message] of cases) {
    test(name, () => {
      expect(action).toThrow(message);
      expect(action).toThrow(expect.objectContaining({ name: 'InnotaterError', code: 'data' }));
    });
  }

  const fetchedBy = (length: unknown, more = {}) => ({ length, get: async () => 1, ...more });

  test('targets of a source that is fetched: what is edited in place must be in memory', () => {
    const targets = [
      make(MultiClassInnotation, fetchedBy(2), { name: 'kind', classes: ['a', 'b'] }),
      make(BinaryClassInnotation, fetchedBy(2), { name: 'kind' }),
      make(BoundingBoxInnotation, fetchedBy(2), { name: 'kind' }),
    ];
    for (const target of targets) {
      expect(target).toThrow(/ kind: data is edited in place .* not an asynchronous source .* Promise\.all/);
    }
    const column = fetchedBy(2, { read: async () => [0, 1] });
    expect(make(MultiClassInnotation, column)).toThrow(
      /not an asynchronous .*array that await source\.read\(\) makes/,
    );
    expect(make(RepeatInnotation, [MultiClassInnotation, column, { name: 'k' }])).toThrow(
      /MultiClassInnotation k: data/,
    );
    const pixels = { data: [0, 1], shape: [2], get: () => 0 };
    expect(make(MultiClassInnotation, pixels)).not.toThrow();
  });

  test('a length that is none', () => {
    for (const length of [Number.NaN, -1, 2.5, '3', Number.POSITIVE_INFINITY, undefined, null]) {
      for (const Class of [ImageInnotation, TextInnotation, BoxLayerInnotation]) {
        const found = typeof length === 'string' ? JSON.stringify(length) : length;
        const message = `${Class.kind} far: length of the data must be a whole number from 0, not ${found}`;
        expect(make(Class, fetchedBy(length), { name: 'far' })).toThrow(message);
      }
    }
    expect(make(ImageInnotation, { length: 2.5, 0: 'a.png' })).toThrow(/whole number from 0, not 2.5/);
    class Own extends Innotation {
      readonly kind = 'Own';
      readonly length = Number.NaN;
      build() {}
    }
    expect(() => new Innotater(new Own({ name: 'own' }), null)).toThrow(/Own own: length of the data .* NaN/);
  });

  test('what has to be waited for, or made an array, says so', () => {
    const promise = Promise.resolve(['a']);
    expect(make(TextInnotation, promise)).toThrow(
      'No data argument found; the first argument is a Promise; write await before it',
    );
    expect(make(ImageInnotation, { data: promise })).toThrow(
      /images must come .* not a Promise; write await/,
    );
    expect(make(TextInnotation, { data: promise })).toThrow(/not a Promise; write await/);
    expect(make(ImageInnotation, new Set(['a.png']))).toThrow(/a Set; \[\.\.\.set\] makes an array/);
    for (const Class of [ImageInnotation, TextInnotation, MultiClassInnotation, BoxLayerInnotation]) {
      expect(make(Class, new Map([[0, 'a']]))).toThrow(/a Map; \[\.\.\.map\.values\(\)\] makes an array/);
    }
  });

  test('classes in a repeat are called by their own names, however they were shortened', () => {
    for (const Class of [
      BoundingBoxInnotation,
      MultiClassInnotation,
      BinaryClassInnotation,
      TextInnotation,
    ]) {
      const { name } = Class;
      Object.defineProperty(Class, 'name', { value: 'ke' });
      try {
        expect(make(RepeatInnotation, [Class, [1, 2], { name: 'rows' }])).toThrow(
          new RegExp(`^${name} rows: data in repeats needs a second axis`),
        );
      } finally {
        Object.defineProperty(Class, 'name', { value: name });
      }
    }
  });

  test('mount without an element', () => {
    for (const host of [null, undefined, '#view', {}]) {
      expect(() => view({})().mount(host as never)).toThrow(/mount\(host\) needs an element of the page/);
    }
  });

  test('what is as good as absent is taken', () => {
    expect(view(null)).not.toThrow();
    expect(image({ width: null, height: undefined })).not.toThrow();
    expect(
      view({ shortcuts: { next: 'p', previous: 'n' }, theme: { scheme: 'dark', accent: [1, 0, 0, 1] } }),
    ).not.toThrow();
  });

  test('numbers are words for classes', () => {
    const kind = new MultiClassInnotation([0, 1], { classes: [10, 20] as never });
    expect(kind.classes).toEqual(['10', '20']);
    expect(new MultiClassInnotation([0], { classes: Int8Array.of(3) as never }).classes).toEqual(['3']);
  });

  test('a row of a list of images without an entry is named with its innotation', () => {
    const column = imageColumn([null as never], () => 'ImageInnotation photo');
    const asked = () => column.entry(0, new AbortController().signal);
    expect(asked).toThrow(/^ImageInnotation photo: sample 0 has no image/);
  });
});

describe('warnings in the console', () => {
  afterEach(() => vi.restoreAllMocks());
  const warnings = async (action: () => unknown) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    warn.mockClear();
    action();
    // Told once their code is there, which is in the task after it at the latest.
    await import('../../../src/innotations/nearest-name.js');
    await new Promise((resolve) => setTimeout(resolve));
    return warn.mock.calls.map(([message]) => message);
  };

  test('options that nothing reads, once, with the name that was meant', async () => {
    const build = () => {
      new MultiClassInnotation([0, 1], { name: 'kind', dropDown: true, Classes: ['a', 'b'] } as never);
      return view({ save_hook: null, savehook: null, colour: 'red' })();
    };
    expect(await warnings(build)).toEqual([
      'MultiClassInnotation kind: Unknown option "dropDown"; did you mean "dropdown"?',
      'MultiClassInnotation kind: Unknown option "Classes"; did you mean "classes"?',
      'Innotater: Unknown option "save_hook"; did you mean "saveHook"?',
      'Innotater: Unknown option "savehook"; did you mean "saveHook"?',
      expect.stringMatching(/^Innotater: Unknown option "colour"; there are indexes, keyboardShortcuts/),
    ]);
    expect(await warnings(build)).toEqual([]);
  });

  test('settings of the page that nothing reads', async () => {
    expect(await warnings(() => configure({ workerURL: '/w.js' } as never))).toEqual([
      'innotater: configure: Unknown option "workerURL"; there are workerUrl, sourcesWorkerUrl, createWorker, maxWorkers',
    ]);
    expect(() => configure('/w.js' as never)).toThrow(
      /configure needs an object of workerUrl, .* not \/w\.js/,
    );
    for (const maxWorkers of [-1, Number.NaN, 'many', {}]) {
      expect(() => configure({ maxWorkers } as never)).toThrow(/maxWorkers must be a number from 0, not /);
    }
    expect(await warnings(() => configure({}))).toEqual([]);
  });

  test('one for all rows of a repeat, none for what is known', async () => {
    const rows = { name: 'row', multiLine: true } as never;
    expect(await warnings(() => new RepeatInnotation([TextInnotation, [['a', 'b']], rows]))).toHaveLength(1);
    expect(
      await warnings(() => {
        new RepeatInnotation([TextInnotation, [['a']], { multiline: false, layout: {}, disabled: true }], {
          minRepeats: 1,
          maxRepeats: 1,
        });
        new ImageInnotation(['a'], {
          path: 'x/',
          transform: (entry) => entry,
          channels: 'auto',
          colorspace: 'RGB',
        });
      }),
    ).toEqual([]);
  });

  test('theme entries that there are not', async () => {
    expect(await warnings(view({ theme: { accnt: 5 } }))).toEqual([
      'Innotater theme: Unknown option "accnt"; did you mean "accent"?',
    ]);
  });

  test('X1: indexes that look like a mask', async () => {
    expect(await warnings(view({ indexes: [1, 0] }))).toEqual([]);
    const built = await warnings(() => expect(view({ indexes: new Uint8Array([1, 0, 1]) })().length).toBe(3));
    expect(built).toEqual([expect.stringMatching(/taken as the rows 0 and 1. A mask is a list of booleans/)]);
  });
});

test('U1: an asynchronous button is disabled on its own sample alone, and one press is one run', async () => {
  const done = deferred<boolean>();
  const calls: number[] = [];
  const onClick = (uindex: number) => {
    calls.push(uindex);
    return done.promise;
  };
  const button = new ButtonInnotation(null, { name: 'go', onClick });
  const { model } = modelOf(new TextInnotation(['a', 'b']), button);
  const stage = stageOf(model);
  const driver = new Driver((ui) => button.build(ui, stage));
  const at = center(driver.find('button', 'go'));
  driver.click(at);
  driver.click(at);
  await settled();
  driver.frame();
  expect([calls, driver.find('button', 'go').disabled]).toEqual([[0], true]);
  model.go(1);
  driver.frame();
  expect(driver.find('button', 'go').disabled).toBe(false);
  driver.click(at);
  await settled();
  expect(calls).toEqual([0, 1]);
  done.resolve(true);
  await settled();
  driver.frame();
  expect([driver.find('button', 'go').disabled, model.dirty.uindexes]).toEqual([false, [0, 1]]);
});
