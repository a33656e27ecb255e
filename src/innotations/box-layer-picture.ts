import { type BoxSample, HeldBoxes } from '../boxes/index.js';
import type { PixelPool } from '../compute/index.js';
import type { Size } from '../geometry/index.js';
import { type BoxFilter, mostTileSide } from '../kernels/index.js';

/** How a small picture of an image lies: device px per px of the image, and width of strokes in device px. */
export type PicturePlace = { readonly image: Size; readonly scale: number; readonly thick: number };

/** Boxes over a whole image: `rgba` of `width` × `height` device px from its corner, alpha 0 or 255, null where no box is shown. */
export type LayerPicture = Size & {
  readonly rgba: Uint8Array<ArrayBuffer> | null;
  readonly scale: number;
  readonly opacity: number;
  /** Boxes that pass the filter. */
  readonly count: number;
};

export type LayerPictureParts = {
  readonly pool: PixelPool;
  readonly sample: BoxSample;
  readonly palette: Uint32Array<ArrayBuffer>;
  readonly plain: number;
  readonly filter: BoxFilter;
  readonly opacity: number;
};

let pictures = 0;

/** Draws a sample's boxes in a worker, which forgets them then. Rejects with what went wrong, or `signal.reason`. */
export const layerPicture = async (
  { pool, sample, palette, plain, filter, opacity }: LayerPictureParts,
  { image, scale, thick }: PicturePlace,
  { signal }: { readonly signal: AbortSignal },
): Promise<LayerPicture> => {
  const side = (length: number) => Math.min(mostTileSide, Math.ceil(length * scale) + thick);
  const size = { width: side(image.width), height: side(image.height) };
  const source = { pool, id: `box picture ${pictures++}`, sample, palette, plain };
  let end = () => {};
  try {
    const held = await new Promise<HeldBoxes>((resolve, reject) => {
      const boxes = new HeldBoxes({
        ...source,
        bad: () => {},
        changed: () => {
          if (boxes.state.tag === 'failed') reject(boxes.state.error);
          if (boxes.state.tag === 'ready') resolve(boxes);
        },
      });
      const giveUp = () => reject(signal.reason);
      signal.addEventListener('abort', giveUp);
      end = () => {
        signal.removeEventListener('abort', giveUp);
        boxes.dispose();
      };
      boxes.filter(filter);
    });
    const rgba = await held.tile({ scale, left: 0, top: 0, thick, ...size }, 1, signal);
    return { ...size, rgba, scale, opacity, count: held.shown ?? 0 };
  } finally {
    end();
  }
};
