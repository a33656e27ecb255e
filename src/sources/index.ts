export type { Pyramid, PyramidChannel, PyramidLevel, TensorTile } from '../pyramids/index.js';
export {
  type Folder,
  type OpenedTiles,
  type OpenTiffOptions,
  type OpenTilesOptions,
  type OpenZarrOptions,
  openDeepZoom,
  openIiif,
  openOmeZarr,
  openTiff,
  openTiles,
} from './openers.js';
