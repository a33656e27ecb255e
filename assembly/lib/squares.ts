/** The largest side of a square whose sums fit into the lanes; larger ones are summed one by one. */
export const LANES_SIDE: usize = 256;

/** Low bytes of four lanes as one pixel. */
export function packed(lanes: v128): u32 {
  return i32x4.extract_lane(
    v128.shuffle<u8>(lanes, lanes, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12),
    0,
  );
}
