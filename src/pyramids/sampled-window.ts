import type { Pyramid, TensorTile } from './contract.js';

const mostTiles = 9;
const mostValues = 1 << 16;
/** Parts of the values that may lie beyond the window at each end, so that a few hot pixels do not darken the rest. */
const tail = 0.001;

/**
 * The values between which nearly all of the image lies, by some tiles of its smallest version, spread over it: for a first look at
 * images of more than 8 bits. Alpha is left out, and NaN, infinities and the value of no data. Rejects as `getTile` does.
 */
export const sampledWindow = async (
  pyramid: Pyramid<TensorTile>,
  noData: number | null,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ readonly lo: number; readonly hi: number }> => {
  const level = pyramid.levels.length - 1;
  const { width, height, tileWidth, tileHeight } = pyramid.levels[level]!;
  const columns = Math.ceil(width / tileWidth);
  const rows = Math.ceil(height / tileHeight);
  const picks = spread(columns * rows, mostTiles);
  const each = Math.floor(mostValues / picks.length);
  const values: number[] = [];
  for (const index of picks) {
    const [x, y] = [index % columns, Math.floor(index / columns)];
    const tile = await pyramid.getTile(level, x, y, { signal });
    const inside = {
      rows: Math.min(tile.shape[0], height - y * tileHeight),
      columns: Math.min(tile.shape[1], width - x * tileWidth),
    };
    collect(tile, inside, colourChannels(pyramid, tile), each, noData, values);
  }
  return windowOf(values);
};

/** Up to `most` of the numbers below `count`, evenly spread. */
const spread = (count: number, most: number): number[] => {
  const picks = Math.min(count, most);
  return Array.from({ length: picks }, (_, i) => Math.floor(((i + 0.5) * count) / picks));
};

const colourChannels = ({ shownChannels }: Pyramid<TensorTile>, { shape }: TensorTile): readonly number[] => {
  const shown = shownChannels ?? Array.from({ length: shape[2] }, (_, i) => i);
  return shown.length === 2 || shown.length === 4 ? shown.slice(0, -1) : shown;
};

const collect = (
  { data, strides }: TensorTile,
  inside: { readonly rows: number; readonly columns: number },
  channels: readonly number[],
  most: number,
  noData: number | null,
  values: number[],
): void => {
  const pixels = inside.rows * inside.columns;
  for (const pixel of spread(pixels, Math.floor(most / channels.length))) {
    const at = Math.floor(pixel / inside.columns) * strides[0] + (pixel % inside.columns) * strides[1];
    for (const channel of channels) {
      const value = Number(data[at + channel * strides[2]]);
      if (Number.isFinite(value) && value !== noData) values.push(value);
    }
  }
};

const windowOf = (values: number[]): { readonly lo: number; readonly hi: number } => {
  if (values.length === 0) return { lo: 0, hi: 1 };
  const sorted = Float64Array.from(values).sort();
  const cut = Math.floor(sorted.length * tail);
  const [lo, hi] = [sorted[cut]!, sorted[sorted.length - 1 - cut]!];
  return lo < hi ? { lo, hi } : { lo, hi: lo + 1 };
};
