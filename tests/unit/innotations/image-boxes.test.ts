import { expect, test } from 'vitest';
import type { BoxValue } from '../../../src/dataset/index.js';
import { rect } from '../../../src/geometry/index.js';
import { BoundingBoxInnotation } from '../../../src/innotations/bounding-box-innotation.js';
import type { ImageBox, Stage } from '../../../src/innotations/contract.js';
import { ImageBoxes } from '../../../src/innotations/image-boxes.js';

const values = Array.from({ length: 500 }, (_, i): BoxValue => [i % 50, Math.floor(i / 50), 2, 2]);
const place = {
  stage: { uindex: 0 } as Stage,
  image: { width: 60, height: 60 },
  frame: rect(0, 0, 60, 60),
  view: { scale: 1, x: 0, y: 0 },
};

/** Numbers of the boxes that have elements while one of five hundred is active. */
const mirrored = (active: number) => {
  const boxes = new ImageBoxes();
  const all = values.map((value) => new BoundingBoxInnotation([[...value]]) as unknown as ImageBox);
  for (const box of all) boxes.add(box);
  boxes.activate(all[active]!);
  const elements = boxes.semantics(
    place,
    null,
    ([x, y, width, height]) => rect(x, y, width, height),
    (key) => key,
  );
  return {
    numbers: elements.map(({ rect: at }) => at.x + 50 * at.y),
    pressed: elements.filter(({ pressed }) => pressed).map(({ rect: at }) => at.x + 50 * at.y),
  };
};

test('of many boxes two hundred have elements: the active one, and those nearest to it in order', () => {
  for (const [active, first] of [
    [0, 0],
    [99, 0],
    [250, 150],
    [499, 300],
  ] as const) {
    const { numbers, pressed } = mirrored(active);
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, i) => first + i));
    expect(pressed).toEqual([active]);
  }
});
