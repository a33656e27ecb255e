import type { Reply } from '../errors/index.js';
import type { Affine, Band, RgbaPixels } from './contract.js';
import type { ResizePart, ResizeTo } from './pixel-kernels.js';
import type { StridedPixels } from './strided.js';

/** What a worker answers when asked how it computes. */
export type PixelBackend = 'simd' | 'js';

/** A rectangle of whole source pixels. */
export type PixelRect = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/**
 * An encoded image (JPEG, PNG, WebP, GIF, AVIF, BMP). A worker decodes it once and keeps it under `id` until `release(id)`.
 * The blob goes with every request, so any worker can answer any of them.
 */
export type EncodedImage = {
  readonly id: string;
  readonly blob: Blob;
  /** What is meant is its first picture (`FirstPicture`), and regions are in the pixels of that. */
  readonly isGlance?: boolean;
};

/** Size in pixels as displayed (EXIF orientation applied) and the bytes the decoded image holds in the worker. */
export type OpenedImage = { readonly width: number; readonly height: number; readonly bytes: number };

/** Pixels reduced by area averaging over squares of `2^level` source pixels; edge squares average what they have. */
export type ReducedBand = { readonly band: Band; readonly level: number };

/** One share of a job that several workers have in common, or all of one. */
export type BandTask = {
  readonly band: Band;
  /** The rows of the band that are meant; default: all. For bands in shared memory, which need not be cut. */
  readonly rows?: { readonly from: number; readonly count: number };
  readonly work:
    | { readonly kind: 'reduce'; readonly level: number }
    | { readonly kind: 'resize'; readonly to: ResizeTo; readonly part?: ResizePart };
  /** Shared memory that takes the pixels, from its start on; the answer holds none then. */
  readonly into?: Uint8Array;
};

/** The result of a band, and the band's own memory handed back for the next one. */
export type ConvertedBand = { readonly pixels: RgbaPixels; readonly spare: ArrayBufferLike };

/** The same of a task; no pixels where it said where they go. */
export type ComputedBand = { readonly pixels: RgbaPixels | null; readonly spare: ArrayBufferLike };

/**
 * A picture of the whole of an image of `width` × `height` pixels as displayed: its means over squares of `2^level` pixels. `bytes`: what
 * it holds in the worker.
 */
export type FirstPicture = OpenedImage & { readonly level: number };

export type EncodedRegion = {
  readonly image: EncodedImage;
  /** In pixels of the full image; clipped to it. x and y are multiples of `2^level`. */
  readonly region: PixelRect;
  readonly level: number;
  /** Applied to the decoded 8-bit RGB(A) before reduction; null leaves the pixels exact to the file. */
  readonly affine: Affine | null;
  /** Decoded red and blue are swapped first. */
  readonly swapRedBlue: boolean;
};

/** A tensor whose bytes workers read themselves: out of a file by slices, or out of memory that they share with the page. */
export type StoredTensor = StridedPixels & {
  readonly bytes: Blob | SharedArrayBuffer;
  /** Where element 0 lies. */
  readonly byteOffset: number;
  readonly littleEndian: boolean;
};

export type StoredRegion = {
  readonly tensor: StoredTensor;
  /** Within the image; what is read at once spans it along the slower axis. */
  readonly region: PixelRect;
  /** Reduced over squares of `2^level` pixels, counted from the region's corner. */
  readonly level: number;
  /** The tensor's channel for each of the result: grey; grey, alpha; R, G, B; or R, G, B, A. */
  readonly picks: readonly number[];
};

/** Means of the values that are finite (NaN where there is none), `[height, width, channels]`. */
export type MeanValues = {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array<ArrayBuffer>;
};

/** The pixels where these rows and columns cross, both ascending. */
export type StoredSample = {
  readonly tensor: StoredTensor;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
};

/** What runs in a worker for pictures that browsers decode; every answer is a reply, nothing is thrown across. */
export interface PictureService {
  hello(): Promise<PixelBackend>;
  /** Decodes and keeps the image. A second call with the same id answers from what is kept. */
  open(image: EncodedImage): Promise<Reply<OpenedImage>>;
  /**
   * Decodes and keeps a picture of the whole where the format gives one for a small part of the time (large sequential JPEGs); else
   * null. It is read from as an opened image.
   */
  glance(image: EncodedImage): Promise<Reply<FirstPicture | null>>;
  /** Keeps a bitmap that was made elsewhere (an SVG, which only the page can rasterise). The bitmap is transferred. */
  adopt(id: string, bitmap: ImageBitmap): Promise<Reply<OpenedImage>>;
  /** Cuts a region out of an opened image (opening it first where this worker has not) and reduces it. */
  read(request: EncodedRegion): Promise<Reply<RgbaPixels>>;
  /** Frees what is kept under the id; unknown ids are ignored. */
  release(id: string): Promise<void>;
}

/** The same, and what is computed from bands and tensors. */
export interface PixelService extends PictureService {
  /** Converts a band to RGBA and reduces it. */
  convert(request: ReducedBand): Promise<Reply<ConvertedBand>>;
  /** Converts and reduces, or resamples. */
  compute(task: BandTask): Promise<Reply<ComputedBand>>;
  /** Reads a region and reduces it, values taken through the affine (null: as they are). */
  readStored(request: StoredRegion & { readonly affine: Affine | null }): Promise<Reply<RgbaPixels>>;
  readMeans(request: StoredRegion): Promise<Reply<MeanValues>>;
  /** Values `[rows, columns, channels]` as they are, all channels. */
  sampleStored(request: StoredSample): Promise<Reply<Float64Array<ArrayBuffer>>>;
}
