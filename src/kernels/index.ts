export {
  affineIndexes,
  floatsOf,
  identityAffine,
  isBytes,
  numberFromHalf,
} from './band-values.js';
export * from './box-wire.js';
export { checkedBand } from './checked-band.js';
export * from './contract.js';
export {
  bytesPerElement,
  elementsOf,
  isDType,
  newElements,
  numberAt,
  reverseElements,
  roomFor,
} from './elements.js';
export { type ResizeFilter, resizeFilters } from './filter-names.js';
export {
  type ResizeAxis,
  resizeTaps,
  type Taps,
  wholeAxis,
} from './filters.js';
export {
  asBand,
  checkLevel,
  checkPixels,
  checkResize,
  checkSmaller,
  mostReduction,
  type PixelKernels,
  type ResizeArea,
  type ResizePart,
  type ResizeTo,
  resizeAxes,
  resizeRowsNeeded,
  wholeFactors,
  wholePart,
} from './pixel-kernels.js';
export { quantize } from './quantize.js';
export * from './scalar-boxes.js';
export { scalarKernels } from './scalar-kernels.js';
export * from './strided.js';
export * from './wire.js';
