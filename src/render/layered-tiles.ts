import type { Size } from '../geometry/index.js';
import type { Batch, Range, TileBinding } from './batch.js';
import { type Edges, intersectEdges, isEmptyEdges, outsideEdges } from './edges.js';
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

const vertexSource = `#version 300 es
layout(location = 0) in vec2 a_position;
layout(location = 1) in vec2 a_under;
layout(location = 2) in vec2 a_over;
layout(location = 3) in float a_opacity;
uniform vec2 u_size;
out vec2 v_under;
out vec2 v_over;
flat out float v_opacity;
void main() {
  v_under = a_under;
  v_over = a_over;
  v_opacity = a_opacity;
  gl_Position = vec4(a_position / u_size * vec2(2, -2) + vec2(-1, 1), 0, 1);
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

type Quad = {
  readonly at: Edges;
  readonly local: Edges;
  readonly tile: TileBinding;
  readonly opacity: number;
};

const quadsOf = (batch: Batch, ranges: readonly Range[]): Quad[] =>
  ranges.flatMap(({ brush, first, count }) =>
    Array.from({ length: count }, (_, i) => ({ ...batch.tileQuad(first + i), tile: brush as TileBinding })),
  );

/** Draws tiles over tiles in one pass: on software GL a second one costs nearly as much as the first. */
export class LayeredTiles {
  readonly #program: WebGLProgram | null;
  readonly #size: WebGLUniformLocation | null = null;
  readonly #buffer: WebGLBuffer;
  readonly #array: WebGLVertexArrayObject;
  /** One transparent texel, where nothing lies under or over. */
  readonly #nothing: WebGLTexture;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly samplers: Readonly<Record<'nearest' | 'linear', WebGLSampler>>,
  ) {
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
    this.#size = gl.getUniformLocation(program, 'u_size');
  }

  /** False where they must be drawn one after the other. Leaves the vertex array of its own bound. */
  draw(batch: Batch, unders: readonly Range[], overs: readonly Range[], size: Size): boolean {
    if (!this.#program) return false;
    const [below, above] = [quadsOf(batch, unders), quadsOf(batch, overs)];
    if (below.length > mostTiles || above.length > mostTiles) return false;
    const at = ({ at }: Quad) => at;
    const pieces = piecesOf(below.map(at), above.map(at));
    if (!pieces) return false;
    const { gl } = this;
    gl.useProgram(this.#program);
    gl.uniform2f(this.#size, size.width, size.height);
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferData(gl.ARRAY_BUFFER, verticesOf(pieces, below, above), gl.STREAM_DRAW);
    for (const [i, { under, over }] of pieces.entries()) {
      this.#bind(1, over === null ? null : above[over]!.tile);
      this.#bind(0, under === null ? null : below[under]!.tile);
      if (under === null) gl.enable(gl.BLEND);
      else gl.disable(gl.BLEND);
      gl.drawArrays(gl.TRIANGLE_STRIP, i * 4, 4);
    }
    gl.activeTexture(gl.TEXTURE0);
    return true;
  }

  dispose(): void {
    const { gl } = this;
    gl.deleteProgram(this.#program);
    gl.deleteBuffer(this.#buffer);
    gl.deleteVertexArray(this.#array);
    gl.deleteTexture(this.#nothing);
  }

  #bind(unit: number, tile: TileBinding | null): void {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, tile?.texture ?? this.#nothing);
    gl.bindSampler(unit, this.samplers[tile?.filter ?? 'nearest']);
  }
}

/** The texture coordinate of a tile at a place of the canvas. */
const coordinate = (from: number, to: number, start: number, end: number, at: number): number =>
  start + ((at - from) / (to - from)) * (end - start);

const verticesOf = (
  pieces: readonly Piece[],
  below: readonly Quad[],
  above: readonly Quad[],
): Float32Array<ArrayBuffer> => {
  const vertices = new Float32Array(pieces.length * 4 * WORDS);
  const texel = (quad: Quad | undefined, x: number, y: number): readonly [number, number] => {
    if (!quad) return [0, 0];
    const { at, local } = quad;
    return [
      coordinate(at.left, at.right, local.left, local.right, x),
      coordinate(at.top, at.bottom, local.top, local.bottom, y),
    ];
  };
  let word = 0;
  for (const { at, under, over } of pieces) {
    const [low, high] = [under === null ? undefined : below[under], over === null ? undefined : above[over]];
    for (const y of [at.top, at.bottom]) {
      for (const x of [at.left, at.right]) {
        vertices.set([x, y, ...texel(low, x, y), ...texel(high, x, y), high?.opacity ?? 1], word);
        word += WORDS;
      }
    }
  }
  return vertices;
};
