import type { Color } from '../paint/index.js';
import { type Edges, intersectEdges, isEmptyEdges, outsideEdges } from './edges.js';

/** How the fragment shader fills a quad; the numbers are those of `shaders.ts`. */
export const FILL = { solid: 0, rounded: 1, slanted: 2, coverage: 3, picture: 4, dashed: 5 } as const;

/** The constant part of a quad. What `params` hold is told per fill in `shaders.ts`. */
export type Look = {
  readonly fill: number;
  readonly color: Color;
  readonly color2?: Color;
  readonly params?: readonly [number, number, number, number];
};

/** Where something lies, in device px, and its local coordinates at the edges. */
export type Placed = { readonly at: Edges; readonly local: Edges };

/** A texture and its sampling, and where all of the tile would lie in the picture; compared by texture and sampling. */
export type TileBinding = {
  readonly texture: WebGLTexture;
  readonly filter: 'nearest' | 'linear';
  readonly blend: boolean;
  readonly whole: Placed;
};

/** A tile in the batch: what is seen of it, and where all of it would lie on the canvas. */
export type TileQuad = Placed & {
  readonly tile: TileBinding;
  readonly whole: Placed;
  readonly opacity: number;
};

/** What paints a quad: the shader of shapes as its `Look` says, a tile's texture, or its opaque colour without any shader. */
export type Brush = TileBinding | 'shapes' | 'plain';

/** Consecutive quads of one brush. */
export type Range = { readonly brush: Brush; readonly first: number; count: number };

/** From so many px on, an opaque quad costs less without a shader, though it ends a range. */
const plainFromPx = 128 * 128;

/** 32-bit words of a vertex: position 2, local 2, params 4, colour 1, colour2 1, fill 1. */
export const VERTEX_WORDS = 11;
export const QUAD_WORDS = 4 * VERTEX_WORDS;
const noParams = [0, 0, 0, 0] as const;

const byte = (value: number): number => Math.round(Math.min(Math.max(value, 0), 1) * 255);

const packed = (c: Color): number =>
  (byte(c[0]) | (byte(c[1]) << 8) | (byte(c[2]) << 16) | (byte(c[3]) << 24)) >>> 0;

const sameBrush = (a: Brush, b: Brush): boolean =>
  a === b ||
  (typeof a === 'object' &&
    typeof b === 'object' &&
    a.texture === b.texture &&
    a.filter === b.filter &&
    a.blend === b.blend);

const brushFor = ({ left, top, right, bottom }: Edges, { fill, color }: Look): Brush =>
  fill === FILL.solid && color[3] >= 1 && (right - left) * (bottom - top) >= plainFromPx ? 'plain' : 'shapes';

/**
 * The quads of a picture as vertex data. Every quad is axis-aligned and is cut to the clip here, in double precision: a clip costs no
 * draw call, and vertices never leave the canvas, so that single precision is exact however far a tile or box reaches.
 */
export class Batch {
  /** In whole device px of the picture; quads are cut to it as they come. */
  clip: Edges = { left: 0, top: 0, right: 0, bottom: 0 };
  /** The picture's row that the canvas begins with: what is written is of the canvas. */
  top = 0;
  #brushes: Brush[] = [];
  #floats = new Float32Array(256 * QUAD_WORDS);
  #words = new Uint32Array(this.#floats.buffer);
  #quads = 0;
  /** The quads that differ from those of the last `takeChanges`; the end may lie beyond the last quad. */
  #changed = { first: 0, end: Number.POSITIVE_INFINITY };

  get quads(): number {
    return this.#quads;
  }

  /** In order; they cover all quads. */
  get ranges(): readonly Range[] {
    const ranges: Range[] = [];
    let last: Range | null = null;
    for (const [i, brush] of this.#brushes.entries()) {
      if (last && sameBrush(last.brush, brush)) last.count += 1;
      else {
        last = { brush, first: i, count: 1 };
        ranges.push(last);
      }
    }
    return ranges;
  }

  /** The vertices so far; valid until the next quad. */
  get vertices(): Float32Array<ArrayBuffer> {
    return this.#floats.subarray(0, this.#quads * QUAD_WORDS);
  }

  /** A plain quad: its colour, and the parts of it that no opaque tile after it covers. */
  plainQuad(i: number): { readonly parts: readonly Edges[]; readonly color: Color } {
    const color = this.#words[i * QUAD_WORDS + 8]!;
    const part = (shift: number) => ((color >>> shift) & 255) / 255;
    let parts: readonly Edges[] = [this.#edges(i)];
    for (let j = i + 1; j < this.#quads && parts.length > 0; j++) {
      const brush = this.#brushes[j]!;
      if (typeof brush === 'string' || brush.blend) continue;
      const tile = this.#edges(j);
      parts = parts.flatMap((left) => outsideEdges(left, tile));
    }
    return { parts, color: [part(0), part(8), part(16), part(24)] };
  }

  /** A quad whose brush is a tile. */
  tileQuad(i: number): TileQuad {
    const tile = this.#brushes[i] as TileBinding;
    const { at, local } = tile.whole;
    const whole = { at: { ...at, top: at.top - this.top, bottom: at.bottom - this.top }, local };
    const opacity = (this.#words[i * QUAD_WORDS + 8]! >>> 24) / 255;
    return { tile, at: this.#edges(i), local: this.#edges(i, 2), whole, opacity };
  }

  #edges(i: number, word = 0): Edges {
    const near = i * QUAD_WORDS + word;
    const far = near + 3 * VERTEX_WORDS;
    const floats = this.#floats;
    return { left: floats[near]!, top: floats[near + 1]!, right: floats[far]!, bottom: floats[far + 1]! };
  }

  /** The quads whose vertices were written or moved since the last call: from `first` to `end`, which is excluded. */
  takeChanges(): { readonly first: number; readonly end: number } {
    const { first, end } = this.#changed;
    this.#changed = { first: Number.POSITIVE_INFINITY, end: 0 };
    return { first, end: Math.min(end, this.#quads) };
  }

  reset(): void {
    this.#quads = 0;
    this.#brushes.length = 0;
    this.#changed = { first: 0, end: Number.POSITIVE_INFINITY };
  }

  /** Puts the quads from `added` on, the last ones, in place of those from `first` to `end` (excluded). */
  replace(first: number, end: number, added: number): void {
    const brushes = this.#brushes.slice(added);
    const vertices = this.#floats.slice(added * QUAD_WORDS, this.#quads * QUAD_WORDS);
    const isMoving = brushes.length !== end - first;
    if (isMoving) {
      this.#floats.copyWithin((first + brushes.length) * QUAD_WORDS, end * QUAD_WORDS, added * QUAD_WORDS);
    }
    this.#floats.set(vertices, first * QUAD_WORDS);
    this.#brushes = [...this.#brushes.slice(0, first), ...brushes, ...this.#brushes.slice(end, added)];
    this.#quads = this.#brushes.length;
    this.#changed = {
      first: Math.min(this.#changed.first, first),
      end: Math.max(this.#changed.end, isMoving ? Number.POSITIVE_INFINITY : end),
    };
  }

  /**
   * Adds a quad. `local` are the values of the local coordinates at its sides (texels, a distance from the centre, a length along an
   * outline); they are interpolated where the clip cuts.
   */
  quad(at: Edges, local: Edges, look: Look, tile: TileBinding | null = null): void {
    const seen = intersectEdges(at, this.clip);
    if (isEmptyEdges(seen)) return;
    const du = (local.right - local.left) / (at.right - at.left);
    const dv = (local.bottom - local.top) / (at.bottom - at.top);
    this.#write(
      seen,
      {
        left: local.left + (seen.left - at.left) * du,
        right: local.left + (seen.right - at.left) * du,
        top: local.top + (seen.top - at.top) * dv,
        bottom: local.top + (seen.bottom - at.top) * dv,
      },
      look,
    );
    this.#brushes.push(tile ?? brushFor(seen, look));
  }

  #write({ left, top, right, bottom }: Edges, local: Edges, look: Look): void {
    if ((this.#quads + 1) * QUAD_WORDS > this.#floats.length) this.#grow();
    const word = this.#quads * QUAD_WORDS;
    const [near, far] = [top - this.top, bottom - this.top];
    this.#vertex(word, left, near, local.left, local.top);
    this.#vertex(word + VERTEX_WORDS, right, near, local.right, local.top);
    this.#vertex(word + 2 * VERTEX_WORDS, left, far, local.left, local.bottom);
    this.#vertex(word + 3 * VERTEX_WORDS, right, far, local.right, local.bottom);
    this.#look(word, look);
    this.#quads += 1;
  }

  #vertex(word: number, x: number, y: number, u: number, v: number): void {
    this.#floats[word] = x;
    this.#floats[word + 1] = y;
    this.#floats[word + 2] = u;
    this.#floats[word + 3] = v;
  }

  #look(word: number, look: Look): void {
    const params = look.params ?? noParams;
    const color = packed(look.color);
    const color2 = look.color2 ? packed(look.color2) : 0;
    for (let at = word; at < word + QUAD_WORDS; at += VERTEX_WORDS) {
      this.#floats[at + 4] = params[0];
      this.#floats[at + 5] = params[1];
      this.#floats[at + 6] = params[2];
      this.#floats[at + 7] = params[3];
      this.#words[at + 8] = color;
      this.#words[at + 9] = color2;
      this.#floats[at + 10] = look.fill;
    }
  }

  #grow(): void {
    const larger = new Float32Array(this.#floats.length * 2);
    larger.set(this.#floats);
    this.#floats = larger;
    this.#words = new Uint32Array(larger.buffer);
  }
}

const isUnder = ({ brush }: Range): boolean => typeof brush === 'object' && !brush.blend;
const isOver = ({ brush }: Range): boolean => typeof brush === 'object' && brush.blend;

/** Opaque tiles whose first range is `first`, all that follow, and those right after them that are not opaque; null where there are none. */
export const layersAt = (
  ranges: readonly Range[],
  first: number,
): { readonly unders: readonly Range[]; readonly overs: readonly Range[] } | null => {
  if (first > 0 && isUnder(ranges[first - 1]!)) return null;
  let middle = first;
  while (middle < ranges.length && isUnder(ranges[middle]!)) middle += 1;
  if (middle === first) return null;
  let end = middle;
  while (end < ranges.length && isOver(ranges[end]!)) end += 1;
  if (end === middle) return null;
  return { unders: ranges.slice(first, middle), overs: ranges.slice(middle, end) };
};
