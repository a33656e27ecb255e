import {
  contains,
  imagePoint,
  imageRect,
  intersection,
  type Point,
  type Rect,
  rect,
  type ScreenFromImage,
  type Size,
  screenRect,
} from '../geometry/index.js';
import type { ImageDetail } from '../images/index.js';
import type { Color, Shape } from '../paint/index.js';
import type { PointerInput, RegionResponse, Semantics, Theme, WidgetId } from '../ui/index.js';
import type { ImageView } from './image-view.js';

/** It takes no more than this share of the frame's sides, nor more than so many px of them. */
const share = 0.25;
const most: Size = { width: 180, height: 140 };
/** Frames smaller than this have none. */
const leastFrame: Size = { width: 360, height: 240 };
const marginPx = 8;
/** So much of it can be seen and pressed, however narrow the image and small the part that is shown. */
const leastSidePx = 12;
const leastMarkPx = 6;

const outside: Color = [0, 0, 0, 0.4];
const edge: Color = [0, 0, 0, 0.65];
const clear: Color = [0, 0, 0, 0];

type Shown = { readonly image: Size; readonly frame: Rect };

/** The part of the image that is shown, in image px. */
const shownPart = (view: ScreenFromImage, { image, frame }: Shown): Rect =>
  intersection(imageRect(view, frame), rect(0, 0, image.width, image.height));

const counted = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** What the view shows of the image, in words. */
export const spokenView = (view: ScreenFromImage, shown: Shown): string => {
  const { x, y, width, height } = shownPart(view, shown);
  const { image } = shown;
  const [w, h, left, top] = [width, height, x, y].map((px) => counted.format(Math.round(px)));
  return `shows ${w} × ${h} pixels from ${left}, ${top} of ${counted.format(image.width)} × ${counted.format(image.height)}`;
};

/**
 * The whole image, small in the lower right corner while a part of it is shown: a press moves the view there, a drag goes on. It is not
 * there while a box is drawn.
 */
export class Minimap {
  readonly #view: ImageView;
  readonly #isOn: () => boolean;
  /** Who holds it, and how far from the middle of the part that is shown; in image px. */
  #drag: { readonly pointerId: number; readonly grab: Point } | null = null;
  #isHovered = false;

  constructor(view: ImageView, isOn: () => boolean) {
    this.#view = view;
    this.#isOn = isOn;
  }

  cancel(): void {
    this.#drag = null;
    this.#isHovered = false;
  }

  /** The cursor over it; undefined while no pointer is. */
  get cursor(): string | undefined {
    if (this.#drag) return 'grabbing';
    return this.#isHovered ? 'pointer' : undefined;
  }

  /** Where it lies, CSS px of the canvas; null where it is not shown. */
  place({ image, frame }: Shown): Rect | null {
    const isRoomy = frame.width >= leastFrame.width && frame.height >= leastFrame.height;
    if (!this.#isOn() || !isRoomy || this.#view.isAtRest) return null;
    const room = {
      width: Math.min(most.width, frame.width * share),
      height: Math.min(most.height, frame.height * share),
    };
    const scale = Math.min(room.width / image.width, room.height / image.height);
    const width = Math.max(leastSidePx, Math.round(image.width * scale));
    const height = Math.max(leastSidePx, Math.round(image.height * scale));
    const right = frame.x + frame.width - marginPx;
    const bottom = frame.y + frame.height - marginPx;
    return rect(right - width, bottom - height, width, height);
  }

  /** How it is painted: the image at the scale that fits, in the middle where the image is very narrow. */
  detail(shown: Shown): ImageDetail | null {
    const place = this.place(shown);
    return place && { frame: place, screenFromImage: mapped(shown.image, place), isRough: true };
  }

  /** Answers a pointer that is over it or holds it; false for those that are none of its business. */
  take(event: PointerInput, region: RegionResponse, shown: Shown): boolean {
    const place = this.place(shown);
    this.#isHovered = place !== null && event.phase !== 'leave' && contains(place, event.at);
    if (!place) this.#drag = null;
    if (this.#drag) this.#follow(event, place!, shown);
    else if (!place || !this.#isHovered || event.phase !== 'down') return this.#isHovered;
    else this.#press(event, region, place, shown);
    return true;
  }

  #press(event: PointerInput, region: RegionResponse, place: Rect, shown: Shown): void {
    if (event.button !== 0) return;
    const at = imagePoint(mapped(shown.image, place), event.at);
    const part = shownPart(this.#view.current(shown.image, shown.frame), shown);
    const isInside = contains(part, at);
    const middle = { x: part.x + part.width / 2, y: part.y + part.height / 2 };
    const grab = isInside ? { x: at.x - middle.x, y: at.y - middle.y } : { x: 0, y: 0 };
    this.#drag = { pointerId: event.pointerId, grab };
    region.capture(event.pointerId);
    if (!isInside) this.#view.centreOn(at, shown.image, shown.frame);
  }

  #follow(event: PointerInput, place: Rect, { image, frame }: Shown): void {
    if (event.pointerId !== this.#drag?.pointerId) return;
    if (event.phase === 'move') {
      const { grab } = this.#drag;
      const at = imagePoint(mapped(image, place), event.at);
      this.#view.centreOn({ x: at.x - grab.x, y: at.y - grab.y }, image, frame);
    }
    if (event.phase === 'up' || event.phase === 'cancel') this.#drag = null;
  }

  /** The picture of `detail` with the part that is shown marked in it. */
  shapes(
    { frame: place, screenFromImage }: ImageDetail,
    content: readonly Shape[],
    shown: Shown,
    theme: Theme,
  ): readonly Shape[] {
    const mark = this.#mark(screenFromImage, place, shown);
    const right = mark.x + mark.width;
    const bottom = mark.y + mark.height;
    const quad = (at: Rect): Shape => ({ tag: 'quad', rect: at, color: outside });
    const border = (at: Rect, width: number, color: Color): Shape => ({
      tag: 'rounded',
      rect: at,
      radius: 0,
      fill: clear,
      border: { width, color },
    });
    return [
      { tag: 'quad', rect: place, color: theme.imageBackdrop },
      { tag: 'clip', rect: place, shapes: content },
      quad(rect(place.x, place.y, place.width, mark.y - place.y)),
      quad(rect(place.x, bottom, place.width, place.y + place.height - bottom)),
      quad(rect(place.x, mark.y, mark.x - place.x, mark.height)),
      quad(rect(right, mark.y, place.x + place.width - right, mark.height)),
      border(rect(place.x - 1, place.y - 1, place.width + 2, place.height + 2), 1, edge),
      border(mark, 2, theme.accent),
    ];
  }

  #mark(map: ScreenFromImage, place: Rect, shown: Shown): Rect {
    const exact = screenRect(map, shownPart(this.#view.current(shown.image, shown.frame), shown));
    const side = (low: number, extent: number, from: number, room: number): readonly [number, number] => {
      const size = Math.min(room, Math.max(leastMarkPx, extent));
      const at = low + (extent - size) / 2;
      return [Math.min(Math.max(at, from), from + room - size), size];
    };
    const [x, width] = side(exact.x, exact.width, place.x, place.width);
    const [y, height] = side(exact.y, exact.height, place.y, place.height);
    return rect(x, y, width, height);
  }

  /** It reads as what the view shows; panning is done by keys. */
  semantics(shown: Shown, childId: (key: string) => WidgetId): readonly Semantics[] {
    const place = this.place(shown);
    if (!place) return [];
    const view = this.#view.current(shown.image, shown.frame);
    return [
      {
        id: childId('minimap'),
        role: 'text',
        name: `Minimap: ${spokenView(view, shown)}`,
        rect: place,
        focusable: false,
      },
    ];
  }
}

const mapped = (image: Size, place: Rect): ScreenFromImage => {
  const scale = Math.min(place.width / image.width, place.height / image.height);
  return {
    scale,
    x: place.x + (place.width - image.width * scale) / 2,
    y: place.y + (place.height - image.height * scale) / 2,
  };
};
