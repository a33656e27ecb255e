import type { Size } from '../geometry/index.js';
import type { Batch, Range, TileQuad } from './batch.js';
import { Composites, type DuePart, localAt } from './composites.js';
import { type Edges, intersectEdges, isEmptyEdges, nowhere, outsideEdges } from './edges.js';
import { SIZE_PLACE } from './shaders.js';
import { createProgram } from './twgl-program.js';

/** Of more tiles the pieces would cost more than the pass that they save. */
const mostTiles = 32;

/** A part of the canvas with the tile that lies there, and the one over it; positions in the two lists. */
export type Piece = { readonly at: Edges; readonly under: number | null; readonly over: number | null };

/** Cuts tiles (opaque) and others over them into pieces. Null: nothing lies over anything, or what is over overlaps itself. */
export const piecesOf = (unders: readonly Edges[], overs: readonly Edges[]): readonly Piece[] | null => {
  const meets = (a: Edges) => (b: Edges) => !isEmptyEdges(intersectEdges(a, b));
  if (overs.some((over, i) => overs.slice(i + 1).some(meets(over)))) return null;
  if (!unders.some((under) => overs.some(meets(under)))) return null;
  const outside = (at: Edges, others: readonly Edges[]): readonly Edges[] =>
    others.reduce<readonly Edges[]>((parts, other) => parts.flatMap((p) => outsideEdges(p, other)), [at]);
  return [
    ...unders.flatMap((at, under) => [
      ...outside(at, overs).map((part) => ({ at: part, under, over: null })),
      ...overs.flatMap((other, over) => {
        const both = intersectEdges(at, other);
        return isEmptyEdges(both) ? [] : [{ at: both, under, over }];
      }),
    ]),
    ...overs.flatMap((at, over) => outside(at, unders).map((part) => ({ at: part, under: null, over }))),
  ];
};

/** Attributes lie where the other programs have theirs: a composite is drawn with that of tiles, out of the same buffer. */
const vertexSource = `#version 300 es
layout(location = 0) in vec2 a_position;
layout(location = 1) in vec2 a_over;
layout(location = 2) in vec2 a_under;
layout(location = 3) in float a_opacity;
layout(location = ${SIZE_PLACE}) in vec2 a_size;
out vec2 v_under;
out vec2 v_over;
flat out float v_opacity;
void main() {
  v_under = a_under;
  v_over = a_over;
  v_opacity = a_opacity;
  gl_Position = vec4(a_position / a_size * vec2(2, -2) + vec2(-1, 1), 0, 1);
}
`;

const fragmentSource = `#version 300 es
precision highp float;
in vec2 v_under;
in vec2 v_over;
flat in float v_opacity;
uniform highp sampler2D u_under;
uniform highp sampler2D u_over;
out vec4 outColor;
void main() {
  vec4 over = texture(u_over, v_over) * v_opacity;
  outColor = texture(u_under, v_under) * (1.0 - over.a) + over;
}
`;

const WORDS = 7;

type Layer = {
  readonly texture: WebGLTexture;
  readonly filter: 'nearest' | 'linear';
  readonly local: Edges;
};

/** A rectangle of what is drawn on, and what is drawn there: tiles, or a composite, which has the tile under it in it. */
type Step = {
  readonly at: Edges;
  readonly under: Layer | null;
  readonly over: Layer | null;
  readonly opacity: number;
  readonly isComposite: boolean;
};

const layerOf = ({ tile, ...placed }: TileQuad, at: Edges): Layer => ({
  texture: tile.texture,
  filter: tile.filter,
  local: localAt(placed, at),
});

const stepOf = ({ at }: Piece, under: TileQuad | null, over: TileQuad | null): Step => ({
  at,
  under: under && layerOf(under, at),
  over: over && layerOf(over, at),
  opacity: over?.opacity ?? 1,
  isComposite: false,
});

/** Rows of what was drawn lie in its texture from the lowest one on. */
const ofComposite = ({ at }: Piece, { whole }: TileQuad, texture: WebGLTexture): Step => {
  const local = localAt({ at: whole.at, local: { left: 0, right: 1, top: 1, bottom: 0 } }, at);
  return { at, under: null, over: { texture, filter: 'nearest', local }, opacity: 1, isComposite: true };
};

const ofDue = ({ part, under, over }: DuePart): Step => ({
  at: part.at,
  under: { texture: under, filter: part.filter, local: part.under },
  over: { texture: over, filter: 'nearest', local: part.over },
  opacity: part.opacity,
  isComposite: false,
});

const quadsOf = (batch: Batch, ranges: readonly Range[]): TileQuad[] =>
  ranges.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => batch.tileQuad(first + i)));

export type Layers = {
  /** Opaque tiles, and those over them. */
  readonly unders: readonly Range[];
  readonly overs: readonly Range[];
  /** Of the canvas. */
  readonly size: Size;
  /** The program of tiles that are drawn one after the other. */
  readonly tiles: WebGLProgram;
};

/**
 * Draws tiles over tiles in one pass: on software GL a second one costs nearly as much as the first. Those that lie still on one another
 * are shown from their composites.
 */
export class LayeredTiles {
  readonly #program: WebGLProgram | null;
  readonly #buffer: WebGLBuffer;
  readonly #array: WebGLVertexArrayObject;
  /** One transparent texel, where nothing lies under or over. */
  readonly #nothing: WebGLTexture;
  readonly #composites: Composites;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly samplers: Readonly<Record<'nearest' | 'linear', WebGLSampler>>,
  ) {
    this.#composites = new Composites(gl);
    this.#buffer = gl.createBuffer();
    this.#array = gl.createVertexArray();
    this.#nothing = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.#nothing);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, 1, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    for (const [place, components, word] of [
      [0, 2, 0],
      [1, 2, 2],
      [2, 2, 4],
      [3, 1, 6],
    ] as const) {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, components, gl.FLOAT, false, WORDS * 4, word * 4);
    }
    gl.bindVertexArray(null);
    const program = createProgram(gl, [vertexSource, fragmentSource]) ?? null;
    this.#program = program;
    if (!program) return;
    for (const shader of gl.getAttachedShaders(program) ?? []) gl.deleteShader(shader);
    gl.useProgram(program);
    gl.uniform1i(gl.getUniformLocation(program, 'u_over'), 1);
  }

  get compositeBytes(): number {
    return this.#composites.bytes;
  }

  /** False where they must be drawn one after the other. Leaves the vertex array of its own bound. */
  draw(batch: Batch, { unders, overs, size, tiles }: Layers): boolean {
    if (!this.#program) return false;
    const [below, above] = [quadsOf(batch, unders), quadsOf(batch, overs)];
    if (below.length > mostTiles || above.length > mostTiles) return false;
    const at = ({ at }: TileQuad) => at;
    const pieces = piecesOf(below.map(at), above.map(at));
    if (!pieces) return false;
    const composites = this.#composites;
    composites.begin();
    const shown = pieces.map((piece): Step => {
      const under = piece.under === null ? null : below[piece.under]!;
      const over = piece.over === null ? null : above[piece.over]!;
      const composite = under && over ? composites.find(under, over) : null;
      return composite ? ofComposite(piece, over!, composite) : stepOf(piece, under, over);
    });
    const made = composites.due.map(ofDue);
    const { gl } = this;
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ARRAY_BUFFER, verticesOf([...made, ...shown]), gl.STREAM_DRAW);
    this.#make(made);
    gl.vertexAttrib2f(SIZE_PLACE, size.width, size.height);
    for (const [i, step] of shown.entries()) {
      gl.useProgram(step.isComposite ? tiles : this.#program);
      this.#draw(step, made.length + i);
    }
    return true;
  }

  /** A texture is freed: what was made with it is of no use. */
  forget(texture: WebGLTexture): void {
    this.#composites.forget(texture);
  }

  dispose(): void {
    const { gl } = this;
    this.#composites.clear();
    gl.deleteProgram(this.#program);
    gl.deleteBuffer(this.#buffer);
    gl.deleteVertexArray(this.#array);
    gl.deleteTexture(this.#nothing);
  }

  /** Draws what is due into its composites. */
  #make(steps: readonly Step[]): void {
    if (steps.length === 0) return;
    const { gl } = this;
    gl.useProgram(this.#program);
    for (const [i, { framebuffer, width, height }] of this.#composites.due.entries()) {
      gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
      gl.viewport(0, 0, width, height);
      gl.vertexAttrib2f(SIZE_PLACE, width, height);
      this.#draw(steps[i]!, i);
    }
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
  }

  #draw({ under, over, isComposite }: Step, quad: number): void {
    const { gl } = this;
    if (isComposite || under) gl.disable(gl.BLEND);
    else gl.enable(gl.BLEND);
    if (isComposite) this.#bind(0, over);
    else {
      this.#bind(1, over);
      this.#bind(0, under);
    }
    gl.drawArrays(gl.TRIANGLE_STRIP, quad * 4, 4);
  }

  /** Unit 0, which all else uses, is bound last. */
  #bind(unit: number, layer: Layer | null): void {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, layer?.texture ?? this.#nothing);
    gl.bindSampler(unit, this.samplers[layer?.filter ?? 'nearest']);
  }
}

const verticesOf = (steps: readonly Step[]): Float32Array<ArrayBuffer> => {
  const vertices = new Float32Array(steps.length * 4 * WORDS);
  let word = 0;
  for (const { at, under, over, opacity } of steps) {
    const [low, high] = [under?.local ?? nowhere, over?.local ?? nowhere];
    for (const y of ['top', 'bottom'] as const) {
      for (const x of ['left', 'right'] as const) {
        vertices.set([at[x], at[y], high[x], high[y], low[x], low[y], opacity], word);
        word += WORDS;
      }
    }
  }
  return vertices;
};
