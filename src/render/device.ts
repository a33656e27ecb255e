import { InnotaterError } from '../errors/index.js';
import { Gpu } from './gpu.js';
import { TextAtlas } from './text/atlas.js';

const contextOptions: WebGLContextAttributes = {
  premultipliedAlpha: true,
  antialias: false,
  depth: false,
  stencil: false,
  preserveDrawingBuffer: false,
};

const openContext = (canvas: HTMLCanvasElement | OffscreenCanvas, alpha: boolean): WebGL2RenderingContext => {
  const gl = canvas.getContext('webgl2', { ...contextOptions, alpha }) as WebGL2RenderingContext | null;
  if (gl) return gl;
  throw new InnotaterError(
    'limit',
    'The view cannot be drawn: this browser gives no WebGL2 context; chrome://gpu or about:support tell why.',
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

type Listener = (state: 'lost' | 'restored') => void;

/** A WebGL2 context with what is made on it once: programs, buffers and the text atlas. Serves one renderer, or all of a page. */
export class Device {
  readonly #gl: WebGL2RenderingContext;
  readonly #listeners = new Set<Listener>();
  readonly #events = new AbortController();
  /** Touches the texts of the renderer that draws. */
  #touchUsed = () => {};
  #gpu: Gpu | null;
  readonly atlas = new TextAtlas(() => this.#touchUsed());

  /** `alpha`: the page may show through. Throws `InnotaterError` 'limit' where the canvas gets no context. */
  constructor(
    readonly canvas: HTMLCanvasElement | OffscreenCanvas,
    { alpha }: { readonly alpha: boolean },
  ) {
    this.#gl = openContext(canvas, alpha);
    this.#gpu = openGpu(this.#gl);
    const { signal } = this.#events;
    const onLost = (event: Event) => {
      event.preventDefault();
      this.#gpu = null;
      this.#tell('lost');
    };
    const onRestored = () => {
      this.#gpu = openGpu(this.#gl);
      if (this.#gpu) this.#tell('restored');
    };
    canvas.addEventListener('webglcontextlost', onLost, { signal });
    canvas.addEventListener('webglcontextrestored', onRestored, { signal });
  }

  /** Null while the context is lost and after `dispose`. */
  get gpu(): Gpu | null {
    return this.#gpu;
  }

  get isLost(): boolean {
    return this.#gpu === null || this.#gl.isContextLost();
  }

  /** One renderer draws a picture: `touchUsed` touches what it shows of the atlas. */
  begin(touchUsed: () => void): void {
    this.#touchUsed = touchUsed;
    this.atlas.nextFrame();
  }

  /** Calls the listener until the returned function is called. */
  onContext(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Gives the context back to the browser. Safe to call twice. */
  dispose(): void {
    if (this.#events.signal.aborted) return;
    this.#events.abort();
    this.#listeners.clear();
    this.#touchUsed = () => {};
    this.#gpu?.dispose();
    this.#gpu = null;
    this.atlas.dispose();
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #tell(state: 'lost' | 'restored'): void {
    for (const listener of [...this.#listeners]) listener(state);
  }
}
