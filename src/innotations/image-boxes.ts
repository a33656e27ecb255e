import type { BoxValue } from '../dataset/index.js';
import { clamp } from '../geometry/index.js';
import type { Semantics, WidgetId } from '../ui/index.js';
import { isBlank } from './box-geometry.js';
import { formatBox } from './box-text.js';
import type { ImageBox, ImageLayer, ImagePlace, RowCounts, Stage } from './contract.js';
import type { PaintedBox } from './image-paint.js';

/** More boxes than this are not mirrored for assistive technology: the active one and those nearest to it in order are. */
const mostMirrored = 200;

/** The boxes of one image, in the order of their registration (B9), its layers of more boxes, and which of all is active. */
export class ImageBoxes {
  readonly #all: ImageBox[] = [];
  readonly #layers: ImageLayer[] = [];
  #active: ImageBox | null = null;

  /** A box that is there already, from an earlier Innotater of the same Innotations, stays as it is. */
  add(box: ImageBox): void {
    if (this.#all.includes(box)) return;
    this.#all.push(box);
    this.#active ??= box;
  }

  /** Of all samples. */
  get all(): readonly ImageBox[] {
    return this.#all;
  }

  addLayer(layer: ImageLayer): void {
    if (!this.#layers.includes(layer)) this.#layers.push(layer);
  }
  get layers(): readonly ImageLayer[] {
    return this.#layers;
  }

  get active(): ImageBox | null {
    return this.#active;
  }

  activate(box: ImageBox): void {
    this.#active = box;
  }

  /** The box of an element becomes the active one. */
  choose(key: string | null | undefined, stage: Stage): void {
    const box = key && this.find(key, stage.uindex);
    if (!box || box === this.#active) return;
    this.#active = box;
    stage.endMerge();
    stage.redraw('box chosen');
  }

  /** Those that the pointer tool knows: the image's own, and the active one of a layer. */
  visible(uindex: number): readonly ImageBox[] {
    const own = this.own(uindex);
    const active = this.#active;
    return active && this.isOfLayer(active) && active.isShown(uindex) ? [...own, active] : own;
  }

  /** The image's own, in order. */
  own(uindex: number): readonly ImageBox[] {
    const rows: RowCounts = new Map();
    return this.#all.filter((box) => box.isShown(uindex, rows));
  }
  isOfLayer(box: ImageBox): boolean {
    return !this.#all.includes(box);
  }

  /** The first blank box that can be drawn, else the first that can, else the first (B6). */
  startSample(uindex: number): void {
    const visible = this.own(uindex);
    const editable = visible.filter((box) => !box.disabled);
    const blank = editable.find((box) => isBlank(box.read(uindex)));
    this.#active = blank ?? editable[0] ?? visible[0] ?? null;
  }

  /** The active box where it can be drawn now. */
  editable(uindex: number): ImageBox | null {
    const box = this.#active;
    return box && !box.disabled && box.isShown(uindex) ? box : null;
  }

  /** What a drag draws: the active box of the image's own, else a blank one of a layer. */
  drawable(uindex: number): ImageBox | null {
    const box = this.editable(uindex);
    if (box && (!this.isOfLayer(box) || isBlank(box.read(uindex)))) return box;
    for (const layer of this.#layers) {
      const blank = layer.blank(uindex);
      if (blank) return blank;
    }
    return null;
  }

  find(key: string, uindex: number): ImageBox | null {
    const own = this.visible(uindex).find((box) => box.key === key);
    if (own) return own;
    for (const layer of this.#layers) {
      const box = layer.find(key);
      if (box) return box;
    }
    return null;
  }

  /** As they are to be drawn; `preview` stands for the active box's value. */
  painted(
    uindex: number,
    preview: BoxValue | null,
    canAdjust: boolean,
    hovered: number,
  ): readonly PaintedBox[] {
    const raised = this.#layers.flatMap((layer) => this.#raised(layer, uindex));
    const own = this.visible(uindex).map((box, i) => {
      const active = box === this.#active;
      return {
        value: (active ? preview : null) ?? box.read(uindex),
        active,
        held: active && canAdjust && !box.disabled,
        hovered: i === hovered,
        label: box.label(uindex),
      };
    });
    return [...raised, ...own];
  }

  /** The hovered box of a layer alone has its label, since there may be very many. */
  #raised(layer: ImageLayer, uindex: number): readonly PaintedBox[] {
    const { hovered } = layer;
    const boxes = layer.raised(uindex).filter((box) => box !== hovered);
    return [...boxes, ...(hovered ? [hovered] : [])]
      .filter((box) => box !== this.#active && box.isShown(uindex))
      .map((box) => ({
        value: box.read(uindex),
        active: false,
        held: false,
        hovered: box === hovered,
        label: box === hovered ? box.label(uindex) : null,
        ...(box.style ? { style: box.style(uindex) } : {}),
      }));
  }

  /** One button a box that is not blank: "{desc}, {row}: x, y, w, h", pressed where it is active. */
  semantics(
    image: ImagePlace,
    preview: BoxValue | null,
    place: (value: BoxValue) => Semantics['rect'],
    childId: (key: string) => WidgetId,
  ): readonly Semantics[] {
    const { uindex } = image.stage;
    const drawn = this.visible(uindex)
      .map((box) => {
        const active = box === this.#active;
        return { value: (active ? preview : null) ?? box.read(uindex), active, box };
      })
      .filter(({ value }) => !isBlank(value));
    const from = Math.max(
      0,
      clamp(drawn.findIndex(({ active }) => active) - mostMirrored / 2, 0, drawn.length - mostMirrored),
    );
    const own = drawn
      .slice(from, from + mostMirrored)
      .map(({ value, active, box }) => boxSemantics(box, value, active, place(value), childId(box.key)));
    let room = mostMirrored - own.length;
    const ofLayers = this.#layers.flatMap((layer) => {
      const some = layer.semantics(image, room, childId);
      room -= some.length;
      return some;
    });
    return [...own, ...ofLayers];
  }
}

/** The element of a box. */
export const boxSemantics = (
  box: ImageBox,
  value: BoxValue,
  active: boolean,
  rect: Semantics['rect'],
  id: WidgetId,
): Semantics => ({
  id,
  role: 'button',
  roleDescription: 'box',
  name: `${box.desc}, ${Math.max(0, box.repeatIndex) + 1}: ${formatBox(value)}`,
  rect,
  focusable: true,
  pressed: active,
  disabled: false,
});
