import type { Reply } from '../errors/index.js';
import type { PixelService } from './wire.js';

/** Which boxes are shown; what is absent lets all pass. A box without a score passes no limit. */
export type BoxFilter = {
  /** Numbers of classes that are shown; −1 stands for boxes without one. */
  readonly classes?: readonly number[];
  /** Least and greatest score that is shown. */
  readonly minScore?: number;
  readonly maxScore?: number;
};

/** Boxes of one sample that a worker is to keep under `id` until `release(id)`. */
export type BoxSetPlan = {
  readonly id: string;
  readonly count: number;
  /** Colour of class i at i modulo the length, its bytes R, G, B, A in memory. Never empty. */
  readonly palette: Uint32Array<ArrayBuffer>;
  /** Colour of boxes without a class. */
  readonly plain: number;
};

/** Rows `from`… of a set. */
export type BoxBand = {
  readonly id: string;
  readonly from: number;
  /** x, y, w, h a row, in image px. */
  readonly boxes: Float32Array<ArrayBuffer>;
  /** −1: none. Null where the set has no classes. */
  readonly classes: Int32Array<ArrayBuffer> | null;
  readonly scores: Float32Array<ArrayBuffer> | null;
};

/** Rows of a band that are no boxes (a number is not finite); they are kept as blank ones. */
export type BandFacts = { readonly bad: number; readonly firstBad: number };

export type BoxSetFacts = {
  /** What the worker holds. */
  readonly bytes: number;
  /** Rows without extent, ascending, at most `mostBlanks`. */
  readonly blanks: Uint32Array<ArrayBuffer>;
};
export const mostBlanks = 10_000;

/** Rows that changed, with their values as in a band. */
export type BoxPatch = {
  readonly id: string;
  readonly rows: readonly number[];
  readonly boxes: Float32Array<ArrayBuffer>;
  readonly classes: Int32Array<ArrayBuffer> | null;
};

/** One tile of the picture of all boxes at a scale. */
export type BoxTileRequest = {
  readonly id: string;
  /** Device px per image px. */
  readonly scale: number;
  /** Left and top of the tile in device px from the image's corner. */
  readonly left: number;
  readonly top: number;
  /** Device px; at most `mostTileSide` each. */
  readonly width: number;
  readonly height: number;
  /** Width of the stroke in whole device px. */
  readonly thick: number;
};

export const mostTileSide = 512;

/** A place in image px, and how far around it a box may be. */
export type BoxQuery = {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly reach: number;
};

/** The boxes that lie in a part of the image, those nearest its middle first. */
export type BoxNeighbours = {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly most: number;
};

/**
 * Very many boxes, in a worker: an index of them, and pictures of their outlines. Life of a set: `open` → `load` a band after another →
 * `index` → all else, until released. Calls for a set that this worker does not have fail with 'worker' and `facts.lost`.
 */
export interface BoxService {
  open(plan: BoxSetPlan): Promise<Reply<void>>;
  load(band: BoxBand): Promise<Reply<BandFacts>>;
  index(id: string): Promise<Reply<BoxSetFacts>>;
  /** Gives the number of boxes that pass. */
  filter(id: string, filter: BoxFilter): Promise<Reply<number>>;
  /** These rows, and no others, are left out of tiles. */
  lift(id: string, rows: readonly number[]): Promise<Reply<void>>;
  patch(patch: BoxPatch): Promise<Reply<void>>;
  /** RGBA, alpha 0 or 255; null where nothing is drawn. */
  tile(request: BoxTileRequest): Promise<Reply<Uint8Array<ArrayBuffer> | null>>;
  /** The row of the smallest box that contains the point, else of the nearest within reach; −1 for none. */
  hit(query: BoxQuery): Promise<Reply<number>>;
  near(query: BoxNeighbours): Promise<Reply<readonly number[]>>;
}

/** Everything that a worker answers. `release` frees pixels and boxes alike. */
export type WorkerService = PixelService & { readonly boxes: BoxService };
