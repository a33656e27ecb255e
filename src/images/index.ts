export { checkedRange } from './checked-range.js';
export * from './contract.js';
export { dtypeByName } from './dtype.js';
export { isTensorLike } from './entry-kinds.js';
export { checkImageOptions, type ImageOptions, type OpenImageOptions, openImage } from './open-image.js';
export { createSampleImages } from './sample-images.js';
export type { ChannelAxis } from './tensor.js';
export type { SourceTile, TileSource } from './tile-source.js';
export {
  type EntryTransform,
  type ImageTransform,
  type PerChannel,
  type PixelTransform,
  type ResizeTransform,
  Transforms,
} from './transforms.js';
