import type { Priority } from '../compute/contract.js';
import type { ElementArray, RgbaPixels } from '../kernels/index.js';

/** A tensor as callers hold it; sizes, strides and offset in elements. */
export type TensorLike = {
  readonly data: ElementArray | readonly number[];
  readonly shape?: readonly number[];
  readonly dims?: readonly number[];
  readonly strides?: readonly number[];
  readonly stride?: readonly number[];
  readonly offset?: number;
  /** dtype by its name where the array type does not tell ('float16', 'bool', …). */
  readonly dtype?: string;
  readonly type?: string;
};

/** One row of an image column. A string is a file name or URL. */
export type ImageEntry = string | URL | Blob | ArrayBuffer | Uint8Array | TensorLike;

/** Edge length of a tile in texels; tiles at the right and bottom edge are smaller. */
export const TILE_SIZE = 512;

/** A tile covers `TILE_SIZE · 2^level` source pixels a side, from (x, y) times that. */
export type TileAddress = { readonly level: number; readonly x: number; readonly y: number };

export type ReadOptions = { readonly signal?: AbortSignal; readonly priority?: Priority };

/** Where the pixels of one image come from. Others can implement it. */
export interface ImageSource {
  /** Full size in pixels. */
  readonly width: number;
  readonly height: number;
  /** Bytes of decoded pixels held for this source outside the tile cache (0 for a tensor: its memory is the caller's). */
  readonly bytes: number;
  /** A tile's pixels, area averaged; at most `TILE_SIZE` a side. Rejects with `InnotaterError`, or `signal.reason` when aborted. */
  readTile(tile: TileAddress, options: ReadOptions): Promise<RgbaPixels>;
  /** Frees what is held; can be called twice. */
  dispose(): void;
}

/** The GPU's side of the tile cache, implemented by the renderer. */
export interface TileTextures {
  /** Uploads at once; replaces what the key held. */
  upload(key: string, pixels: RgbaPixels): void;
  free(key: string): void;
  readonly bytes: number;
}
