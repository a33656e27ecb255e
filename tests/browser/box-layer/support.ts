import { BoxLayerInnotation, type BoxLayerOptions, ImageInnotation, type InnotaterOptions } from 'innotater';
import type { Innotation } from '../../../src/innotations/index.js';
import type { Shown } from '../boxes/support.js';
import { one, show } from '../innotater/support.js';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export const random = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const layerImage = { width: 600, height: 400 } as const;

/** Small boxes with whole coordinates all over the image, one every so often blank. */
export const seededBoxes = (count: number, seed: number) => {
  const next = random(seed);
  const boxes = new Float32Array(count * 4);
  for (let row = 0; row < count; row++) {
    const [w, h] = [3 + Math.floor(next() * 12), 3 + Math.floor(next() * 12)];
    const x = Math.floor(next() * (layerImage.width - w));
    const y = Math.floor(next() * (layerImage.height - h));
    boxes.set([x, y, w, h], row * 4);
  }
  return boxes;
};

export const grey = (count: number, shade = 90) =>
  Array.from({ length: count }, () => ({
    data: new Uint8Array(layerImage.width * layerImage.height).fill(shade),
    shape: [layerImage.height, layerImage.width],
  }));

/** A layer on one grey picture a sample, shown 1:1, mounted and drawn. */
export const showLayer = async (
  layer: BoxLayerInnotation,
  where: 'inputs' | 'targets' = 'targets',
  view: InnotaterOptions = {},
  others: readonly Innotation[] = [],
): Promise<Shown> => {
  const image = new ImageInnotation(grey(layer.length), { name: 'image' });
  const lists =
    where === 'inputs'
      ? { inputs: [image, layer], targets: others }
      : { inputs: [image], targets: [layer, ...others] };
  const mounted = await show([...lists.inputs], [...lists.targets], view);
  return { ...mounted, image: one(mounted.host, 'group', 'image') };
};

export const layerOf = (boxes: unknown, options: BoxLayerOptions = {}): BoxLayerInnotation =>
  new BoxLayerInnotation([boxes] as never, { name: 'cells', ...options });

/** Waits until it holds; fails by the runner's timeout otherwise. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
};
