import { quantize1, quantize4, ROUNDER_BITS } from './lib/quantize';

/**
 * Planes of f32 → RGBA, each value `clamp(round(v · scale + offset), 0, 255)`: all planes are read side by side, which keeps
 * memory busier than a plane's piece after the other.
 *
 * Layout: `source` points at planes of `pixels` floats each, `plane` bytes apart, in the order R, G, B(, A), or B, G, R(, A) where
 * `swap` is not 0; `constants` at twelve scales and twelve offsets for each plane, equal ones (see `toBytes`).
 * Alias: source and target must not overlap.
 * Tail: one by one; nothing is read or written beyond the ends.
 */

/** Bytes of one plane's constants. */
const CONSTANTS: usize = 96;

/** Opaque. */
export function planarF32ToRgba(
  source: usize,
  plane: usize,
  target: usize,
  pixels: usize,
  constants: usize,
  swap: i32,
): void {
  let red = swap ? source + 2 * plane : source;
  let green = source + plane;
  let blue = swap ? source : source + 2 * plane;
  const ofRed = swap ? constants + 2 * CONSTANTS : constants;
  const ofGreen = constants + CONSTANTS;
  const ofBlue = swap ? constants : constants + 2 * CONSTANTS;
  const sr = v128.load(ofRed);
  const sg = v128.load(ofGreen);
  const sb = v128.load(ofBlue);
  const or = v128.load(ofRed, 48);
  const og = v128.load(ofGreen, 48);
  const ob = v128.load(ofBlue, 48);
  // Red brings ROUNDER_BITS as they are, green shifted by 8; blue's are shifted out.
  const fixed = i32x4.splat(ROUNDER_BITS ^ (ROUNDER_BITS << 8) ^ 0xff000000);
  while (pixels >= 8) {
    store4(
      quantize4(v128.load(red), sr, or),
      quantize4(v128.load(green), sg, og),
      quantize4(v128.load(blue), sb, ob),
      fixed,
      target,
    );
    store4(
      quantize4(v128.load(red, 16), sr, or),
      quantize4(v128.load(green, 16), sg, og),
      quantize4(v128.load(blue, 16), sb, ob),
      fixed,
      target + 16,
    );
    red += 32;
    green += 32;
    blue += 32;
    target += 32;
    pixels -= 8;
  }
  while (pixels > 0) {
    const rgb = byteAt(red, ofRed) | (byteAt(green, ofGreen) << 8) | (byteAt(blue, ofBlue) << 16);
    store<u32>(target, rgb | 0xff000000);
    red += 4;
    green += 4;
    blue += 4;
    target += 4;
    pixels -= 1;
  }
}

/** With a plane of alpha. */
export function planarF32AlphaToRgba(
  source: usize,
  plane: usize,
  target: usize,
  pixels: usize,
  constants: usize,
  swap: i32,
): void {
  let red = swap ? source + 2 * plane : source;
  let green = source + plane;
  let blue = swap ? source : source + 2 * plane;
  let alpha = source + 3 * plane;
  const ofRed = swap ? constants + 2 * CONSTANTS : constants;
  const ofGreen = constants + CONSTANTS;
  const ofBlue = swap ? constants : constants + 2 * CONSTANTS;
  const ofAlpha = constants + 3 * CONSTANTS;
  const sr = v128.load(ofRed);
  const sg = v128.load(ofGreen);
  const sb = v128.load(ofBlue);
  const sa = v128.load(ofAlpha);
  const or = v128.load(ofRed, 48);
  const og = v128.load(ofGreen, 48);
  const ob = v128.load(ofBlue, 48);
  const oa = v128.load(ofAlpha, 48);
  while (pixels >= 4) {
    const a = quantize4(v128.load(alpha), sa, oa);
    const fixed = v128.xor(i32x4.splat(ROUNDER_BITS ^ (ROUNDER_BITS << 8)), i32x4.shl(a, 24));
    store4(
      quantize4(v128.load(red), sr, or),
      quantize4(v128.load(green), sg, og),
      quantize4(v128.load(blue), sb, ob),
      fixed,
      target,
    );
    red += 16;
    green += 16;
    blue += 16;
    alpha += 16;
    target += 16;
    pixels -= 4;
  }
  while (pixels > 0) {
    const rgb = byteAt(red, ofRed) | (byteAt(green, ofGreen) << 8) | (byteAt(blue, ofBlue) << 16);
    store<u32>(target, rgb | (byteAt(alpha, ofAlpha) << 24));
    red += 4;
    green += 4;
    blue += 4;
    alpha += 4;
    target += 4;
    pixels -= 1;
  }
}

/** Low bytes of three lanes side by side; `fixed` takes their upper bytes out and puts alpha in. */
function store4(r: v128, g: v128, b: v128, fixed: v128, target: usize): void {
  v128.store(target, v128.xor(v128.xor(r, i32x4.shl(g, 8)), v128.xor(i32x4.shl(b, 16), fixed)));
}

function byteAt(at: usize, constants: usize): u32 {
  return quantize1(load<f32>(at), load<f32>(constants), load<f32>(constants, 48));
}
