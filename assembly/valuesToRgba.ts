import { bgraToRgba, bgrToRgba, greyAlphaToRgba, greyToRgba, rgbToRgba } from './interleavedU8ToRgba';
import { planarF32AlphaToRgba, planarF32ToRgba } from './planarF32ToRgba';
import { planarU8AlphaToRgba, planarU8ToRgba } from './planarU8ToRgba';
import { toBytes, typeBytes } from './toBytes';

/** The type of 32-bit floats, see `toBytes`. */
const F32: i32 = 9;
/** Pixels whose bytes lie in the scratch at a time: what fits into the first cache with room to spare. */
export const PIECE: usize = 1024;

/**
 * Pixels of any type, layout, order and 1 to 4 channels → RGBA.
 *
 * Layout: `plane` is 0 where the channels of a pixel lie side by side, else the bytes from one plane to the next. `swap` is not 0
 * where blue comes first. `constants` is 0 where bytes are taken as they are, else points at twelve scales and twelve offsets in the
 * order of the source (see `toBytes`), for planes as many for each, one after another. `type` as in `toBytes`.
 * `scratch` takes `4 · 1024` bytes.
 * Alias: nothing may overlap.
 * Tail: that of the kernels it is made of; nothing is read or written beyond the ends.
 */
export function valuesToRgba(
  type: i32,
  channels: i32,
  swap: i32,
  constants: usize,
  source: usize,
  plane: usize,
  target: usize,
  pixels: usize,
  scratch: usize,
): void {
  if (constants == 0) return bytesToRgba(channels, swap, source, plane, target, pixels);
  if (type == F32 && plane && channels == 3) {
    return planarF32ToRgba(source, plane, target, pixels, constants, swap);
  }
  if (type == F32 && plane && channels == 4) {
    return planarF32AlphaToRgba(source, plane, target, pixels, constants, swap);
  }
  const size = typeBytes(type);
  const step = plane ? size : size * <usize>channels;
  while (pixels > 0) {
    const now = min(pixels, PIECE);
    quantizePiece(type, channels, constants, source, plane, scratch, now, PIECE);
    bytesToRgba(channels, swap, scratch, plane ? PIECE : 0, target, now);
    source += now * step;
    target += now * 4;
    pixels -= now;
  }
}

/** Values of some pixels as bytes, laid out as in the source; planes are `targetPlane` bytes apart. */
export function quantizePiece(
  type: i32,
  channels: i32,
  constants: usize,
  source: usize,
  plane: usize,
  target: usize,
  pixels: usize,
  targetPlane: usize,
): void {
  if (plane == 0) return toBytes(type, source, target, pixels * <usize>channels, constants);
  while (channels > 0) {
    toBytes(type, source, target, pixels, constants);
    constants += 96;
    source += plane;
    target += targetPlane;
    channels -= 1;
  }
}

/** Bytes of any layout, order and 1 to 4 channels → RGBA. */
export function bytesToRgba(
  channels: i32,
  swap: i32,
  source: usize,
  plane: usize,
  target: usize,
  pixels: usize,
): void {
  if (channels == 1) return greyToRgba(source, target, pixels);
  if (plane == 0) {
    if (channels == 2) return greyAlphaToRgba(source, target, pixels);
    if (channels == 3) return swap ? bgrToRgba(source, target, pixels) : rgbToRgba(source, target, pixels);
    if (swap) return bgraToRgba(source, target, pixels);
    memory.copy(target, source, pixels * 4);
    return;
  }
  if (channels == 2) return planarU8AlphaToRgba(source, source, source, source + plane, target, pixels);
  const red = swap ? source + 2 * plane : source;
  const blue = swap ? source : source + 2 * plane;
  if (channels == 3) return planarU8ToRgba(red, source + plane, blue, target, pixels);
  planarU8AlphaToRgba(red, source + plane, blue, source + 3 * plane, target, pixels);
}
