import { type Rect, sameRect } from '../geometry/index.js';
import type { Shape } from '../paint/index.js';
import type { WidgetId } from './input.js';
import type { Interaction } from './interaction.js';
import type { Padding } from './layout/boxes.js';
import { innerOf, type Look, type WidgetNode } from './node.js';
import type { Semantics } from './output.js';
import { sameButLayout, sameValues } from './same.js';

/** What a node looked like and told, and what that hung on. */
export type Appearance = {
  readonly surroundings: Surroundings;
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

/** What a node and all it holds look like and tell in frames in which it stands and nothing in it is in use. */
export type Whole = {
  readonly places: Surroundings;
  shapes: readonly Shape[] | null;
  semantics: readonly Semantics[] | null;
};

/** What all appearances hang on. */
export type Surroundings = readonly unknown[];

const nothing: readonly Semantics[] = [];

const samePadding = (a: Padding, b: Padding): boolean =>
  a === b || (sameValues(a[0], b[0]) && sameValues(a[1], b[1]));

const sameLook = (a: Look, b: Look): boolean =>
  a === b || (sameButLayout(a.options, b.options) && sameValues(a.values, b.values));

/** Whether an id is that of a node or of something in it. */
const isIn = (id: WidgetId, { id: node }: WidgetNode): boolean =>
  id.startsWith(node) && (id.length === node.length || id[node.length] === '/');

const addAll = <T>(all: readonly T[], to: T[]): void => {
  for (let i = 0; i < all.length; i++) to.push(all[i]!);
};

/**
 * What nodes look like and tell. Those whose look, place and use are as in their last frame give the same objects again, which whoever
 * draws or mirrors them need not look into. A node bears its appearance, and the next of its id takes it over; one without a `look` is made
 * anew in every frame. Of a container that stands, and in which nothing is in use, nothing is looked into.
 */
export class Appearances {
  #frame = 0;
  #surroundings: Surroundings = [];
  /** The surroundings, and the layout. */
  #places: Surroundings = [];
  #interaction: Interaction | null = null;
  #holders = new Set<WidgetId>();
  /** What is hovered, held or has focus, and what was in the last frame. */
  #users: readonly WidgetId[] = [];
  #usersBefore: readonly WidgetId[] = [];

  /** A frame's output begins; `layout` is another number after any place may have changed. */
  start(surroundings: Surroundings, layout: number, interaction: Interaction): void {
    if (!sameValues(surroundings, this.#surroundings)) this.#surroundings = surroundings;
    const places = [this.#surroundings, layout];
    if (!sameValues(places, this.#places)) this.#places = places;
    this.#frame += 1;
    this.#interaction = interaction;
    this.#holders = new Set(interaction.captures.values());
    const { hovered, focused } = interaction;
    this.#usersBefore = this.#users;
    this.#users = [hovered, focused, ...this.#holders].filter((id) => id !== null);
  }

  /** Fonts changed: nothing is the same. */
  forget(): void {
    this.#surroundings = [];
  }

  /** Adds the shapes of a node and of what it holds; what a scrolling one holds is cut to its place. */
  paint(node: WidgetNode, shapes: Shape[]): void {
    const whole = this.#wholeOf(node);
    if (!whole) {
      this.#paintEach(node, shapes);
      return;
    }
    if (!whole.shapes) {
      const made: Shape[] = [];
      this.#paintEach(node, made);
      whole.shapes = made;
    }
    addAll(whole.shapes, shapes);
  }

  /** Adds what a node tells; one that tells nothing adds what its children do. */
  tell(node: WidgetNode, into: Semantics[]): void {
    const whole = this.#wholeOf(node);
    if (!whole) {
      this.#tellEach(node, into);
      return;
    }
    if (!whole.semantics) {
      const told: Semantics[] = [];
      this.#tellEach(node, told);
      whole.semantics = told;
    }
    addAll(whole.semantics, into);
  }

  /** Null where something in it is in use, or where it is new: only what was made of looks alone stands in another frame. */
  #wholeOf(node: WidgetNode): Whole | null {
    // A widget's own frame has another id than what is in it.
    if (node.children.length === 0 || !node.look) return null;
    node.since ??= this.#frame;
    const isUsed = (id: WidgetId) => isIn(id, node);
    if (node.since === this.#frame || this.#users.some(isUsed) || this.#usersBefore.some(isUsed)) {
      node.whole = undefined;
      return null;
    }
    if (node.whole?.places !== this.#places) {
      node.whole = { places: this.#places, shapes: null, semantics: null };
    }
    return node.whole;
  }

  #paintEach(node: WidgetNode, shapes: Shape[]): void {
    this.#paintOne(node, shapes);
    const inner: Shape[] = node.scrollTop === undefined ? shapes : [];
    for (const child of node.children) this.paint(child, inner);
    if (inner !== shapes) shapes.push({ tag: 'clip', rect: node.rect, shapes: inner });
  }

  #paintOne(node: WidgetNode, shapes: Shape[]): void {
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
    addAll(kept.shapes, shapes);
  }

  #tellEach(node: WidgetNode, into: Semantics[]): void {
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
    const { look: given, appearance: last } = node;
    if (!given) return null;
    if (last?.frame === this.#frame) return last;
    const look = typeof given === 'function' ? given(node) : given;
    const use = this.#useOf(node.id);
    const surroundings = this.#surroundings;
    const { rect, padding } = node;
    const same =
      last?.surroundings === surroundings &&
      last.use === use &&
      sameRect(last.rect, rect) &&
      samePadding(last.padding, padding) &&
      sameLook(last.look, look);
    if (same) {
      last.frame = this.#frame;
      return last;
    }
    const shown = { shapes: null, semantics: null, children: nothing };
    node.appearance = { surroundings, rect, padding, look, use, frame: this.#frame, ...shown };
    return node.appearance;
  }

  #useOf(id: WidgetId): number {
    const { hovered, focused } = this.#interaction!;
    return (hovered === id ? 1 : 0) | (this.#holders.has(id) ? 2 : 0) | (focused === id ? 4 : 0);
  }
}
