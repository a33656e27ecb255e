import { InnotaterError } from '../errors/index.js';
import type { Size } from '../geometry/index.js';
import type { PixelRect, RgbaPixels } from '../kernels/index.js';
import type { Histogram, ValueRange } from './contract.js';
import { type PixelProgram, pixelProgram, windowedChain } from './pixel-program.js';
import type { PixelTransform } from './transforms.js';
import { evenly, histogramOf } from './values.js';

/** What is done to the decoded pixels: `Transforms` in terms of what the worker can do. */
export type DecodedRecipe = Pick<PixelProgram, 'affine'> & { readonly swapRedBlue: boolean };

export const decodedRecipe = (chain: readonly PixelTransform[], range: ValueRange | null): DecodedRecipe => {
  const { picks, affine } = pixelProgram(windowedChain(chain, range), {
    channels: 4,
    order: 'RGB',
    white: 255,
  });
  const order = picks.join();
  if (order !== '0,1,2,3' && order !== '2,1,0,3') {
    throw new InnotaterError(
      'data',
      "Transforms.channels: the channels of an encoded image can be 'RGB' or 'BGR'; other orders are for tensors",
    );
  }
  return { affine, swapRedBlue: order === '2,1,0,3' };
};

/** Edge in pixels, and most squares a row and column, of what a histogram looks at. */
const [side, mostSquares] = [32, 5];

/** Of some squares spread over the image. */
export const sampledHistogram = async (
  { width, height }: Size,
  bins: number,
  read: (region: PixelRect) => Promise<RgbaPixels>,
): Promise<Histogram> => {
  const from = (length: number) => evenly(Math.ceil(length / side), mostSquares).map((i) => i * side);
  const regions = from(height).flatMap((y) =>
    from(width).map((x) => ({
      x,
      y,
      width: Math.min(side, width - x),
      height: Math.min(side, height - y),
    })),
  );
  const parts = await Promise.all(regions.map(read));
  return histogramOf(
    parts.flatMap(({ rgba }) => [...rgba]),
    4,
    bins,
  );
};
