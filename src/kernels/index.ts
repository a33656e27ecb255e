export {
  affineIndexes,
  checkedBand,
  floatsOf,
  identityAffine,
  isBytes,
  numberFromHalf,
} from './band-values.js';
export * from './box-wire.js';
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
export { type ResizeFilter, resizeFilters, resizeRowsNeeded, resizeTaps, type Taps } from './filters.js';
export {
  asBand,
  checkLevel,
  checkPixels,
  checkResize,
  checkSmaller,
  mostReduction,
  type PixelKernels,
  type ResizePart,
  type ResizeTo,
  wholeFactors,
  wholePart,
} from './pixel-kernels.js';
export { quantize } from './quantize.js';
export * from './scalar-boxes.js';
export { scalarKernels } from './scalar-kernels.js';
export * from './strided.js';
export * from './wire.js';
