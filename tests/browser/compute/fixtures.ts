import type { Band, EncodedImage, PixelRect, RgbaPixels } from '../../../src/kernels/index.js';

const folder = '/tests/fixtures/images/';

export type ExpectedImage = {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
};

/** A file of tests/fixtures/images as a blob without a type or name. */
export const fixtureBlob = async (name: string): Promise<Blob> =>
  new Blob([await (await fetch(folder + name)).arrayBuffer()]);

export const fixtureImage = async (name: string): Promise<EncodedImage> => ({
  id: name,
  blob: await fixtureBlob(name),
});

/** What PIL read from each image. */
export const expectedImages = async (): Promise<ReadonlyMap<string, ExpectedImage>> => {
  const list: Record<string, { width: number; height: number; rgba: string }> = await (
    await fetch(`${folder}expected.json`)
  ).json();
  const images = new Map<string, ExpectedImage>();
  for (const [name, { width, height, rgba }] of Object.entries(list)) {
    images.set(name, { width, height, rgba: new Uint8Array(await (await fixtureBlob(rgba)).arrayBuffer()) });
  }
  return images;
};

/** A part of an expectation. */
export const cropOf = (image: ExpectedImage, { x, y, width, height }: PixelRect): Uint8Array => {
  const rgba = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * image.width + x) * 4;
    rgba.set(image.rgba.subarray(from, from + width * 4), row * width * 4);
  }
  return rgba;
};

/** The largest difference of any byte; throws when the sizes differ. */
export const largestDifference = (pixels: RgbaPixels, wanted: Uint8Array): number => {
  if (pixels.rgba.length !== wanted.length)
    throw new Error(`${pixels.rgba.length} bytes instead of ${wanted.length}`);
  let most = 0;
  for (let at = 0; at < wanted.length; at++) {
    most = Math.max(most, Math.abs(pixels.rgba[at]! - wanted[at]!));
  }
  return most;
};

/** Area averages by a loop of its own, over opaque pixels: each colour within the rounding of one step. */
export const averaged = (image: ExpectedImage, level: number): Uint8Array => {
  const square = 2 ** level;
  const [width, height] = [Math.ceil(image.width / square), Math.ceil(image.height / square)];
  const out = new Uint8Array(width * height * 4);
  for (let at = 0; at < out.length; at++) {
    const [channel, pixel] = [at % 4, Math.floor(at / 4)];
    const [left, top] = [(pixel % width) * square, Math.floor(pixel / width) * square];
    let sum = 0;
    let count = 0;
    for (let y = top; y < Math.min(image.height, top + square); y++) {
      for (let x = left; x < Math.min(image.width, left + square); x++) {
        sum += image.rgba[(y * image.width + x) * 4 + channel]!;
        count += 1;
      }
    }
    out[at] = Math.round(sum / count);
  }
  return out;
};

/** A grey band of one value. */
export const grey = (width: number, rows: number, value = 9): Band => ({
  data: new Uint8Array(width * rows).fill(value),
  dtype: 'u8',
  width,
  rows,
  recipe: { layout: 'interleaved', channels: 1, order: 'RGB', affine: null },
});
