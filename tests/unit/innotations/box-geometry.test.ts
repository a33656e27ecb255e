import { describe, expect, it } from 'vitest';
import { movedBox, stretchedBox } from '../../../src/innotations/box-adjust.js';
import { boxInImage } from '../../../src/innotations/box-geometry.js';
import { parseBox } from '../../../src/innotations/box-text.js';

const image = { width: 640, height: 480 };

describe('boxes that do not lie on their image', () => {
  it('B3: are cut to it; those inside are left as they are', () => {
    expect(boxInImage([440, 290, 900, 900], image)).toEqual([440, 290, 200, 190]);
    expect(boxInImage([-10, -20, 30, 40], image)).toEqual([0, 0, 20, 20]);
    expect(boxInImage([99_999, 99_999, 5, 5], image)).toEqual([640, 480, 0, 0]);
    expect(boxInImage([0, 0, 640, 480], image)).toEqual([0, 0, 640, 480]);
    expect(boxInImage([0, 0, 0, 0], image)).toEqual([0, 0, 0, 0]);
  });
  it('B8: moved or sized by a key, they come to lie on it, no larger than it is', () => {
    expect(movedBox([440, 290, 900, 900], 1, 0, image)).toEqual([0, 0, 640, 480]);
    expect(movedBox([700, 500, 20, 30], 1, 0, image)).toEqual([620, 450, 20, 30]);
    expect(movedBox([10, 20, 30, 40], 1, -1, image)).toEqual([11, 19, 30, 40]);
    expect(stretchedBox([-10, 10, 50, 900], 1, 0, image)).toEqual([0, 10, 41, 470]);
    expect(stretchedBox([700, 500, 20, 30], 1, 1, image)).toEqual([639, 479, 1, 1]);
    expect(stretchedBox([10, 20, 30, 40], 1, -1, image)).toEqual([10, 20, 31, 39]);
  });
});

it('T2: full-width digits, commas and blanks are read', () => {
  expect(parseBox('１，２　３０、４０'.replace('、', '，'))).toEqual([1, 2, 30, 40]);
  expect(parseBox('1;2;3;4')).toBeNull();
});
