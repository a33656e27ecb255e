import type { SampleImages } from '../images/index.js';
import type { ImageView } from './image-view.js';
import { loupeAt, loupeShapes } from './loupe.js';
import { Minimap, spokenView } from './minimap.js';
import { pixelGridShapes } from './pixel-grid.js';
import { ReadOut } from './read-out.js';

export type LookingTools = ReturnType<typeof lookingTools>;

/** What helps to look at an image closely. It is loaded with the first pointer, wheel or key on an image: see `Looking`. */
export const lookingTools = (
  view: ImageView,
  isMinimapOn: () => boolean,
  images: () => SampleImages | null,
) => ({
  minimap: new Minimap(view, isMinimapOn),
  readOut: new ReadOut(images),
  loupeAt,
  loupeShapes,
  pixelGridShapes,
  spokenView,
});
