import { contains, inflate, type Point, type Rect, rect, type Size } from '../geometry/index.js';
import type { PixelValues, SampleImages } from '../images/index.js';
import type { Shape, TextMeasure } from '../paint/index.js';
import type { Theme } from '../ui/index.js';

type Pixel = { readonly x: number; readonly y: number };

/** Digits of a float that its dtype can tell apart, as many as are of use. */
const floatDigits: { readonly [dtype: string]: number } = { f16: 4, f32: 6, f64: 8 };

/** The values of a pixel as they lie in the source; floats without digits that mean nothing. */
export const formatValues = ({ dtype, values }: PixelValues): string => {
  if (values.length === 0) return 'no data';
  const digits = floatDigits[dtype];
  const format = (value: number) =>
    digits !== undefined && Number.isFinite(value)
      ? String(Number(value.toPrecision(digits)))
      : String(value);
  return values.map(format).join(', ');
};

const pixelUnder = (pImage: Point | null, { width, height }: Size): Pixel | null => {
  const at = pImage && { x: Math.floor(pImage.x), y: Math.floor(pImage.y) };
  return at && at.x >= 0 && at.y >= 0 && at.x < width && at.y < height ? at : null;
};

const same = (a: Pixel | null, b: Pixel | null): boolean => a?.x === b?.x && a?.y === b?.y;

const wordsOf = ({ x, y }: Pixel, values: string | null): string =>
  `x ${x}, y ${y}${values === null ? '' : `: ${values}`}`;

const marginPx = 8;
const paddingPx = 6;
const sizePx = 12;

/**
 * The place and the values of the pixel under the pointer. One is asked for at a time, the newest next; an answer is shown only where the
 * pointer still is.
 */
export class ReadOut {
  readonly #images: () => SampleImages | null;
  #pixel: Pixel | null = null;
  #known: { readonly pixel: Pixel; readonly values: string | null } | null = null;
  #isAsking = false;
  #isWatching = false;
  /** Counts samples, so that an answer for one before is dropped. */
  #sample = 0;

  constructor(images: () => SampleImages | null) {
    this.#images = images;
  }

  /** Another image is shown. */
  reset(): void {
    this.#sample++;
    this.#pixel = null;
    this.#known = null;
  }

  /** Whether what is shown would be another pixel with the pointer there. */
  isOther(pImage: Point | null, image: Size): boolean {
    return this.#isWatching && !same(this.#pixel, pixelUnder(pImage, image));
  }

  /** Shows the pixel there from now on; nothing (null) where the pointer is not on the image or the read-out is off. */
  follow(pImage: Point | null, image: Size, isOn: boolean, redraw: (reason: string) => void): void {
    this.#isWatching = isOn;
    this.#pixel = isOn ? pixelUnder(pImage, image) : null;
    void this.#ask(redraw);
  }

  async #ask(redraw: (reason: string) => void): Promise<void> {
    const images = this.#images();
    if (this.#isAsking || !images) return;
    this.#isAsking = true;
    for (let pixel = this.#pixel; pixel && !same(pixel, this.#known?.pixel ?? null); pixel = this.#pixel) {
      const sample = this.#sample;
      const values = await readValues(images, pixel);
      if (sample !== this.#sample) continue;
      this.#known = { pixel, values };
      if (same(pixel, this.#pixel)) redraw('pixel was read');
    }
    this.#isAsking = false;
  }

  /** What there is at a place, in words; for keyboards. */
  async say(pImage: Point, image: Size): Promise<string | null> {
    const images = this.#images();
    const pixel = pixelUnder(pImage, image);
    return images && pixel && wordsOf(pixel, await readValues(images, pixel));
  }

  /** A line in the lower left corner, `raised` by some px; in the upper one while the pointer is there. */
  shapes(
    frame: Rect,
    pointer: Point | null,
    raised: number,
    theme: Theme,
    text: TextMeasure,
  ): readonly Shape[] {
    const pixel = this.#pixel;
    if (!pixel) return [];
    const values = same(pixel, this.#known?.pixel ?? null) ? this.#known!.values : null;
    const font = { family: theme.fontFamily, sizePx, weight: 400 };
    const { ascent, descent } = text.lineMetrics(font);
    const words = wordsOf(pixel, values);
    const height = Math.ceil(ascent + descent) + 6;
    // In steps, so that the plate does not tremble with every digit.
    const wanted = Math.ceil(text.width(words, font) / 16) * 16 + 2 * paddingPx;
    const width = Math.min(wanted, frame.width - 2 * marginPx);
    if (width < 40) return [];
    const low = rect(frame.x + marginPx, frame.y + frame.height - raised - marginPx - height, width, height);
    const isInTheWay = pointer !== null && contains(inflate(low, 16), pointer);
    const place = isInTheWay ? { ...low, y: frame.y + marginPx } : low;
    return [
      {
        tag: 'rounded',
        rect: place,
        radius: 4,
        fill: theme.surface,
        border: { width: 1, color: theme.surfaceBorder },
      },
      {
        tag: 'text',
        text: words,
        at: { x: place.x + paddingPx, y: place.y + 3 + ascent },
        align: 'left',
        font,
        color: theme.text,
        maxWidth: width - 2 * paddingPx,
      },
    ];
  }
}

/** null where they cannot be read: the image went meanwhile, or its file did. */
const readValues = async (images: SampleImages, { x, y }: Pixel): Promise<string | null> => {
  try {
    return formatValues(await images.values(x, y));
  } catch {
    return null;
  }
};
