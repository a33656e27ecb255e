import { executeServerCommand } from '@web/test-runner-commands';
import type { Scene } from './scene.js';

type Read = { readonly base64: string | null };

const base64Of = async (blob: Blob): Promise<string> => {
  let binary = '';
  for (const byte of new Uint8Array(await blob.arrayBuffer())) binary += String.fromCharCode(byte);
  return btoa(binary);
};

/** The pixels of a PNG as the file has them: straight RGBA. */
const pixelsOf = async (blob: Blob): Promise<ImageData> => {
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none' });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
};

const pngOf = (pixels: ImageData): Promise<Blob> => {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  canvas.getContext('2d')!.putImageData(pixels, 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
};

const write = async (path: string, blob: Blob): Promise<void> => {
  await executeServerCommand('write-picture', { path, base64: await base64Of(blob) });
};

/** What differs in red over the expected picture in grey, and by how much. */
const differenceOf = (actual: ImageData, expected: ImageData, channel: number) => {
  const picture = new ImageData(expected.width, expected.height);
  let [pixels, largest] = [0, 0];
  for (let i = 0; i < expected.data.length; i += 4) {
    let off = 0;
    for (let c = i; c < i + 4; c += 1) off = Math.max(off, Math.abs(actual.data[c]! - expected.data[c]!));
    const grey = 200 + expected.data[i + 1]! / 6;
    picture.data.set(off > channel ? [255, 0, 0, 255] : [grey, grey, grey, 255], i);
    largest = Math.max(largest, off);
    if (off > channel) pixels += 1;
  }
  return { picture, pixels, largest };
};

/**
 * Compares a picture with `expected.png` in the scene's folder. Throws where it is missing or differs by more than the tolerance, and then
 * writes `actual.png` and `difference.png` beside it. With UPDATE_PICTURES=1 it writes `expected.png` instead.
 */
export const compareWithPicture = async (
  folder: string,
  actualPng: Blob,
  tolerance: Scene['tolerance'],
): Promise<void> => {
  const { update } = await executeServerCommand<{ update: boolean }, object>('update-pictures', {});
  if (update) return write(`${folder}/expected.png`, actualPng);
  const { base64 } = await executeServerCommand<Read, object>('read-picture', {
    path: `${folder}/expected.png`,
  });
  if (base64 === null) {
    await write(`${folder}/actual.png`, actualPng);
    throw new Error(`${folder}/expected.png is missing. Look at actual.png; UPDATE_PICTURES=1 accepts it.`);
  }
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const expected = await pixelsOf(new Blob([bytes], { type: 'image/png' }));
  const actual = await pixelsOf(actualPng);
  if (actual.width !== expected.width || actual.height !== expected.height) {
    await write(`${folder}/actual.png`, actualPng);
    throw new Error(
      `${folder} is ${actual.width}×${actual.height} px; its picture is ${expected.width}×${expected.height}.`,
    );
  }
  const { picture, pixels, largest } = differenceOf(actual, expected, tolerance.channel);
  if (pixels <= tolerance.pixels) return;
  await write(`${folder}/actual.png`, actualPng);
  await write(`${folder}/difference.png`, await pngOf(picture));
  throw new Error(
    `${folder}: ${pixels} pixels are off by more than ${tolerance.channel} (the largest by ${largest}), ${tolerance.pixels} may be. See actual.png and difference.png.`,
  );
};
