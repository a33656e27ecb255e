import type { BoxValue } from '../dataset/index.js';
import { clamp, type Point, type Size } from '../geometry/index.js';
import type { Semantics, WidgetId } from '../ui/index.js';
import { boxBetween, isBlank } from './box-geometry.js';
import { formatBox } from './box-text.js';
import type { EditTarget, ImageBox, ImageLayer, ImagePlace, RowCounts, Stage } from './contract.js';
import { isBlankTarget } from './edit-target.js';
import type { PaintedBox } from './image-paint.js';

/** More boxes than this are not mirrored for assistive technology: the active one and those nearest to it in order are. */
const mostMirrored = 200;

type ClassEdit = { readonly target: EditTarget; readonly value: unknown };

/** A class that was chosen here stays. */
const copiedClass = ({ classTarget }: ImageBox, from: number, to: number): ClassEdit | null => {
  if (!classTarget || !isBlankTarget(classTarget, to)) return null;
  const value = classTarget.read(from);
  return classTarget.same(value, classTarget.read(to)) ? null : { target: classTarget, value };
};

/** The class of the row or group that the box is in. */
const setRowClass = ({ classTarget, classWords }: ImageBox, chosen: number, stage: Stage): boolean => {
  const word = classWords?.[chosen];
  if (!classTarget || word === undefined) return false;
  stage.edit({ target: classTarget, uindex: stage.uindex, value: chosen });
  stage.announce(word);
  return true;
};

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
    return active && this.#isOfLayer(active) && active.isShown(uindex) ? [...own, active] : own;
  }

  /** The image's own, in order. */
  own(uindex: number): readonly ImageBox[] {
    const rows: RowCounts = new Map();
    return this.#all.filter((box) => box.isShown(uindex, rows));
  }
  #isOfLayer(box: ImageBox): boolean {
    return !this.#all.includes(box);
  }

  /** Among the visible ones; −1 without one. */
  activeIndex(uindex: number): number {
    return this.#active ? this.visible(uindex).indexOf(this.#active) : -1;
  }

  /** The first blank box that can be drawn, else the first that can, else the first (B6). */
  startSample(uindex: number): void {
    const visible = this.own(uindex);
    const editable = visible.filter((box) => !box.disabled);
    const blank = editable.find((box) => isBlank(box.read(uindex)));
    this.#active = blank ?? editable[0] ?? visible[0] ?? null;
  }

  /** The next box that can be drawn, wrapping (B5); a box of a layer stays active. */
  advance(uindex: number): void {
    if (this.#active && this.#isOfLayer(this.#active)) return;
    const editable = this.visible(uindex).filter((box) => !box.disabled);
    const at = this.#active ? editable.indexOf(this.#active) : -1;
    this.#active = editable[(at + 1) % editable.length] ?? this.#active;
  }

  /** The active box where it can be drawn now. */
  editable(uindex: number): ImageBox | null {
    const box = this.#active;
    return box && !box.disabled && box.isShown(uindex) ? box : null;
  }

  /** What a drag draws: the active box of the image's own, else a blank one of a layer. */
  drawable(uindex: number): ImageBox | null {
    const box = this.editable(uindex);
    if (box && (!this.#isOfLayer(box) || isBlank(box.read(uindex)))) return box;
    for (const layer of this.#layers) {
      const blank = layer.blank(uindex);
      if (blank) return blank;
    }
    return null;
  }

  /** The box after the active one among those drawn, or before it, wrapping: the image's own, then those near in layers. */
  step(uindex: number, by: 1 | -1): ImageBox | null {
    const own = this.own(uindex).filter((box) => !isBlank(box.read(uindex)));
    const all = [...own, ...this.#layers.flatMap(({ near }) => near)];
    const at = this.#active ? all.indexOf(this.#active) : -1;
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
    return all[next] ?? null;
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

  hover(pImage: Point | null, reach: number): void {
    for (const layer of this.#layers) layer.hover(pImage, reach);
  }

  /** Layers are asked from the topmost on. */
  pick(pImage: Point, reach: number, from = this.#layers.length - 1): void {
    this.#layers[from]?.pick(pImage, reach, () => this.pick(pImage, reach, from - 1));
  }

  /** False where the active box has no such class, or one that may not be chosen. */
  setClass(chosen: number, stage: Stage): boolean {
    const box = this.editable(stage.uindex);
    if (!box) return false;
    return (
      setRowClass(box, chosen, stage) || this.#layers.some((layer) => layer.setClass(box, chosen, stage))
    );
  }

  /** What the blank boxes of a sample would take from another one, cut to the image, each with its class where none is chosen. */
  copied(
    from: number,
    to: number,
    image: Size,
  ): readonly { readonly target: ImageBox; readonly value: BoxValue; readonly chosen: ClassEdit | null }[] {
    return this.#all
      .filter((box) => !box.disabled && isBlank(box.read(to)) && !isBlank(box.read(from)))
      .map((target) => {
        const [x, y, width, height] = target.read(from);
        const value = boxBetween({ x, y }, { x: x + width, y: y + height }, image);
        return { target, value, chosen: copiedClass(target, from, to) };
      })
      .filter(({ value }) => !isBlank(value));
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
