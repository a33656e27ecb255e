import { rect } from '../../../src/geometry/index.js';
import type { Color, Picture } from '../../../src/paint/index.js';
import { createRenderer, type Renderer } from '../../../src/render/index.js';

export const white: Color = [1, 1, 1, 1];
export const black: Color = [0, 0, 0, 1];
export const clear: Color = [0, 0, 0, 0];

/** Straight RGBA rows from the top, and a way to look at one pixel. */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
};

export const pixelAt = (pixels: Pixels, x: number, y: number): number[] =>
  Array.from(pixels.rgba.subarray((y * pixels.width + x) * 4, (y * pixels.width + x) * 4 + 4));

/** What is on a WebGL canvas; only right in the task in which it was drawn. Premultiplied, as the buffer is. */
export const readCanvas = (canvas: HTMLCanvasElement): Pixels => {
  const gl = canvas.getContext('webgl2')!;
  const { width, height } = canvas;
  const flipped = new Uint8Array(width * height * 4);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, flipped);
  const rgba = new Uint8ClampedArray(flipped.length);
  for (let y = 0; y < height; y += 1) {
    rgba.set(flipped.subarray((height - 1 - y) * width * 4, (height - y) * width * 4), y * width * 4);
  }
  return { width, height, rgba };
};

/** The largest difference of any channel, and how many pixels differ by more than `threshold`. */
export const compare = (
  a: Pixels,
  b: Pixels,
  threshold = 0,
): { readonly largest: number; readonly count: number } => {
  if (a.width !== b.width || a.height !== b.height) return { largest: 255, count: a.width * a.height };
  let largest = 0;
  let count = 0;
  for (let i = 0; i < a.rgba.length; i += 4) {
    let differs = 0;
    for (let c = i; c < i + 4; c += 1) differs = Math.max(differs, Math.abs(a.rgba[c]! - b.rgba[c]!));
    largest = Math.max(largest, differs);
    if (differs > threshold) count += 1;
  }
  return { largest, count };
};

/** Draws on a canvas of its own at `scale` device px per CSS px and reads it back. `prepare` uploads tiles. */
export const drawn = (
  width: number,
  height: number,
  scale: number,
  picture: Picture,
  options: { readonly background?: Color; readonly prepare?: (renderer: Renderer) => void } = {},
): Pixels => {
  const renderer = createRenderer(document.createElement('canvas'));
  try {
    renderer.resize(
      { width, height },
      { width: Math.round(width * scale), height: Math.round(height * scale) },
    );
    options.prepare?.(renderer);
    renderer.draw(picture, options.background ?? white);
    return readCanvas(renderer.canvas);
  } finally {
    renderer.dispose();
  }
};

/** A canvas 2D of the same size, as an independent painter. */
export const painted = (
  width: number,
  height: number,
  paint: (context: CanvasRenderingContext2D) => void,
  background = '#fff',
): Pixels => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  paint(context);
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
};

/** A tile whose texel (x, y) is what `color` answers, straight RGBA bytes. */
export const tileOf = (
  width: number,
  height: number,
  color: (x: number, y: number) => readonly [number, number, number, number],
) => {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rgba.set(color(x, y), (y * width + x) * 4);
  }
  return { width, height, rgba };
};

export const assert = (condition: boolean, message: string): void => {
  if (!condition) throw new Error(message);
};

export const assertEqual = (actual: unknown, expected: unknown, what: string): void => {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`${what}: ${a} instead of ${e}`);
};

export const fullTile = (key: string, width: number, height: number, filter: 'nearest' | 'linear') =>
  ({
    tag: 'tile',
    key,
    source: rect(0, 0, width, height),
    target: rect(0, 0, width, height),
    filter,
    opacity: 1,
  }) as const;
