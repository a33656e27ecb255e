import type { Rect, Size } from '../geometry/index.js';
import type { Picture, TextMeasure, TileKey } from '../paint/index.js';
import type { CanvasPainter } from './canvas-painter.js';

/** Rows of a picture, whole device px. */
export type Rows = { readonly top: number; readonly height: number };

/** Draws pictures on one canvas with WebGL2: a context of its own, or the page's one. */
export interface Renderer {
  readonly canvas: HTMLCanvasElement;
  readonly text: TextMeasure;
  /** Size in CSS px and the exact size in device px of the picture, all of which the canvas has. */
  resize(css: Size, device: Size): void;
  /** The canvas has these rows of the picture alone, until its next size; nothing else is drawn. */
  showRows(rows: Rows): void;
  /** Draws now. A picture equal to the last one at the same size is not drawn again (returns false). */
  draw(picture: Picture, background: readonly [number, number, number, number]): boolean;
  /**
   * Draws the part of a picture inside `rect` (CSS px of the picture) on another canvas with canvas 2D, at this renderer's density and with
   * its texts; gives the canvas its size. Tiles are left out. `Painter` is handed in, for most pages never need it.
   */
  paintOn(Painter: typeof CanvasPainter, canvas: HTMLCanvasElement, picture: Picture, rect: Rect): void;
  uploadTile(
    key: TileKey,
    pixels: {
      readonly width: number;
      readonly height: number;
      readonly rgba: Uint8Array<ArrayBuffer>;
      /** Colours are multiplied by their alpha already, which spares the browser a pass. */
      readonly isPremultiplied?: true;
    },
  ): void;
  freeTile(key: TileKey): void;
  /** It draws with the page's one context. */
  readonly isShared: boolean;
  /** Bytes of its tile textures, and of the text atlas and of composites of tiles where the context is its own. */
  readonly textureBytes: number;
  /** Fonts changed: forget measured and rasterised text. */
  forgetText(): void;
  /** Draws the picture again, all of its rows, and encodes it as PNG. */
  snapshot(): Promise<Blob>;
  /** The same, onto another canvas, which takes its size times `scale`, at once. Does nothing while the context is lost. */
  copyTo(canvas: HTMLCanvasElement, scale?: number): void;
  /**
   * A canvas with the picture, for whoever shows it after `dispose`: its own where that can keep it, else a copy. Null where nothing is
   * drawn, or something changed since; where the canvas has not all of its rows only with `evenTall`, as the copy may take 200 MB.
   */
  takePicture(evenTall?: boolean): HTMLCanvasElement | null;
  /** 'lost': nothing is drawn and every tile is gone; 'restored': the caller uploads its tiles and draws again. */
  onContext(listener: (state: 'lost' | 'restored') => void): void;
  readonly isLost: boolean;
  dispose(): void;
}
