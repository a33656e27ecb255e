import * as zarr from 'zarrita';
import { InnotaterError } from '../../errors/index.js';
import type { DType, ElementArray } from '../../kernels/index.js';
import type { Pyramid, PyramidChannel, PyramidLevel, TensorTile } from '../contract.js';
import { sampledWindow } from '../sampled-window.js';
import { isImageCollection, type OmeImage, omeImage, rendering } from './ome.js';
import zstd from './zstd.js';

for (const name of ['zstd', 'numcodecs.zstd']) zarr.registry.set(name, async () => zstd);

export type ZarrOptions = {
  /** Channels to show, counted from 0; default: those the file has active, or the first three. One alone is grey. */
  readonly channels?: readonly number[];
  /** Positions on the axes that are not shown (t, z); default: those of the file, else 0 and the middle. */
  readonly at?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
};

type ZarrArray = zarr.Array<zarr.DataType, zarr.AsyncReadable>;

const dtypes: Readonly<Record<string, DType>> = {
  uint8: 'u8',
  int8: 'i8',
  uint16: 'u16',
  int16: 'i16',
  uint32: 'u32',
  int32: 'i32',
  uint64: 'u64',
  int64: 'i64',
  float16: 'f16',
  float32: 'f32',
  float64: 'f64',
  bool: 'bool',
};

/** Colours of channels that the file gives none: magenta would be read as red and blue, so the first are green and red. */
const defaultColors = [
  [0, 255, 0],
  [255, 0, 0],
  [0, 0, 255],
  [255, 255, 0],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
] as const;

/** Chunks are put together to tiles of at least so many texels a side, and a tile is no larger than this in bytes. */
const leastTile = 256;
const mostTileBytes = 256 << 20;

/**
 * An OME-Zarr image (or a plain Zarr array of two to five axes) as a pyramid. Decoding runs on this thread. Rejects with
 * `InnotaterError` that names the place and what is wrong there, or with `signal.reason`.
 */
export const zarrPyramid = async (
  store: zarr.AsyncReadable,
  name: string,
  options: ZarrOptions = {},
): Promise<Pyramid<TensorTile>> => {
  const { signal } = options;
  const { image, arrays } = await placed(name, () => openedImage(zarr.root(store), name, signal));
  const main = arrays[0]!;
  const dtype = dtypes[main.dtype];
  if (!dtype)
    throw new InnotaterError('decode', `${name} holds values of type ${main.dtype}; shown are numbers`, {
      file: name,
    });
  const axes = axesOf(image, main, name);
  const channels = shownChannels(image, main, axes, options, name);
  const fixed = fixedPositions(image, main, axes, options, name);
  const levels = arrays.map((array) => levelOf(array, axes, dtype, channels.length, name));
  const { width, height } = levels[0]!;
  const pyramid: Pyramid<TensorTile> = {
    width,
    height,
    levels,
    name,
    dtype,
    channelAxis: 'last',
    shownChannels: channels.map((_, i) => i),
    getTile: (level, x, y, { signal: stop }) =>
      placed(
        name,
        () => tileAt(arrays[level]!, levels[level]!, x, y, { axes, channels, fixed, dtype }, stop),
        stop,
      ),
  };
  return { ...pyramid, ...(await looks(pyramid, image, channels, dtype, signal)) };
};

/** Errors of the library as ours, with the place before them. */
const placed = async <T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof InnotaterError || signal?.aborted) throw cause;
    const inner = cause instanceof Error && cause.cause instanceof InnotaterError ? cause.cause : null;
    if (inner) throw inner;
    const why = cause instanceof Error ? cause.message : String(cause);
    if (zarr.isZarritaError(cause, 'NotFoundError')) {
      const message = `${name} is no Zarr hierarchy: there is neither zarr.json nor .zgroup or .zarray (${why})`;
      throw new InnotaterError('format', message, { file: name }, { cause });
    }
    throw new InnotaterError('decode', `${name} cannot be read: ${why}`, { file: name }, { cause });
  }
};

type Opened = { readonly image: OmeImage; readonly arrays: readonly ZarrArray[] };

const openedImage = async (
  location: zarr.Location<zarr.AsyncReadable>,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Opened> => {
  const options = signal ? { signal } : {};
  const node = await zarr.open(location, options);
  if (node.kind === 'array') return { image: plainImage(node), arrays: [node] };
  if (isImageCollection(node.attrs)) return openedImage(location.resolve('0'), `${name}/0`, signal);
  const image = omeImage(node.attrs, name);
  const open = (path: string) => zarr.open(location.resolve(path), { kind: 'array', ...options });
  return { image, arrays: await Promise.all(image.paths.map(open)) };
};

/** An array without metadata: (y,x), or with c, z, t before them, as microscopes order them. */
const plainImage = (array: ZarrArray): OmeImage => {
  const named = array.dimensionNames?.map((axis) => String(axis).toLowerCase());
  const axes =
    named?.includes('y') && named.includes('x')
      ? named
      : ['t', 'c', 'z', 'y', 'x'].filter((axis, i, all) => isKept(axis, i, all, array));
  return { axes, paths: [''], omero: rendering(null) };
};
const isKept = (axis: string, i: number, all: readonly string[], { shape }: ZarrArray): boolean =>
  shape.length === 3 ? axis === 'c' || axis === 'y' || axis === 'x' : i >= all.length - shape.length;

type Axes = { readonly names: readonly string[]; readonly x: number; readonly y: number; readonly c: number };

const axesOf = ({ axes }: OmeImage, { shape }: ZarrArray, name: string): Axes => {
  const found = { names: axes, x: axes.indexOf('x'), y: axes.indexOf('y'), c: axes.indexOf('c') };
  if (found.x >= 0 && found.y >= 0 && axes.length === shape.length) return found;
  throw new InnotaterError(
    'format',
    `${name} has the axes ${axes.join(', ')} and an array of shape (${shape.join(', ')}); an image needs axes y and x, and one name an axis`,
    { file: name },
  );
};

const shownChannels = (
  image: OmeImage,
  main: ZarrArray,
  { c }: Axes,
  { channels }: ZarrOptions,
  name: string,
): readonly number[] => {
  const count = c < 0 ? 1 : main.shape[c]!;
  const wrong = channels?.find((channel) => !Number.isInteger(channel) || channel < 0 || channel >= count);
  if (wrong !== undefined || channels?.length === 0) {
    throw new InnotaterError(
      'range',
      `${name} has ${count} channels, counted from 0; there is no channel ${wrong ?? 'in an empty list'}`,
      { file: name },
    );
  }
  if (channels) return channels;
  const all = Array.from({ length: count }, (_, i) => i);
  const active = all.filter((i) => image.omero.channels[i]?.isActive ?? image.omero.channels.length === 0);
  const shown = active.length > 0 ? active : all;
  return image.omero.channels.length > 0 ? shown.slice(0, 8) : shown.slice(0, 3);
};

const fixedPositions = (
  image: OmeImage,
  main: ZarrArray,
  { names }: Axes,
  { at }: ZarrOptions,
  name: string,
): readonly number[] => {
  const stranger = Object.keys(at ?? {}).find((axis) => !names.includes(axis));
  if (stranger !== undefined) {
    const message = `${name} has no axis ${stranger}; there are ${names.join(', ')}`;
    throw new InnotaterError('range', message, { file: name });
  }
  return names.map((axis, i) => {
    const length = main.shape[i]!;
    const stated = axis === 't' ? image.omero.t : axis === 'z' ? image.omero.z : null;
    const position = at?.[axis] ?? stated ?? (axis === 'z' ? Math.floor(length / 2) : 0);
    if (Number.isInteger(position) && position >= 0 && position < length) return position;
    throw new InnotaterError(
      'range',
      `${name} has ${length} positions on axis ${axis}, counted from 0; there is no ${position}`,
      { file: name },
    );
  });
};

const levelOf = (
  array: ZarrArray,
  { x, y }: Axes,
  dtype: DType,
  channels: number,
  name: string,
): PyramidLevel => {
  const tile = (axis: number): number => {
    const chunk = array.chunks[axis]!;
    return chunk * Math.ceil(leastTile / chunk);
  };
  const level = { width: array.shape[x]!, height: array.shape[y]!, tileWidth: tile(x), tileHeight: tile(y) };
  const bytes =
    (Math.min(level.width, level.tileWidth) *
      Math.min(level.height, level.tileHeight) *
      channels *
      Number(/\d+/.exec(dtype)?.[0] ?? 8)) /
    8;
  if (bytes <= mostTileBytes) return level;
  throw new InnotaterError(
    'limit',
    `${name} cannot be shown: one of its chunks is ${array.chunks.join(' × ')} (${Math.round(bytes / 2 ** 20)} MiB for what is shown), and at most ${mostTileBytes >> 20} MiB are decoded at a time; write it in smaller chunks`,
    { file: name, bytes, mostBytes: mostTileBytes },
  );
};

type Cut = {
  readonly axes: Axes;
  readonly channels: readonly number[];
  readonly fixed: readonly number[];
  readonly dtype: DType;
};

const tileAt = async (
  array: ZarrArray,
  { width, height, tileWidth, tileHeight }: PyramidLevel,
  x: number,
  y: number,
  { axes, channels, fixed, dtype }: Cut,
  signal: AbortSignal,
): Promise<TensorTile> => {
  const columns = Math.min(tileWidth, width - x * tileWidth);
  const rows = Math.min(tileHeight, height - y * tileHeight);
  const plane = rows * columns;
  const isOneByOne =
    axes.c < 0 || channels.length < array.shape[axes.c]! || axes.c > Math.min(axes.x, axes.y);
  const selection = (channel: number | null) =>
    axes.names.map((_, axis) => {
      if (axis === axes.x) return zarr.slice(x * tileWidth, x * tileWidth + columns);
      if (axis === axes.y) return zarr.slice(y * tileHeight, y * tileHeight + rows);
      if (axis === axes.c) return channel;
      return Math.min(fixed[axis]!, array.shape[axis]! - 1);
    });
  const read = async (channel: number | null) =>
    (await zarr.get(array, selection(channel), { signal })) as unknown as ZarrChunk;
  if (!isOneByOne && axes.y < axes.x)
    return tileOf((await read(null)).data, rows, columns, channels.length, dtype);
  const parts = await Promise.all(channels.map(read));
  const data =
    parts.length === 1 && axes.y < axes.x
      ? elementsOf(parts[0]!.data)
      : joined(parts, plane, axes.y < axes.x ? null : { rows, columns });
  return tileOf(data, rows, columns, channels.length, dtype);
};

type ZarrChunk = {
  readonly data: unknown;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
};

/** Booleans and halves come in arrays of their own over bytes and bits. */
const elementsOf = (data: unknown): ElementArray => {
  const view = data as ArrayBufferView & { readonly [Symbol.toStringTag]?: string };
  if (!ArrayBuffer.isView(view)) {
    const { buffer, byteOffset, byteLength } = data as {
      buffer: ArrayBuffer;
      byteOffset: number;
      byteLength: number;
    };
    return new Uint8Array(buffer, byteOffset, byteLength);
  }
  if (view[Symbol.toStringTag] !== 'Float16Array') return view as unknown as ElementArray;
  return new Uint16Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength / 2);
};

const tileOf = (
  data: unknown,
  rows: number,
  columns: number,
  channels: number,
  dtype: DType,
): TensorTile => ({
  data: elementsOf(data),
  dtype,
  shape: [rows, columns, channels],
  strides: [columns, 1, rows * columns],
});

/** Planes one after another; `turned` where the file has x before y. */
const joined = (
  parts: readonly ZarrChunk[],
  plane: number,
  turned: { readonly rows: number; readonly columns: number } | null,
): ElementArray => {
  const first = elementsOf(parts[0]!.data);
  const whole = new (first.constructor as Uint8ArrayConstructor)(plane * parts.length);
  for (const [i, part] of parts.entries()) {
    const data = elementsOf(part.data) as Uint8Array;
    if (!turned) whole.set(data, i * plane);
    else
      for (let at = 0; at < plane; at++)
        whole[i * plane + at] = data[(at % turned.columns) * turned.rows + Math.floor(at / turned.columns)]!;
  }
  return whole;
};

type Looks = Pick<Pyramid<TensorTile>, 'window' | 'channels' | 'shownChannels'>;

/** One channel is grey with a window; several are mixed by their colours, but for three plain byte channels, which are RGB. */
const looks = async (
  pyramid: Pyramid<TensorTile>,
  image: OmeImage,
  channels: readonly number[],
  dtype: DType,
  signal: AbortSignal | undefined,
): Promise<Looks> => {
  const stated = channels.map((channel) => image.omero.channels[channel]);
  const isByte = dtype === 'u8' || dtype === 'bool';
  if (channels.length === 1) {
    if (stated[0]?.window) return { window: stated[0].window };
    return isByte ? {} : { window: await sampledWindow(pyramid, null, signal) };
  }
  if (image.omero.channels.length === 0 && channels.length === 3 && isByte)
    return { shownChannels: [0, 1, 2] };
  const mixed: PyramidChannel[] = [];
  for (const [i, channel] of stated.entries()) {
    const only = { ...pyramid, shownChannels: [i] };
    const window = channel?.window ?? (isByte ? { lo: 0, hi: 255 } : await sampledWindow(only, null, signal));
    const color = channel?.color ?? defaultColors[i % defaultColors.length]!;
    mixed.push({ color, window, ...(channel?.label === undefined ? {} : { label: channel.label }) });
  }
  return { channels: mixed };
};
