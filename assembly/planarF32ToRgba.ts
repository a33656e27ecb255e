import { quantize1, quantize4, ROUNDER_BITS } from './lib/quantize';

/**
 * Planes of f32 → RGBA, each value `clamp(round(v · scale + offset), 0, 255)`.
 *
 * Layout: `red`, `green`, `blue` (and `alpha`) point at planes of `pixels` floats each, in the order of the result; `affine` at
 * eight floats: four scales, then four offsets, for R, G, B, A.
 * Alias: planes may be one and the same; the target must not overlap any.
 * Tail: one by one; nothing is read or written beyond the ends.
 */

/** Opaque. */
export function planarF32ToRgba(
  red: usize,
  green: usize,
  blue: usize,
  target: usize,
  pixels: usize,
  affine: usize,
): void {
  const sr = v128.load_splat<f32>(affine);
  const sg = v128.load_splat<f32>(affine, 4);
  const sb = v128.load_splat<f32>(affine, 8);
  const or = v128.load_splat<f32>(affine, 16);
  const og = v128.load_splat<f32>(affine, 20);
  const ob = v128.load_splat<f32>(affine, 24);
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
    store<u32>(target, pixelAt(red, green, blue, affine) | 0xff000000);
    red += 4;
    green += 4;
    blue += 4;
    target += 4;
    pixels -= 1;
  }
}

/** With a plane of alpha. */
export function planarF32AlphaToRgba(
  red: usize,
  green: usize,
  blue: usize,
  alpha: usize,
  target: usize,
  pixels: usize,
  affine: usize,
): void {
  const sr = v128.load_splat<f32>(affine);
  const sg = v128.load_splat<f32>(affine, 4);
  const sb = v128.load_splat<f32>(affine, 8);
  const sa = v128.load_splat<f32>(affine, 12);
  const or = v128.load_splat<f32>(affine, 16);
  const og = v128.load_splat<f32>(affine, 20);
  const ob = v128.load_splat<f32>(affine, 24);
  const oa = v128.load_splat<f32>(affine, 28);
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
    const a = quantize1(load<f32>(alpha), load<f32>(affine, 12), load<f32>(affine, 28));
    store<u32>(target, pixelAt(red, green, blue, affine) | (a << 24));
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

function pixelAt(red: usize, green: usize, blue: usize, affine: usize): u32 {
  const r = quantize1(load<f32>(red), load<f32>(affine), load<f32>(affine, 16));
  const g = quantize1(load<f32>(green), load<f32>(affine, 4), load<f32>(affine, 20));
  const b = quantize1(load<f32>(blue), load<f32>(affine, 8), load<f32>(affine, 24));
  return r | (g << 8) | (b << 16);
}
