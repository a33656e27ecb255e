import { photoPixels } from './photos.js';

/** Means and deviations that vision networks are commonly trained with, red, green, blue, on the scale of 0 to 1. */
export const mean = [0.485, 0.456, 0.406] as const;
export const std = [0.229, 0.224, 0.225] as const;

const luma = (r: number, g: number, b: number) => 0.299 * r + 0.587 * g + 0.114 * b;

/** What a tensor's value is, from the red, green and blue (0…255) of its pixel. */
type Value = (rgb: readonly [number, number, number], channel: number) => number;
type Memory = Uint8Array | Float32Array;

/** Fills `into`, whose sample i starts at i·size·size·channels, pixel by pixel or plane by plane. */
const fill = (
  into: Memory,
  images: readonly ImageData[],
  channels: number,
  planar: boolean,
  value: Value,
): void => {
  images.forEach(({ data }, i) => {
    const pixels = data.length / 4;
    const start = i * pixels * channels;
    for (let p = 0; p < pixels; p++) {
      const rgb = [data[4 * p]!, data[4 * p + 1]!, data[4 * p + 2]!] as const;
      for (let c = 0; c < channels; c++) {
        into[start + (planar ? c * pixels + p : p * channels + c)] = value(rgb, c);
      }
    }
  });
};

/** The same photographs, `size` × `size` pixels, in each of the memory layouts that libraries use. */
export const layouts = async (urls: readonly URL[], size: number) => {
  const images = await Promise.all(urls.map((url) => photoPixels(url, size, size)));
  const [n, pixels] = [urls.length, size * size];
  const interleaved = [n, size, size, 3];
  const planes = [n, 3, size, size];
  const tensor = <T extends Memory>(data: T, shape: number[], value: Value) => {
    const planar = shape === planes;
    fill(data, images, shape.length === 3 ? 1 : 3, planar, value);
    return { data, shape };
  };
  return {
    bgr: tensor(new Uint8Array(n * pixels * 3), interleaved, (rgb, c) => rgb[2 - c]!),
    rgb: tensor(new Uint8Array(n * pixels * 3), interleaved, (rgb, c) => rgb[c]!),
    grey: tensor(new Uint8Array(n * pixels), [n, size, size], (rgb) => Math.round(luma(...rgb))),
    channelFirst: tensor(new Uint8Array(n * pixels * 3), planes, (rgb, c) => rgb[c]!),
    floats: tensor(new Float32Array(n * pixels * 3), interleaved, (rgb, c) => rgb[c]! / 255),
    normalised: tensor(
      new Float32Array(n * pixels * 3),
      planes,
      (rgb, c) => (rgb[c]! / 255 - mean[c]!) / std[c]!,
    ),
  };
};
