/** The kernels that decoded pictures go through: bytes, four channels side by side. As `index.ts`, for these alone. */
import { reduceStrip as reduceAny } from './reduceStrip';
import { valuesToRgba as convertAny } from './valuesToRgba';

export { reduceScratchBytes } from './reduceStrip';

export function valuesToRgba(
  _type: i32,
  _channels: i32,
  swap: i32,
  constants: usize,
  source: usize,
  _plane: usize,
  target: usize,
  pixels: usize,
  scratch: usize,
): void {
  convertAny(0, 4, swap, constants, source, 0, target, pixels, scratch);
}

export function reduceStrip(
  _type: i32,
  _channels: i32,
  swap: i32,
  constants: usize,
  source: usize,
  _plane: usize,
  target: usize,
  width: usize,
  rows: usize,
  n: usize,
  scratch: usize,
): void {
  reduceAny(0, 4, swap, constants, source, 0, target, width, rows, n, scratch);
}

/** The first byte that static data does not use. */
export function heapBase(): usize {
  return __heap_base;
}
