import type { Pyramid, TensorTile } from '../../../src/pyramids/contract.js';

const arrays = {
  uint8: Uint8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

export type Shape = readonly [number, number, number];

/** The levels that a fixture's `.raw` holds one after another. */
export const levelsIn = (raw: Uint8Array, shapes: readonly Shape[], dtype: string): ArrayLike<number>[] => {
  const View = arrays[dtype as keyof typeof arrays];
  const bytes = raw.slice().buffer;
  let at = 0;
  return shapes.map(([a, b, c]) => {
    const level = new View(bytes.slice(at, at + a * b * c * View.BYTES_PER_ELEMENT));
    at += level.byteLength;
    return level;
  });
};

/** All of a level put together out of its tiles, by (y, x, channel). */
export const wholeLevel = async (pyramid: Pyramid<TensorTile>, level: number) => {
  const { width, height, tileWidth, tileHeight } = pyramid.levels[level]!;
  const { signal } = new AbortController();
  let channels = 0;
  let values: number[] = [];
  for (let ty = 0; ty * tileHeight < height; ty++) {
    for (let tx = 0; tx * tileWidth < width; tx++) {
      const { data, shape, strides } = await pyramid.getTile(level, tx, ty, { signal });
      if (channels === 0) {
        channels = shape[2];
        values = new Array<number>(width * height * channels).fill(Number.NaN);
      }
      const rows = Math.min(shape[0], height - ty * tileHeight);
      const columns = Math.min(shape[1], width - tx * tileWidth);
      for (let y = 0; y < rows; y++) {
        for (let x = 0; x < columns; x++) {
          for (let c = 0; c < channels; c++) {
            const to = ((ty * tileHeight + y) * width + tx * tileWidth + x) * channels + c;
            values[to] = Number(data[y * strides[0] + x * strides[1] + c * strides[2]]);
          }
        }
      }
    }
  }
  return { shape: [height, width, channels], values };
};
