export { Gallery, type GalleryEvents, type GalleryOptions, type GalleryStats } from './gallery.js';
export type { FilterHook, SortHook } from './order.js';
