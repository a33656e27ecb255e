import type { ImageEntry } from 'innotater';
import { photoPixels, photos } from './photos.js';
import { seededRandom } from './random.js';

const urls = photos(
  'coffee.jpg',
  'china.jpg',
  'flower.jpg',
  'coins.png',
  'rocket.jpg',
  'cat.webp',
  'tissue.jpg',
);
const [width, height] = [480, 360];

/** How many pairs there are. */
export const pairCount = urls.length * 4;

const original = (pair: number): Promise<ImageData> => photoPixels(urls[pair % urls.length]!, width, height);

/** Mirrors a square of the picture in place, left to right. */
const mirrorSquare = ({ data }: ImageData, left: number, top: number, size: number): void => {
  const pixels = new Uint32Array(data.buffer);
  for (let y = top; y < top + size; y++) {
    pixels.subarray(y * width + left, y * width + left + size).reverse();
  }
};

/** One column of pictures: `get` gives the pixels of a pair's picture when it is shown. */
const column = (get: (pair: number) => Promise<ImageData>) => ({ length: pairCount, get });

/** Photographs on the left; on the right the same, in about half of the pairs with a square of it mirrored. */
export const pairs = {
  left: column(original),
  right: column(async (pair) => {
    const random = seededRandom(pair);
    const pixels = await original(pair);
    if (random() < 0.5) return pixels;
    const size = 80 + Math.floor(40 * random());
    const near = (middle: number) => Math.floor(middle - size / 2 + 60 * (random() - 0.5));
    mirrorSquare(pixels, near(width / 2), near(height / 2), size);
    return pixels;
  }),
};

/** The middle quarter of a pair's picture: the transform of the close-ups. */
export const middle = async (entry: ImageEntry): Promise<ImageData> => {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.putImageData(entry as ImageData, 0, 0);
  return context.getImageData(width / 4, height / 4, width / 2, height / 2);
};
