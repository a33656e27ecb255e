export { checkedBand, floatsOf, identityAffine, isBytes, numberFromHalf } from './band-values.js';
export * from './contract.js';
export { checkLevel, checkPixels, checkSmaller, mostReduction, type PixelKernels } from './pixel-kernels.js';
export { quantize, scalarKernels } from './scalar-kernels.js';
export * from './wire.js';
