import { InnotaterError } from '../errors/index.js';
import type { Rect, Size } from '../geometry/index.js';
import { type Color, type Picture, type Shape, samePicture, type TextMeasure } from '../paint/index.js';
import { Batch } from './batch.js';
import { CanvasPainter } from './canvas-painter.js';
import type { Renderer } from './contract.js';
import { DashTable } from './dash-table.js';
import { snapClip } from './edges.js';
import { Gpu } from './gpu.js';
import { Painter } from './painter.js';
import { scaleOf } from './scale.js';
import { createContext2d, TextAtlas } from './text/atlas.js';
import { CanvasTextMeasure } from './text/measure.js';
import { TextPainter } from './text/text-painter.js';
import { type TilePixels, TileTextures } from './tile-textures.js';

type Frame = { readonly picture: Picture; readonly background: Color };

const openContext = (canvas: HTMLCanvasElement): WebGL2RenderingContext => {
  const gl = canvas.getContext('webgl2', {
    alpha: true,
    premultipliedAlpha: true,
    antialias: false,
    depth: false,
    stencil: false,
    preserveDrawingBuffer: false,
  });
  if (gl) return gl;
  throw new InnotaterError(
    'limit',
    'The view cannot be drawn: this browser gives no WebGL2 context. It may be switched off, or the graphics driver may be blocked; chrome://gpu or about:support tell which.',
    { api: 'webgl2' },
  );
};

/** Null where the context is lost, be it while its objects are made: the browser then tells of its return. */
const openGpu = (gl: WebGL2RenderingContext): Gpu | null => {
  if (gl.isContextLost()) return null;
  try {
    return new Gpu(gl);
  } catch (thrown) {
    if (gl.isContextLost()) return null;
    throw thrown;
  }
};

const showsTile = (shapes: Picture, key: string): boolean =>
  shapes.some((shape: Shape) =>
    shape.tag === 'clip' ? showsTile(shape.shapes, key) : shape.tag === 'tile' && shape.key === key,
  );

class CanvasRenderer implements Renderer {
  readonly #gl: WebGL2RenderingContext;
  readonly #batch = new Batch();
  readonly #dashes = new DashTable();
  readonly #tiles = new TileTextures();
  readonly #atlas = new TextAtlas(() => this.#painter.touch(this.#last.picture));
  readonly #measure = new CanvasTextMeasure(createContext2d(1, 1));
  readonly #painter: Painter;
  readonly #listeners: ((state: 'lost' | 'restored') => void)[] = [];
  readonly #events = new AbortController();
  readonly #mostTexels: number;
  /** Null while the context is lost and after `dispose`. */
  #gpu: Gpu | null;
  /** What is on the canvas; null where that is not known any more. */
  #shown: Frame | null = null;
  /** The batch holds all that is on the canvas: nothing was drawn before it was complete. */
  #isWhole = false;
  #isPatching = false;
  /** What `snapshot` draws. */
  #last: Frame = { picture: [], background: [0, 0, 0, 0] };

  constructor(readonly canvas: HTMLCanvasElement) {
    this.#gl = openContext(canvas);
    this.#mostTexels = this.#gl.getParameter(this.#gl.MAX_TEXTURE_SIZE);
    this.#gpu = openGpu(this.#gl);
    const flush = () => this.#flushEarly();
    const text = new TextPainter(this.#measure, this.#atlas, this.#batch, flush);
    this.#painter = new Painter({
      batch: this.#batch,
      dashes: this.#dashes,
      tiles: this.#tiles,
      text,
      flush,
    });
    this.#listen();
  }

  get text(): TextMeasure {
    return this.#measure;
  }

  get isLost(): boolean {
    return this.#gpu === null || this.#gl.isContextLost();
  }

  get textureBytes(): number {
    return this.#tiles.bytes + (this.#gpu?.atlasBytes ?? 0);
  }

  resize(css: Size, device: Size): void {
    const { canvas } = this;
    const scale = scaleOf(css, device, [window.devicePixelRatio, this.#painter.scale]);
    if (canvas.width !== device.width || canvas.height !== device.height || scale !== this.#painter.scale) {
      this.#shown = null;
    }
    if (canvas.width !== device.width) canvas.width = device.width;
    if (canvas.height !== device.height) canvas.height = device.height;
    this.#painter.scale = scale;
    this.#measure.scale = scale;
  }

  draw(picture: Picture, background: Color): boolean {
    this.#last = { picture, background };
    if (this.isLost || this.#isShown(this.#last)) return false;
    this.#drawLast();
    return true;
  }

  paintOn(canvas: HTMLCanvasElement, picture: Picture, rect: Rect): void {
    const { left, top, right, bottom } = snapClip(rect, this.#painter.scale);
    canvas.width = right - left;
    canvas.height = bottom - top;
    const context = canvas.getContext('2d');
    if (context) new CanvasPainter(context, this.#measure).draw(picture, rect);
  }

  uploadTile(key: string, pixels: TilePixels): void {
    const { width, height, rgba } = pixels;
    if (rgba.length !== width * height * 4) {
      throw new Error(`Tile ${key} of ${width}×${height} has ${rgba.length} bytes instead of 4 a pixel.`);
    }
    if (width > this.#mostTexels || height > this.#mostTexels) {
      throw new Error(`Tile ${key} of ${width}×${height} is larger than a texture (${this.#mostTexels}).`);
    }
    if (!this.#gpu || this.isLost) return;
    this.#tiles.upload(this.#gpu, key, pixels);
    this.#tileChanged(key);
  }

  freeTile(key: string): void {
    this.#tiles.free(this.#gpu, key);
    this.#tileChanged(key);
  }

  forgetText(): void {
    this.#measure.forget();
    this.#atlas.clear();
    this.#shown = null;
  }

  snapshot(): Promise<Blob> {
    if (this.isLost) {
      return Promise.reject(
        new InnotaterError(
          'limit',
          'There is no picture to take: the graphics context is lost. Try again when it is back.',
        ),
      );
    }
    this.#drawLast();
    const { canvas } = this;
    return new Promise((resolve, reject) => {
      const size = { width: canvas.width, height: canvas.height };
      const fail = () =>
        reject(
          new InnotaterError(
            'limit',
            `The browser could not encode the canvas of ${size.width}×${size.height} px as PNG.`,
            size,
          ),
        );
      canvas.toBlob((blob) => (blob ? resolve(blob) : fail()), 'image/png');
    });
  }

  onContext(listener: (state: 'lost' | 'restored') => void): void {
    this.#listeners.push(listener);
  }

  dispose(): void {
    if (this.#events.signal.aborted) return;
    this.#events.abort();
    this.#listeners.length = 0;
    this.#tiles.clear(this.#gpu);
    this.#gpu?.dispose();
    this.#gpu = null;
    this.#atlas.dispose();
    this.#measure.forget();
    this.#shown = null;
    this.#last = { picture: [], background: [0, 0, 0, 0] };
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
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
    const shown = this.#shown;
    this.#shown = null;
    this.#batch.clip = { left: 0, top: 0, right: canvas.width, bottom: canvas.height };
    this.#gpu?.clear({ width: canvas.width, height: canvas.height }, this.#last.background);
    this.#atlas.nextFrame();
    if (!shown || !this.#patch(shown.picture)) this.#paintAll();
    this.#gpu?.draw(this.#batch, this.#atlas, this.#dashes.ends);
    this.#shown = this.#last;
  }

  /** Paints what differs from what is shown; false where all must be painted anew. */
  #patch(shown: Picture): boolean {
    if (!this.#isWhole) return false;
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
    this.#gpu?.draw(this.#batch, this.#atlas, this.#dashes.ends);
    this.#batch.reset();
  }

  #listen(): void {
    const { signal } = this.#events;
    const onLost = (event: Event) => {
      event.preventDefault();
      this.#gpu = null;
      this.#tiles.clear(null);
      this.#shown = null;
      this.#tell('lost');
    };
    const onRestored = () => {
      this.#gpu = openGpu(this.#gl);
      if (this.#gpu) this.#tell('restored');
    };
    this.canvas.addEventListener('webglcontextlost', onLost, { signal });
    this.canvas.addEventListener('webglcontextrestored', onRestored, { signal });
  }

  #tell(state: 'lost' | 'restored'): void {
    for (const listener of [...this.#listeners]) listener(state);
  }
}

/**
 * A renderer on a canvas that has no context yet and serves no other one. The caller disposes it; the canvas cannot be used again after
 * that. Throws `InnotaterError` 'limit' where the browser has no WebGL2.
 */
export const createRenderer = (canvas: HTMLCanvasElement): Renderer => new CanvasRenderer(canvas);
