import { describe, expect, it } from 'vitest';
import { BoundingBoxInnotation } from '../../../src/innotations/bounding-box-innotation.js';
import { ImageBoxes } from '../../../src/innotations/image-boxes.js';
import { RepeatInnotation } from '../../../src/innotations/repeat-innotation.js';

/** Rows of one sample, the first half of them drawn, and how often one of them was looked into. */
const counted = (rows: number) => {
  const count = { looks: 0 };
  const box = (i: number) => (i < rows / 2 ? [i, 2, 3, 4] : [0, 0, 0, 0]);
  const sample = Array.from({ length: rows }, (_, i) => box(i));
  const watched = new Proxy(sample, {
    get: (target, key, receiver) => {
      count.looks += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  return { count, data: [watched] };
};

const looksForBoxes = (rows: number): number => {
  const { count, data } = counted(rows);
  const repeat = new RepeatInnotation([BoundingBoxInnotation, data, { name: 'box' }], { maxRepeats: rows });
  const boxes = new ImageBoxes();
  for (const child of repeat.children) boxes.add(child as BoundingBoxInnotation);
  count.looks = 0;
  expect(boxes.own(0)).toHaveLength(rows / 2);
  return count.looks;
};

describe('many rows in a repeat', () => {
  it('which boxes an image has is found in one pass over its rows: four times the rows, at most five times the looks', () => {
    expect(looksForBoxes(800)).toBeLessThan(5 * looksForBoxes(200));
  });
});
