export * from './box-column.js';
export { type BoxTilePlace, BoxTiles, type BoxView, type PaintedBoxes } from './box-tiles.js';
export {
  type BoxSample,
  HeldBoxes,
  type HeldBoxesOptions,
  type HeldState,
  passesFilter,
  type WrongRows,
} from './held-boxes.js';
export { Newest } from './newest.js';
export { readingOrder } from './reading-order.js';
