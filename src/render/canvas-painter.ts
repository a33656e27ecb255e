import type { Rect } from '../geometry/index.js';
import { type Color, cssColor, faded, type Picture, type Shape } from '../paint/index.js';
import { snapClip, snapLength, snapRect } from './edges.js';
import { type CanvasTextMeasure, deviceFont, prepareText } from './text/measure.js';

type Tagged<Tag extends Shape['tag']> = Extract<Shape, { tag: Tag }>;

/**
 * Draws pictures with canvas 2D, snapped as the WebGL painter snaps them: for popups, which are small, short-lived, and must not cost a
 * WebGL context each. Tiles are not drawn; they live in the other canvas's context.
 */
export class CanvasPainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #measure: CanvasTextMeasure;

  constructor(context: CanvasRenderingContext2D, measure: CanvasTextMeasure) {
    this.#context = context;
    this.#measure = measure;
  }

  get #scale(): number {
    return this.#measure.scale;
  }

  /** Clears the canvas and draws the part of the picture that starts at the corner of `rect`, CSS px of the picture. */
  draw(picture: Picture, rect: Rect): void {
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.translate(-Math.round(rect.x * this.#scale), -Math.round(rect.y * this.#scale));
    for (const shape of picture) this.#shape(shape);
  }

  #shape(shape: Shape): void {
    if (shape.tag === 'quad') this.#quad(shape);
    else if (shape.tag === 'rounded') this.#rounded(shape);
    else if (shape.tag === 'text') this.#text(shape);
    else if (shape.tag === 'line') this.#line(shape);
    else if (shape.tag === 'box') this.#box(shape);
    else if (shape.tag === 'clip') this.#clip(shape);
  }

  #quad({ rect, color }: Tagged<'quad'>): void {
    const { left, top, right, bottom } = snapRect(rect, this.#scale);
    this.#context.fillStyle = cssColor(color);
    this.#context.fillRect(left, top, right - left, bottom - top);
  }

  #rounded({ rect, radius, fill, border }: Tagged<'rounded'>): void {
    const { left, top, right, bottom } = snapRect(rect, this.#scale);
    const [width, height] = [right - left, bottom - top];
    const most = Math.min(width, height) / 2;
    const thick = Math.min(border ? snapLength(border.width, this.#scale) : 0, most);
    const round = Math.min(radius * this.#scale, most);
    const path = (by: number, color: Color) => {
      this.#context.beginPath();
      const inner = Math.max(0, round - by);
      this.#context.roundRect(left + by, top + by, width - 2 * by, height - 2 * by, inner);
      this.#context.fillStyle = cssColor(color);
      this.#context.fill();
    };
    if (border && thick > 0 && fill[3] === 0)
      this.#frame(left, top, width, height, round, thick, border.color);
    else {
      if (border && thick > 0) path(0, border.color);
      path(thick, fill);
    }
  }

  /** A border around nothing. */
  #frame(
    x: number,
    y: number,
    width: number,
    height: number,
    round: number,
    thick: number,
    color: Color,
  ): void {
    const context = this.#context;
    context.beginPath();
    context.roundRect(
      x + thick / 2,
      y + thick / 2,
      width - thick,
      height - thick,
      Math.max(0, round - thick / 2),
    );
    context.lineWidth = thick;
    context.strokeStyle = cssColor(color);
    context.setLineDash([]);
    context.stroke();
  }

  #text({ text, at, align, font, color, maxWidth }: Tagged<'text'>): void {
    const shown = maxWidth === undefined ? text : this.#measure.fit(text, font, maxWidth);
    const context = this.#context;
    prepareText(context, deviceFont(font, this.#scale), shown);
    const width = this.#measure.width(shown, font) * this.#scale;
    const share = align === 'left' ? 0 : align === 'center' ? 0.5 : 1;
    context.fillStyle = cssColor(color);
    const x = Math.round(at.x * this.#scale - width * share);
    context.fillText(shown, x, Math.round(at.y * this.#scale));
  }

  #line({ from, to, width, color }: Tagged<'line'>): void {
    if (width <= 0) return;
    const context = this.#context;
    const scale = this.#scale;
    context.beginPath();
    context.moveTo(from.x * scale, from.y * scale);
    context.lineTo(to.x * scale, to.y * scale);
    context.lineWidth = Math.max(1, width * scale);
    context.lineCap = 'butt';
    context.strokeStyle = cssColor(color);
    context.setLineDash([]);
    context.stroke();
  }

  #box({ rect, style }: Tagged<'box'>): void {
    const { left, top, right, bottom } = snapRect(rect, this.#scale);
    const context = this.#context;
    const thick = snapLength(style.lineWidth, this.#scale);
    context.lineWidth = thick;
    const stroke = (color: Color, dash: readonly number[]) => {
      context.strokeStyle = cssColor(faded(color, style.opacity));
      context.setLineDash(dash.map((length) => length * this.#scale));
      context.strokeRect(left + thick / 2, top + thick / 2, right - left - thick, bottom - top - thick);
    };
    stroke(style.color1, []);
    if (style.lineDash.length > 0) stroke(style.color2, style.lineDash);
  }

  #clip({ rect, shapes }: Tagged<'clip'>): void {
    const { left, top, right, bottom } = snapClip(rect, this.#scale);
    const context = this.#context;
    if (left >= right || top >= bottom) return;
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    for (const shape of shapes) this.#shape(shape);
    context.restore();
  }
}
