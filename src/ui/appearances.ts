import { type Rect, sameRect } from '../geometry/index.js';
import type { Shape } from '../paint/index.js';
import type { WidgetId } from './input.js';
import type { Interaction } from './interaction.js';
import type { Padding } from './layout/boxes.js';
import { innerOf, type Look, type WidgetNode } from './node.js';
import type { Semantics } from './output.js';

/** What a node looked like and told, and what that hung on. */
type Appearance = {
  readonly rect: Rect;
  readonly padding: Padding;
  readonly look: Look;
  /** What the user does with it, as bits: hovers, holds, has focus. */
  readonly use: number;
  /** The last frame it was shown in. */
  frame: number;
  shapes: readonly Shape[] | null;
  semantics: Semantics | null;
  children: readonly Semantics[];
};

/** What all appearances hang on; compared by identity. */
export type Surroundings = readonly unknown[];

const nothing: readonly Semantics[] = [];

const sameValues = (a: readonly unknown[], b: readonly unknown[]): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
};

const samePadding = (a: Padding, b: Padding): boolean =>
  a === b || (sameValues(a[0], b[0]) && sameValues(a[1], b[1]));

/** Options but for `layout`, which the place tells. */
const sameOptions = (a: Look['options'], b: Look['options']): boolean => {
  if (a === b) return true;
  let count = 0;
  for (const key in a) {
    count += 1;
    if (key !== 'layout' && !Object.is(a[key], b[key])) return false;
  }
  for (const _ in b) count -= 1;
  return count === 0;
};

const sameLook = (a: Look, b: Look): boolean =>
  sameOptions(a.options, b.options) && sameValues(a.values, b.values);

/**
 * Keeps what nodes looked like and told in the last frame: those whose look, place and use are the same give the same objects
 * again, which whoever draws or mirrors them need not look into. A node without a `look` is made anew in every frame.
 */
export class Appearances {
  readonly #shown = new Map<WidgetId, Appearance>();
  #frame = 0;
  /** How many were shown in this frame. */
  #count = 0;
  #surroundings: Surroundings = [];
  #interaction: Interaction | null = null;
  #holders = new Set<WidgetId>();

  /** A frame's output begins. */
  start(surroundings: Surroundings, interaction: Interaction): void {
    if (!sameValues(surroundings, this.#surroundings)) this.#shown.clear();
    this.#frame += 1;
    this.#count = 0;
    this.#surroundings = surroundings;
    this.#interaction = interaction;
    this.#holders = new Set(interaction.captures.values());
  }

  /** The output is made: what was not shown in this frame is dropped. */
  end(): void {
    if (this.#shown.size === this.#count) return;
    for (const [id, { frame }] of this.#shown) if (frame !== this.#frame) this.#shown.delete(id);
  }

  /** Fonts changed: nothing is the same. */
  forget(): void {
    this.#shown.clear();
  }

  paint(node: WidgetNode, shapes: Shape[]): void {
    if (!node.paint) return;
    const kept = this.#of(node);
    if (!kept) {
      node.paint(node.rect, shapes, innerOf(node));
      return;
    }
    if (!kept.shapes) {
      const made: Shape[] = [];
      node.paint(node.rect, made, innerOf(node));
      kept.shapes = made;
    }
    for (const shape of kept.shapes) shapes.push(shape);
  }

  /** Adds what the node tells; one that tells nothing adds what its children do. */
  tell(node: WidgetNode, into: Semantics[]): void {
    if (!node.semantics) {
      for (const child of node.children) this.tell(child, into);
      return;
    }
    const children: Semantics[] = node.children.length === 0 ? (nothing as Semantics[]) : [];
    for (const child of node.children) this.tell(child, children);
    const kept = this.#of(node);
    if (!kept) into.push(node.semantics(node.rect, children, innerOf(node)));
    else {
      if (!kept.semantics || !sameValues(kept.children, children)) {
        kept.semantics = node.semantics(node.rect, children, innerOf(node));
        kept.children = children;
      }
      into.push(kept.semantics);
    }
  }

  #of(node: WidgetNode): Appearance | null {
    if (!node.look) return null;
    const last = this.#shown.get(node.id);
    if (last?.frame === this.#frame) return last;
    this.#count += 1;
    const look = node.look(node);
    const use = this.#useOf(node.id);
    const samePlace = last && sameRect(last.rect, node.rect) && samePadding(last.padding, node.padding);
    const same = samePlace && last.use === use && sameLook(last.look, look);
    if (same) {
      last.frame = this.#frame;
      return last;
    }
    const { rect, padding } = node;
    const made = { rect, padding, look, use, frame: this.#frame, shapes: null, semantics: null };
    const appearance: Appearance = { ...made, children: nothing };
    this.#shown.set(node.id, appearance);
    return appearance;
  }

  #useOf(id: WidgetId): number {
    const { hovered, focused } = this.#interaction!;
    return (hovered === id ? 1 : 0) | (this.#holders.has(id) ? 2 : 0) | (focused === id ? 4 : 0);
  }
}
