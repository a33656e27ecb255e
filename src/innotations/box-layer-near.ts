import { type HeldBoxes, Newest, readingOrder } from '../boxes/index.js';
import { imageRect, type Rect } from '../geometry/index.js';
import type { Semantics, Ui, WidgetId } from '../ui/index.js';
import { rectOfBox } from './box-geometry.js';
import type { LayerBox } from './box-layer-rows.js';
import type { ImagePlace } from './contract.js';

/** How long a view has to rest before it is asked what lies in it. */
const settleMs = 150;
const mostNear = 200;

type Elements = (
  boxes: readonly LayerBox[],
  place: ImagePlace,
  childId: (key: string) => WidgetId,
) => readonly Semantics[];

/**
 * The boxes nearest the middle of the view, in reading order: what keys walk through and assistive technology hears of. They are asked
 * for when the view rests, and while it moves their elements stay as they were, so that panning costs nothing for them.
 */
export class NearBoxes {
  #boxes: readonly LayerBox[] = [];
  #view = '';
  #movedMs = 0;
  /** The view that was asked for last. */
  #asked: string | null = null;
  #isMoving = false;
  #elements: { readonly of: string; readonly list: readonly Semantics[] } = { of: '', list: [] };
  /** Of what the elements tell. */
  #version = 0;
  #newest: Newest<Rect, readonly number[]> | null = null;

  get boxes(): readonly LayerBox[] {
    return this.#boxes;
  }

  /** Boxes were edited or filtered: the same view is asked for again. */
  changed(): void {
    this.#asked = null;
    this.#version++;
  }

  /** Other boxes altogether. */
  reset(): void {
    this.#newest?.forget();
    this.#newest = null;
    this.#boxes = [];
    this.changed();
  }

  /** To be called at every paint. `boxOf` gives a row's box, `found` is called when there are others. */
  follow(
    { view, frame, stage }: ImagePlace,
    ui: Ui,
    held: HeldBoxes,
    boxOf: (row: number) => LayerBox,
    signal: AbortSignal,
  ): void {
    const key = [view.scale, view.x - frame.x, view.y - frame.y, frame.width, frame.height].join();
    if (key !== this.#view) this.#movedMs = ui.timeMs;
    this.#view = key;
    const waitMs = this.#movedMs + settleMs - ui.timeMs;
    this.#isMoving = waitMs > 0;
    if (this.#asked === key) return;
    if (this.#isMoving) {
      ui.repaint('boxes near the middle', waitMs);
      return;
    }
    this.#asked = key;
    this.#newest ??= new Newest(
      (part) => held.near({ ...part, most: mostNear }, signal),
      (rows) => {
        this.#boxes = readingOrder(rows.map(boxOf), (box) => rectOfBox(box.read(stage.uindex)));
        this.#version++;
        stage.redraw('boxes near the middle');
      },
    );
    this.#newest.ask(imageRect(view, frame));
  }

  /** Made anew only where the view rests, and something of them changed. */
  elements(
    place: ImagePlace,
    active: string,
    most: number,
    childId: (key: string) => WidgetId,
    make: Elements,
  ): readonly Semantics[] {
    const of = [this.#view, place.frame.x, place.frame.y, active, most, this.#version].join();
    if (!this.#isMoving && this.#elements.of !== of) {
      const boxes = this.#boxes.filter((box) => box.key !== active).slice(0, most);
      this.#elements = { of, list: make(boxes, place, childId) };
    }
    return this.#elements.list;
  }
}
