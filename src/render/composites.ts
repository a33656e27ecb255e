import type { Placed, TileQuad } from './batch.js';
import { type Edges, intersectEdges, isEmptyEdges } from './edges.js';

/** Kept for when they are seen again. */
const mostBytes = 64 << 20;
/** Seen so short a time ago, they are in use. */
const keptMs = 1000;
/** Drawn into composites before one frame, and the rest before the next ones: half of a common canvas. */
const mostDuePx = 1 << 19;
/** A tile that is larger on screen, device px a side, is stretched: then many px show one texel, and few frames the same ones. */
const mostSide = 1024;
/** Differences of texture coordinates that move nothing by a hundredth of a texel. */
const tolerance = 1e-6;

/** A tile's part with what lies under it: px from the tile's corner, and the coordinates of both textures at its edges. */
type Part = {
  readonly at: Edges;
  readonly under: Edges;
  readonly over: Edges;
  readonly filter: 'nearest' | 'linear';
  readonly opacity: number;
};

/** A texture coordinate at a place between two others. */
const between = (from: number, to: number, start: number, end: number, at: number): number =>
  start + ((at - from) / (to - from)) * (end - start);

/** The texture coordinates of a tile at the edges of a part of where it lies. */
export const localAt = ({ at, local }: Placed, part: Edges): Edges => ({
  left: between(at.left, at.right, local.left, local.right, part.left),
  right: between(at.left, at.right, local.left, local.right, part.right),
  top: between(at.top, at.bottom, local.top, local.bottom, part.top),
  bottom: between(at.top, at.bottom, local.top, local.bottom, part.bottom),
});

const moved = ({ left, top, right, bottom }: Edges, x: number, y: number): Edges => ({
  left: left + x,
  right: right + x,
  top: top + y,
  bottom: bottom + y,
});

/** All that two tiles have in common, seen or not. */
const partOf = (under: TileQuad, over: TileQuad): Part => {
  const both = intersectEdges(under.whole.at, over.whole.at);
  return {
    at: moved(both, -over.whole.at.left, -over.whole.at.top),
    under: localAt(under.whole, both),
    over: localAt(over.whole, both),
    filter: under.tile.filter,
    opacity: over.opacity,
  };
};

const near = (a: Edges, b: Edges): boolean =>
  Math.abs(a.left - b.left) <= tolerance &&
  Math.abs(a.top - b.top) <= tolerance &&
  Math.abs(a.right - b.right) <= tolerance &&
  Math.abs(a.bottom - b.bottom) <= tolerance;

/** Of tiles of one size: what the edges show of both tells where they lie. */
const samePart = (a: Part, b: Part): boolean =>
  a.filter === b.filter && a.opacity === b.opacity && near(a.under, b.under) && near(a.over, b.over);

/** What a tile shows together with the tiles under it, px by px as the screen has them. */
type Composite = {
  readonly width: number;
  readonly height: number;
  /** Parts that were seen, by the texture under them; they never overlap. */
  readonly parts: Map<WebGLTexture, { readonly part: Part; isDrawn: boolean }>;
  /** Once a part is drawn. */
  target: { readonly texture: WebGLTexture; readonly framebuffer: WebGLFramebuffer } | null;
  /** A time of `performance.now()`. */
  seenAt: number;
};

/** A part that is to be drawn into its composite before the frame. */
export type DuePart = {
  readonly framebuffer: WebGLFramebuffer;
  readonly width: number;
  readonly height: number;
  readonly part: Part;
  readonly under: WebGLTexture;
  readonly over: WebGLTexture;
};

/**
 * Tiles together with those under them, so that panning takes one texture a pixel. A part that is seen a second time, with the tile under
 * it at the same place, is drawn into the tile's composite, whole, and from then on shown from there; in a zoom, or where each
 * frame moves the tiles against one another by parts of a px, none is.
 */
export class Composites {
  readonly #all = new Map<WebGLTexture, Composite>();
  #now = 0;
  #bytes = 0;
  #due: DuePart[] = [];
  #duePx = 0;

  constructor(private readonly gl: WebGL2RenderingContext) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** Before those are asked for that are drawn at once. */
  begin(): void {
    this.#now = performance.now();
    this.#due = [];
    this.#duePx = 0;
  }

  /** Parts that `find` gave since `begin` and that are not drawn yet. */
  get due(): readonly DuePart[] {
    return this.#due;
  }

  /** Where the part that two tiles have in common is shown from; null: from both of them. */
  find(under: TileQuad, over: TileQuad): WebGLTexture | null {
    const composite = over.tile.filter === 'nearest' ? this.#of(over) : null;
    if (!composite) return null;
    composite.seenAt = this.#now;
    const part = partOf(under, over);
    const known = composite.parts.get(under.tile.texture);
    if (!known || !samePart(known.part, part)) {
      for (const [texture, { part: other }] of composite.parts) {
        if (!isEmptyEdges(intersectEdges(other.at, part.at))) composite.parts.delete(texture);
      }
      composite.parts.set(under.tile.texture, { part, isDrawn: false });
      return null;
    }
    if (!known.isDrawn) known.isDrawn = this.#plan(composite, part, under.tile.texture, over.tile.texture);
    return known.isDrawn ? composite.target!.texture : null;
  }

  /** The texture is freed. Parts with it under them stay until others are seen in their places: nothing has that texture any more. */
  forget(texture: WebGLTexture): void {
    this.#drop(texture);
  }

  clear(): void {
    for (const texture of [...this.#all.keys()]) this.#drop(texture);
  }

  /** False where it must wait for another frame, or there is no room. */
  #plan(composite: Composite, part: Part, under: WebGLTexture, over: WebGLTexture): boolean {
    const px = (part.at.right - part.at.left) * (part.at.bottom - part.at.top);
    if (this.#duePx > 0 && this.#duePx + px > mostDuePx) return false;
    composite.target ??= this.#open(composite);
    if (!composite.target) return false;
    const { width, height, target } = composite;
    this.#due.push({ framebuffer: target.framebuffer, width, height, part, under, over });
    this.#duePx += px;
    return true;
  }

  #of({ tile, whole: { at } }: TileQuad): Composite | null {
    const [width, height] = [at.right - at.left, at.bottom - at.top];
    const known = this.#all.get(tile.texture);
    if (known && known.width === width && known.height === height) return known;
    // Drawn at two sizes at once, it keeps the first.
    if (known?.seenAt === this.#now) return null;
    this.#drop(tile.texture);
    if (width > mostSide || height > mostSide) return null;
    const made: Composite = { width, height, parts: new Map(), target: null, seenAt: 0 };
    this.#all.set(tile.texture, made);
    return made;
  }

  /** Null where there is no room. */
  #open(composite: Composite): Composite['target'] {
    const { gl } = this;
    const { width, height } = composite;
    const bytes = width * height * 4;
    this.#shrink(mostBytes - bytes);
    if (this.#bytes + bytes > mostBytes) return null;
    const texture = gl.createTexture();
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, width, height);
    const framebuffer = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    this.#bytes += bytes;
    return { texture, framebuffer };
  }

  /** The longest unseen go first, never what is in use. */
  #shrink(most: number): void {
    if (this.#bytes <= most) return;
    const idle = [...this.#all]
      .filter(([, { target, seenAt }]) => target && seenAt < this.#now - keptMs)
      .sort(([, a], [, b]) => a.seenAt - b.seenAt);
    for (const [texture] of idle) if (this.#bytes > most) this.#drop(texture);
  }

  #drop(over: WebGLTexture): void {
    const composite = this.#all.get(over);
    this.#all.delete(over);
    if (!composite?.target) return;
    this.gl.deleteFramebuffer(composite.target.framebuffer);
    this.gl.deleteTexture(composite.target.texture);
    this.#bytes -= composite.width * composite.height * 4;
  }
}
