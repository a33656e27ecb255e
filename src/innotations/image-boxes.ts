import type { BoxValue } from '../dataset/index.js';
import { clamp, type Size } from '../geometry/index.js';
import type { Semantics, WidgetId } from '../ui/index.js';
import type { BoundingBoxInnotation } from './bounding-box-innotation.js';
import { boxBetween, isBlank } from './box-geometry.js';
import { formatBox } from './box-text.js';
import type { PaintedBox } from './image-paint.js';

/** More boxes than this are not mirrored for assistive technology: the active one and those nearest to it in order are. */
const mostMirrored = 200;

/** The boxes of one image, in the order of their registration (B9), and which of them is active. */
export class ImageBoxes {
  readonly #all: BoundingBoxInnotation[] = [];
  #active: BoundingBoxInnotation | null = null;

  /** A box that is there already, from an earlier Innotater of the same Innotations, stays as it is. */
  add(box: BoundingBoxInnotation): void {
    if (this.#all.includes(box)) return;
    this.#all.push(box);
    this.#active ??= box;
  }

  get active(): BoundingBoxInnotation | null {
    return this.#active;
  }

  activate(box: BoundingBoxInnotation): void {
    this.#active = box;
  }

  visible(uindex: number): readonly BoundingBoxInnotation[] {
    return this.#all.filter((box) => box.isShown(uindex));
  }

  /** Among the visible ones; −1 without one. */
  activeIndex(uindex: number): number {
    return this.#active ? this.visible(uindex).indexOf(this.#active) : -1;
  }

  /** The first blank box that can be drawn, else the first that can, else the first (B6). */
  startSample(uindex: number): void {
    const visible = this.visible(uindex);
    const editable = visible.filter((box) => !box.disabled);
    const blank = editable.find((box) => isBlank(box.read(uindex)));
    this.#active = blank ?? editable[0] ?? visible[0] ?? null;
  }

  /** The next box that can be drawn, wrapping (B5). */
  advance(uindex: number): void {
    const editable = this.visible(uindex).filter((box) => !box.disabled);
    const at = this.#active ? editable.indexOf(this.#active) : -1;
    this.#active = editable[(at + 1) % editable.length] ?? this.#active;
  }

  /** The active box where it can be drawn now. */
  editable(uindex: number): BoundingBoxInnotation | null {
    const box = this.#active;
    return box && !box.disabled && box.isShown(uindex) ? box : null;
  }

  /** What the blank boxes of a sample would take from another one, cut to the image. */
  copied(
    from: number,
    to: number,
    image: Size,
  ): readonly { readonly target: BoundingBoxInnotation; readonly value: BoxValue }[] {
    return this.#all
      .filter((box) => !box.disabled && isBlank(box.read(to)) && !isBlank(box.read(from)))
      .map((target) => {
        const [x, y, width, height] = target.read(from);
        return { target, value: boxBetween({ x, y }, { x: x + width, y: y + height }, image) };
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
    return this.visible(uindex).map((box, i) => {
      const active = box === this.#active;
      return {
        value: (active ? preview : null) ?? box.read(uindex),
        active,
        held: active && canAdjust && !box.disabled,
        hovered: i === hovered,
        label: box.label(uindex),
      };
    });
  }

  /** One button a box that is not blank: "{desc}, {row}: x, y, w, h", pressed where it is active. */
  semantics(
    painted: readonly PaintedBox[],
    uindex: number,
    place: (value: BoxValue) => Semantics['rect'],
    childId: (key: string) => WidgetId,
  ): readonly Semantics[] {
    const boxes = this.visible(uindex);
    const drawn = painted
      .map(({ value, active }, i) => ({ value, active, box: boxes[i]! }))
      .filter(({ value }) => !isBlank(value));
    const from = Math.max(
      0,
      clamp(drawn.findIndex(({ active }) => active) - mostMirrored / 2, 0, drawn.length - mostMirrored),
    );
    return drawn.slice(from, from + mostMirrored).map(({ value, active, box }) => ({
      id: childId(box.name),
      role: 'button',
      roleDescription: 'box',
      name: `${box.desc}, ${Math.max(0, box.repeatIndex) + 1}: ${formatBox(value)}`,
      rect: place(value),
      focusable: true,
      pressed: active,
      disabled: false,
    }));
  }
}
