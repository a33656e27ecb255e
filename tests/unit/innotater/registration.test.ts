import { describe, expect, test } from 'vitest';
import {
  BinaryClassInnotation,
  BoundingBoxInnotation,
  ButtonInnotation,
  GroupedInnotation,
  ImageInnotation,
  Innotater,
  type Innotation,
  MultiClassInnotation,
  RepeatInnotation,
  TextInnotation,
} from '../../../src/innotater/index.js';
import { modelOf } from './support.js';

const images = (n = 3) => Array.from({ length: n }, (_, i) => `${i}.png`);
const boxes = (n = 3) => Array.from({ length: n }, () => [0, 0, 0, 0]);
const names = (innotations: readonly Innotation[]) => innotations.map(({ name }) => name);

test('importing and constructing works without any DOM', () => {
  expect('document' in globalThis).toBe(false);
  const view = new Innotater(new ImageInnotation(images()), new BoundingBoxInnotation(boxes()));
  expect([view.length, view.index, view.isDirty, view.canvas]).toEqual([3, 0, false, null]);
  expect(view.stats).toMatchObject({ frames: 0, textureBytes: 0, contexts: 0, workers: 0 });
  view.unmount();
  view.dispose();
  view.dispose();
});

test('C1: inputs and targets may be one, several or null', () => {
  const text = () => new TextInnotation(['a', 'b']);
  for (const [inputs, targets] of [
    [text(), null],
    [[text()], undefined],
    [null, [text()]],
    [[], text()],
  ] as const) {
    expect(new Innotater(inputs, targets).length).toBe(2);
  }
  expect(() => new Innotater(null, [])).toThrow(/No Innotation with data/);
  expect(() => new Innotater(['a.png'] as never, null)).toThrow(
    /inputs must be an Innotation.*entry 0 is a.png/,
  );
});

test('C2: the arrays of the caller are not touched', () => {
  const inputs = Object.freeze([new ImageInnotation(images(), { name: 'image' })]);
  const options = Object.freeze({ name: 'box' });
  const data = Array.from({ length: 3 }, () => boxes(4));
  const targets = Object.freeze([new RepeatInnotation([BoundingBoxInnotation, data, options])]);
  new Innotater(inputs, targets);
  expect([inputs.length, targets.length, options]).toEqual([1, 1, { name: 'box' }]);
});

test('R1: names default to data1, data2, …, without those taken; desc defaults to name', () => {
  const first = new TextInnotation(['a']);
  const second = new TextInnotation(['a'], { name: 'data2', desc: 'Words' });
  const third = new TextInnotation(['a']);
  new Innotater(first, [second, third]);
  expect(names([first, second, third])).toEqual(['data1', 'data2', 'data3']);
  expect([first.desc, second.desc]).toEqual(['data1', 'Words']);
});

test('R2: a duplicate name, groups included', () => {
  const text = () => new TextInnotation(['a'], { name: 'x' });
  expect(() => new Innotater(text(), text())).toThrow('Duplicate Innotation x');
  expect(() => new Innotater(text(), new GroupedInnotation(text()))).toThrow('Duplicate Innotation x');
});

test('R3: no rows, and unequal rows with both lengths', () => {
  expect(() => new Innotater(new TextInnotation([], { name: 't' }), null)).toThrow(
    'Innotation TextInnotation t has 0 data rows',
  );
  expect(() => new Innotater(new ImageInnotation(images(3)), new BoundingBoxInnotation(boxes(4)))).toThrow(
    'Innotations must all have same number of rows: ImageInnotation data1 has 3, BoundingBoxInnotation data2 has 4',
  );
});

test('R4: children of groups and repeats are length-checked at construction', () => {
  const image = () => new ImageInnotation(images(3));
  const grouped = new GroupedInnotation(new TextInnotation(['a', 'b']));
  expect(() => new Innotater(image(), grouped)).toThrow(/same number of rows.* 3, .* 2/);
  const two = Array.from({ length: 2 }, () => boxes(4));
  expect(() => new Innotater(image(), new RepeatInnotation([BoundingBoxInnotation, two]))).toThrow(
    /same number of rows/,
  );
});

test('R5: the sample count comes from the first innotation with data, at any depth', () => {
  const button = new ButtonInnotation(null, { desc: 'Reset' });
  const group = new GroupedInnotation(new ButtonInnotation(null), new TextInnotation(['a', 'b', 'c']));
  expect(new Innotater(button, group).length).toBe(3);
});

test('R6: data as argument or option, both, neither', () => {
  expect(new Innotater(new TextInnotation({ data: ['a', 'b'], name: 't' }), null).length).toBe(2);
  expect(() => new TextInnotation(['a'], { data: ['b'] })).toThrow(
    'data supplied both as position and keyword argument',
  );
  expect(() => new TextInnotation({ name: 't' })).toThrow('No data argument found');
});

test('R7: disabled in inputs, enabled in targets; an explicit option wins', () => {
  const [a, b] = [new TextInnotation(['a']), new TextInnotation(['a'])];
  const c = new TextInnotation(['a'], { disabled: false });
  const d = new TextInnotation(['a'], { disabled: true });
  new Innotater([a, c], [b, d]);
  expect([a, b, c, d].map(({ disabled }) => disabled)).toEqual([true, false, false, true]);
});

test('R8: children of a group in inputs are disabled as well, at any depth', () => {
  const flags = [new BinaryClassInnotation([true]), new BinaryClassInnotation([true], { disabled: false })];
  const other = new BinaryClassInnotation([true]);
  new Innotater(
    new GroupedInnotation(new GroupedInnotation(...flags)),
    new GroupedInnotation(other, { disabled: true }),
  );
  expect([...flags, other].map(({ disabled }) => disabled)).toEqual([true, false, true]);
});

describe('R9: where a box lies', () => {
  const image = (name: string) => new ImageInnotation(images(), { name });
  const box = (source?: string) =>
    new BoundingBoxInnotation(boxes(), source === undefined ? { name: 'box' } : { name: 'box', source });
  const text = new TextInnotation(['a', 'b', 'c'], { name: 'text' });

  test('the only image takes it', () => {
    const only = image('a');
    const own = box();
    new Innotater([only, text], own);
    expect(only.activeBox).toBe(own);
  });
  test('the named image takes it, in a group too', () => {
    const [a, b] = [image('a'), image('b')];
    const own = box('b');
    new Innotater(new GroupedInnotation(a, b), own);
    expect([a.activeBox, b.activeBox]).toEqual([null, own]);
  });
  test('three messages, each naming the innotation', () => {
    expect(() => new Innotater(image('a'), box('z'))).toThrow(
      /BoundingBoxInnotation box has source z, and no/,
    );
    expect(
      () => new Innotater([image('a'), new TextInnotation(['a', 'b', 'c'], { name: 'text' })], box('text')),
    ).toThrow(
      /BoundingBoxInnotation box has source text, which is a TextInnotation and not an ImageInnotation/,
    );
    expect(() => new Innotater([image('a'), image('b')], box())).toThrow(
      /BoundingBoxInnotation box needs a source: there is more than one ImageInnotation \(a, b\)/,
    );
    expect(() => new Innotater(null, box())).toThrow(
      /box needs an ImageInnotation to lie on, and there is none/,
    );
  });
});

test('R10: options that do not fit', () => {
  expect(() => new ImageInnotation(images(), { colorspace: 'GBR' as 'RGB' })).toThrow(
    "Parameter colorspace must be either 'RGB' or 'BGR'",
  );
  expect(() => new MultiClassInnotation([0, 0], { name: 'c' })).toThrow(
    /MultiClassInnotation c: the data has a single class value.*classes/,
  );
  const rows = Array.from({ length: 3 }, () => boxes(4));
  expect(() => new RepeatInnotation([BoundingBoxInnotation, rows], { minRepeats: 3, maxRepeats: 2 })).toThrow(
    /minRepeats \(3\) must not be greater than maxRepeats \(2\)/,
  );
});

test('X3: a mask is checked against the data also when inputs is empty', () => {
  expect(() => new Innotater(null, new TextInnotation(['a', 'b', 'c']), { indexes: [true, false] })).toThrow(
    'indexes as a boolean mask must have same len as the inputs',
  );
});

test('X5: index is the position shown, uindex the row', () => {
  const view = new Innotater(new TextInnotation(['a', 'b', 'c', 'd']), null, { indexes: [3, 1] });
  expect([view.length, view.index, view.uindex]).toEqual([2, 0, 3]);
  view.next();
  expect([view.index, view.uindex]).toEqual([1, 1]);
});

test('B9, G2: boxes lie on their image in order, single and grouped first, then rows, each once', () => {
  const rows = new RepeatInnotation([
    BoundingBoxInnotation,
    Array.from({ length: 3 }, () => boxes(2)),
    { name: 'r' },
  ]);
  const grouped = new BoundingBoxInnotation(boxes(), { name: 'g' });
  const single = new BoundingBoxInnotation(boxes(), { name: 's' });
  const attached: string[] = [];
  class Noting extends ImageInnotation {
    override attachBox(box: BoundingBoxInnotation): void {
      attached.push(box.name);
      super.attachBox(box);
    }
  }
  const { model } = modelOf(new Noting(images(), { name: 'i' }), [
    rows,
    new GroupedInnotation(grouped),
    single,
  ]);
  expect(attached).toEqual(['g', 's', 'r_0', 'r_1']);
  expect(
    names(model.registry.all.filter((innotation) => innotation.kind === 'BoundingBoxInnotation')),
  ).toEqual(['r_0', 'r_1', 'g', 's']);
});

test('the options of the view are checked', () => {
  const make = (options: object) => () => new Innotater(new TextInnotation(['a']), null, options);
  expect(make({ saveHook: 3 })).toThrow(/saveHook must be a function/);
  expect(make({ prefetch: -1 })).toThrow(/prefetch/);
  expect(make({ theme: 'blue' })).toThrow(/theme must be 'light', 'dark', 'auto'/);
  expect(make({ undoButtons: 'yes' })).toThrow(/undoButtons must be true or false, not yes/);
  expect(make({ memoryBudget: 0 })).toThrow(/memoryBudget/);
});

test('the same Innotations can be shown again by a later view', () => {
  const image = new ImageInnotation(images(), { name: 'image' });
  const box = new BoundingBoxInnotation(boxes());
  new Innotater(image, box).dispose();
  const view = new Innotater(image, box);
  expect([box.name, image.activeBox === box, view.length]).toEqual(['data1', true, 3]);
});
