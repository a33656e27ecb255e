import type { PixelPool } from '../compute/index.js';
import type { Rect, ScreenFromImage } from '../geometry/index.js';
import type { Shape } from '../paint/index.js';
import type { Ui } from '../ui/index.js';
import type { LayerPicture, PicturePlace } from './box-layer-picture.js';
import type { ImageInnotation } from './image-innotation.js';
import { boxShapes } from './image-paint.js';

const still = { active: false, held: false, hovered: false, label: null };

/** Outlines of the boxes of any sample where its image lies like this, without labels and without those of layers. */
export const boxOutlines = (
  image: ImageInnotation,
  uindex: number,
  view: ScreenFromImage,
  frame: Rect,
  { theme, text }: Pick<Ui, 'theme' | 'text'>,
): readonly Shape[] => {
  const boxes = image.boxesOf(uindex).map((value) => ({ ...still, value }));
  return boxShapes(boxes, view, frame, image.boxStyles, theme, text);
};

/** What an image's layers show of any sample in a small picture of it. */
export const layerPictures = async (
  { layers }: ImageInnotation,
  uindex: number,
  pool: PixelPool,
  place: PicturePlace,
  options: { readonly signal: AbortSignal },
): Promise<readonly LayerPicture[]> => {
  const pictures = await Promise.all(layers.map((layer) => layer.picture(uindex, pool, place, options)));
  return pictures.filter((picture) => picture !== null);
};
