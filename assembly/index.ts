export { horizontalTaps, horizontalWeightedTaps } from './horizontalTaps';
export { bgraToRgba, bgrToRgba, greyAlphaToRgba, greyToRgba, rgbToRgba } from './interleavedU8ToRgba';
export { isOpaque } from './isOpaque';
export { planarF32AlphaToRgba, planarF32ToRgba } from './planarF32ToRgba';
export { planarU8AlphaToRgba, planarU8ToRgba } from './planarU8ToRgba';
export { rasteriseBoxes } from './rasteriseBoxes';
export { reduceScratchBytes, reduceStrip } from './reduceStrip';
export { toBytes } from './toBytes';
export { valuesToRgba } from './valuesToRgba';
export { verticalTaps, verticalWeightedTaps } from './verticalTaps';

/** The first byte that static data does not use. */
export function heapBase(): usize {
  return __heap_base;
}

/** Copies inside the memory, for benchmarks: what a pass over the same bytes costs at the least. */
export function copyBytes(target: usize, source: usize, bytes: usize): void {
  memory.copy(target, source, bytes);
}
