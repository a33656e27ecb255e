import type { PixelPool } from '../compute/index.js';
import type { BlobTensor, ImageSource, PixelsLike, TensorLike } from './contract.js';
import type { ImageOptions } from './open-image.js';
import { programsOf } from './pixel-program.js';
import { StoredSource } from './stored-source.js';
import { storedPixels, tensorPixels } from './tensor.js';
import { TensorSource } from './tensor-source.js';
import type { PixelTransform } from './transforms.js';

type TensorOptions = Pick<ImageOptions, 'channels' | 'colorspace'>;

/** An image in memory; `isOwn`: memory that lives as long as the source. Throws `InnotaterError` 'data'. */
export const tensorSource = (
  entry: TensorLike | PixelsLike,
  isOwn: boolean,
  chain: readonly PixelTransform[],
  pool: PixelPool,
  { channels, colorspace = 'BGR' }: TensorOptions,
): ImageSource => {
  const tensor = tensorPixels(entry, channels);
  const order = tensor.order ?? colorspace;
  const programFor = programsOf(chain, { channels: tensor.channels, order, white: tensor.white });
  return new TensorSource(tensor, programFor, pool, isOwn ? tensor.data.byteLength : 0);
};

/** An image in a file. Throws `InnotaterError` 'data'. */
export const storedSource = (
  tensor: BlobTensor,
  chain: readonly PixelTransform[],
  pool: PixelPool,
  { channels: axis, colorspace: order = 'BGR' }: TensorOptions,
): ImageSource => {
  const { stored, white } = storedPixels(tensor, axis);
  const programFor = programsOf(chain, { channels: stored.channels, order, white });
  return new StoredSource(stored, programFor, pool);
};
