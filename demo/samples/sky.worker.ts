import { seededRandom } from './random.js';
import type { SkySize } from './sky.js';

/** Side of the square of noise that is laid over the picture, shifted in every row of squares. */
const side = 512;
const starsAMegapixel = 300;

/** Sensor noise around 1,000, and a cloud that rises to some hundreds more along a band. */
const ground = ({ width, height }: SkySize, random: () => number): Uint16Array<ArrayBuffer> => {
  const noise = Int16Array.from(
    { length: side * side },
    () => 60 * (random() + random() + random() + random() - 2),
  );
  const across = Float32Array.from({ length: width }, (_, x) => Math.sin((5 * x) / width + 1));
  const data = new Uint16Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const along = Math.sin((4 * y) / height);
    const row = (y % side) * side;
    const shift = 131 * Math.floor(y / side);
    for (let x = 0; x < width; x++, i++) {
      const near = across[x]! - along;
      data[i] = 1000 + noise[row + ((x + shift) % side)]! + 900 / (1 + 9 * near * near);
    }
  }
  return data;
};

/** A star: a bell of light, cut off where it adds nothing, most of them faint. */
const addStar = (data: Uint16Array, { width, height }: SkySize, random: () => number): void => {
  const [cx, cy] = [random() * width, random() * height];
  const peak = 200 + 60_000 * random() ** 12;
  const sigma = 1.2 + 2.5 * random() * (peak / 60_000) + random();
  const reach = Math.ceil(sigma * Math.sqrt(2 * Math.log(peak)));
  for (let y = Math.max(0, Math.floor(cy) - reach); y <= Math.min(height - 1, cy + reach); y++) {
    for (let x = Math.max(0, Math.floor(cx) - reach); x <= Math.min(width - 1, cx + reach); x++) {
      const away = ((x - cx) ** 2 + (y - cy) ** 2) / (2 * sigma * sigma);
      const i = y * width + x;
      data[i] = Math.min(65_535, data[i]! + peak * Math.exp(-away));
    }
  }
};

addEventListener('message', ({ data: size }: MessageEvent<SkySize>) => {
  const random = seededRandom(size.seed);
  const data = ground(size, random);
  const stars = Math.round((size.width * size.height * starsAMegapixel) / 1e6);
  for (let i = 0; i < stars; i++) addStar(data, size, random);
  postMessage(data, { transfer: [data.buffer] });
});
