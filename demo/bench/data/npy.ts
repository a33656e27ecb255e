import { seededRandom } from '../../samples/random.js';
import { colorField } from './field.js';

/** Rows that repeat all over a file. */
export const blockRows = 64;

/** Rows of (64, width, channels) uint8: the seed's colour field (grey: its first channel) with noise of ±40 levels on top. */
export const seededRows = (
  width: number,
  channels: 1 | 3,
  seed: number,
  rows = blockRows,
): Uint8Array<ArrayBuffer> => {
  const colors = colorField(seed);
  const random = seededRandom(seed ^ 0x7ab1e);
  const noise = Int8Array.from({ length: 65_521 }, () => Math.floor(random() * 81) - 40);
  const data = new Uint8Array(rows * width * channels);
  const line = Uint8Array.from({ length: width * channels }, (_, i) =>
    Math.round(colors((Math.floor(i / channels) + 0.5) / width)[i % channels]!),
  );
  for (let i = 0, n = 0; i < data.length; i++) {
    data[i] = line[i % line.length]! + noise[n]!;
    if (++n === noise.length) n = 0;
  }
  return data;
};

/** Version 1.0 of the format of numpy.lib.format, padded to a multiple of 64. */
const npyHeader = (descr: string, shape: readonly number[]): Uint8Array<ArrayBuffer> => {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(length).fill(32);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, (length - 10) & 255, (length - 10) >> 8]);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes[length - 1] = 10;
  return bytes;
};

/**
 * A `.npy` file of (height, width, channels) uint8 (grey: two axes) that repeats one seeded block of 64 rows. It is put together by
 * reference: many gigabytes take the memory of the block.
 */
export const seededNpy = (width: number, height: number, channels: 1 | 3, seed: number): File => {
  const rows = seededRows(width, channels, seed);
  const block = new Blob([rows]);
  const rest = (height % blockRows) * width * channels;
  const shape = channels === 1 ? [height, width] : [height, width, channels];
  const blocks = new Array<Blob>(Math.floor(height / blockRows)).fill(block);
  return new File(
    [npyHeader('|u1', shape), ...blocks, block.slice(0, rest)],
    `${width}x${height}x${channels}.npy`,
  );
};
