import { seededRandom } from './random.js';

const [width, height] = [360, 270];

/** Up to this many discs are on a picture. */
export const mostDiscs = 5;

/** Draws the picture of a sample: some discs that do not touch, on a ground of another hue. */
export const drawDiscs = (uindex: number): ImageData => {
  const random = seededRandom(uindex);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  const hue = 360 * random();
  const ground = context.createLinearGradient(0, 0, width, height);
  ground.addColorStop(0, `hsl(${hue} 45% 30%)`);
  ground.addColorStop(1, `hsl(${hue + 60} 50% 18%)`);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  const count = Math.floor(random() * (mostDiscs + 1));
  const places = [0, 1, 2, 3, 4, 5].sort(() => random() - 0.5).slice(0, count);
  for (const place of places) {
    const x = (place % 3) * 120 + 60 + 16 * (random() - 0.5);
    const y = Math.floor(place / 3) * 135 + 67 + 20 * (random() - 0.5);
    context.fillStyle = `hsl(${hue + 160 + 60 * random()} 75% ${55 + 20 * random()}%)`;
    context.beginPath();
    context.arc(x, y, 20 + 28 * random(), 0, 2 * Math.PI);
    context.fill();
  }
  return context.getImageData(0, 0, width, height);
};
