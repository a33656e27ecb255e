export { checkedBand, floatsOf, identityAffine, isBytes, numberFromHalf } from './band-values.js';
export * from './box-wire.js';
export * from './contract.js';
export { bytesPerElement, elementsOf, isDType, newElements, numberAt, reverseElements } from './elements.js';
export { checkLevel, checkPixels, checkSmaller, mostReduction, type PixelKernels } from './pixel-kernels.js';
export * from './scalar-boxes.js';
export { quantize, scalarKernels } from './scalar-kernels.js';
export * from './strided.js';
export * from './wire.js';
