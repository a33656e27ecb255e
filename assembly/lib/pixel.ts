/** Low bytes of four lanes as one pixel. */
export function packed(lanes: v128): u32 {
  return i32x4.extract_lane(
    v128.shuffle<u8>(lanes, lanes, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12),
    0,
  );
}

/** Red and blue change places. */
export function swapped(pixel: u32): u32 {
  return (pixel & 0xff00ff00) | ((pixel >> 16) & 0xff) | ((pixel & 0xff) << 16);
}
