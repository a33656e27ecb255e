import { createPixelPool, type PixelPool } from '../../../src/compute/index.js';
import { fitInFrame, type Rect, rect, type ScreenFromImage } from '../../../src/geometry/index.js';
import {
  createSampleImages,
  type ImageEntry,
  type ImageOptions,
  openImage,
  type SampleImages,
  type TileTextures,
} from '../../../src/images/index.js';
import type { RgbaPixels } from '../../../src/kernels/index.js';

/** Textures kept as pixels, so that a test can read what would be on screen. */
export class KeptTextures implements TileTextures {
  readonly held = new Map<string, RgbaPixels>();
  upload(key: string, pixels: RgbaPixels): void {
    this.held.set(key, pixels);
  }
  free(key: string): void {
    this.held.delete(key);
  }
  get bytes(): number {
    let sum = 0;
    for (const { rgba } of this.held.values()) sum += rgba.byteLength;
    return sum;
  }
}

export type Stand = {
  readonly images: SampleImages;
  readonly textures: KeptTextures;
  readonly pool: PixelPool;
  /** Paints at every redraw that is asked for, until the sample is sharp (or failed) and nothing is under way. */
  show(uindex: number, upcoming?: readonly number[], view?: ScreenFromImage): Promise<void>;
  /** The RGBA of the texel shown at a point of the canvas. */
  pixelAt(x: number, y: number): readonly number[];
  dispose(): void;
};

export const frame: Rect = rect(0, 0, 800, 600);

/** A column of entries over a real pool, painted once a frame as long as a redraw is wanted. */
export const stand = (
  entry: (uindex: number) => ImageEntry,
  options: ImageOptions = {},
  pool = createPixelPool({ maxWorkers: 2 }),
): Stand => {
  const textures = new KeptTextures();
  let wanted = true;
  const images = createSampleImages({
    key: 'stand',
    budget: () => 1 << 29,
    textures,
    redraw: () => {
      wanted = true;
    },
    open: (uindex, reading) => openImage(entry(uindex), pool, { ...options, ...reading, uindex }),
  });
  let picture: ReturnType<SampleImages['paint']> = { shapes: [], sharp: false, detail: [] };

  const paint = (uindex: number, view?: ScreenFromImage) => {
    wanted = false;
    const state = images.state(uindex);
    if (state.tag !== 'ready') return;
    picture = images.paint(view ?? fitInFrame(state.source, frame), frame, 1);
  };

  const show: Stand['show'] = async (uindex, upcoming = [], view) => {
    images.show(uindex, upcoming);
    wanted = true;
    picture = { shapes: [], sharp: false, detail: [] };
    const isDone = (u: number) => ['ready', 'failed'].includes(images.state(u).tag);
    const isSettled = () =>
      !wanted &&
      (picture.sharp || images.state(uindex).tag === 'failed') &&
      images.pendingTiles === 0 &&
      upcoming.every(isDone);
    while (!isSettled()) {
      if (wanted) paint(uindex, view);
      await new Promise((resolve) => setTimeout(resolve));
    }
  };

  const pixelAt = (x: number, y: number): readonly number[] => {
    for (const shape of picture.shapes) {
      if (shape.tag !== 'tile') continue;
      const { source, target, key } = shape;
      const u = (x - target.x) / target.width;
      const v = (y - target.y) / target.height;
      const pixels = textures.held.get(key);
      if (u < 0 || v < 0 || u >= 1 || v >= 1 || !pixels) continue;
      const texel =
        Math.floor(source.y + v * source.height) * pixels.width + Math.floor(source.x + u * source.width);
      return [...pixels.rgba.subarray(texel * 4, texel * 4 + 4)];
    }
    throw new Error(`nothing is painted at ${x}, ${y}`);
  };

  const dispose = () => {
    images.dispose();
    pool.dispose();
  };
  return { images, textures, pool, show, pixelAt, dispose };
};
