import type { Priority } from '../compute/contract.js';
import type { InnotaterError } from '../errors/index.js';
import type { Rect, ScreenFromImage } from '../geometry/index.js';
import type { DType, ElementArray, RgbaPixels } from '../kernels/index.js';
import type { Shape } from '../paint/index.js';
import type { TileSource } from './tile-source.js';

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
  /** Column-major memory (npyjs); only where there are no strides. */
  readonly fortranOrder?: boolean;
};

/** A tensor in a file, of which only what is shown is read, by slices and in the workers. Sizes, strides and offset in elements. */
export type BlobTensor = {
  readonly blob: Blob;
  /** Where the data begin in the file; default 0. */
  readonly byteOffset?: number;
  /** As in numpy ('uint16', '<f4'), torch or tfjs. */
  readonly dtype: string;
  /** Default true, unless the dtype says otherwise ('>f4'). */
  readonly littleEndian?: boolean;
  readonly shape: readonly number[];
  readonly strides?: readonly number[];
  readonly offset?: number;
  readonly fortranOrder?: boolean;
};

/** Interleaved pixels as `ImageData` and others hold them: always in the order R, G, B, A; 4 channels unless said otherwise. */
export type PixelsLike = {
  readonly data: ElementArray;
  readonly width: number;
  readonly height: number;
  readonly channels?: number;
};

/**
 * One row of an image column. A string is a file name or URL; files may be images or hold one array (`.npy`); a list of files or a
 * handle is the folder of one image in tiles.
 */
export type ImageEntry =
  | string
  | URL
  | Blob
  | ArrayBuffer
  | Uint8Array
  | TensorLike
  | BlobTensor
  | PixelsLike
  | TileSource
  | FileSystemDirectoryHandle
  | readonly File[];

/** Edge length of a tile in texels; tiles at the right and bottom edge are smaller. */
export const TILE_SIZE = 512;

/** A tile covers `TILE_SIZE · 2^level` source pixels a side, from (x, y) times that. */
export type TileAddress = {
  readonly level: number;
  readonly x: number;
  readonly y: number;
  /** The whole image from some of its pixels (`readCoarse`): one tile of the top level, drawn where there is nothing better. */
  readonly isCoarse?: boolean;
};

export type ReadOptions = { readonly signal?: AbortSignal; readonly priority?: Priority };

/** Window and level: values at `lo` are shown black, at `hi` white; `lo` above `hi` inverts. In values of the source. */
export type ValueRange = { readonly lo: number; readonly hi: number };

export type TileOptions = ReadOptions & {
  /** Takes the place of what the transform does to values; which channels it takes stays. null: as the transform says. */
  readonly range?: ValueRange | null;
};

/** What the source holds at one pixel: a value a channel in the source's order, before any transform. */
export type PixelValues = { readonly dtype: DType; readonly values: readonly number[] };

/**
 * How often values occur in a bounded sample of the pixels: equal bins from `lo` to `hi` (the least and greatest value found; 1 apart
 * where there is one value alone), a row a channel in the source's order. NaN and infinities are left out.
 */
export type Histogram = {
  readonly lo: number;
  readonly hi: number;
  readonly counts: readonly Uint32Array[];
};

/** How much of an image's file has come. */
export type LoadProgress = {
  readonly loadedBytes: number;
  /** Null where the server does not tell. */
  readonly totalBytes: number | null;
};

/** As for reading; `onProgress` hears of a file that is fetched, as its bytes come. */
export type OpenOptions = ReadOptions & { readonly onProgress?: (progress: LoadProgress) => void };

/**
 * How the transform shows a source: the channels taken, as grey (and alpha) or red, green, blue (and alpha), and the window that it
 * comes to for the first of them.
 */
export type Rendering = { readonly picks: readonly number[]; readonly range: ValueRange };

/** Where the pixels of one image come from. Others can implement it. */
export interface ImageSource {
  /** Full size in pixels. */
  readonly width: number;
  readonly height: number;
  /** Bytes of decoded pixels held for this source outside the tile cache (0 for a tensor: its memory is the caller's). */
  readonly bytes: number;
  /** Whether values reach beyond 8 bits, so that a window makes sense. */
  readonly isWide: boolean;
  /** Absent: channels as they stand, 0 black and 255 white. */
  readonly rendering?: Rendering | undefined;
  /** A tile's pixels, area averaged; at most `TILE_SIZE` a side. Rejects with `InnotaterError`, or `signal.reason` when aborted. */
  readTile(tile: TileAddress, options: TileOptions): Promise<RgbaPixels>;
  /**
   * The whole image as one tile of the top level, from some of its pixels alone, so that it is there at once. Without it coarser tiles
   * are asked for first where many are needed.
   */
  readonly readCoarse?: ((options: TileOptions) => Promise<RgbaPixels>) | undefined;
  /** From this level up tiles are there at once, and are shown under finer ones until these come. */
  readonly quickLevel?: number | undefined;
  /** How much of what was asked for is read, 0 to 1; null when nothing is under way. Only where this can take long. */
  readonly progress?: number | null;
  /** The pixel that holds the point (x, y). Rejects with `InnotaterError` 'range' where there is none. */
  readValues(x: number, y: number, options: ReadOptions): Promise<PixelValues>;
  readHistogram(bins: number, options: ReadOptions): Promise<Histogram>;
  /** Frees what is held; can be called twice. */
  dispose(): void;
}

/** The GPU's side of the tile cache, implemented by the renderer. */
export interface TileTextures {
  /** Uploads at once; replaces what the key held. */
  upload(key: string, pixels: RgbaPixels & { readonly isPremultiplied?: true }): void;
  free(key: string): void;
  readonly bytes: number;
}

/** What is known of one sample's image. */
export type ImageState =
  | { readonly tag: 'idle' }
  /** `progress`: null while no bytes have come, and where none will. */
  | { readonly tag: 'loading'; readonly progress: LoadProgress | null }
  | { readonly tag: 'ready'; readonly source: ImageSource }
  | { readonly tag: 'failed'; readonly error: InnotaterError };

/** A second view of the shown image in a frame of its own, such as a loupe. */
export type ImageDetail = {
  readonly screenFromImage: ScreenFromImage;
  readonly frame: Rect;
  /** It takes what is there, and has no more read than the coarse whole where the source makes one. */
  readonly isRough?: boolean;
};

export type PaintedImage = {
  readonly shapes: readonly Shape[];
  readonly sharp: boolean;
  /** Shapes of the detail, whether sharp or not; not clipped to its frame. */
  readonly detail: readonly Shape[];
};

/** The images of one column: opens what is shown, prefetches what comes next, frees what is no longer wanted. */
export interface SampleImages {
  /** Shows this sample; `upcoming` are opened behind it, in order, as far as the budget goes. All else is cancelled and freed. */
  show(uindex: number, upcoming: readonly number[]): void;
  state(uindex: number): ImageState;
  /** Forgets a failure (or a stale source) and opens the sample anew. */
  reload(uindex: number): void;
  /**
   * Tile shapes for the shown image under this view, coarse ones under sharp ones; asks for the tiles that are missing and calls
   * `redraw` when they are there. `sharp` is true when every tile the view needs is among the shapes.
   */
  paint(
    screenFromImage: ScreenFromImage,
    frame: Rect,
    devicePixelRatio: number,
    detail?: ImageDetail,
  ): PaintedImage;
  /**
   * Shows the column's images with this window, or as the transform says (null). What is shown stays until it is there anew. While
   * one change is being read the next waits a moment, so that a drag is seen as it goes on. Throws `InnotaterError` 'range' where lo
   * and hi are equal or not finite.
   */
  setRange(range: ValueRange | null): void;
  /** Of the shown image, see `ImageSource`; rejects with `InnotaterError` 'range' while there is none. */
  values(x: number, y: number): Promise<PixelValues>;
  histogram(bins: number): Promise<Histogram>;
  /** The GPU lost every texture: tiles are asked for again when next painted. */
  forgetTextures(): void;
  readonly decodedBytes: number;
  /** How much of what the shown image asked for is read, 0 to 1; null when nothing that can take long is under way. */
  readonly progress: number | null;
  readonly pendingTiles: number;
  dispose(): void;
}

export type SampleImagesOptions = {
  /** Prefix of texture keys, unique on the canvas. */
  readonly key: string;
  open(uindex: number, options: OpenOptions): Promise<ImageSource>;
  readonly textures: TileTextures;
  redraw(reason: string): void;
  /** Bytes of decoded pixels that may be held now; the shown sample is always kept. */
  budget(): number;
};
