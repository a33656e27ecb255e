import { type Rect, sameRect } from '../geometry/index.js';
import type { WidgetId } from './input.js';
import type { WidgetNode } from './node.js';
import { placePopup, popupGap } from './popup-place.js';
import { scrollNodes } from './scroll-nodes.js';
import { solveNodes } from './solve-nodes.js';

/** A tree of nodes that is shown over everything else, by what it belongs to. */
export type Popup = {
  readonly root: WidgetNode;
  /** In painting order; the root first. */
  readonly nodes: readonly WidgetNode[];
  readonly anchor: WidgetId | Rect;
  /** At least as wide as its anchor. */
  readonly matchWidth: boolean;
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

/** Gives popups their places, by the place of what they belong to. */
export class PopupLayer {
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
      const anchor = typeof popup.anchor === 'string' ? rectOf(popup.anchor) : popup.anchor;
      if (anchor) this.#placeOne(popup, anchor, viewport(), em);
      for (const node of popup.nodes) this.#rects.set(node.id, node.rect);
    }
    if (before.size !== this.#rects.size) return true;
    for (const [id, rect] of this.#rects) {
      const old = before.get(id);
      if (!old || !sameRect(old, rect)) return true;
    }
    return false;
  }

  #placeOne(popup: Popup, anchor: Rect, viewport: Rect, em: number): void {
    const widest = Math.max(0, viewport.width - 2 * popupGap);
    const limits = {
      maxWidth: widest,
      ...(popup.matchWidth ? { minWidth: Math.min(anchor.width, widest) } : {}),
    };
    const wanted = layOut(popup, limits, widest, em);
    const { rect } = placePopup(anchor, wanted, viewport);
    if (rect.height < wanted.height) layOut(popup, { ...limits, maxHeight: rect.height }, widest, em);
    popup.root.rect = { ...rect, x: 0, y: 0 };
    move(popup.root, rect.x, rect.y);
    scrollNodes([popup.root]);
  }
}
