import { InnotaterError } from '../errors/index.js';
import type { Rect, Size } from '../geometry/index.js';
import { type Color, type Picture, type Shape, samePicture, type TextMeasure } from '../paint/index.js';
import { Batch } from './batch.js';
import type { CanvasPainter } from './canvas-painter.js';
import type { Renderer, Rows } from './contract.js';
import { DashTable } from './dash-table.js';
import { snapClip } from './edges.js';
import { Painter } from './painter.js';
import { scaleOf } from './scale.js';
import { ownScreen, type Screen, sharedScreen } from './screen.js';
import { CanvasTextMeasure } from './text/measure.js';
import { TextPainter } from './text/text-painter.js';
import { type TilePixels, TileTextures } from './tile-textures.js';

type Frame = { readonly picture: Picture; readonly background: Color };

const showsTile = (shapes: Picture, key: string): boolean =>
  shapes.some((shape: Shape) =>
    shape.tag === 'clip' ? showsTile(shape.shapes, key) : shape.tag === 'tile' && shape.key === key,
  );

export type RendererOptions = {
  /** It draws with the page's one WebGL2 context, of which a page has few, and hands its pictures over to the canvas. */
  readonly isShared?: boolean;
  /** It takes its context when there is something to draw; that throws then. */
  readonly opensLate?: boolean;
  /** Opaque; shown by a context of its own until something is drawn. Given, every background is opaque: no blending with the page. */
  readonly ground?: Color | undefined;
};

class CanvasRenderer implements Renderer {
  /** Null before anything is drawn or uploaded, where it is opened that late. */
  #screen: Screen | null = null;
  readonly #batch = new Batch();
  readonly #dashes = new DashTable();
  readonly #tiles = new TileTextures();
  readonly isShared: boolean;
  readonly #measure = new CanvasTextMeasure();
  readonly #painter: Painter;
  readonly #listeners: ((state: 'lost' | 'restored') => void)[] = [];
  #stopListening = () => {};
  /** Of the picture. The backing store gets its own when it is drawn on: until then what is shown stays. */
  #size: Size;
  /** Those that the canvas has. */
  #rows: Rows;
  #isDisposed = false;
  /** What is on the canvas; null where that is not known any more. */
  #shown: Frame | null = null;
  /** The batch holds all that is on the canvas: nothing was drawn before it was complete. */
  #isWhole = false;
  /** The state of the atlas that the batch was painted with. */
  #atlasVersion = -1;
  #isPatching = false;
  /** What `snapshot` draws. */
  #last: Frame = { picture: [], background: [0, 0, 0, 0] };

  readonly #ground: Color | undefined;

  constructor(
    readonly canvas: HTMLCanvasElement,
    { isShared = false, opensLate = false, ground }: RendererOptions,
  ) {
    this.isShared = isShared;
    this.#ground = ground;
    if (!opensLate) this.#open();
    this.#size = { width: canvas.width, height: canvas.height };
    this.#rows = { top: 0, height: canvas.height };
    const flush = () => this.#flushEarly();
    const atlas = () => this.#device.atlas;
    const text = new TextPainter(this.#measure, atlas, this.#batch, flush);
    this.#painter = new Painter({
      batch: this.#batch,
      dashes: this.#dashes,
      tiles: this.#tiles,
      text,
      flush,
    });
  }

  #open(): Screen {
    const { canvas, isShared } = this;
    this.#screen = isShared ? sharedScreen(canvas) : ownScreen(canvas, this.#ground);
    this.#stopListening = this.#screen.device.onContext((state) => this.#contextChanged(state));
    return this.#screen;
  }

  get #device() {
    return (this.#screen ?? this.#open()).device;
  }

  get text(): TextMeasure {
    return this.#measure;
  }

  get isLost(): boolean {
    return this.#isDisposed || (this.#screen?.device.isLost ?? false);
  }

  get textureBytes(): number {
    const gpu = this.isShared ? null : this.#screen?.device.gpu;
    return this.#tiles.bytes + (gpu ? gpu.atlasBytes + gpu.compositeBytes : 0);
  }

  resize(css: Size, device: Size): void {
    const scale = scaleOf(css, device, [window.devicePixelRatio, this.#painter.scale]);
    const { width, height } = this.#size;
    if (width !== device.width || height !== device.height || scale !== this.#painter.scale) {
      this.#shown = null;
    }
    this.#size = device;
    this.#rows = { top: 0, height: device.height };
    this.#painter.scale = scale;
    this.#measure.scale = scale;
  }

  showRows(rows: Rows): void {
    if (rows.top !== this.#rows.top || rows.height !== this.#rows.height) this.#shown = null;
    this.#rows = rows;
  }

  draw(picture: Picture, background: Color): boolean {
    this.#last = { picture, background };
    if (this.isLost || this.#isShown(this.#last)) return false;
    this.#drawLast();
    return true;
  }

  paintOn(Painter: typeof CanvasPainter, canvas: HTMLCanvasElement, picture: Picture, rect: Rect): void {
    const { left, top, right, bottom } = snapClip(rect, this.#painter.scale);
    canvas.width = right - left;
    canvas.height = bottom - top;
    const context = canvas.getContext('2d');
    if (context) new Painter(context, this.#measure).draw(picture, rect);
  }

  uploadTile(key: string, pixels: TilePixels): void {
    const { width, height, rgba } = pixels;
    if (rgba.length !== width * height * 4) {
      throw new Error(`Tile ${key} of ${width}×${height} has ${rgba.length} bytes instead of 4 a pixel.`);
    }
    if (this.isLost) return;
    const { gpu } = this.#device;
    if (!gpu) return;
    this.#tiles.upload(gpu, key, pixels);
    this.#tileChanged(key);
  }

  freeTile(key: string): void {
    this.#tiles.free(this.#screen?.device.gpu ?? null, key);
    this.#tileChanged(key);
  }

  forgetText(): void {
    this.#measure.forget();
    this.#screen?.device.atlas.clear();
    this.#shown = null;
  }

  async snapshot(): Promise<Blob> {
    if (this.isLost) {
      throw new InnotaterError(
        'limit',
        'There is no picture to take: the graphics context is lost. Try again when it is back.',
      );
    }
    let { canvas } = this;
    if (this.#isWholeShown) this.#drawLast();
    else {
      canvas = canvas.ownerDocument.createElement('canvas');
      this.copyTo(canvas);
    }
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    if (blob) return blob;
    const { width, height } = canvas;
    throw new InnotaterError(
      'limit',
      `The browser could not encode the canvas of ${width}×${height} px as PNG.`,
      { width, height },
    );
  }

  copyTo(target: HTMLCanvasElement, scale = 1): void {
    if (this.isLost) return;
    const { width, height } = this.#size;
    target.width = width * scale;
    target.height = height * scale;
    const context = target.getContext('2d');
    context?.scale(scale, scale);
    const shown = this.#rows;
    for (let top = 0; top < height; top += shown.height) {
      this.showRows({ top, height: Math.min(shown.height, height - top) });
      this.#drawLast();
      context?.drawImage(this.canvas, 0, top);
    }
    this.showRows(shown);
    if (!this.#shown) this.#drawLast();
  }

  takePicture(evenTall = false): HTMLCanvasElement | null {
    if (this.isLost || !this.#shown || !(evenTall || this.#isWholeShown)) return null;
    if (this.#isWholeShown && this.#screen?.leavePicture()) return this.canvas;
    const copy = this.canvas.ownerDocument.createElement('canvas');
    this.copyTo(copy);
    return copy;
  }

  onContext(listener: (state: 'lost' | 'restored') => void): void {
    this.#listeners.push(listener);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#stopListening();
    this.#listeners.length = 0;
    this.#tiles.clear(this.#screen?.device.gpu ?? null);
    this.#measure.forget();
    this.#shown = null;
    this.#last = { picture: [], background: [0, 0, 0, 0] };
    this.#screen?.dispose();
  }

  get #isWholeShown(): boolean {
    return this.#rows.height === this.#size.height;
  }

  #isShown({ picture, background }: Frame): boolean {
    const shown = this.#shown;
    if (!shown?.background.every((value, i) => value === background[i])) return false;
    return samePicture(shown.picture, picture);
  }

  #tileChanged(key: string): void {
    if (this.#shown && showsTile(this.#shown.picture, key)) this.#shown = null;
  }

  #drawLast(): void {
    const { canvas } = this;
    const { width } = this.#size;
    const { top, height } = this.#rows;
    const screen = this.#screen ?? this.#open();
    const { gpu } = screen.device;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const shown = this.#shown;
    this.#shown = null;
    this.#batch.clip = { left: 0, top, right: width, bottom: top + height };
    this.#batch.top = top;
    screen.prepare({ width, height });
    gpu?.clear({ width, height }, this.#last.background);
    this.#device.begin(() => this.#painter.touch(this.#last.picture));
    if (!shown || !this.#patch(shown.picture)) this.#paintAll();
    this.#drawBatch();
    this.#atlasVersion = this.#device.atlas.version;
    screen.show();
    this.#shown = this.#last;
  }

  #drawBatch(): void {
    const { gpu, atlas } = this.#device;
    gpu?.draw(this.#batch, atlas, this.#dashes.ends);
  }

  /** Paints what differs from what is shown; false where all must be painted anew. */
  #patch(shown: Picture): boolean {
    if (!this.#isWhole || this.#atlasVersion !== this.#device.atlas.version) return false;
    this.#isPatching = true;
    try {
      this.#painter.patch(shown, this.#last.picture);
    } finally {
      this.#isPatching = false;
    }
    return this.#isWhole;
  }

  #paintAll(): void {
    this.#isWhole = true;
    this.#batch.reset();
    this.#dashes.reset();
    this.#painter.paint(this.#last.picture);
  }

  #flushEarly(): void {
    this.#isWhole = false;
    if (this.#isPatching) return;
    this.#drawBatch();
    this.#batch.reset();
  }

  #contextChanged(state: 'lost' | 'restored'): void {
    if (state === 'lost') {
      this.#tiles.clear(null);
      this.#shown = null;
    }
    for (const listener of [...this.#listeners]) listener(state);
  }
}

/**
 * A renderer on a canvas that has no context yet and serves no other one. The caller disposes it; the canvas cannot be used again after
 * that. Throws `InnotaterError` 'limit' where the browser has no WebGL2.
 */
export const createRenderer = (canvas: HTMLCanvasElement, options: RendererOptions = {}): Renderer =>
  new CanvasRenderer(canvas, options);
