import { describe, expect, it } from 'vitest';
import { LastPictures } from '../../../src/innotater/last-pictures.js';

/** What is used of a canvas. */
const pictureOf = (width: number, height: number) => {
  const picture = {
    width,
    height,
    isOnPage: true,
    remove: () => {
      picture.isOnPage = false;
    },
  };
  return picture as typeof picture & HTMLCanvasElement;
};

describe('pictures of sleeping views', () => {
  it('are kept within their bytes, the longest asleep given up first', () => {
    const pictures = new LastPictures(1000);
    const [a, b, c] = [pictureOf(10, 10), pictureOf(10, 10), pictureOf(10, 10)];
    for (const one of [a, b, c]) pictures.keep(one);
    expect([a, b, c].map(({ isOnPage, width }) => [isOnPage, width])).toEqual([
      [false, 0],
      [true, 10],
      [true, 10],
    ]);
    expect([pictures.bytes, pictures.take(a), pictures.take(b), pictures.bytes]).toEqual([
      800,
      false,
      true,
      400,
    ]);
    pictures.drop(c);
    expect([pictures.bytes, c.isOnPage]).toEqual([0, false]);
  });

  it('that are too large for all of it are not kept', () => {
    const pictures = new LastPictures(1000);
    const large = pictureOf(100, 100);
    pictures.keep(large);
    expect([pictures.bytes, large.isOnPage]).toEqual([0, false]);
  });
});
