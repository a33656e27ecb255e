import {
  intersection,
  keepInFrame,
  type Point,
  type Rect,
  type ScreenFromImage,
  type Size,
  sameRect,
  screenRect,
  zoomAt,
} from '../geometry/index.js';
import { restView } from './image-size.js';

/** Screen px per image px at the closest. */
export const mostScale = 64;

export const middleOf = ({ x, y, width, height }: Rect): Point => ({ x: x + width / 2, y: y + height / 2 });

/** What part of an image its frame shows. At rest it follows the frame's size; once moved it stays until `rest()`. */
export class ImageView {
  /** Relative to the frame's top left corner, so that it stays when the page scrolls or lays out anew; null at rest. */
  #moved: ScreenFromImage | null = null;

  get isAtRest(): boolean {
    return this.#moved === null;
  }

  rest(): void {
    this.#moved = null;
  }

  /** In px of the canvas, for a frame at its present place. */
  current(image: Size, frame: Rect): ScreenFromImage {
    if (!this.#moved) return restView(image, frame);
    const { scale, x, y } = this.#moved;
    return keepInFrame({ scale, x: x + frame.x, y: y + frame.y }, image, frame);
  }

  /** Takes a view in px of the canvas; one that shows the whole image is the view at rest. */
  set(view: ScreenFromImage, image: Size, frame: Rect): void {
    this.#moved =
      view.scale <= restView(image, frame).scale
        ? null
        : { scale: view.scale, x: view.x - frame.x, y: view.y - frame.y };
  }

  /** Scales by `factor` about a point of the canvas. */
  zoom(factor: number, pScreen: Point, image: Size, frame: Rect): void {
    const least = this.leastScale(image, frame);
    const zoomed = zoomAt(this.current(image, frame), pScreen, factor, least, mostScale);
    this.set(keepInFrame(zoomed, image, frame), image, frame);
  }

  /** Shows one image px as so many px of the screen, the middle of the frame staying where it is. */
  zoomTo(scale: number, image: Size, frame: Rect): void {
    this.zoom(scale / this.current(image, frame).scale, middleOf(frame), image, frame);
  }

  /** Moves what is shown by parts of the frame: dx 1 shows what lies to the right of it. False where it is the whole image. */
  pan(dx: number, dy: number, image: Size, frame: Rect): boolean {
    if (!this.#moved) return false;
    const { scale, x, y } = this.current(image, frame);
    const moved = { scale, x: x - dx * frame.width, y: y - dy * frame.height };
    this.set(keepInFrame(moved, image, frame), image, frame);
    return true;
  }

  /** Brings a point of the image to the middle of the frame, as near as its edges allow. */
  centreOn(pImage: Point, image: Size, frame: Rect): void {
    const { scale } = this.current(image, frame);
    const { x, y } = middleOf(frame);
    const moved = { scale, x: x - pImage.x * scale, y: y - pImage.y * scale };
    this.set(keepInFrame(moved, image, frame), image, frame);
  }

  /** Shows a part of the image as large as the frame allows with some room around it, or the whole where that is enough. */
  showPart(part: Rect, image: Size, frame: Rect): void {
    const margin = 1.25;
    const scale = Math.min(
      mostScale,
      frame.width / (part.width * margin),
      frame.height / (part.height * margin),
    );
    const x = frame.x + frame.width / 2 - (part.x + part.width / 2) * scale;
    const y = frame.y + frame.height / 2 - (part.y + part.height / 2) * scale;
    this.set(keepInFrame({ scale, x, y }, image, frame), image, frame);
  }

  /** Moves no further than it must for a part to be seen: not at all, to its middle, or away from it. */
  reveal(part: Rect, image: Size, frame: Rect): void {
    const view = this.current(image, frame);
    const seen = screenRect(view, part);
    if (sameRect(intersection(seen, frame), seen)) return;
    if (seen.width > frame.width || seen.height > frame.height) {
      this.showPart(part, image, frame);
      return;
    }
    const x = view.x + frame.x + frame.width / 2 - (seen.x + seen.width / 2);
    const y = view.y + frame.y + frame.height / 2 - (seen.y + seen.height / 2);
    this.set(keepInFrame({ ...view, x, y }, image, frame), image, frame);
  }

  leastScale(image: Size, frame: Rect): number {
    return restView(image, frame).scale;
  }
}
