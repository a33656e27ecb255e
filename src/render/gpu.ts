import type { Size } from '../geometry/index.js';
import type { Color } from '../paint/index.js';
import { type Batch, layersAt, QUAD_WORDS, type Range, VERTEX_WORDS } from './batch.js';
import { DASH_ENTRIES } from './dash-table.js';
import type { LayeredTiles } from './layered-tiles.js';
import { SIZE_PLACE, shapeFragmentSource, tileFragmentSource, vertexSource } from './shaders.js';
import { ATLAS_WIDTH, type TextAtlas } from './text/atlas.js';

const STRIDE = VERTEX_WORDS * 4;

/** Two triangles a quad, corners in the order in which `Batch` writes them. */
const quadIndices = (quads: number): Uint32Array =>
  Uint32Array.from({ length: quads * 6 }, (_, i) => Math.floor(i / 6) * 4 + [0, 1, 2, 2, 1, 3][i % 6]!);

/** Frames are over by then that a program was linked for, and asking for the result waits for nothing. */
const checkMs = 1000;
/** An array in a uniform block takes 16 bytes an element. */
const DASH_WORDS = 4;

/**
 * A program whose linking is under way. To ask for the result waits for all that the graphics process has to do, as the first use of it does
 * in Chromium: in a frame that is little, in the task of an upload it was a frame's drawing. Null where the context is lost.
 */
const linked = (gl: WebGL2RenderingContext, fragmentSource: string): WebGLProgram | null => {
  if (gl.isContextLost()) return null;
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexSource],
    [gl.FRAGMENT_SHADER, fragmentSource],
  ] as const) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return program;
};

const shadersOf = (gl: WebGL2RenderingContext, program: WebGLProgram): readonly WebGLShader[] =>
  gl.getAttachedShaders(program) ?? [];

/** Once all is linked of them they are needed no more. */
const freeShaders = (gl: WebGL2RenderingContext, program: WebGLProgram | null): void => {
  if (program) for (const shader of shadersOf(gl, program)) gl.deleteShader(shader);
};

/** Straight RGBA without further levels; null for pixels: transparent ones. */
const textureOf = (
  gl: WebGL2RenderingContext,
  { width, height }: Size,
  filter: number,
  rgba: Uint8Array | null,
): WebGLTexture => {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, rgba);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, filter);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, filter);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return texture;
};

const sampler = (gl: WebGL2RenderingContext, filter: number): WebGLSampler => {
  const made = gl.createSampler();
  gl.samplerParameteri(made, gl.TEXTURE_MIN_FILTER, filter);
  gl.samplerParameteri(made, gl.TEXTURE_MAG_FILTER, filter);
  gl.samplerParameteri(made, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.samplerParameteri(made, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return made;
};

/** Everything made on one life of a context: gone with it, made anew after it. */
export class Gpu {
  /** Linked when they are needed first. */
  #shapes: WebGLProgram | null = null;
  #tiles: WebGLProgram | null = null;
  readonly #vertices: WebGLBuffer;
  readonly #indices: WebGLBuffer;
  readonly #array: WebGLVertexArrayObject;
  readonly #dashes: WebGLBuffer;
  readonly #samplers: Readonly<Record<'nearest' | 'linear', WebGLSampler>>;
  #quads = 0;
  /** That the vertex buffer has room for. */
  #vertexBytes = 0;
  /** Whose vertices it holds. */
  #held: Batch | null = null;
  /** Of the canvas. */
  #size: Size = { width: 0, height: 0 };
  #atlas: { readonly texture: WebGLTexture; readonly height: number } | null = null;
  #layered: LayeredTiles | null = null;
  #layeredLoads: Promise<void> | null = null;
  #isDisposed = false;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.#vertices = gl.createBuffer();
    this.#indices = gl.createBuffer();
    this.#array = this.#createArray();
    this.#dashes = gl.createBuffer();
    gl.bindBufferBase(gl.UNIFORM_BUFFER, 0, this.#dashes);
    gl.bufferData(gl.UNIFORM_BUFFER, DASH_ENTRIES * DASH_WORDS * 4, gl.STREAM_DRAW);
    this.#samplers = { nearest: sampler(gl, gl.NEAREST), linear: sampler(gl, gl.LINEAR) };
  }

  get atlasBytes(): number {
    return this.#atlas ? ATLAS_WIDTH * this.#atlas.height * 4 : 0;
  }

  /** Of tiles together with what lies over them. */
  get compositeBytes(): number {
    return this.#layered?.compositeBytes ?? 0;
  }

  /**
   * A tile's texture; null when the context was lost. Straight RGBA is multiplied with its alpha by the browser on the way (`premultiply`),
   * so that linear filtering never mixes in the colour of what cannot be seen; opaque pixels stay bit for bit.
   */
  createTile(width: number, height: number, rgba: Uint8Array, premultiply: boolean): WebGLTexture | null {
    const { gl } = this;
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, premultiply);
    const texture = textureOf(gl, { width, height }, gl.LINEAR, rgba);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    return texture;
  }

  deleteTexture(texture: WebGLTexture): void {
    this.#layered?.forget(texture);
    this.gl.deleteTexture(texture);
  }

  /** Fills the canvas, whose backing store has `size` px, with a colour. */
  clear(size: Size, color: Color): void {
    const { gl } = this;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(color[0] * color[3], color[1] * color[3], color[2] * color[3], color[3]);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (size.width !== this.#size.width || size.height !== this.#size.height) this.#size = size;
  }

  /** Draws the batch over what is there: one upload of what changed in it, one call a range. */
  draw(batch: Batch, atlas: TextAtlas, dashEnds: Float32Array): void {
    if (batch.quads === 0) return;
    const { gl } = this;
    this.#updateAtlas(atlas);
    this.#updateDashes(dashEnds);
    gl.bindVertexArray(this.#array);
    this.#reserve(batch.quads);
    this.#upload(batch);
    gl.vertexAttrib2f(SIZE_PLACE, this.#size.width, this.#size.height);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    const { ranges } = batch;
    for (let i = 0; i < ranges.length; i++) {
      const range = ranges[i]!;
      const layers = this.#drawLayers(batch, ranges, i);
      if (layers > 0) i += layers - 1;
      else if (range.brush === 'plain' && this.#isExact) this.#fillRange(range, batch);
      else this.#drawRange(range);
    }
    gl.bindVertexArray(null);
  }

  dispose(): void {
    const { gl } = this;
    for (const program of [this.#shapes, this.#tiles]) {
      freeShaders(gl, program);
      gl.deleteProgram(program);
    }
    gl.deleteBuffer(this.#dashes);
    gl.deleteBuffer(this.#vertices);
    gl.deleteBuffer(this.#indices);
    gl.deleteVertexArray(this.#array);
    gl.deleteSampler(this.#samplers.nearest);
    gl.deleteSampler(this.#samplers.linear);
    if (this.#atlas) gl.deleteTexture(this.#atlas.texture);
    this.#atlas = null;
    this.#layered?.dispose();
    this.#isDisposed = true;
  }

  /** Draws tiles and those over them in one pass where the ranges from `first` on are such; how many it drew. */
  #drawLayers(batch: Batch, ranges: readonly Range[], first: number): number {
    const layers = layersAt(ranges, first);
    if (!layers) return 0;
    const { unders, overs } = layers;
    if (!this.#layered) this.#loadLayered();
    const tiles = this.#program('tiles');
    if (!tiles || !this.#layered?.draw(batch, { unders, overs, tiles, size: this.#size })) return 0;
    this.gl.bindVertexArray(this.#array);
    return unders.length + overs.length;
  }

  /** Until it is there, and where it cannot be loaded, tiles are drawn one after the other: it looks the same. */
  #loadLayered(): void {
    this.#layeredLoads ??= import('./layered-tiles.js').then(
      ({ LayeredTiles }) => {
        if (!this.#isDisposed && !this.gl.isContextLost())
          this.#layered = new LayeredTiles(this.gl, this.#samplers);
      },
      () => {},
    );
  }

  /** The canvas has a pixel of its own for each that is asked for; browsers give very large ones fewer. */
  get #isExact(): boolean {
    const { drawingBufferWidth, drawingBufferHeight } = this.gl;
    return drawingBufferWidth === this.#size.width && drawingBufferHeight === this.#size.height;
  }

  /** Clearing costs a thirtieth of shading on software GL. */
  #fillRange({ first, count }: Range, batch: Batch): void {
    const { gl } = this;
    gl.enable(gl.SCISSOR_TEST);
    for (let i = first; i < first + count; i++) {
      const { parts, color } = batch.plainQuad(i);
      gl.clearColor(color[0], color[1], color[2], color[3]);
      for (const { left, top, right, bottom } of parts) {
        gl.scissor(left, this.#size.height - bottom, right - left, bottom - top);
        gl.clear(gl.COLOR_BUFFER_BIT);
      }
    }
    gl.disable(gl.SCISSOR_TEST);
  }

  #program(of: 'shapes' | 'tiles'): WebGLProgram | null {
    const known = of === 'tiles' ? this.#tiles : this.#shapes;
    if (known) return known;
    const program = linked(this.gl, of === 'tiles' ? tileFragmentSource : shapeFragmentSource);
    if (of === 'tiles') this.#tiles = program;
    else this.#shapes = program;
    if (program) setTimeout(() => this.#check(program), checkMs);
    return program;
  }

  /** Frees its shaders; tells where they do not link. */
  #check(program: WebGLProgram): void {
    const { gl } = this;
    if (this.#isDisposed || gl.isContextLost()) return;
    const isLinked = gl.getProgramParameter(program, gl.LINK_STATUS);
    const logs = isLinked ? [] : shadersOf(gl, program).map((shader) => gl.getShaderInfoLog(shader));
    freeShaders(gl, program);
    if (isLinked || gl.isContextLost()) return;
    logs.push(gl.getProgramInfoLog(program));
    reportError(new Error(`innotater: a shader does not compile here: ${logs.filter(Boolean).join('\n')}`));
  }

  #drawRange({ brush, first, count }: Range): void {
    const { gl } = this;
    const tile = typeof brush === 'object' ? brush : null;
    const program = this.#program(tile ? 'tiles' : 'shapes');
    if (!program) return;
    gl.useProgram(program);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, tile ? tile.texture : (this.#atlas?.texture ?? null));
    gl.bindSampler(0, tile ? this.#samplers[tile.filter] : null);
    if (tile && !tile.blend) gl.disable(gl.BLEND);
    else gl.enable(gl.BLEND);
    gl.drawElements(gl.TRIANGLES, count * 6, gl.UNSIGNED_INT, first * 24);
  }

  /** Places of the attributes as `vertexSource` numbers them: components, type, and the word of the vertex where they begin. */
  #createArray(): WebGLVertexArrayObject {
    const { gl } = this;
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#vertices);
    const attributes = [
      [2, gl.FLOAT, 0],
      [2, gl.FLOAT, 2],
      [4, gl.FLOAT, 4],
      [4, gl.UNSIGNED_BYTE, 8],
      [4, gl.UNSIGNED_BYTE, 9],
      [1, gl.FLOAT, 10],
    ] as const;
    for (const [place, [components, type, word]] of attributes.entries()) {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, components, type, type !== gl.FLOAT, STRIDE, word * 4);
    }
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#indices);
    gl.bindVertexArray(null);
    return array;
  }

  /** Where all is new, a buffer is given to the driver that no frame before uses. */
  #upload(batch: Batch): void {
    const { gl } = this;
    const { vertices } = batch;
    const { first, end } = batch.takeChanges();
    const isAnother = this.#held !== batch;
    this.#held = batch;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#vertices);
    if (isAnother || vertices.byteLength > this.#vertexBytes || (first === 0 && end === batch.quads)) {
      gl.bufferData(gl.ARRAY_BUFFER, vertices, gl.STREAM_DRAW);
      this.#vertexBytes = vertices.byteLength;
    } else if (first < end) {
      const [from, words] = [first * QUAD_WORDS, (end - first) * QUAD_WORDS];
      gl.bufferSubData(gl.ARRAY_BUFFER, from * 4, vertices, from, words);
    }
  }

  /** Makes the index buffer long enough. The vertex array must be bound. */
  #reserve(quads: number): void {
    if (quads <= this.#quads) return;
    const { gl } = this;
    this.#quads = Math.max(256, 2 ** Math.ceil(Math.log2(quads)));
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#indices);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, quadIndices(this.#quads), gl.STATIC_DRAW);
  }

  #updateDashes(ends: Float32Array): void {
    if (!ends.some((end) => end > 0)) return;
    const { gl } = this;
    const words = new Float32Array(ends.length * DASH_WORDS);
    for (const [i, end] of ends.entries()) words[i * DASH_WORDS] = end;
    gl.bufferData(gl.UNIFORM_BUFFER, words, gl.STREAM_DRAW);
  }

  #updateAtlas(atlas: TextAtlas): void {
    if (atlas.height > 0 && atlas.height !== this.#atlas?.height) this.#remakeAtlas(atlas);
    const { gl } = this;
    if (!this.#atlas) return;
    gl.bindTexture(gl.TEXTURE_2D, this.#atlas.texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    for (const { part, pixels } of atlas.takeChanges()) {
      gl.texSubImage2D(gl.TEXTURE_2D, 0, part.x, part.y, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    }
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  }

  #remakeAtlas(atlas: TextAtlas): void {
    const { gl } = this;
    if (this.#atlas) gl.deleteTexture(this.#atlas.texture);
    const texture = textureOf(gl, { width: ATLAS_WIDTH, height: atlas.height }, gl.NEAREST, null);
    this.#atlas = { texture, height: atlas.height };
    atlas.touchAll();
  }
}
