import { intersection, type Rect } from '../geometry/index.js';
import type { WidgetNode } from './node.js';

const shift = (node: WidgetNode, dy: number, seen: Rect | null): void => {
  if (dy !== 0) node.rect = { ...node.rect, y: node.rect.y - dy };
  node.seen = seen;
  const isScrolling = node.scrollTop !== undefined;
  const inner = isScrolling ? (seen ? intersection(seen, node.rect) : node.rect) : seen;
  for (const child of node.children) shift(child, dy + (node.scrollTop ?? 0), inner);
};

/** Shifts what scrolling nodes hold, from the places that the layout gave them, and tells each what can be seen of it. */
export const scrollNodes = (roots: readonly WidgetNode[]): void => {
  for (const root of roots) shift(root, 0, null);
};
