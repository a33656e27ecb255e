import type { PixelPool } from '../compute/index.js';
import type { BlankCells, BoxValue } from '../dataset/index.js';
import type { InnotaterError } from '../errors/index.js';
import type { Point, Rect, ScreenFromImage, Size } from '../geometry/index.js';
import type { TileTextures } from '../images/index.js';
import type { BoxStyle, Shape } from '../paint/index.js';
import type { Semantics, Ui, WidgetId } from '../ui/index.js';
import type { BoxLabel } from './box-labels.js';
import type { LayerPicture, PicturePlace } from './box-layer-picture.js';
import type { Keymap } from './keymap.js';

/** One change of one value. `value` and `previous` are plain data that the target's `write` takes. */
export type ValueEdit = {
  readonly target: EditTarget;
  readonly uindex: number;
  readonly value: unknown;
  /** The value is of the kind that `capture` gives, and is put in place by `restore`. */
  readonly exact?: true;
  /** Consecutive edits with the same key, target and sample are one undo step. Absent: a step of its own. */
  readonly merge?: string;
};

/** An innotation's writable value, as history and events see it. */
export interface EditTarget {
  readonly name: string;
  /** Row inside a RepeatInnotation, −1 outside. */
  readonly repeatIndex: number;
  read(uindex: number): unknown;
  write(uindex: number, value: unknown): void;
  /** Whether two values are the same, so that setting what is there is no edit. */
  same(a: unknown, b: unknown): boolean;
  /** What a value must be, where this one is not; null for one that fits. Absent: anything fits. */
  wanted?(value: unknown): string | null;
  /**
   * The exact memory behind the value, where `read` loses some of it (a class of a one-hot row of floats), and its way back.
   * History keeps this in place of `read` and `write`.
   */
  capture?(uindex: number): unknown;
  restore?(uindex: number, captured: unknown): void;
  /** A change of this sample's value was undone or redone: what shows it comes into sight. */
  reveal?(uindex: number): void;
  /** What a row of a repeat holds of it when it is removed; absent: zeros, false, empty text. */
  readonly blank?: BlankCells;
  /** True for what belongs to the view, not to the data (how many rows are shown): undone as all else, but never dirty, no event. */
  readonly ofView?: boolean;
}

/** How many rows repeats have of one sample, found once for all that ask with it. */
export type RowCounts = Map<object, number>;

/**
 * A box on an image that its pointer tool and its keys can choose and edit.
 * @internal
 */
export interface ImageBox extends EditTarget {
  /** Names its element among those of the image. */
  readonly key: string;
  readonly desc: string;
  /** Nothing may be written. */
  readonly disabled: boolean;
  read(uindex: number): BoxValue;
  isShown(uindex: number, rows?: RowCounts): boolean;
  label(uindex: number): BoxLabel | null;
  /** The class of the row or group it is in, which is copied with it. */
  readonly classTarget?: EditTarget | null;
  /** Words of its classes; absent where they are known to its layer alone. */
  readonly classWords?: readonly string[];
  /** Its own look while it is not active; absent: that of the image. */
  style?(uindex: number): BoxStyle;
}

/**
 * An image as it lies on the page.
 * @internal
 */
export type ImagePlace = {
  readonly stage: Stage;
  /** In image pixels. */
  readonly image: Size;
  /** In CSS px of the canvas. */
  readonly frame: Rect;
  readonly view: ScreenFromImage;
};

/**
 * What lies over an image's tiles and under its own boxes: boxes too many to be Innotations of their own.
 * @internal
 */
export interface ImageLayer {
  /** The picture of its boxes but those that are raised; asks for what is missing. */
  paint(place: ImagePlace, ui: Ui): readonly Shape[];
  /** Boxes that are drawn as shapes over the picture, the active one not among them. */
  raised(uindex: number): readonly ImageBox[];
  /** The one under the pointer, and with its label. */
  readonly hovered: ImageBox | null;
  /** The pointer rests here, or (null) not on the image. `reach` is how near is near enough, in image px. */
  hover(pImage: Point | null, reach: number): void;
  /** A click: the box under it becomes active, as soon as it is found; `otherwise` is called where there is none. */
  pick(pImage: Point, reach: number, otherwise: () => void): void;
  /** Boxes in view, those nearest its middle, in reading order, as far as they are known. */
  readonly near: readonly ImageBox[];
  /** The box of an element. */
  find(key: string): ImageBox | null;
  /** A blank row that a drag may fill; null without one, and where nothing may be written. */
  blank(uindex: number): ImageBox | null;
  /** Elements of the boxes in `near` that are not active, `most` at most. */
  semantics(place: ImagePlace, most: number, childId: (key: string) => WidgetId): readonly Semantics[];
  /** Its boxes of any sample in a small picture of the image; null where it is not shown. */
  picture(
    uindex: number,
    pool: PixelPool,
    place: PicturePlace,
    options: { readonly signal: AbortSignal },
  ): Promise<LayerPicture | null>;
  /** Gives the box this class, counted from 0. False where the box is not of this layer or there is no such class. */
  setClass(box: ImageBox, chosen: number, stage: Stage): boolean;
}

/**
 * Where boxes are drawn: an ImageInnotation.
 * @internal
 */
export interface BoxHost {
  /** Called once a box and registration, in the order of PARITY B9. */
  /** Makes it the active one where this sample is shown, and moves the view where it is not in sight. */
  revealBox(box: ImageBox, uindex: number): void;
  attachBox(box: ImageBox): void;
  attachLayer(layer: ImageLayer): void;
  /** Other boxes of a layer are shown, in all samples. */
  layerChanged(): void;
  readonly activeBox: ImageBox | null;
  activateBox(box: ImageBox): void;
  /** Of the sample that is shown, in image pixels; null while it is not known. */
  imageSize(stage: Stage): Size | null;
  /** Everything of the image is on screen, or it cannot be shown. */
  isReady(stage: Stage): boolean;
}

/**
 * An innotation that lies on another one, which the Innotater finds for it by name (R9).
 * @internal
 */
export interface NeedsSource {
  /** The name of its image; undefined where there is only one. */
  readonly source: string | undefined;
  attachTo(host: BoxHost): void;
}

/** What innotations may ask of the component that shows them. */
export interface Stage {
  readonly uindex: number;
  readonly index: number;
  /** The row shown before this one in the order of samples; null at the first. */
  readonly before: number | null;
  /** Samples likely to be shown next, most likely first. */
  readonly upcoming: readonly number[];
  /** The only way to change a value: writes in place, records history, marks dirty, raises 'change', redraws. False: it was the same. */
  edit(edit: ValueEdit): boolean;
  /** Several edits as one undo step. False: nothing changed. */
  editAll(edits: readonly ValueEdit[]): boolean;
  /**
   * Runs a handler of the caller. When it gives true, the sample is dirty and what the handler wrote into this sample's values is
   * one undo step. What it throws or rejects with is reported. Resolves when it is done, to whether it gave true.
   */
  runHandler(uindex: number, handler: () => unknown): Promise<boolean>;
  /** Ends merging: the next edit is an undo step of its own. */
  endMerge(): void;
  /** Marks a sample dirty without a value edit. */
  touch(uindex: number): void;
  redraw(reason: string): void;
  /** Raises an 'error' event and shows the message. */
  report(error: InnotaterError, uindex: number | null): void;
  /** Takes its message away where it is still shown: what failed is tried again. */
  retract(error: InnotaterError): void;
  announce(text: string): void;
  /** @internal */
  readonly pixels: PixelPool;
  /** @internal */
  readonly textures: TileTextures;
  /**
   * Bytes of decoded pixels that one image innotation may hold.
   * @internal
   */
  readonly memoryBudget: number;
  /**
   * Which key does what.
   * @internal
   */
  readonly keymap: Keymap;
  /** The keys that are shortcuts of the whole while a list has focus (C10). */
  readonly shortcutKeys: readonly string[];
}
