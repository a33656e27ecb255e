import { describe, expect, it } from 'vitest';
import { BoundingBoxInnotation } from '../../../src/innotations/bounding-box-innotation.js';
import { copiedBoxes } from '../../../src/innotations/box-choices.js';
import { isBlankTarget } from '../../../src/innotations/edit-target.js';
import { GroupedInnotation } from '../../../src/innotations/grouped-innotation.js';
import { ImageBoxes } from '../../../src/innotations/image-boxes.js';
import { MultiClassInnotation } from '../../../src/innotations/multi-class-innotation.js';

/** What the second sample takes from the first. */
const copied = (classes: readonly number[], disabled = false) => {
  const box = new BoundingBoxInnotation([
    [1, 2, 3, 4],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ]);
  const words = ['cat', 'dog', 'owl'];
  const breed = new MultiClassInnotation([...classes], { classes: words, disabled });
  new GroupedInnotation(box, breed, { disabled: false });
  const boxes = new ImageBoxes();
  boxes.add(box);
  const [first] = copiedBoxes(boxes, 0, 1, { width: 50, height: 50 });
  expect(first!.target).toBe(box);
  expect(first!.value).toEqual([1, 2, 3, 4]);
  return first!.chosen === null ? null : [first!.chosen.target === breed, first!.chosen.value];
};

describe('a box copied from the sample before takes its class along', () => {
  it('where none is chosen here', () => {
    expect(copied([2, -1, 1])).toEqual([true, 2]);
    expect(copied([2, 0, 1])).toEqual([true, 2]);
  });

  it('class 0 is copied where the data writes unset classes', () => {
    expect(copied([0, -1, 1])).toEqual([true, 0]);
  });

  it('not over a class that was chosen: any but 0, and 0 where the data writes unset classes', () => {
    expect(copied([2, 1, 0])).toBeNull();
    expect(copied([2, 0, -1])).toBeNull();
  });

  it('not into a disabled class', () => {
    expect(copied([2, -1, 1], true)).toBeNull();
  });
});

it('class 0 is a choice where the data writes unset classes, else blank', () => {
  const told = new MultiClassInnotation([0, -1], { classes: ['cat', 'dog'], disabled: false });
  const untold = new MultiClassInnotation([0, 1], { classes: ['cat', 'dog'], disabled: false });
  expect([isBlankTarget(told, 0), isBlankTarget(told, 1)]).toEqual([false, true]);
  expect([isBlankTarget(untold, 0), isBlankTarget(untold, 1)]).toEqual([true, false]);
});
