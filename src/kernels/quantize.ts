const f32 = Math.fround;
/** 1.5 · 2²³: adding and taking it away rounds a float of 0…255 to nearest, ties to even. */
const rounder = 12_582_912;

/** `clamp(round(v · scale + offset), 0, 255)` in 32-bit floats, ties to even, NaN to 0: the formula of the wasm kernels. */
export const quantize = (value: number, scale: number, offset: number): number => {
  const affine = f32(f32(f32(value) * f32(scale)) + f32(offset));
  const clamped = Number.isNaN(affine) ? 0 : Math.min(Math.max(affine, 0), 255);
  return f32(clamped + rounder) - rounder;
};
