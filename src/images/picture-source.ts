import type { PixelPool } from '../compute/index.js';
import type { RgbaPixels } from '../kernels/index.js';
import { programsOf } from './pixel-program.js';
import { TensorSource } from './tensor-source.js';
import type { PixelTransform } from './transforms.js';

const decodedChannels = { channels: 4, order: 'RGB', white: 255 } as const;

/** A picture in memory with the steps of decoded pixels. */
export const pictureSource = (
  { width, height, rgba: data }: RgbaPixels,
  chain: readonly PixelTransform[],
  pool: PixelPool,
): TensorSource => {
  const strides = { y: width * 4, x: 4, c: 1 };
  const picture = { data, dtype: 'u8', width, height, channels: 4, offset: 0, strides } as const;
  return new TensorSource(picture, programsOf(chain, decodedChannels), pool, data.byteLength);
};
