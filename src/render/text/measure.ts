import { directionOf, type Font, RecentMap, type TextMeasure } from '../../paint/index.js';
import { createContext2d } from './atlas.js';
import { fitText } from './ellipsis.js';
import { hasOwnColors } from './script.js';

/** How far a text reaches, device px; `left` and `top` from its start on the baseline, y down. `advance` is its width. */
export type TextExtent = {
  readonly advance: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Nothing to draw: no text, or white space alone. */
  readonly isBlank: boolean;
  /** Some of it is drawn in the font's colours (emoji). */
  readonly hasOwnColors: boolean;
};

/** A font at its size in device px, as canvas 2D takes it. */
export const deviceFont = (font: Font, scale: number): string =>
  `${font.weight} ${font.sizePx * scale}px ${font.family}`;

/** Sets what both measuring and drawing need alike. */
export const prepareText = (context: CanvasRenderingContext2D, font: string, text: string): void => {
  context.font = font;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.direction = directionOf(text);
};

let measuring: CanvasRenderingContext2D | null = null;

/** The page's one context for measuring; it holds one pixel. */
const measuringContext = (): CanvasRenderingContext2D => {
  measuring ??= createContext2d(1, 1);
  return measuring;
};

/** Measures with canvas 2D at the device size, the size at which text is drawn; keeps what was asked for lately. */
export class CanvasTextMeasure implements TextMeasure {
  #scale = 1;
  readonly #extents = new RecentMap<string, TextExtent>(2000);
  readonly #fitted = new RecentMap<string, string>(500);
  readonly #lines = new RecentMap<string, { readonly ascent: number; readonly descent: number }>(50);

  #version = 0;

  get scale(): number {
    return this.#scale;
  }

  /** Another number wherever a text may measure differently than before. */
  get version(): number {
    return this.#version;
  }

  /** Device px per CSS px. */
  set scale(scale: number) {
    if (scale === this.#scale) return;
    this.#scale = scale;
    this.forget();
  }

  forget(): void {
    this.#version += 1;
    this.#extents.clear();
    this.#fitted.clear();
    this.#lines.clear();
  }

  width(text: string, font: Font): number {
    return this.extent(text, deviceFont(font, this.#scale)).advance / this.#scale;
  }

  lineMetrics(font: Font): { readonly ascent: number; readonly descent: number } {
    const key = deviceFont(font, this.#scale);
    return this.#lines.ensure(key, () => {
      const metrics = this.#measure('x', key);
      return {
        ascent: metrics.fontBoundingBoxAscent / this.#scale,
        descent: metrics.fontBoundingBoxDescent / this.#scale,
      };
    });
  }

  /** The text cut to `maxWidth` CSS px. */
  fit(text: string, font: Font, maxWidth: number): string {
    const key = deviceFont(font, this.#scale);
    const most = maxWidth * this.#scale;
    const measure = (part: string) => this.#measure(part, key).width;
    if (this.extent(text, key).advance <= most) return text;
    return this.#fitted.ensure(`${key}\n${most}\n${text}`, () => fitText(text, most, measure));
  }

  extent(text: string, font: string): TextExtent {
    return this.#extents.ensure(`${font}\n${text}`, () => {
      const m = this.#measure(text, font);
      return {
        advance: m.width,
        left: Math.floor(-m.actualBoundingBoxLeft) - 1,
        top: Math.floor(-m.actualBoundingBoxAscent) - 1,
        right: Math.ceil(m.actualBoundingBoxRight) + 1,
        bottom: Math.ceil(m.actualBoundingBoxDescent) + 1,
        isBlank: text.trim() === '',
        hasOwnColors: hasOwnColors(text),
      };
    });
  }

  #measure(text: string, font: string): TextMetrics {
    const context = measuringContext();
    prepareText(context, font, text);
    return context.measureText(text);
  }
}
