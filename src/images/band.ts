import { type BandLayout, bytesPerElement, type PixelRect, type StridedPixels } from '../kernels/index.js';

/** Most bytes that are copied in one go; about 1 ms. */
export const maxBandBytes = 4 << 20;
/** Most elements that are copied one by one in one go. */
const maxGatheredElements = 1 << 16;

/**
 * Cuts an area into blocks for copying, row by row. Blocks span the area's whole width where they can; their edges lie at
 * multiples of `unit` (2^level) pixels from the area's corner, so that each is reduced by itself.
 */
export const bandBlocks = (
  area: PixelRect,
  unit: number,
  tensor: StridedPixels,
  { picks, runs }: BandLayout,
): PixelRect[] => {
  const bytesPerPixel = bytesPerElement(tensor.dtype) * picks.length;
  const bytesAtMost = maxBandBytes / bytesPerPixel;
  const pixels = runs ? bytesAtMost : Math.min(bytesAtMost, maxGatheredElements / picks.length);
  const whole = (n: number) => Math.max(unit, Math.floor(n / unit) * unit);
  const width = Math.min(area.width, whole(Math.max(unit, pixels / unit)));
  const height = Math.min(area.height, whole(pixels / width));
  const blocks: PixelRect[] = [];
  for (let y = 0; y < area.height; y += height) {
    for (let x = 0; x < area.width; x += width) {
      blocks.push({
        x: area.x + x,
        y: area.y + y,
        width: Math.min(width, area.width - x),
        height: Math.min(height, area.height - y),
      });
    }
  }
  return blocks;
};
