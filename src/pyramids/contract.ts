import type { DType, ElementArray } from '../kernels/index.js';

/** One size of an image, cut into equal tiles; those at the right and bottom edge may be smaller, or be padded beyond it. */
export type PyramidLevel = {
  readonly width: number;
  readonly height: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Texels that a tile repeats of each neighbour it has (Deep Zoom); default 0. */
  readonly overlap?: number;
};

/** How one channel is added to the picture (fluorescence): the window's upper end shines in `color`. */
export type PyramidChannel = {
  readonly label?: string;
  /** R, G, B of 0…255. */
  readonly color: readonly [number, number, number];
  readonly window: { readonly lo: number; readonly hi: number };
};

/** An image as a pyramid of tiles, whatever holds it. */
export interface Pyramid<Tile> {
  /** Full size in pixels; that of the first level. */
  readonly width: number;
  readonly height: number;
  /** Finest first, each smaller than the one before. A texel of a level stands for `width / level.width` pixels. */
  readonly levels: readonly PyramidLevel[];
  /** What messages call it: a file name or URL. */
  readonly name?: string;
  /** Element type of tiles that are tensors, by any of its names; default 8 bits. */
  readonly dtype?: string;
  /** Which axis of tensors with three holds the channels; default: the last where it has 1, 3 or 4, else the first. */
  readonly channelAxis?: 'first' | 'last';
  /** Values shown as black and white where no transform says otherwise; for tensors beyond 8 bits. */
  readonly window?: { readonly lo: number; readonly hi: number };
  /** Channels of a tensor that are shown where no `Transforms.channels` picks others: grey, or R, G, B, or with alpha. */
  readonly shownChannels?: readonly number[];
  /** One a channel of the tensors, where they are mixed by colour. */
  readonly channels?: readonly PyramidChannel[];
  /**
   * The tile in column x and row y of `levels[level]`. Its first texel is at (x · tileWidth, y · tileHeight) less the overlap it
   * has there. `null`: there is nothing, and nothing is shown. Rejects with `InnotaterError` or any `Error`, or `signal.reason`.
   */
  getTile(level: number, x: number, y: number, options: { readonly signal: AbortSignal }): Promise<Tile>;
  /** Frees what is held; no tile is asked for afterwards. */
  close?(): void;
}

/** A tile in memory of its own; by (row, column, channel), which `strides` may lay out as planes. */
export type TensorTile = {
  readonly data: ElementArray;
  readonly dtype: DType;
  readonly shape: readonly [number, number, number];
  /** In elements. */
  readonly strides: readonly [number, number, number];
};

/** The files of a folder by their paths in it, with '/' between names. */
export type FolderFiles = ReadonlyMap<string, Blob>;
