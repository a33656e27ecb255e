import { faded, type Picture, type Shape, sameShape } from '../paint/index.js';
import { type Batch, FILL } from './batch.js';
import { outlineEdges, outlineStrips, visibleStrip } from './box-outline.js';
import { type DashTable, dashLengths } from './dash-table.js';
import {
  coveredPixels,
  type Edges,
  intersectEdges,
  isEmptyEdges,
  nowhere,
  snapClip,
  snapLength,
  snapRect,
} from './edges.js';
import type { TextPainter } from './text/text-painter.js';
import type { TileTextures } from './tile-textures.js';

type Tagged<Tag extends Shape['tag']> = Extract<Shape, { tag: Tag }>;

/** Where a texel border falls on a pixel's centre, the texel right of it and below is taken, never by rounding errors. */
const NEAREST_BIAS = 1 / 1024;

/** Local coordinates that count from the middle of a rectangle. */
const fromCentre = (at: Edges): Edges => {
  const halfWidth = (at.right - at.left) / 2;
  const halfHeight = (at.bottom - at.top) / 2;
  return { left: -halfWidth, right: halfWidth, top: -halfHeight, bottom: halfHeight };
};

export type PainterParts = {
  readonly batch: Batch;
  readonly dashes: DashTable;
  readonly text: TextPainter;
  readonly tiles: TileTextures;
  /** The atlas or the dashes have no more room and will be emptied: draws the batch so far and empties it. */
  flush(): void;
};

/** Turns a picture into quads: snaps, clips, looks up. Knows device px, no GL. */
export class Painter {
  /** Device px per CSS px. */
  scale = 1;
  /** How many quads the batch had after each shape of the picture. */
  #ends: number[] = [];

  constructor(private readonly parts: PainterParts) {}

  /** Paints a picture into the empty batch. */
  paint(picture: Picture): void {
    this.#ends = this.#painted(picture, 0, picture.length);
  }

  /** Brings the batch, which holds all of the picture `before`, up to another one: shapes alike at its beginning and end keep their quads. */
  patch(before: Picture, picture: Picture): void {
    const { batch } = this.parts;
    const ends = this.#ends;
    const shorter = Math.min(before.length, picture.length);
    let first = 0;
    while (first < shorter && sameShape(before[first]!, picture[first]!)) first += 1;
    let last = 0;
    while (last < shorter - first && sameShape(before.at(-1 - last)!, picture.at(-1 - last)!)) last += 1;
    const quadsBefore = (shapes: number): number => (shapes === 0 ? 0 : ends[shapes - 1]!);
    const [start, end] = [quadsBefore(first), quadsBefore(before.length - last)];
    const added = batch.quads;
    const made = this.#painted(picture, first, picture.length - last);
    const grown = batch.quads - added - (end - start);
    batch.replace(start, end, added);
    this.#ends = [
      ...ends.slice(0, first),
      ...made.map((quads) => quads - added + start),
      ...ends.slice(before.length - last).map((quads) => quads + grown),
    ];
  }

  /** What the picture shows stays in the atlas, though it is not painted again. */
  touch(picture: Picture): void {
    for (const shape of picture) {
      if (shape.tag === 'text') this.parts.text.touch(shape);
      if (shape.tag === 'clip') this.touch(shape.shapes);
    }
  }

  /** Paints some shapes; how many quads there were after each. */
  #painted(picture: Picture, from: number, to: number): number[] {
    const ends: number[] = [];
    for (let i = from; i < to; i++) {
      this.#shape(picture[i]!);
      ends.push(this.parts.batch.quads);
    }
    return ends;
  }

  #shape(shape: Shape): void {
    switch (shape.tag) {
      case 'quad':
        this.#quad(shape);
        break;
      case 'rounded':
        this.#rounded(shape);
        break;
      case 'text':
        this.parts.text.paint(shape);
        break;
      case 'tile':
        this.#tile(shape);
        break;
      case 'box':
        this.#box(shape);
        break;
      case 'line':
        this.#line(shape);
        break;
      case 'clip':
        this.#clip(shape);
        break;
    }
  }

  #clip({ rect, shapes }: Tagged<'clip'>): void {
    const { batch } = this.parts;
    const outer = batch.clip;
    batch.clip = intersectEdges(outer, snapClip(rect, this.scale));
    if (!isEmptyEdges(batch.clip)) for (const shape of shapes) this.#shape(shape);
    batch.clip = outer;
  }

  #quad({ rect, color }: Tagged<'quad'>): void {
    this.parts.batch.quad(snapRect(rect, this.scale), nowhere, { fill: FILL.solid, color });
  }

  #rounded({ rect, radius, fill, border }: Tagged<'rounded'>): void {
    const at = snapRect(rect, this.scale);
    const local = fromCentre(at);
    const most = Math.min(local.right, local.bottom);
    const thick = Math.min(border ? snapLength(border.width, this.scale) : 0, most);
    this.parts.batch.quad(at, local, {
      fill: FILL.rounded,
      color: fill,
      color2: border?.color ?? fill,
      params: [local.right, local.bottom, Math.min(radius * this.scale, most), thick],
    });
  }

  #tile({ key, source, target, filter, opacity }: Tagged<'tile'>): void {
    const tile = this.parts.tiles.find(key);
    if (!tile || opacity <= 0) return;
    const at = coveredPixels(target, this.scale);
    const bias = filter === 'nearest' ? NEAREST_BIAS : 0;
    const u = (x: number) =>
      (source.x + ((x / this.scale - target.x) / target.width) * source.width + bias) / tile.width;
    const v = (y: number) =>
      (source.y + ((y / this.scale - target.y) / target.height) * source.height + bias) / tile.height;
    const local = { left: u(at.left), right: u(at.right), top: v(at.top), bottom: v(at.bottom) };
    const blend = !tile.isOpaque || opacity < 1;
    const binding = { texture: tile.texture, filter, blend, whole: { at, local } };
    this.parts.batch.quad(at, local, { fill: FILL.solid, color: [1, 1, 1, opacity] }, binding);
  }

  #box({ rect, style }: Tagged<'box'>): void {
    const { outer, thick } = outlineEdges(rect, style.lineWidth, this.scale);
    if (thick === 0 || isEmptyEdges(intersectEdges(outer, this.parts.batch.clip))) return;
    const dash = this.#dash(style.lineDash);
    for (const strip of outlineStrips(outer, thick)) {
      const { at, along } = visibleStrip(strip, this.parts.batch.clip, dash.period);
      this.parts.batch.quad(at, along, {
        fill: FILL.dashed,
        color: faded(style.color1, style.opacity),
        color2: faded(style.color2, style.opacity),
        params: [dash.start, dash.count, dash.period, 0],
      });
    }
  }

  /** A solid line is a pattern of no stretches. */
  #dash(lineDash: readonly number[]) {
    const lengths = dashLengths(lineDash, this.scale);
    if (!lengths) return { start: 0, count: 0, period: 1 };
    const { dashes, flush } = this.parts;
    const placed = dashes.place(lengths);
    if (placed) return placed;
    flush();
    dashes.reset();
    return dashes.place(lengths)!;
  }

  #line(shape: Tagged<'line'>): void {
    if (shape.width <= 0) return;
    if (shape.from.x === shape.to.x || shape.from.y === shape.to.y) this.#straight(shape);
    else this.#slanted(shape);
  }

  /** Horizontal or vertical: whole pixels, as a quad. */
  #straight({ from, to, width, color }: Tagged<'line'>): void {
    const { scale } = this;
    const thick = snapLength(width, scale);
    const lies = from.y === to.y;
    const across = Math.round((lies ? from.y : from.x) * scale - thick / 2);
    const low = Math.round((lies ? Math.min(from.x, to.x) : Math.min(from.y, to.y)) * scale);
    const high = Math.round((lies ? Math.max(from.x, to.x) : Math.max(from.y, to.y)) * scale);
    const at = lies
      ? { left: low, right: high, top: across, bottom: across + thick }
      : { left: across, right: across + thick, top: low, bottom: high };
    this.parts.batch.quad(at, nowhere, { fill: FILL.solid, color });
  }

  /** Anti-aliased, with square ends at its points; the quad is the whole pixels around it. */
  #slanted({ from, to, width, color }: Tagged<'line'>): void {
    const { scale } = this;
    const [dx, dy] = [(to.x - from.x) * scale, (to.y - from.y) * scale];
    const [x, y] = [((from.x + to.x) * scale) / 2, ((from.y + to.y) * scale) / 2];
    const length = Math.hypot(dx, dy);
    const half = Math.max(1, width * scale) / 2;
    const reachX = Math.abs(dx) / 2 + (half * Math.abs(dy)) / length + 0.5;
    const reachY = Math.abs(dy) / 2 + (half * Math.abs(dx)) / length + 0.5;
    const at = {
      left: Math.floor(x - reachX),
      right: Math.ceil(x + reachX),
      top: Math.floor(y - reachY),
      bottom: Math.ceil(y + reachY),
    };
    const local = { left: at.left - x, right: at.right - x, top: at.top - y, bottom: at.bottom - y };
    this.parts.batch.quad(at, local, {
      fill: FILL.slanted,
      color,
      params: [length / 2, half, dx / length, dy / length],
    });
  }
}
