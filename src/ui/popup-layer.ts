import { type Rect, sameRect } from '../geometry/index.js';
import type { Appearances } from './appearances.js';
import type { ringOf } from './frame-picture.js';
import type { PopupOptions } from './host.js';
import type { WidgetId } from './input.js';
import type { WidgetNode } from './node.js';
import type { PopupOutput, Semantics } from './output.js';
import { popupOutput, popupSemantics } from './popup-picture.js';
import { middleOf, placePopup, popupGap } from './popup-place.js';
import { scrollNodes } from './scroll-nodes.js';
import { solveNodes } from './solve-nodes.js';
import { Tooltips } from './tooltips.js';

/** A tree of nodes that is shown over everything else, by what it belongs to. */
export type Popup = PopupOptions & {
  readonly root: WidgetNode;
  /** In painting order; the root first. */
  readonly nodes: readonly WidgetNode[];
};

const move = (node: WidgetNode, dx: number, dy: number): void => {
  node.rect = { ...node.rect, x: node.rect.x + dx, y: node.rect.y + dy };
  for (const child of node.children) move(child, dx, dy);
};

const styled = (root: WidgetNode, style: WidgetNode['style']): WidgetNode => ({
  ...root,
  style: { ...root.style, ...style, alignSelf: 'flex-start' },
});

/** Lays the tree out as wide as it likes within the limits; its own rectangle ends up at `at` (or at the origin). */
const layOut = (popup: Popup, limits: WidgetNode['style'], width: number, em: number): Rect => {
  const root = styled(popup.root, limits);
  solveNodes([root], width, 0, em);
  return root.rect;
};

const widestIn = (viewport: Rect): number => Math.max(0, viewport.width - 2 * popupGap);

/** Lays the tree out as large as it likes, then as low as its place is, and moves it there. */
const layWithin = (
  popup: Popup,
  own: WidgetNode['style'],
  viewport: Rect,
  em: number,
  placeOf: (wanted: Rect) => Rect,
): void => {
  const widest = widestIn(viewport);
  const limits = { maxWidth: widest, ...own };
  const wanted = layOut(popup, limits, widest, em);
  const rect = placeOf(wanted);
  if (rect.height < wanted.height) layOut(popup, { ...limits, maxHeight: rect.height }, widest, em);
  popup.root.rect = { ...rect, x: 0, y: 0 };
  move(popup.root, rect.x, rect.y);
  scrollNodes([popup.root]);
};

const isElsewhere = (now: Rect, before: Rect | undefined): boolean => !before || !sameRect(before, now);

/** What lies over everything else: tooltips, and popups in their places, by the place of what they belong to. */
export class PopupLayer {
  /** Another number after a place changed. */
  version = 0;
  readonly tooltips = new Tooltips();
  #rects = new Map<WidgetId, Rect>();

  /** Sets `rect` of all nodes, in CSS px of the canvas; asks for the viewport where there is a popup. True where a place differs from the last call, or a popup came or went. */
  place(
    popups: readonly Popup[],
    rectOf: (id: WidgetId) => Rect | null,
    viewport: () => Rect,
    em: number,
  ): boolean {
    const before = this.#rects;
    this.#rects = new Map();
    for (const popup of popups) {
      this.#placeOne(popup, rectOf, viewport, em);
      for (const node of popup.nodes) this.#rects.set(node.id, node.rect);
    }
    const moved =
      before.size !== this.#rects.size ||
      [...this.#rects].some(([id, rect]) => isElsewhere(rect, before.get(id)));
    if (moved) this.version += 1;
    return moved;
  }

  /** What placed popups tell. */
  semantics(popups: readonly Popup[], appearances: Appearances): readonly Semantics[] {
    return popups.map((popup) => popupSemantics(popup, appearances));
  }

  /** What placed popups look like; `ring` as `popupOutput` takes it. */
  outputs(
    popups: readonly Popup[],
    ring: ReturnType<typeof ringOf>,
    appearances: Appearances,
  ): readonly PopupOutput[] {
    return popups.map((popup) => popupOutput(popup, ring, appearances));
  }

  #placeOne(popup: Popup, rectOf: (id: WidgetId) => Rect | null, viewport: () => Rect, em: number): void {
    if ('dialog' in popup) {
      const window = viewport();
      layWithin(popup, {}, window, em, (wanted) => middleOf(wanted, window));
      return;
    }
    const anchor = typeof popup.anchor === 'string' ? rectOf(popup.anchor) : popup.anchor;
    if (!anchor) return;
    const window = viewport();
    const limits = popup.matchWidth ? { minWidth: Math.min(anchor.width, widestIn(window)) } : {};
    layWithin(popup, limits, window, em, (wanted) => placePopup(anchor, wanted, window).rect);
  }
}
